#include <credence/binning/prebin_extent.h>

#include <algorithm>
#include <array>
#include <bit>
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

[[gnu::always_inline]] inline void place(const Places& places, const double* values,
                                         std::uint64_t* out) {
  Lanes value;
  std::memcpy(&value, values, sizeof value);
  const Lanes missing = Lanes{} + (places.last + 1.0);
  const Lanes shifted = (value == value ? value - places.least : missing) + to_bits;
  Bits bits, none;
  const Lanes zero = Lanes{} + to_bits;
  std::memcpy(&bits, &shifted, sizeof bits);
  std::memcpy(&none, &zero, sizeof none);
  bits ^= none;
  std::memcpy(out, &bits, sizeof bits);
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx2", "default")]]
#endif
void place_all(const Places& places, const double* values, std::size_t size, std::uint64_t* out) {
  for (std::size_t at = 0; at < size; at += lanes) place(places, values + at, out + at);
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx2", "default")]]
#endif
std::uint64_t set_all_items(const double* values, const std::uint8_t* bad, std::size_t size,
                            std::uint64_t* out) {
  constexpr std::uint64_t most = 0x7ffULL << 52U;  // infinity; above are NaN and negative numbers
  std::uint64_t beyond = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const auto bits = std::bit_cast<std::uint64_t>(values[i] + 0.0);
    beyond |= bits | (most - bits);
    out[i] = bits << 1U | bad[i];
  }
  return beyond;
}

}  // namespace

Extent extent_of(std::span<const double> values) {
  Extent extent;
  const std::size_t even = values.size() / at_once * at_once;
  for (std::size_t from = 0; from < even && extent.is_whole; from += block_rows)
    look_at_block(values.data() + from, std::min(block_rows, even - from), extent);
  std::array<double, at_once> rest;
  rest.fill(std::numeric_limits<double>::quiet_NaN());
  std::ranges::copy(values.subspan(even), rest.begin());
  look_at_block(rest.data(), at_once, extent);
  return extent;
}

void set_places(const Places& places, std::span<const double> values,
                std::span<std::uint64_t> out) {
  const std::size_t even = values.size() / lanes * lanes;
  place_all(places, values.data(), even, out.data());
  if (even == values.size()) return;
  std::array<double, lanes> rest{};
  rest.fill(places.least);
  std::array<std::uint64_t, lanes> rest_out;
  std::ranges::copy(values.subspan(even), rest.begin());
  place_all(places, rest.data(), lanes, rest_out.data());
  std::copy_n(rest_out.begin(), values.size() - even,
              out.begin() + static_cast<std::ptrdiff_t>(even));
}

bool set_items(std::span<const double> values, std::span<const std::uint8_t> bad,
               std::span<std::uint64_t> out) {
  return set_all_items(values.data(), bad.data(), values.size(), out.data()) >> 63U == 0;
}

}  // namespace credence
