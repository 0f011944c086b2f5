#pragma once

#include <credence/optimum/question.h>

namespace credence {

// Why `question` has no answer. `problem` is what was asked; nodes of another divergence are made
// from it where that is what keeps bins from existing.
Infeasibility explain_infeasible(const BinningProblem& problem, const Question& question);

}  // namespace credence
