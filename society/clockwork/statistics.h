#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace credence {

// Sum by halves (pairwise), in the order given: the same bits however the parts were made.
double sum_by_halves(std::span<const double> values);

// What replicates say about a number. Empty input gives count 0 and zeros.
struct ReplicateSpread {
  std::size_t count = 0;
  double mean = 0, deviation = 0;  // sample standard deviation (n - 1)
  double low = 0, high = 0;        // 5 % and 95 % quantiles of the replicates (linear, type 7)
  double error = 0;                // half width of the 95 % interval of the mean (Student)
  // How many replicates would halve `error`.
  std::size_t runs_to_halve() const { return 4 * count; }
};
ReplicateSpread spread_of(std::span<const double> replicates);

// Linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996). REQUIRES: not
// empty, 0 <= share <= 1.
double quantile(std::vector<double> values, double share);
// Two-sided 95 % point of Student's distribution with `degrees` of freedom.
double student_95(std::size_t degrees);
// Gini coefficient of values >= 0; 0 when all are zero.
double gini(std::vector<double> values);

}  // namespace credence
