#pragma once

#include <credence/regression/logistic_fit.h>
#include <credence/training/candidates.h>

namespace credence {

// The variables that stay, in the table's order, with the fit of all of them together.
struct Selected {
  std::vector<std::size_t> kept;  // indexes of candidates
  LogisticFit fit;                // betas of the kept ones, none positive
  std::vector<Coefficient> coefficients;
  double condition_number = 0;
  std::vector<Dropped> dropped;
  // What tables of two may use: the kept, and what said too little alone or had the wrong sign
  // beside others.
  std::vector<std::size_t> for_pairs;
};

// By information value, correlation, variance inflation, sign, Wald p-value and number, in that
// order. Signs are a constraint of the fit, so no variable is dropped for the sign that it had
// beside another that later went.
Selected select_variables(const std::vector<Candidate>& candidates, const History& history,
                          const TrainingPlan& plan);

}  // namespace credence
