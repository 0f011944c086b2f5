#pragma once

#include <bit>
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

// Between which numbers the positive ones lie, and whether others are negative. NaN is neither.
struct PositiveExtent {
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  bool has_negative = false;
};
PositiveExtent positive_extent_of(std::span<const double> values);

// Numbers in places that ascend as they do, from 0 to `last`; NaN has the place after. An item is a
// place with an outcome of 0 or 1 in the bit below.

// Whole numbers by their distance from the least.
struct Places {
  double least = 0;
  std::uint32_t last = 0;

  double value(std::uint64_t place) const { return least + static_cast<double>(place); }
};
// REQUIRES: each value is NaN or has a place; as many outcomes and items as values.
void set_items(const Places& places, std::span<const double> values,
               std::span<const std::uint8_t> bad, std::span<std::uint32_t> out);

// Numbers that are not negative by their bits, of which 0 keeps the first place and the others are
// moved down to it: doubles between 0 and the least positive one would have most of the places.
struct BitPlaces {
  std::uint64_t below_least = 0;  // the bits of the least positive number, less 1
  std::uint64_t last = 0;

  double value(std::uint64_t place) const {
    return std::bit_cast<double>(place == 0 ? 0 : below_least + place);
  }
};
void set_items(const BitPlaces& places, std::span<const double> values,
               std::span<const std::uint8_t> bad, std::span<std::uint64_t> out);

}  // namespace credence
