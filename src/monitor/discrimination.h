#pragma once

#include <credence/base/result.h>
#include <credence/monitor/tie_groups.h>

#include <cstdint>
#include <span>

namespace credence {

// A scored case whose outcome is known. A high score means a good risk.
struct ScoredOutcome {
  int score = 0;
  bool bad = false;
};

// How well scores order bad and good. AUC = P(score of a bad < score of a good) + P(equal)/2, by
// mid-ranks, so ties count half; the interval is DeLong's (E. R. DeLong et al., Biometrics 44,
// 1988), normal, clipped to [0, 1]. KS is the largest distance of the two distributions, taken only
// after whole groups of equal scores. With weights, shares are of weight, and the variance of a
// mean of placements v is sum w^2 (v - mean)^2 / (sum w)^2 times m / (m - 1), where m is the
// effective size; with equal weights that is DeLong's.
struct Discrimination {
  std::uint64_t bad = 0, good = 0;                        // rows
  double auc = 0, standard_error = 0, low = 0, high = 0;  // 95 %
  double gini = 0;                                        // 2 AUC - 1
  double ks = 0;                                          // share of bads less share of goods below
  int ks_score = 0;  // the score up to which the distance is taken
};

// Errors: monitor.one_class (AUC needs at least two bad and two good for its interval).
Result<Discrimination> discrimination(std::span<const ScoredOutcome> cases);
Result<Discrimination> weighted_discrimination(std::span<const TieGroup> groups);
Result<Discrimination> weighted_discrimination(const ScoredSample& sample);

// Two scores of the same cases: DeLong's paired test, for a challenger against a champion.
struct PairedDiscrimination {
  double first_auc = 0, second_auc = 0;
  double difference = 0;  // second less first
  double standard_error = 0, low = 0, high = 0;
  double p_value = 1;  // of no difference, two-sided; 1 where the scores order alike
};
// Errors: monitor.one_class; monitor.length (the lists differ in length).
Result<PairedDiscrimination> compare_discrimination(const ScoredSample& first,
                                                    std::span<const std::int32_t> second);

}  // namespace credence
