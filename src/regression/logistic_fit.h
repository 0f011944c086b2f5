#pragma once

#include <credence/regression/valued_losses.h>
#include <credence/regression/history.h>

#include <span>
#include <vector>

namespace credence {

// logit P(bad) = intercept + sum of beta x over the columns, with the least weighted log-loss plus
// sum of penalty beta^2 / 2, each beta within its limits.
struct LogisticProblem {
  const History& history;
  std::vector<ValuedCells> columns;
  std::vector<double> penalties;     // per column
  std::vector<double> lower, upper;  // per column
  unsigned threads = 1;
};

struct LogisticFit {
  double intercept = 0;
  std::vector<double> betas;
  std::vector<double> standard_errors;  // of betas inside their limits; 0 for the others
  bool converged = false;
};

LogisticFit fit_logistic(const LogisticProblem& problem);

// Weighted correlations of columns; of a constant column with others 0.
Matrix correlations(const History& history, const std::vector<ValuedCells>& columns);

// Mean and standard deviation of values with weights; 0 without weight.
struct Moments {
  double mean = 0, deviation = 0;
};
Moments moments(std::span<const double> weights, std::span<const double> values);

}  // namespace credence
