#pragma once

#include <credence/training/card_fit.h>

namespace credence {

// Candidates, selection, tables and points: everything that train() fits for one plan.
struct FittedPlan {
  Candidates candidates;
  Selected selected;
  FittedCard card;
};

// REQUIRES: `candidates` are of this plan.
Result<FittedPlan> fit_plan(Candidates candidates, const History& history, const TrainingPlan& plan,
                            const CardFitOptions& options);

// The card with its names, and what is said about it.
Trained assemble(FittedPlan fitted, const History& history, const TrainingPlan& plan);

// Effects of the plan's overrides, each added to those before it.
Result<std::vector<OverrideEffect>> override_effects(const Table& table, const Outcome& outcome,
                                                     const History& history,
                                                     const TrainingPlan& plan);

}  // namespace credence
