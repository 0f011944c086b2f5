#pragma once

#include <credence/points/whole_points.h>
#include <credence/regression/history.h>
#include <credence/training/train.h>

#include <cstdint>
#include <string>
#include <vector>

namespace credence {

// A variable that was binned and can go into a card.
struct Candidate {
  TrainingPlan::Variable plan;  // what the plan says of it, defaults included
  Binning binning;
  std::vector<std::uint16_t> rows;  // the cell of each row
  std::vector<double> woe;          // per cell, with the plan's policy for absence
  std::vector<double> weights;      // of the rows in each cell
  std::vector<bool> declared;       // cells whose points a policy gives and not their own rows
  PointsRules rules;

  const std::string& name() const { return binning.name; }
};

struct Candidates {
  std::vector<Candidate> usable;
  std::vector<Dropped> dropped;
};

// Errors: those of bin() that are not one variable's own; training.variable (the plan names a
// column that the table lacks), training.kind (a column is of the other kind than the plan says),
// training.cell (a fixed point names a cell that the variable lacks).
Result<Candidates> bin_candidates(const Table& table, const Outcome& outcome,
                                  const History& history, const TrainingPlan& plan,
                                  const OnProgress& progress);

}  // namespace credence
