#include <credence/regression/cell_products.h>

#include <algorithm>
#include <array>
#include <cstring>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace credence {

namespace {

constexpr std::size_t kLanes = 8;
using Lanes [[gnu::vector_size(kLanes * sizeof(double))]] = double;
// Aligned for the widest processor, whatever this file is compiled for.
struct alignas(sizeof(Lanes)) Line {
  Lanes of;
};
// Two blocks of 24 columns fit a first-level cache.
constexpr std::size_t kRows = 128, kVectors = kRows / kLanes;
constexpr std::size_t kAtOnce = 4;  // products of one column, which then is loaded once for all

// The rows of one block, column by column: as they are, and times the weights.
struct Blocks {
  std::vector<Line> plain, weighted;
};

// Adds the products of `left` with each of the columns of `right` to one running sum each.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void add_products(const Line* left, const Line* right, std::size_t columns, Line* sums) {
  std::size_t k = 0;
  for (; k + kAtOnce <= columns; k += kAtOnce, right += kAtOnce * kVectors) {
    Lanes a = sums[k].of, b = sums[k + 1].of, c = sums[k + 2].of, d = sums[k + 3].of;
    for (std::size_t i = 0; i < kVectors; ++i) {
      a += left[i].of * right[i].of;
      b += left[i].of * right[i + kVectors].of;
      c += left[i].of * right[i + 2 * kVectors].of;
      d += left[i].of * right[i + 3 * kVectors].of;
    }
    sums[k].of = a, sums[k + 1].of = b, sums[k + 2].of = c, sums[k + 3].of = d;
  }
  for (; k < columns; ++k, right += kVectors)
    for (std::size_t i = 0; i < kVectors; ++i) sums[k].of += left[i].of * right[i].of;
}

// One block of one column: the values of the rows' cells, as they are and times the weights.
struct LookUp {
  const double* values;
  std::size_t count;
  const std::uint16_t* cells;
  const Line* weights;
  Line *plain, *weighted;
};

void look_up_each(const LookUp& in) {
  for (std::size_t i = 0; i < kVectors; ++i) {
    Lanes line;
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      line[lane] = in.values[in.cells[i * kLanes + lane]];
    in.plain[i].of = line;
    in.weighted[i].of = line * in.weights[i].of;
  }
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
// Two registers hold the values of most columns, and eight are looked up at once in a third of the
// time.
[[gnu::target("avx512f")]] void look_up(const LookUp& in) {
  if (in.count > 2 * kLanes) return look_up_each(in);
  const unsigned known = (1U << in.count) - 1;  // a bit for each value
  const __m512d low = _mm512_maskz_loadu_pd(static_cast<__mmask8>(known), in.values);
  const __m512d high = _mm512_maskz_loadu_pd(static_cast<__mmask8>(known >> kLanes),
                                             in.values + std::min(in.count, kLanes));
  for (std::size_t i = 0; i < kVectors; ++i) {
    __m128i cells;
    std::memcpy(&cells, in.cells + i * kLanes, sizeof cells);
    const __m512d found = _mm512_permutex2var_pd(low, _mm512_cvtepu16_epi64(cells), high);
    Lanes line;
    std::memcpy(&line, &found, sizeof line);
    in.plain[i].of = line;
    in.weighted[i].of = line * in.weights[i].of;
  }
}
[[gnu::target("default")]]
#endif
void look_up(const LookUp& in) {
  look_up_each(in);
}

// Of the rows that start at `from`, as many as `weights` has; beyond the last row is nothing.
void fill(Blocks& blocks, std::span<const ValuedCells> columns, std::size_t from,
          std::span<const double> weights) {
  std::array<Line, kVectors> lines{};
  std::memcpy(lines.data(), weights.data(), weights.size_bytes());
  std::array<std::uint16_t, kRows> last{};
  for (std::size_t j = 0; j < columns.size(); ++j) {
    const auto cells = columns[j].of.rows.subspan(from, weights.size());
    if (cells.size() < kRows) std::ranges::copy(cells, last.begin());
    look_up({.values = columns[j].values.data(),
             .count = columns[j].values.size(),
             .cells = cells.size() < kRows ? last.data() : cells.data(),
             .weights = lines.data(),
             .plain = &blocks.plain[j * kVectors],
             .weighted = &blocks.weighted[j * kVectors]});
  }
}

double sum_of(const Lanes& lanes) {
  return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) +
         ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

}  // namespace

Matrix weighted_products(std::span<const ValuedCells> columns, std::span<const double> weights) {
  const std::size_t n = columns.size();
  Blocks blocks{std::vector<Line>(n * kVectors), std::vector<Line>(n * kVectors)};
  std::vector<Line> sums(n * n);
  for (std::size_t from = 0; from < weights.size(); from += kRows) {
    fill(blocks, columns, from, weights.subspan(from, std::min(kRows, weights.size() - from)));
    for (std::size_t j = 0; j < n; ++j)
      add_products(&blocks.weighted[j * kVectors], blocks.plain.data(), j + 1, &sums[j * n]);
  }
  Matrix out(n);
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t k = 0; k <= j; ++k) out(j, k) = out(k, j) = sum_of(sums[j * n + k].of);
  return out;
}

}  // namespace credence
