#include <credence/regression/cell_losses.h>

#include <algorithm>

namespace credence {

double CellLosses::evaluate(double constant, std::span<const double> cells) {
  const CellDesign::Tables tables = design_.tables_of(cells);
  CellDesign::Tables sums = design_.no_sums();
  RowLosses::Block log_odds, slope;
  double loss = 0;
  slope_ = 0;
  for (std::size_t from = 0; from < losses_.rows(); from += RowLosses::kBlock) {
    const std::size_t size = std::min(RowLosses::kBlock, losses_.rows() - from);
    log_odds.fill(constant);
    design_.add_cells(tables, from, std::span{log_odds}.first(size));
    const RowLosses::Sums sums_of_block = losses_.evaluate(from, log_odds, slope);
    loss += sums_of_block.loss;
    slope_ += sums_of_block.slope;
    design_.add_rows(sums, from, std::span{slope}.first(size));
  }
  by_cell_ = design_.by_cell(sums);
  return loss;
}

}  // namespace credence
