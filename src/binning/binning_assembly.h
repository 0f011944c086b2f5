#pragma once

#include <credence/binning/binning.h>
#include <credence/binning/held_out.h>
#include <credence/binning/prebin.h>
#include <credence/binning/rules.h>

#include <vector>

namespace credence {

BinningProblem problem_of(const VariableCounts& counts, const Prebins& prebins,
                          const VariableRules& rules);

// Error binning.weights: a prebin is so small a part of all weight that running sums have lost its
// digits.
Result<Done> check_weights(const VariableCounts& counts, const Prebins& prebins);

// Everything after counting: prebins, trend, bins, weights of evidence.
Attempt<Binning> bin_counts(const VariableCounts& counts, const VariableRules& rules);

// Tallies per cell, from those of the bins.
std::vector<Binning::Row> rows_of(const VariableCounts& counts, const std::vector<Tally>& bins);

}  // namespace credence
