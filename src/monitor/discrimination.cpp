#include <credence/monitor/discrimination.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace credence {

namespace {

constexpr double kNormal95 = 1.959963984540054;

// A group of equal scores, with what lies below it.
struct Group {
  int score = 0;
  double bad = 0, good = 0;              // in the group
  double bad_below = 0, good_below = 0;  // with a lower score
};

std::vector<Group> group_by_score(std::span<const ScoredOutcome> cases) {
  std::vector<ScoredOutcome> sorted(cases.begin(), cases.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.score < b.score; });
  std::vector<Group> groups;
  double bad = 0, good = 0;
  for (const ScoredOutcome& one : sorted) {
    if (groups.empty() || groups.back().score != one.score)
      groups.push_back({one.score, 0, 0, bad, good});
    (one.bad ? groups.back().bad : groups.back().good) += 1;
    (one.bad ? bad : good) += 1;
  }
  return groups;
}

// Sample variance of the placement values of one class; `values` come with how often each occurs.
double variance(const std::vector<std::pair<double, double>>& values, double count, double mean) {
  double sum = 0;
  for (auto [value, times] : values) sum += times * (value - mean) * (value - mean);
  return sum / (count - 1);
}

}  // namespace

Result<Discrimination> discrimination(std::span<const ScoredOutcome> cases) {
  Discrimination result;
  for (const ScoredOutcome& one : cases) ++(one.bad ? result.bad : result.good);
  if (result.bad < 2 || result.good < 2) {
    return Error{
        "monitor.one_class",
        fmt::format("{} bad and {} good cases tell nothing about order", result.bad, result.good),
        {},
        "at least two of each are needed"};
  }
  auto bads = static_cast<double>(result.bad);
  auto goods = static_cast<double>(result.good);
  std::vector<std::pair<double, double>> bad_placements, good_placements;
  double area = 0;
  for (const Group& group : group_by_score(cases)) {
    double good_above = goods - group.good_below - group.good;
    double of_bad = (good_above + group.good / 2) / goods;      // share of goods above a bad here
    double of_good = (group.bad_below + group.bad / 2) / bads;  // share of bads below a good here
    area += group.bad * of_bad;
    bad_placements.push_back({of_bad, group.bad});
    good_placements.push_back({of_good, group.good});
    double distance =
        (group.bad_below + group.bad) / bads - (group.good_below + group.good) / goods;
    if (std::abs(distance) > std::abs(result.ks)) {
      result.ks = distance;
      result.ks_score = group.score;
    }
  }
  result.auc = area / bads;
  double spread = variance(bad_placements, bads, result.auc) / bads +
                  variance(good_placements, goods, result.auc) / goods;
  result.standard_error = std::sqrt(spread);
  result.low = std::max(0.0, result.auc - kNormal95 * result.standard_error);
  result.high = std::min(1.0, result.auc + kNormal95 * result.standard_error);
  result.gini = 2 * result.auc - 1;
  return result;
}

}  // namespace credence
