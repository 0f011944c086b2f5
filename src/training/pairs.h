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
  double gain = 0;                  // of held-out AUC, when it was added; can be negative

  std::size_t cells() const { return first_groups * second_groups; }
};

// Adds tables one at a time, each of the pair whose table takes the most log-loss, to the second
// order, off rows that neither its groups nor its log-odds have seen (the folds of the plan), and
// stops when none takes any off. A group is a run of neighbouring cells: of numbers in their
// natural order, special codes and absence last; of texts by weight of evidence. The runs are made
// by the cuts that raise most the score test of the table's cells on the residuals (after FAST:
// Lou, Caruana, Gehrke and Hooker, KDD 2013), as long as each new cell adds twice what chance
// would. Of the tables found, the first so many stay whose gains in held-out AUC, each less
// `min_gain`, sum to the most, so that a weak table is kept for the sake of strong ones after it.
// The held-out gains are of one choice out of many, and a little too high for that. `log_odds` are
// those of the card without tables, which have seen all rows.
std::vector<PairTable> find_pairs(const std::vector<Candidate>& candidates,
                                  const std::vector<std::size_t>& pool, const History& history,
                                  std::vector<double> log_odds, const TrainingPlan& plan);

}  // namespace credence
