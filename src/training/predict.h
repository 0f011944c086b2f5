#pragma once

#include <credence/training/card_fit.h>
#include <credence/training/train.h>

#include <optional>
#include <vector>

namespace credence {

// Scores of rows whose columns are those of training. REQUIRES: the table has every column of the
// card, of its kind.
std::vector<int> scores_of(const Scorecard& card, const Table& table);

// train() without the effects of overrides, which cost a fit for each.
Result<Trained> train_only(const Table& table, const Outcome& outcome, const TrainingPlan& plan,
                           const CardFitOptions& options = {}, const OnProgress& progress = {});

// Why this table, outcome or plan cannot be trained on at all.
std::optional<Error> unfit(const Table& table, const Outcome& outcome, const TrainingPlan& plan);

}  // namespace credence
