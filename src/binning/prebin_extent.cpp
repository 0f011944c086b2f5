#include <credence/binning/number_lanes.h>
#include <credence/binning/prebin_extent.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace credence {

namespace {

constexpr std::size_t lanes = 4;
constexpr std::size_t vectors = 4;  // so that no step waits for the one before
constexpr std::size_t at_once = lanes * vectors;
constexpr std::size_t block_rows = 4096;  // between two looks whether all were whole so far
using Lanes [[gnu::vector_size(lanes * sizeof(double))]] = double;
using Bits [[gnu::vector_size(lanes * sizeof(double))]] = long long;

// Added and taken away again, it rounds to a whole number.
constexpr double to_whole = 0x1.8p52;
// Added to a whole number below, it leaves that number in the low bits.
constexpr double to_bits = 0x1p52;
constexpr double infinity = std::numeric_limits<double>::infinity();

struct Seen {
  Lanes least, most;
  Bits fraction;
};

[[gnu::always_inline]] inline void look(const double* values, Seen& seen) {
  Lanes value;
  std::memcpy(&value, values, sizeof value);
  seen.least = value < seen.least ? value : seen.least;
  seen.most = value > seen.most ? value : seen.most;
  const Lanes whole = (value + to_whole) - to_whole;
  seen.fraction |= (whole < value) | (whole > value);
}

// REQUIRES: a multiple of `at_once` values.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx2", "default")]]
#endif
void look_at_block(const double* values, std::size_t size, Extent& extent) {
  std::array<Seen, vectors> seen;
  for (Seen& one : seen) one = {Lanes{} + extent.least, Lanes{} + extent.most, Bits{}};
  for (std::size_t at = 0; at < size; at += at_once)
    for (std::size_t k = 0; k < vectors; ++k) look(values + at + k * lanes, seen[k]);
  for (const Seen& one : seen)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      extent.least = std::min(extent.least, one.least[lane]);
      extent.most = std::max(extent.most, one.most[lane]);
      extent.is_whole &= one.fraction[lane] == 0;
    }
}

// REQUIRES: a multiple of `at_once` values.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx2", "default")]]
#endif
void look_at_positive(const double* values, std::size_t size, PositiveExtent& extent) {
  std::array<Lanes, vectors> least, most, lowest = {};
  least.fill(Lanes{} + extent.least);
  most.fill(Lanes{} + extent.most);
  for (std::size_t at = 0; at < size; at += at_once)
    for (std::size_t k = 0; k < vectors; ++k) {
      Lanes value;
      std::memcpy(&value, values + at + k * lanes, sizeof value);
      const Lanes positive = value > 0 ? value : Lanes{} + infinity;
      least[k] = positive < least[k] ? positive : least[k];
      most[k] = value > most[k] ? value : most[k];
      lowest[k] = value < lowest[k] ? value : lowest[k];
    }
  for (std::size_t k = 0; k < vectors; ++k)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      extent.least = std::min(extent.least, least[k][lane]);
      extent.most = std::max(extent.most, most[k][lane]);
      extent.has_negative |= lowest[k][lane] < 0;
    }
}

template <std::size_t lanes_here>
[[gnu::always_inline]] inline void set_places(const Places& places,
                                              const typename NumberLanes<lanes_here>::Reals& value,
                                              typename NumberLanes<lanes_here>::Whole& out) {
  using Reals = typename NumberLanes<lanes_here>::Reals;
  const Reals missing = Reals{} + (places.last + 1.0), zero = Reals{} + to_bits;
  const Reals shifted = (value == value ? value - places.least : missing) + to_bits;
  typename NumberLanes<lanes_here>::Whole none;
  std::memcpy(&out, &shifted, sizeof shifted);
  std::memcpy(&none, &zero, sizeof none);
  out ^= none;
}

template <std::size_t lanes_here>
[[gnu::always_inline]] inline void set_places(const BitPlaces& places,
                                              const typename NumberLanes<lanes_here>::Reals& value,
                                              typename NumberLanes<lanes_here>::Whole& out) {
  typename NumberLanes<lanes_here>::Whole bits, none = {};
  std::memcpy(&bits, &value, sizeof bits);
  bits -= static_cast<long long>(places.below_least);
  out = value > typename NumberLanes<lanes_here>::Reals{} ? bits : none;
  out = value == value ? out : none + static_cast<long long>(places.last + 1);
}

// Plain pointers, because clang does not define the functions of a span for each processor.
struct Rows {
  const double* values;
  const std::uint8_t* bad;
  std::size_t size;
};

