#pragma once

#include <credence/charter/charter.h>
#include <credence/cli/loading.h>
#include <credence/feature/feature.h>
#include <credence/scorecard/scorecard.h>
#include <credence/table/column.h>
#include <credence/training/plan.h>

#include <string>

namespace credence {

// A table of history in the features of a programme, as `credence backtest --table` writes it: one
// column per feature under its id, whole numbers in the units of docs/formats/features.md (money in
// minor units, shares in thousandths, days since 1970-01-01, flags 0 and 1), choices as texts,
// nothing for "no such record". A special code is a text among texts, and this among numbers.
double special_number(int code);
std::string feature_cell(const Feature& feature, const Programme& programme, const Cell& answer);

// The columns that are features, with choices that have an order as their places in it; the plan is
// given the programme's directions, families, special codes, range, and that absence never stands
// below the worst answer (A15). Errors: river.features (no column is a feature), river.choice (a
// text that the programme does not know), river.kind, river.pairs.
Result<Table> feature_table(const Table& inputs, const LawfulProgramme& programme,
                            TrainingPlan& plan);

// The file that the river scores with, accepted by read_card(). Errors: river.card with what the
// check says.
Result<std::string> river_card(const Scorecard& card, const LawfulProgramme& programme);

}  // namespace credence
