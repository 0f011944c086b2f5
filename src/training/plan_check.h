#pragma once

#include <credence/base/result.h>
#include <credence/training/plan.h>

#include <optional>

namespace credence {

// The first number or name of a plan that lies outside of what docs/formats/plan.md allows, as
// error `training.plan`: plans that were built in code are held to the same as those of files.
// Rules of binning are checked with their columns (binning.rules).
std::optional<Error> defect_of(const TrainingPlan& plan);

}  // namespace credence
