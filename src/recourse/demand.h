#pragma once

#include <credence/recourse/horizon.h>
#include <credence/recourse/prices.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace credence {

// What a horizon's best choices cost, in the order in which ways are compared.
struct Solution {
  std::int64_t cost = 0;
  int changes = 0;
  std::vector<Choice> choices;  // by variable
};

// What is known from horizons that were looked at before.
struct Experience {
  static constexpr std::int64_t kAny = std::numeric_limits<std::int64_t>::max();
  std::int64_t at_most = kAny;  // dearer choices need not be found
  Prices prices = {};           // bettered on the way
};

// The least cost, then the fewest changes, then the first in declared order, that meets the
// horizon's need. Nothing: it cannot be met. Error: recourse.size.
Result<std::optional<Solution>> meet_need(const Horizon& horizon, WorkBudget& budget,
                                          Experience& experience);

// The most points that the horizon's moves bring within `reach`. REQUIRES: `horizon` was made with
// the same reach. Error: recourse.size.
Result<std::int64_t> most_gain(const Horizon& horizon, const Reach& reach, WorkBudget& budget);

Error beyond_work(std::string_view what);  // recourse.size

}  // namespace credence
