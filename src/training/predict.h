#pragma once

#include <credence/training/train.h>

#include <optional>
#include <vector>

namespace credence {

// Scores of rows whose columns are those of training. REQUIRES: the table has every column of the
// card, of its kind.
std::vector<int> scores_of(const Scorecard& card, const Table& table);

// Why this table, outcome or plan cannot be trained on at all.
std::optional<Error> unfit(const Table& table, const Outcome& outcome, const TrainingPlan& plan);

}  // namespace credence
