#pragma once

#include <credence/scorecard/scorecard.h>
#include <credence/training/history.h>

namespace credence {

// What the rows with each score weigh, by outcome. All that log-loss, AUC and the odds of scores
// need to know, however many rows there are.
struct ScoreTally {
  int lowest = 0;                 // the score of the first entry; one entry for each score
  std::vector<double> good, bad;  // weights
};

ScoreTally tally_of(const History& history, std::span<const int> scores);

// Mean over a weight of `total`, of log-odds (offset - score) / factor of bad.
double mean_log_loss(const ScoreTally& tally, const Scorecard::Scaling& scaling, double total);
// P(score of a good one > that of a bad one) + P(equal) / 2; one half with one class.
double auc(const ScoreTally& tally);

}  // namespace credence
