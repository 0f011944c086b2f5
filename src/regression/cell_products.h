#pragma once

#include <credence/regression/cell_design.h>

namespace credence {

// A column of a regression that takes few values: one for each cell.
struct ValuedCells {
  CellsOfRows of;
  std::span<const double> values;   // per cell
  std::span<const double> weights;  // of the rows in each cell
};

// X' diag(weights) X of such columns, each of its sums over the rows in a fixed order: equal bits
// on every processor.
Matrix weighted_products(std::span<const ValuedCells> columns, std::span<const double> weights);

}  // namespace credence
