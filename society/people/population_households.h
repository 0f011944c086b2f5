#pragma once

#include <credence/base/result.h>
#include <credence/clockwork/draw.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace credence {

inline constexpr std::uint8_t kAdultAge = 18;

// How many households of 1, 2, 3 ... people each region has, so that all its people are in one and
// the sizes have the given shares over all regions; a rounding in one region is made good in the
// next. The error names the region (by its place) and how many people are left over.
struct HouseholdSizes {
  std::vector<std::vector<std::uint32_t>> by_region;
  // Set where the sizes cannot hold a region's people.
  std::optional<std::size_t> failed_region;

  std::uint64_t households(std::size_t region) const;
};
HouseholdSizes size_households(std::span<const double> shares,
                               std::span<const std::uint32_t> people_by_region);

// The people of one region in the order of their households, and each household's size in that
// order. REQUIRES: the sizes add up to the people; at least as many adults as households.
struct PlacedRegion {
  std::vector<std::uint32_t> people;  // places in `ages`
  std::vector<std::uint32_t> sizes;
};
PlacedRegion place_in_households(std::span<const std::uint8_t> ages,
                                 std::span<const std::uint32_t> counts_by_size,
                                 const KeyedDraws& draws, std::uint32_t region,
                                 std::uint32_t first_household);

}  // namespace credence
