#pragma once

#include <credence/training/box_newton.h>
#include <credence/training/history.h>

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
  double loss = 0;                            // summed over the rows, without the penalty
  double left = 0;                            // how far below the optimum could still lie
  bool converged = false;
};

// The least weighted log-loss over all log-odds of all cells at once that keep their directions: a
// convex problem with box limits on the increments from bin to bin.
CellFit fit_cells(const History& history, const std::vector<CellTerm>& terms, const CellFit& start,
                  unsigned threads);

}  // namespace credence
