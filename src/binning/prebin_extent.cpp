#include <credence/binning/number_lanes.h>
#include <credence/binning/prebin_extent.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace credence {

namespace {

constexpr std::size_t block_rows = 4096;  // between two looks whether all were whole so far

// Added and taken away again, it rounds to a whole number.
constexpr double to_whole = 0x1.8p52;
// Added to a whole number below, it leaves that number in the low bits.
constexpr double to_bits = 0x1p52;
constexpr double infinity = std::numeric_limits<double>::infinity();

// REQUIRES: a multiple of `rows_at_once` values.
template <std::size_t lanes>
[[gnu::always_inline]] inline void look_in(const double* values, std::size_t size, Extent& extent) {
  using Reals = typename NumberLanes<lanes>::Reals;
  constexpr std::size_t vectors = NumberLanes<lanes>::vectors;  // no step waits for the one before
  Reals least[vectors], most[vectors];
  typename NumberLanes<lanes>::Whole fraction[vectors] = {};
  for (std::size_t k = 0; k < vectors; ++k)
    least[k] = Reals{} + extent.least, most[k] = Reals{} + extent.most;
  for (std::size_t at = 0; at < size; at += rows_at_once) {
    Reals value[vectors];
    load_rows<lanes>(values + at, value);
    for (std::size_t k = 0; k < vectors; ++k) {
      least[k] = value[k] < least[k] ? value[k] : least[k];
      most[k] = value[k] > most[k] ? value[k] : most[k];
      const Reals whole = (value[k] + to_whole) - to_whole;
      fraction[k] |= (whole < value[k]) | (whole > value[k]);
    }
  }
  for (std::size_t k = 0; k < vectors; ++k)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      extent.least = std::min(extent.least, least[k][lane]);
      extent.most = std::max(extent.most, most[k][lane]);
      extent.is_whole &= fraction[k][lane] == 0;
    }
}

// REQUIRES: the same.
template <std::size_t lanes>
[[gnu::always_inline]] inline void look_in(const double* values, std::size_t size,
                                           PositiveExtent& extent) {
  using Reals = typename NumberLanes<lanes>::Reals;
  constexpr std::size_t vectors = NumberLanes<lanes>::vectors;
  const Reals zero = {}, endless = zero + infinity;
  Reals least[vectors], most[vectors], lowest[vectors] = {};
  for (std::size_t k = 0; k < vectors; ++k)
    least[k] = zero + extent.least, most[k] = zero + extent.most;
  for (std::size_t at = 0; at < size; at += rows_at_once) {
    Reals value[vectors];
    load_rows<lanes>(values + at, value);
    for (std::size_t k = 0; k < vectors; ++k) {
      const Reals positive = value[k] > zero ? value[k] : endless;
      least[k] = positive < least[k] ? positive : least[k];
      most[k] = value[k] > most[k] ? value[k] : most[k];
      lowest[k] = value[k] < lowest[k] ? value[k] : lowest[k];
    }
  }
  for (std::size_t k = 0; k < vectors; ++k)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      extent.least = std::min(extent.least, least[k][lane]);
      extent.most = std::max(extent.most, most[k][lane]);
      extent.has_negative |= lowest[k][lane] < 0;
    }
}

struct WholePlaces {
  double least, missing;
};
WholePlaces whole(const Places& places) {
  return {.least = places.least, .missing = places.last + 1.0};
}

template <std::size_t lanes>
[[gnu::always_inline]] inline void set_places(const WholePlaces& places,
                                              const typename NumberLanes<lanes>::Reals& value,
                                              typename NumberLanes<lanes>::Whole& out) {
  using Reals = typename NumberLanes<lanes>::Reals;
  const Reals missing = Reals{} + places.missing, zero = Reals{} + to_bits;
  const Reals shifted = (value == value ? value - places.least : missing) + to_bits;
  typename NumberLanes<lanes>::Whole none;
  std::memcpy(&out, &shifted, sizeof shifted);
  std::memcpy(&none, &zero, sizeof none);
  out ^= none;
}

template <std::size_t lanes>
[[gnu::always_inline]] inline void set_places(const BitPlaces& places,
                                              const typename NumberLanes<lanes>::Reals& value,
                                              typename NumberLanes<lanes>::Whole& out) {
  typename NumberLanes<lanes>::Whole bits, none = {};
  std::memcpy(&bits, &value, sizeof bits);
  bits -= static_cast<long long>(places.below_least);
  out = value > typename NumberLanes<lanes>::Reals{} ? bits : none;
  out = value == value ? out : none + static_cast<long long>(places.last + 1);
}

// Plain pointers, because clang does not define the functions of a span for each processor.
struct Rows {
  const double* values;
  const std::uint8_t* bad;
  std::size_t size;
};

