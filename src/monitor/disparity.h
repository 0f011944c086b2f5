#pragma once

#include <credence/monitor/calibration.h>
#include <credence/monitor/discrimination.h>
#include <credence/monitor/distribution.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace credence {

// What a group gets from a cut-off: scores at or above it are accepted, which is the favourable
// outcome. The true positive rate is the share of goods accepted, the false positive rate the share
// of bads accepted.
struct GroupCounts {
  ClassTally all, accepted;
  double score_mean = 0, score_variance = 0;
};
GroupCounts group_counts(std::span<const TieGroup> groups, int cut_off);

struct DisparityLimits {
  double confidence = 0.95;
  double impact_ratio = 0.80;    // below: of practical weight
  double mean_difference = 30;   // per cent; beyond, in either direction
  double error_rate_gap = 0.05;  // beyond, in either direction
  double smallest_cell = 30;     // effective cases; below, the figure is not given
};

// A figure of a group against the reference, its interval and the p-value of no difference. It is a
// finding when it is beyond the limit and the p-value, multiplied by the number of tests
// (Bonferroni), is below 1 - confidence.
struct Comparison {
  double figure = 0;
  Interval interval;
  double p_value = 1;
  bool beyond_limit = false, significant = false;
  bool finding() const { return beyond_limit && significant; }
};

struct Disparity {
  // Share accepted over that of the reference; interval of the logarithm (D. Katz et al.,
  // Biometrics 34, 1978). Nothing when a cell is too small or the reference accepts nobody.
  std::optional<Comparison> impact_ratio;
  // 100 * (mean - mean of the reference) / pooled deviation of scores.
  std::optional<Comparison> mean_difference;
  // Differences of rates, with the interval of R. G. Newcombe (Statistics in Medicine 17, 1998).
  std::optional<Comparison> true_positive_gap, false_positive_gap;
};

// REQUIRES: comparisons >= 1: the tests of the whole audit that could be findings, several of a
// group.
Disparity compare_groups(const GroupCounts& group, const GroupCounts& reference,
                         const DisparityLimits& limits, int comparisons);

}  // namespace credence
