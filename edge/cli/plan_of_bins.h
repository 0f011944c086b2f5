#pragma once

#include <credence/scorecard/scorecard.h>

#include <span>
#include <string>

namespace credence {

// A training plan (docs/formats/plan.md) that wants exactly these bins, special codes included.
std::string plan_of_bins(std::span<const Scorecard::Variable> variables, const std::string& id);

}  // namespace credence