// Makes items of places. Shifts part the outcomes, because g++ 12 widens bytes one by one.
template <std::size_t lanes_here>
[[gnu::always_inline]] inline void add_outcomes(const std::uint8_t* bad,
                                                typename NumberLanes<lanes_here>::Whole& places) {
  constexpr long long shifts[] = {0, 8, 16, 24, 32, 40, 48, 56};
  typename NumberLanes<lanes_here>::Whole down, none = {};
  std::memcpy(&down, shifts, sizeof down);
  long long outcomes = 0;
  std::memcpy(&outcomes, bad, lanes_here);
  places += places + ((none + outcomes) >> down & 1);
}

// REQUIRES: a multiple of `rows_at_once` rows. The places are copied, or each vector would read
// them again.
template <std::size_t lanes_here, class AnyPlaces, class Item>
[[gnu::always_inline]] inline void set_in(const AnyPlaces places, const Rows rows, Item* out) {
  constexpr std::size_t parts = NumberLanes<lanes_here>::vectors;
  for (std::size_t at = 0; at < rows.size; at += rows_at_once) {
    typename NumberLanes<lanes_here>::Reals value[parts];
    typename NumberLanes<lanes_here>::Whole place[parts];
    load_rows<lanes_here>(rows.values + at, value);
    for (std::size_t k = 0; k < parts; ++k) set_places<lanes_here>(places, value[k], place[k]);
    for (std::size_t k = 0; k < parts; ++k)
      add_outcomes<lanes_here>(rows.bad + at + k * lanes_here, place[k]);
    narrow(place, out + at);
  }
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target("avx512f")]] void set_rows(const Places& places, const Rows& rows,
                                         std::uint32_t* out) {
  set_in<8>(places, rows, out);
}
[[gnu::target("avx512f")]] void set_rows(const BitPlaces& places, const Rows& rows,
                                         std::uint64_t* out) {
  set_in<8>(places, rows, out);
}
[[gnu::target("avx2")]] void set_rows(const Places& places, const Rows& rows, std::uint32_t* out) {
  set_in<4>(places, rows, out);
}
[[gnu::target("avx2")]] void set_rows(const BitPlaces& places, const Rows& rows,
                                      std::uint64_t* out) {
  set_in<4>(places, rows, out);
}
[[gnu::target("default")]]
#endif
void set_rows(const Places& places, const Rows& rows, std::uint32_t* out) {
  set_in<4>(places, rows, out);
}
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target("default")]]
#endif
void set_rows(const BitPlaces& places, const Rows& rows, std::uint64_t* out) {
  set_in<4>(places, rows, out);
}

template <class AnyPlaces, class Item>
void set_any_items(const AnyPlaces& places, std::span<const double> values,
                   std::span<const std::uint8_t> bad, std::span<Item> out) {
  const std::size_t even = values.size() / rows_at_once * rows_at_once;
  set_rows(places, {.values = values.data(), .bad = bad.data(), .size = even}, out.data());
  if (even == values.size()) return;
  std::array<double, rows_at_once> rest;
  std::array<std::uint8_t, rows_at_once> rest_bad{};
  std::array<Item, rows_at_once> rest_out;
  rest.fill(std::numeric_limits<double>::quiet_NaN());
  std::ranges::copy(values.subspan(even), rest.begin());
  std::ranges::copy(bad.subspan(even), rest_bad.begin());
  set_rows(places, {.values = rest.data(), .bad = rest_bad.data(), .size = rest.size()},
           rest_out.data());
  std::copy_n(rest_out.begin(), values.size() - even,
              out.begin() + static_cast<std::ptrdiff_t>(even));
}

// The whole vectors of a column in blocks, and then, filled up with NaN, the rest.
template <class Use>
void for_each_block(std::span<const double> values, const Use& use) {
  const std::size_t even = values.size() / at_once * at_once;
  for (std::size_t from = 0; from < even; from += block_rows)
    if (!use(values.data() + from, std::min(block_rows, even - from))) return;
  std::array<double, at_once> rest;
  rest.fill(std::numeric_limits<double>::quiet_NaN());
  std::ranges::copy(values.subspan(even), rest.begin());
  use(rest.data(), at_once);
}

}  // namespace

Extent extent_of(std::span<const double> values) {
  Extent extent;
  for_each_block(values, [&](const double* block, std::size_t size) {
    look_at_block(block, size, extent);
    return extent.is_whole;
  });
  return extent;
}

PositiveExtent positive_extent_of(std::span<const double> values) {
  PositiveExtent extent;
  for_each_block(values, [&](const double* block, std::size_t size) {
    look_at_positive(block, size, extent);
    return !extent.has_negative;
  });
  return extent;
}

void set_items(const Places& places, std::span<const double> values,
               std::span<const std::uint8_t> bad, std::span<std::uint32_t> out) {
  set_any_items(places, values, bad, out);
}

void set_items(const BitPlaces& places, std::span<const double> values,
               std::span<const std::uint8_t> bad, std::span<std::uint64_t> out) {
  set_any_items(places, values, bad, out);
}

}  // namespace credence