// Makes items of places. Shifts part the outcomes, because g++ 12 widens bytes one by one.
template <std::size_t lanes>
[[gnu::always_inline]] inline void add_outcomes(const std::uint8_t* bad,
                                                typename NumberLanes<lanes>::Whole& places) {
  constexpr unsigned long long shifts[] = {0, 8, 16, 24, 32, 40, 48, 56};
  typename NumberLanes<lanes>::Bits down, outcomes = {};
  std::memcpy(&down, shifts, sizeof down);
  unsigned long long bytes = 0;
  std::memcpy(&bytes, bad, lanes);
  outcomes = (outcomes + bytes) >> down & 1;
  typename NumberLanes<lanes>::Whole added;
  std::memcpy(&added, &outcomes, sizeof added);
  places += places + added;
}

// REQUIRES: a multiple of `rows_at_once` rows. The places are copied, or each vector would read
// them again.
template <std::size_t lanes, class AnyPlaces, class Item>
[[gnu::always_inline]] inline void set_in(const AnyPlaces places, const Rows rows, Item* out) {
  constexpr std::size_t vectors = NumberLanes<lanes>::vectors;
  for (std::size_t at = 0; at < rows.size; at += rows_at_once) {
    typename NumberLanes<lanes>::Reals value[vectors];
    typename NumberLanes<lanes>::Whole place[vectors];
    load_rows<lanes>(rows.values + at, value);
    for (std::size_t k = 0; k < vectors; ++k) {
      set_places<lanes>(places, value[k], place[k]);
      add_outcomes<lanes>(rows.bad + at + k * lanes, place[k]);
    }
    narrow(place, out + at);
  }
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target("avx512f")]] void set_rows(const WholePlaces& places, const Rows& rows,
                                         std::uint32_t* out) {
  set_in<8>(places, rows, out);
}
[[gnu::target("avx512f")]] void set_rows(const BitPlaces& places, const Rows& rows,
                                         std::uint64_t* out) {
  set_in<8>(places, rows, out);
}
[[gnu::target("avx2")]] void set_rows(const WholePlaces& places, const Rows& rows,
                                      std::uint32_t* out) {
  set_in<4>(places, rows, out);
}
[[gnu::target("avx2")]] void set_rows(const BitPlaces& places, const Rows& rows,
                                      std::uint64_t* out) {
  set_in<4>(places, rows, out);
}
[[gnu::target("avx2")]] void look(const double* values, std::size_t size, Extent& extent) {
  look_in<4>(values, size, extent);
}
[[gnu::target("avx2")]] void look(const double* values, std::size_t size, PositiveExtent& extent) {
  look_in<4>(values, size, extent);
}
[[gnu::target("default")]]
#endif
void set_rows(const WholePlaces& places, const Rows& rows, std::uint32_t* out) {
  set_in<2>(places, rows, out);
}
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target("default")]]
#endif
void set_rows(const BitPlaces& places, const Rows& rows, std::uint64_t* out) {
  set_in<2>(places, rows, out);
}
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target("default")]]
#endif
void look(const double* values, std::size_t size, Extent& extent) {
  look_in<2>(values, size, extent);
}
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target("default")]]
#endif
void look(const double* values, std::size_t size, PositiveExtent& extent) {
  look_in<2>(values, size, extent);
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
  const std::size_t even = values.size() / rows_at_once * rows_at_once;
  for (std::size_t from = 0; from < even; from += block_rows)
    if (!use(values.data() + from, std::min(block_rows, even - from))) return;
  std::array<double, rows_at_once> rest;
  rest.fill(std::numeric_limits<double>::quiet_NaN());
  std::ranges::copy(values.subspan(even), rest.begin());
  use(rest.data(), rest.size());
}

}  // namespace

Extent extent_of(std::span<const double> values) {
  Extent extent;
  for_each_block(values, [&](const double* block, std::size_t size) {
    look(block, size, extent);
    return extent.is_whole;
  });
  return extent;
}

PositiveExtent positive_extent_of(std::span<const double> values) {
  PositiveExtent extent;
  for_each_block(values, [&](const double* block, std::size_t size) {
    look(block, size, extent);
    return !extent.has_negative;
  });
  return extent;
}

void set_items(const Places& places, std::span<const double> values,
               std::span<const std::uint8_t> bad, std::span<std::uint32_t> out) {
  set_any_items(whole(places), values, bad, out);
}

void set_items(const BitPlaces& places, std::span<const double> values,
               std::span<const std::uint8_t> bad, std::span<std::uint64_t> out) {
  set_any_items(places, values, bad, out);
}

}  // namespace credence
