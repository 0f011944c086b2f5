#pragma once

#include <credence/recourse/recourse.h>

#include <optional>

namespace credence {

// recourse.limit of the first number that lies outside of its range.
std::optional<Error> defect_of(const RecourseProblem& problem);

}  // namespace credence
