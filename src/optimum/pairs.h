#pragma once

#include <credence/optimum/spread.h>

namespace credence {

// The best row of bins in which every two bins differ significantly, not only neighbours. Branch
// and bound over the answers of best_spread(): a pair (A, B) that does not differ leaves two cases,
// A is no bin, or A is one and every bin that does not differ from it is none.
// REQUIRES: rules.z_squared > 0.
Found best_of_all_pairs(PathSearch& search, const PathRules& rules, const Spread& spread,
                        Effort& effort, const Wanted& wanted = {});

}  // namespace credence
