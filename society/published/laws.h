#pragma once

#include <cstdint>
#include <vector>

namespace credence {

// Counts by exact inversion of their distribution function: the smallest k with uniform < F(k).
// One uniform gives one count, so that equal luck gives equal counts on every machine (the standard
// library leaves its algorithms open). F is summed upwards term by term.

// REQUIRES: 0 < uniform < 1, 0 <= rate <= 700 (beyond that exp(-rate) is no longer a number).
std::uint32_t poisson_by_inversion(double uniform, double rate);
// REQUIRES: 0 < uniform < 1, 0 <= chance < 1, trials * -log(1 - chance) <= 700.
std::uint32_t binomial_by_inversion(double uniform, std::uint32_t trials, double chance);

// The same as poisson_by_inversion for one rate, with F kept: for inner loops.
class PoissonTable {
 public:
  explicit PoissonTable(double rate);  // REQUIRES: 0 <= rate <= 700
  std::uint32_t count(double uniform) const;
  double tail(std::uint32_t least) const;  // P(X >= least)

 private:
  std::vector<double> cumulative_;
};

}  // namespace credence
