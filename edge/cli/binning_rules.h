#pragma once

#include <credence/binning/rules.h>
#include <credence/terminal/command.h>

#include <vector>

namespace credence {

// The limits of a binning as options, for `credence bin` and `credence train`.
std::vector<Option> binning_options();
// What the command line says on top of `rules`. Errors: usage.number, usage.trend.
Result<VariableRules> with_options(VariableRules rules, const Arguments& arguments);

}  // namespace credence
