#pragma once

#include <credence/regression/cell_design.h>
#include <credence/regression/row_losses.h>

namespace credence {

// The log-loss of all rows whose log-odds of bad are a constant and a number for each of their
// cells, with its slope by cell. Each block of rows is looked up, weighed and summed while it lies
// in the nearest cache.
class CellLosses {
 public:
  CellLosses(const History& history, std::vector<CellsOfRows> terms, unsigned threads)
      : design_(std::move(terms), threads), losses_(history) {}

  const CellDesign& design() const { return design_; }

  // Returns the sum of the losses; what follows is of the last call.
  double evaluate(double constant, std::span<const double> cells);
  double slope() const { return slope_; }                             // by the constant
  std::span<const double> slope_by_cell() const { return by_cell_; }  // by each cell's number
  std::span<const double> curvature() const { return losses_.curvature(); }  // of each row

 private:
  CellDesign design_;
  RowLosses losses_;
  double slope_ = 0;
  std::vector<double> by_cell_;
};

}  // namespace credence
