#pragma once

#include <credence/native/rules.h>
#include <credence/training/plan.h>

namespace credence {

// What Python says, over what the plan's text (under "plan") says, over the defaults. Of special
// codes a column takes those that it can hold, whether they are its own or shared. Raises
// InputError with the place for a text that is no plan, and TypeError for values of another type.
TrainingPlan training_plan_of(const Settings& settings, const Table& table);

}  // namespace credence
