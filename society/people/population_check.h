#pragma once

#include <credence/people/population.h>

namespace credence {

// The errors that can be seen without making anybody; see make_population().
Result<Done> check_population_plan(const PopulationPlan& plan);

inline constexpr std::size_t kLargestHousehold = 30;

}  // namespace credence
