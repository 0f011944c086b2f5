#pragma once

#include <credence/optimum/solve.h>

#include <string>

namespace credence {

constexpr int kMostPrebins = 2000;

// Whether numbers and rules make sense, before anything is solved. Errors: binning.prebins (none,
// too many), binning.tally (negative, not finite, empty), binning.one_class, binning.total,
// binning.fixed, binning.rules.
Result<Done> sensible(const BinningProblem& problem);

// The problem as JSON in one canonical form: members in a fixed order, numbers in the shortest form
// that reads back to the same double, fixed edges by their place, prebins as [events, nonevents,
// records, squares].
std::string problem_text(const BinningProblem& problem);
// SHA-256 of it, in hex.
std::string problem_hash(const BinningProblem& problem);

std::string number_text(double value);  // the shortest text that reads back to the same double

}  // namespace credence
