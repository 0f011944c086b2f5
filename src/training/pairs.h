#pragma once

#include <credence/training/candidates.h>

namespace credence {

// A two-way table over groups of the cells of two variables, for what both say together and neither
// says alone.
struct PairTable {
  std::size_t first = 0, second = 0;                     // indexes of candidates
  std::vector<std::uint16_t> first_group, second_group;  // of each cell
  std::size_t first_groups = 0, second_groups = 0;
  std::vector<std::uint16_t> rows;  // the group pair of each row: first * second_groups + second
  std::vector<double> weights;      // of the rows in each
  double gain = 0;                  // of held-out AUC, when it was added

  std::size_t cells() const { return first_groups * second_groups; }
};

// Adds tables one at a time, as long as one raises the AUC of rows that it was not fitted on. All
// pairs are screened by a score test of their cells on the residuals (in the manner of FAST: Lou,
// Caruana, Gehrke and Hooker, KDD 2013); the best are fitted fold by fold. `log_odds` are those of
// the card without tables.
std::vector<PairTable> find_pairs(const std::vector<Candidate>& candidates,
                                  const std::vector<std::size_t>& pool, const History& history,
                                  std::vector<double> log_odds, const TrainingPlan& plan);

}  // namespace credence
