#pragma once

#include <credence/optimum/solve.h>

#include <span>
#include <vector>

namespace credence {

// Rates that differ by no more than this are equal: it is far above the rounding of sums of weights
// and far below what records can tell apart.
constexpr double kRateSlack = 1e-12;

// The term of one bin in the objective; `event_share` and `nonevent_share` are of the clean rows.
double divergence_term(Divergence divergence, double event_share, double nonevent_share);

// Every bin that neighbouring prebins can form. Bin (start, end) holds the prebins start..end; bins
// with the same end lie side by side.
struct Nodes {
  int prebins = 0;
  std::size_t stride = 0;  // prebins
  double clean_size = 0;   // of all prebins, in the basis of the rules
  // At end * stride + start. `effective` is the number of records a weighted bin is worth.
  std::vector<double> events, nonevents, size, rate, effective, divergence;

  std::size_t at(int start, int end) const {
    return static_cast<std::size_t>(end) * stride + static_cast<std::size_t>(start);
  }
};

// REQUIRES: a sensible problem (problem.h). A divergence that a bin does not have (no event or no
// non-event, for iv and js) is minus infinity.
Nodes make_nodes(const BinningProblem& problem);

}  // namespace credence
