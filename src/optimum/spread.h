#pragma once

#include <credence/optimum/path_search.h>

namespace credence {

// What is taken off an objective for bins of unlike size: factor * (largest - smallest).
struct Spread {
  double factor = 0;
  double of(const Nodes& nodes, const std::vector<int>& last) const;
};

// The best row of bins, the spread taken off. Windows of sizes are searched best first: a row that
// is best in its window gives a bound for it, and any better one there has a smaller largest bin or
// a larger smallest one, which are the two windows searched next.
Found best_spread(PathSearch& search, const PathRules& rules, const Spread& spread, Effort& effort,
                  const Wanted& wanted = {});

}  // namespace credence
