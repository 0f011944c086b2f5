#pragma once

#include <cstdint>
#include <limits>
#include <span>

namespace credence {

// Between which numbers those of a column lie, NaN left out.
struct Extent {
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  bool is_whole = true;  // every one is a whole number; only then are `least` and `most` of all
};
Extent extent_of(std::span<const double> values);

// Whole numbers by their distance from the least, 0 to `last`; NaN has the place after.
struct Places {
  double least = 0;
  std::uint32_t last = 0;

  double value(std::uint64_t place) const { return least + static_cast<double>(place); }
};
// REQUIRES: each value is NaN or has a place; as many places as values.
void set_places(const Places& places, std::span<const double> values, std::span<std::uint64_t> out);

// The bits of numbers without the sign, one place up, with the outcome in the lowest bit: such
// items are in the order of the numbers. False, and no items, where a number is negative or NaN.
// REQUIRES: as many outcomes and items as values.
bool set_items(std::span<const double> values, std::span<const std::uint8_t> bad,
               std::span<std::uint64_t> out);

}  // namespace credence
