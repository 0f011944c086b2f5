#pragma once

#include <cstdint>
#include <cstring>

namespace credence {

// Sixteen rows of a column side by side, in vectors of two numbers, four or eight. All is put
// through references and made part of the caller, so that it becomes code of the caller's
// processor.
constexpr std::size_t rows_at_once = 16;

template <std::size_t lanes>
struct NumberLanes {
  using Reals [[gnu::vector_size(lanes * sizeof(double))]] = double;
  using Whole [[gnu::vector_size(lanes * sizeof(double))]] = long long;
  using Bits [[gnu::vector_size(lanes * sizeof(double))]] = unsigned long long;
  static constexpr std::size_t vectors = rows_at_once / lanes;
};

// Read as a vector that may lie anywhere: g++ 12 copies an array of vectors by memcpy in smaller
// pieces, which cannot be read back as whole vectors before they have left the processor.
template <std::size_t lanes>
[[gnu::always_inline]] inline void load_rows(
    const double* values, typename NumberLanes<lanes>::Reals (&out)[NumberLanes<lanes>::vectors]) {
  using Loose
      [[gnu::vector_size(lanes * sizeof(double)), gnu::aligned(sizeof(double)), gnu::may_alias]] =
          double;
  for (std::size_t k = 0; k < NumberLanes<lanes>::vectors; ++k)
    out[k] = *reinterpret_cast<const Loose*>(values + k * lanes);
}

// The lower halves of two vectors' parts, in their order.
template <class Part, class Vector>
[[gnu::always_inline]] inline void lower_halves(const Vector& a, const Vector& b, Part& out) {
  Part first, second;
  std::memcpy(&first, &a, sizeof a);
  std::memcpy(&second, &b, sizeof b);
  if constexpr (sizeof(Part) / sizeof(Part{}[0]) == 8)
    out = __builtin_shufflevector(first, second, 0, 2, 4, 6, 8, 10, 12, 14);
  else
    out = __builtin_shufflevector(first, second, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26,
                                  28, 30);
}

// Whole numbers below 2^32.
[[gnu::always_inline]] inline void narrow(const NumberLanes<4>::Whole (&rows)[4],
                                          std::uint32_t* out) {
  using Words [[gnu::vector_size(32)]] = std::uint32_t;
  for (std::size_t k = 0; k < 4; k += 2) {
    Words words;
    lower_halves(rows[k], rows[k + 1], words);
    std::memcpy(out + k * 4, &words, sizeof words);
  }
}
[[gnu::always_inline]] inline void narrow(const NumberLanes<8>::Whole (&rows)[2],
                                          std::uint32_t* out) {
  using Words [[gnu::vector_size(32)]] = std::uint32_t;
  for (std::size_t k = 0; k < 2; ++k) {
    const Words words = __builtin_convertvector(rows[k], Words);
    std::memcpy(out + k * 8, &words, sizeof words);
  }
}

template <class Item>
  requires(sizeof(Item) < sizeof(long long))
[[gnu::always_inline]] inline void narrow(const NumberLanes<2>::Whole (&rows)[8], Item* out) {
  for (std::size_t k = 0; k < 8; ++k)
    for (std::size_t lane = 0; lane < 2; ++lane)
      out[2 * k + lane] = static_cast<Item>(rows[k][lane]);
}

// Any whole numbers.
template <class Whole, std::size_t vectors>
[[gnu::always_inline]] inline void narrow(const Whole (&rows)[vectors], std::uint64_t* out) {
  std::memcpy(out, &rows, sizeof rows);
}

// Whole numbers below 2^16.
[[gnu::always_inline]] inline void narrow(const NumberLanes<4>::Whole (&rows)[4],
                                          std::uint16_t* out) {
  using Words [[gnu::vector_size(32)]] = std::uint32_t;
  using Halves [[gnu::vector_size(32)]] = std::uint16_t;
  Words low, high;
  lower_halves(rows[0], rows[1], low);
  lower_halves(rows[2], rows[3], high);
  Halves halves;
  lower_halves(low, high, halves);
  std::memcpy(out, &halves, sizeof halves);
}
[[gnu::always_inline]] inline void narrow(const NumberLanes<8>::Whole (&rows)[2],
                                          std::uint16_t* out) {
  using Halves [[gnu::vector_size(16)]] = std::uint16_t;
  for (std::size_t k = 0; k < 2; ++k) {
    const Halves halves = __builtin_convertvector(rows[k], Halves);
    std::memcpy(out + k * 8, &halves, sizeof halves);
  }
}

}  // namespace credence
