#include <credence/monitor/disparity.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

struct Share {
  double value = 0, n = 0;  // n: effective cases
};

double significance(const DisparityLimits& limits, int comparisons) {
  return (1 - limits.confidence) / comparisons;
}

// The effective number of cases of one class.
double effective(double weight, double squares) {
  return squares > 0 ? weight * weight / squares : 0;
}

std::optional<Comparison> ratio(Share group, Share reference, const DisparityLimits& limits,
                                int comparisons) {
  if (group.n < limits.smallest_cell || reference.n < limits.smallest_cell) return std::nullopt;
  if (reference.value <= 0) return std::nullopt;
  Comparison result;
  result.figure = group.value / reference.value;
  double z = normal_quantile(0.5 + limits.confidence / 2);
  if (group.value > 0) {
    double spread = std::sqrt((1 - group.value) / (group.value * group.n) +
                              (1 - reference.value) / (reference.value * reference.n));
    result.interval = {result.figure * std::exp(-z * spread), result.figure * std::exp(z * spread)};
  } else {
    // The logarithm of 0 has no interval: Wilson's upper limit of the group's share stands in.
    result.interval = {0, wilson(0, group.n, limits.confidence).high / reference.value};
  }
  result.p_value = two_sided(two_shares_z(group.value, group.n, reference.value, reference.n));
  result.beyond_limit = result.figure < limits.impact_ratio;
  result.significant = result.p_value < significance(limits, comparisons);
  return result;
}

std::optional<Comparison> difference(Share group, Share reference, const DisparityLimits& limits,
                                     int comparisons) {
  if (group.n < limits.smallest_cell || reference.n < limits.smallest_cell) return std::nullopt;
  Comparison result;
  result.figure = group.value - reference.value;
  Interval one = wilson(group.value, group.n, limits.confidence);
  Interval two = wilson(reference.value, reference.n, limits.confidence);
  result.interval = {result.figure - std::hypot(group.value - one.low, two.high - reference.value),
                     result.figure + std::hypot(one.high - group.value, reference.value - two.low)};
  result.p_value = two_sided(two_shares_z(group.value, group.n, reference.value, reference.n));
  result.beyond_limit = std::abs(result.figure) > limits.error_rate_gap;
  result.significant = result.p_value < significance(limits, comparisons);
  return result;
}

std::optional<Comparison> means(const GroupCounts& group, const GroupCounts& reference,
                                const DisparityLimits& limits, int comparisons) {
  double n = group.all.effective(), m = reference.all.effective();
  if (n < limits.smallest_cell || m < limits.smallest_cell || n + m <= 2) return std::nullopt;
  double pooled = (n * group.score_variance + m * reference.score_variance) / (n + m - 2);
  if (pooled <= 0) return std::nullopt;
  Comparison result;
  double effect = (group.score_mean - reference.score_mean) / std::sqrt(pooled);
  double spread = std::sqrt(1 / n + 1 / m + effect * effect / (2 * (n + m)));
  double z = normal_quantile(0.5 + limits.confidence / 2);
  result.figure = 100 * effect;
  result.interval = {100 * (effect - z * spread), 100 * (effect + z * spread)};
  result.p_value = two_sided(effect / std::sqrt(1 / n + 1 / m));
  result.beyond_limit = std::abs(result.figure) > limits.mean_difference;
  result.significant = result.p_value < significance(limits, comparisons);
  return result;
}

Share accepted_share(const GroupCounts& counts) {
  double all = counts.all.weight();
  return {all > 0 ? std::min(1.0, counts.accepted.weight() / all) : 0, counts.all.effective()};
}

Share goods_accepted(const GroupCounts& counts) {
  double all = counts.all.good;
  return {all > 0 ? std::min(1.0, counts.accepted.good / all) : 0,
          effective(all, counts.all.good_squares)};
}

Share bads_accepted(const GroupCounts& counts) {
  double all = counts.all.bad;
  return {all > 0 ? std::min(1.0, counts.accepted.bad / all) : 0,
          effective(all, counts.all.bad_squares)};
}

}  // namespace

GroupCounts group_counts(std::span<const TieGroup> groups, int cut_off) {
  GroupCounts result;
  for (const TieGroup& group : groups) {
    result.all += group.tally;
    if (group.score >= cut_off) result.accepted += group.tally;
  }
  double all = result.all.weight();
  if (all <= 0) return result;
  for (const TieGroup& group : groups)
    result.score_mean += group.tally.weight() * group.score / all;
  for (const TieGroup& group : groups) {
    double off = group.score - result.score_mean;
    result.score_variance += group.tally.weight() * off * off / all;
  }
  return result;
}

Disparity compare_groups(const GroupCounts& group, const GroupCounts& reference,
                         const DisparityLimits& limits, int comparisons) {
  Disparity result;
  result.impact_ratio =
      ratio(accepted_share(group), accepted_share(reference), limits, comparisons);
  result.mean_difference = means(group, reference, limits, comparisons);
  result.true_positive_gap =
      difference(goods_accepted(group), goods_accepted(reference), limits, comparisons);
  result.false_positive_gap =
      difference(bads_accepted(group), bads_accepted(reference), limits, comparisons);
  return result;
}

}  // namespace credence
