#pragma once

#include <credence/regression/cell_design.h>
#include <credence/regression/row_losses.h>

namespace credence {

// A column of a regression that takes few values: one for each cell.
struct ValuedCells {
  CellsOfRows of;
  std::span<const double> values;   // per cell
  std::span<const double> weights;  // of the rows in each cell
};

// X' diag(weights) X, where X has a first column of ones and then these. All sums over the rows
// are taken in a fixed order here: equal bits on every processor.
Matrix weighted_products(std::span<const ValuedCells> columns, std::span<const double> weights);

// X at, of each row. REQUIRES: a number for the ones, then one per column, which have `rows` rows.
std::vector<double> combinations(std::span<const ValuedCells> columns, std::span<const double> at,
                                 std::size_t rows);

// The log-loss of all rows whose log-odds of bad are X at, with its derivatives. Each block of rows
// is looked up, weighed and summed while it lies in the nearest cache.
class ValuedLosses {
 public:
  // REQUIRES: the columns have as many rows as the history, and outlive the losses.
  ValuedLosses(const History& history, std::span<const ValuedCells> columns)
      : columns_(columns), losses_(history) {}

  // Returns the sum of the losses; what follows is of the last call.
  double evaluate(std::span<const double> at);
  std::span<const double> slope() const { return slope_; }  // by each of `at`
  Matrix curvature() const { return weighted_products(columns_, losses_.curvature()); }

 private:
  std::span<const ValuedCells> columns_;
  RowLosses losses_;
  std::vector<double> slope_;
};

}  // namespace credence
