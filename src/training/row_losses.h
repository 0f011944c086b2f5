#pragma once

#include <credence/training/history.h>

#include <span>
#include <vector>

namespace credence {

// Log-loss of every row at its log-odds of bad, with what Newton's method needs of it: the slope
// w (p - bad) and the curvature w p (1 - p). Equal bits on every processor.
class RowLosses {
 public:
  explicit RowLosses(const History& history);

  std::span<double> log_odds() { return std::span{log_odds_}.first(rows_); }
  std::span<const double> slope() const { return std::span{slope_}.first(rows_); }
  std::span<const double> curvature() const { return std::span{curvature_}.first(rows_); }
  // Of the log-odds as they are now; returns the sum of the losses.
  double evaluate();

 private:
  std::size_t rows_;
  // Filled up with rows without weight to a whole number of vectors.
  std::vector<double> bad_, weights_, log_odds_, slope_, curvature_;
};

}  // namespace credence
