#pragma once

#include <credence/regression/history.h>

#include <array>
#include <span>
#include <vector>

namespace credence {

// Log-loss of rows at their log-odds of bad, block by block, with what Newton's method needs of it:
// the slope w (p - bad) and the curvature w p (1 - p). Equal bits on every processor.
class RowLosses {
 public:
  static constexpr std::size_t kBlock = 1024;  // rows whose numbers stay in a first-level cache
  using Block = std::array<double, kBlock>;

  explicit RowLosses(const History& history);
  std::size_t rows() const { return rows_; }

  struct Sums {
    double loss = 0, slope = 0;
  };
  // Of as many rows from `from` on as there are log-odds; their curvature is kept.
  // REQUIRES: `from` and the number of log-odds are multiples of 8; those beyond the last row are
  // numbers too.
  Sums evaluate(std::size_t from, std::span<const double> log_odds, std::span<double> slope);
  std::span<const double> curvature() const { return std::span{curvature_}.first(rows_); }

 private:
  std::size_t rows_;
  // Of the rows, a bad one's below zero; filled up without weight to a whole number of vectors.
  std::vector<double> signed_weights_, curvature_;
};

}  // namespace credence
