#pragma once

#include <credence/binning/cells.h>
#include <credence/intake/intake.h>
#include <credence/terminal/command.h>

#include <set>
#include <string>
#include <vector>

namespace credence {

// Tables of history as commands read them: the options that all of them share, the column that
// says what came of each row, and what may be an input of a card.
std::vector<Option> table_options();
Result<IntakeOptions> intake_options(const Arguments& arguments);
// With progress on the console.
Result<IntakeTable> read_history(const Arguments& arguments, const std::string& path,
                                 Console& console, const IntakeOptions& options);

std::vector<Option> outcome_options();
// Errors: target.missing (rows without an outcome), target.values (neither 0 nor 1: which values
// there are, and how to name the bad ones), target.one_class, target.weight.
Result<Outcome> read_outcome(const IntakeTable& history, const Arguments& arguments);
// The same of one batch of a stream, which need not hold every value of the target.
Result<Outcome> read_batch_outcome(const IntakeTable& batch, const Arguments& arguments);

// Codes that --special names, for a variable of this kind.
Result<std::vector<SpecialCode>> special_codes(const Arguments& arguments, Column::Kind kind);
Option special_option();

// The table without some of its columns.
Table without(const Table& table, const std::set<std::string>& names);

double share_of_bad(const Outcome& outcome);

}  // namespace credence
