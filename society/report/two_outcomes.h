#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace credence {

// Replicates that end in one of two ways, so that a mean would describe neither.
struct TwoOutcomes {
  std::size_t count = 0, lower_count = 0;
  double lower = 0, upper = 0;  // means of the two
};

inline constexpr std::size_t kFewestForTwoOutcomes = 8;

// Nothing unless there are at least kFewestForTwoOutcomes known values, and the widest gap between
// neighbours (with a fifth of them, and two at least, on either side) is at least 0.7 of their
// range. Fewer than one in a thousand samples of eight normal values are split like that, and far
// fewer of larger ones.
std::optional<TwoOutcomes> two_outcomes(std::vector<double> replicates);

}  // namespace credence
