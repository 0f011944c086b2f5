#pragma once

#include <credence/regression/cell_losses.h>

#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// A term of a card before it is whole: one number per cell, in log-odds of bad.
struct CellTerm {
  std::span<const std::uint16_t> rows;  // the cell of each row
  std::size_t cells = 0;
  // The first bins are ordered; of each neighbouring pair of them: +1 the log-odds may not fall, -1
  // may not rise, 0 either. Other cells are free.
  std::vector<int> direction;
  // Per cell: penalty (log-odds - target)^2 / 2 is added to the loss.
  std::vector<double> target, penalty;
};

struct CellFit {
  double intercept = 0;
  std::vector<std::vector<double>> log_odds;  // per term and cell
  // Summed over the rows, without the penalty, at a point that the last step left; the optimum lies
  // about `left` below it.
  double loss = 0, left = 0;
  bool converged = false;
};

struct CellFitOptions {
  double tolerance = 1e-10;  // of what is left, relative to the loss
  bool confirm = true;       // whether what is left is told by a curvature of the last point itself
};

// Fits of the same terms to the same rows, under penalties and directions that may differ.
class CellModel {
 public:
  // Of `terms` the rows and cells alone.
  CellModel(const History& history, const std::vector<CellTerm>& terms, unsigned threads);

  // The least weighted log-loss over all log-odds of all cells at once that keep their directions:
  // a convex problem with box limits on the increments from bin to bin. REQUIRES: terms with the
  // rows and cells of the constructor.
  CellFit fit(const std::vector<CellTerm>& terms, const CellFit& start,
              const CellFitOptions& options = {});

 private:
  CellLosses losses_;
  // The loss's curvature by cells as a fit last computed it: near enough to start the next one.
  Matrix curvature_;
};

}  // namespace credence
