#pragma once

#include <credence/base/result.h>

#include <cstddef>
#include <span>
#include <vector>

namespace credence {

// A table of numbers over several variables, row-major: the last variable moves fastest.
struct Cross {
  std::vector<std::size_t> sizes;
  std::vector<double> cells;
};

// A target for the sums over some of the variables.
struct Margin {
  std::vector<std::size_t> variables;  // rising
  std::vector<double> sums;            // row-major over them
};

struct IpfResult {
  Cross table;
  int sweeps = 0;
  double largest_error = 0;  // |sum - target| relative to the total
};

// Iterative proportional fitting (Deming and Stephan, 1940): scales `seed` until every margin holds
// to `tolerance` of the total. Odds ratios of the seed stay. Errors: ipf.total (margins of
// different totals), ipf.impossible (a positive target over cells that are all zero),
// ipf.contradiction (no convergence within `sweeps`: the margins contradict each other; says which
// is farthest).
Result<IpfResult> fit_proportionally(Cross seed, std::span<const Margin> margins,
                                     double tolerance = 1e-9, int sweeps = 2000);

}  // namespace credence
