#pragma once

#include <credence/regression/history.h>
#include <credence/scorecard/scorecard.h>

#include <span>
#include <vector>

namespace credence {

// What the rows with each score weigh, by outcome, from the lowest score on: all that log-loss, AUC
// and the scaling of scores need to know, however many rows there are.
struct ScoreGroups {
  int lowest = 0;
  std::vector<double> good, bad;
};
ScoreGroups group_by_score(const History& history, std::span<const int> scores);

// The sum of the log-losses at log-odds of bad of (offset - score) / factor.
double log_loss(const ScoreGroups& groups, const Scorecard::Scaling& scaling);
// P(score of a good one > that of a bad one) + P(equal) / 2; one half with one class.
double auc(const ScoreGroups& groups);

// The offset and factor with which the scores have the least log-loss (a logistic regression on the
// score); the old ones when no positive factor is better.
Scorecard::Scaling refit_scaling(const ScoreGroups& groups, const Scorecard::Scaling& scaling);

}  // namespace credence
