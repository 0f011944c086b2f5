#pragma once

#include <credence/binning/prebin_counts.h>

#include <cstdint>
#include <span>

namespace credence {

// What is counted of numbers that each have the weight 1.
struct PlainCounts {
  OrderedCounts values;  // special codes and infinite numbers among them
  Tally missing;         // NaN
};

// Does not depend on the order of the rows. Whole numbers are counted in places of their own where
// many lie close together, and sorted by their distance from the least where they do not; all
// others are sorted by the bits of the double. REQUIRES: an outcome of 0 or 1 for each value. The
// values in `room` make way for those that are returned.
PlainCounts count_plain(std::span<const double> values, std::span<const std::uint8_t> bad,
                        CountRoom& room);

}  // namespace credence
