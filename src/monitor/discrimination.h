#pragma once

#include <credence/base/result.h>

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
// after whole groups of equal scores.
struct Discrimination {
  std::uint64_t bad = 0, good = 0;
  double auc = 0, standard_error = 0, low = 0, high = 0;  // 95 %
  double gini = 0;                                        // 2 AUC - 1
  double ks = 0;
  int ks_score = 0;  // the score up to which the distance is taken
};

// Errors: monitor.one_class (AUC needs at least two bad and two good for its interval).
Result<Discrimination> discrimination(std::span<const ScoredOutcome> cases);

}  // namespace credence
