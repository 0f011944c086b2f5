#include <credence/points/row_sets.h>

#include <array>
#include <cstring>

namespace credence {

namespace {

constexpr std::size_t kLanes = 16;
using Cells [[gnu::vector_size(kLanes * sizeof(std::uint16_t))]] = std::uint16_t;
using Flags [[gnu::vector_size(kLanes)]] = std::uint8_t;

// The lowest bit of each of eight bytes, side by side: the product moves the bit of byte i to
// 56 + i, and no two of its terms fall on the same place.
std::uint64_t lowest_bits(std::uint64_t bytes) {
  return bytes * 0x0102040810204080 >> 56;
}

// Sixteen rows: whether their cell is at most `width` above `first`.
[[gnu::always_inline]] inline std::uint64_t bits_of(const std::uint16_t* from, std::uint16_t first,
                                                    std::uint16_t width) {
  Cells cells;
  std::memcpy(&cells, from, sizeof cells);
  const auto inside = static_cast<Cells>(cells - first <= width) & 1;
  const Flags flags = __builtin_convertvector(inside, Flags);
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), &flags, sizeof flags);
  return lowest_bits(halves[0]) | lowest_bits(halves[1]) << 8;
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx2", "default")]]
#endif
void mark(const std::uint16_t* cells, std::size_t rows, std::uint16_t first, std::uint16_t width,
          std::uint64_t* words) {
  std::size_t row = 0;
  for (; row + 64 <= rows; row += 64) {
    std::uint64_t word = 0;
    for (std::size_t part = 0; part < 64; part += kLanes)
      word |= bits_of(cells + row + part, first, width) << part;
    words[row / 64] = word;
  }
  for (; row < rows; ++row)
    if (static_cast<std::uint16_t>(cells[row] - first) <= width)
      words[row / 64] |= std::uint64_t{1} << row % 64;
}

}  // namespace

RowSet::RowSet(std::span<const std::uint16_t> cells, std::size_t first, std::size_t last)
    : words_((cells.size() + 63) / 64) {
  mark(cells.data(), cells.size(), static_cast<std::uint16_t>(first),
       static_cast<std::uint16_t>(last - first), words_.data());
}

}  // namespace credence
