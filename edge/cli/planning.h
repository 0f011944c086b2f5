#pragma once

#include <credence/table/column.h>
#include <credence/terminal/command.h>
#include <credence/training/plan.h>
#include <credence/training/rejects.h>

#include <string>
#include <vector>

namespace credence {

// The plan that --plan names, or the default one, with what other options say on top. Findings of
// the file go to the console. Errors: file.*, plan.file (the findings said why), usage.*.
Result<TrainingPlan> read_training_plan(const Arguments& arguments, Console& console);

// Gives every variable the codes of --special, in the way of its kind.
Result<Done> give_special_codes(TrainingPlan& plan, const Table& inputs,
                                const Arguments& arguments);

std::vector<std::string> reject_method_names();
Result<RejectPlan> read_reject_plan(const Arguments& arguments);

unsigned threads_from(const Arguments& arguments);  // what --threads says, or all of the machine's

}  // namespace credence
