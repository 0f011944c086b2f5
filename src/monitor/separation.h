#pragma once

#include <credence/monitor/tie_groups.h>

#include <optional>
#include <span>
#include <vector>

namespace credence {

// Everything up to and including a score, as shares of weight. ROC is bad over good, CAP (Lorenz)
// is bad over all, KS is their distance along the score. The first point is (0, 0, 0) and has the
// lowest score; the others come one per tie group.
struct CumulativePoint {
  std::int32_t score = 0;
  double all = 0, bad = 0, good = 0;
};
// REQUIRES: both classes occur.
std::vector<CumulativePoint> cumulative(std::span<const TieGroup> groups);

// Gains and lift of a band and of all bands below it.
struct Gain {
  ScoreBand band;
  double all = 0, bad = 0, good = 0;  // cumulative shares of weight
  double lift = 0;                    // cumulative share of bads / cumulative share of all
};
std::vector<Gain> gains(std::span<const ScoreBand> bands);  // REQUIRES: both classes occur

// Neighbouring bands in the wrong order: the higher scores go bad more often. One-sided pooled
// two-share z test with effective sizes.
struct OrderBreak {
  std::size_t lower = 0;  // index of the lower band
  double p_value = 1;
};
std::vector<OrderBreak> order_breaks(std::span<const ScoreBand> bands);

// Mean and variance of the scores of a class, by weight (population variance).
struct ClassMoments {
  double bad_mean = 0, good_mean = 0, bad_variance = 0, good_variance = 0;
};
ClassMoments moments(std::span<const TieGroup> groups);  // REQUIRES: both classes occur

// (mean of goods - mean of bads)^2 / ((variance of goods + variance of bads) / 2). Nothing when no
// class varies.
std::optional<double> divergence(std::span<const TieGroup> groups);

// D. J. Hand's H (Machine Learning 77, 2009; Beta(2, 2) as in Hand and Anagnostopoulos 2014): the
// share of the loss of the best blind rule that the score saves, averaged over the cost of refusing
// a good c in [0, 1] (1 - c for accepting a bad). On the convex hull of the ROC. 0 to 1.
// REQUIRES: both classes occur.
double h_measure(std::span<const TieGroup> groups);

}  // namespace credence
