#pragma once

#include <credence/base/result.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace credence {

// A table may have this many cells: 2^22, 32 MiB.
inline constexpr std::size_t kIpfCells = std::size_t{1} << 22;

// A table of numbers over several variables, row-major: the last variable moves fastest.
struct Cross {
  std::vector<std::size_t> sizes;
  std::vector<double> cells;
  // For messages, where given: what the variables and their categories are called.
  std::vector<std::string> variables = {};
  std::vector<std::vector<std::string>> categories = {};
};

// For each cell, which of the sums over `variables` (row-major over them, in the order given) it
// belongs to. REQUIRES: each variable once, all below sizes.size().
std::vector<std::uint32_t> margin_places(std::span<const std::size_t> sizes,
                                         std::span<const std::size_t> variables);

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
// different totals), ipf.shape (sizes that do not fit, too many cells), ipf.value (not finite,
// negative, all zero), ipf.impossible (a positive target over cells that are all zero),
// ipf.contradiction (no convergence within `sweeps`: the margins contradict each other; says which
// is farthest).
Result<IpfResult> fit_proportionally(Cross seed, std::span<const Margin> margins,
                                     double tolerance = 1e-9, int sweeps = 2000);

}  // namespace credence
