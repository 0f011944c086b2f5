#include <credence/monitor/discrimination.h>
#include <credence/monitor/distribution.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace credence {

namespace {

constexpr double kNormal95 = 1.959963984540054;

// Where a tie group stands among the other class: the share of goods above its bads, and of bads
// below its goods; equals count half.
struct Placement {
  double of_bad = 0, of_good = 0;
};

std::vector<Placement> placements(std::span<const TieGroup> groups, const ClassTally& all) {
  std::vector<Placement> result;
  double bad_below = 0, good_below = 0;
  for (const TieGroup& group : groups) {
    double good_above = all.good - good_below - group.tally.good;
    result.push_back({(good_above + group.tally.good / 2) / all.good,
                      (bad_below + group.tally.bad / 2) / all.bad});
    bad_below += group.tally.bad;
    good_below += group.tally.good;
  }
  return result;
}

// What turns sum w^2 d^2 of one class into the variance of a weighted mean.
double variance_scale(double weight, double squares) {
  double effective = weight * weight / squares;
  return effective / (effective - 1) / (weight * weight);
}

std::optional<Error> one_class(const ClassTally& all) {
  if (all.bad_records >= 2 && all.good_records >= 2) return std::nullopt;
  return Error{"monitor.one_class",
               fmt::format("{} bad and {} good cases tell nothing about order", all.bad_records,
                           all.good_records),
               {},
               "at least two of each are needed"};
}

void find_ks(std::span<const TieGroup> groups, const ClassTally& all, Discrimination& result) {
  double bad_below = 0, good_below = 0;
  for (const TieGroup& group : groups) {
    bad_below += group.tally.bad;
    good_below += group.tally.good;
    double distance = bad_below / all.bad - good_below / all.good;
    if (std::abs(distance) > std::abs(result.ks)) {
      result.ks = distance;
      result.ks_score = group.score;
    }
  }
}

// The placement of every row, by its score.
std::vector<double> row_placements(const ScoredSample& sample) {
  std::vector<TieGroup> groups = tie_groups(sample);
  std::vector<Placement> places = placements(groups, total(groups));
  std::vector<double> result(sample.size());
  for (std::size_t row = 0; row < sample.size(); ++row) {
    auto group = std::lower_bound(groups.begin(), groups.end(), sample.scores[row],
                                  [](const TieGroup& one, int score) { return one.score < score; });
    const Placement& place = places[static_cast<std::size_t>(group - groups.begin())];
    result[row] = sample.bad[row] != 0 ? place.of_bad : place.of_good;
  }
  return result;
}

double mean_of_bads(const ScoredSample& sample, std::span<const double> places, double bads) {
  double sum = 0;
  for (std::size_t row = 0; row < places.size(); ++row) {
    if (sample.bad[row] != 0) sum += sample.weight(row) * places[row];
  }
  return sum / bads;
}

}  // namespace

Result<Discrimination> weighted_discrimination(std::span<const TieGroup> groups) {
  ClassTally all = total(groups);
  if (auto error = one_class(all)) return *error;
  Discrimination result;
  result.bad = static_cast<std::uint64_t>(all.bad_records);
  result.good = static_cast<std::uint64_t>(all.good_records);
  std::vector<Placement> places = placements(groups, all);
  for (std::size_t i = 0; i < groups.size(); ++i)
    result.auc += groups[i].tally.bad * places[i].of_bad;
  result.auc /= all.bad;
  double bad_spread = 0, good_spread = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    double of_bad = places[i].of_bad - result.auc, of_good = places[i].of_good - result.auc;
    bad_spread += groups[i].tally.bad_squares * of_bad * of_bad;
    good_spread += groups[i].tally.good_squares * of_good * of_good;
  }
  result.standard_error = std::sqrt(bad_spread * variance_scale(all.bad, all.bad_squares) +
                                    good_spread * variance_scale(all.good, all.good_squares));
  result.low = std::max(0.0, result.auc - kNormal95 * result.standard_error);
  result.high = std::min(1.0, result.auc + kNormal95 * result.standard_error);
  result.gini = 2 * result.auc - 1;
  find_ks(groups, all, result);
  return result;
}

Result<Discrimination> weighted_discrimination(const ScoredSample& sample) {
  return weighted_discrimination(tie_groups(sample));
}

Result<Discrimination> discrimination(std::span<const ScoredOutcome> cases) {
  std::vector<std::int32_t> scores;
  std::vector<std::uint8_t> bad;
  for (const ScoredOutcome& one : cases) {
    scores.push_back(one.score);
    bad.push_back(one.bad ? 1 : 0);
  }
  return weighted_discrimination(ScoredSample{scores, bad, {}});
}

Result<PairedDiscrimination> compare_discrimination(const ScoredSample& first,
                                                    std::span<const std::int32_t> second) {
  if (second.size() != first.size()) {
    return Error{"monitor.length",
                 fmt::format("{} scores against {}", first.size(), second.size()),
                 {},
                 "give both scores of the same cases"};
  }
  ClassTally all = total(tie_groups(first));
  if (auto error = one_class(all)) return *error;
  ScoredSample other{second, first.bad, first.weights};
  std::vector<double> before = row_placements(first), after = row_placements(other);
  PairedDiscrimination result;
  result.first_auc = mean_of_bads(first, before, all.bad);
  result.second_auc = mean_of_bads(other, after, all.bad);
  result.difference = result.second_auc - result.first_auc;
  double bad_spread = 0, good_spread = 0;
  for (std::size_t row = 0; row < first.size(); ++row) {
    // The variance of the difference is that of the differences of placements.
    double off = (after[row] - before[row] - result.difference) * first.weight(row);
    (first.bad[row] != 0 ? bad_spread : good_spread) += off * off;
  }
  result.standard_error = std::sqrt(bad_spread * variance_scale(all.bad, all.bad_squares) +
                                    good_spread * variance_scale(all.good, all.good_squares));
  result.low = result.difference - kNormal95 * result.standard_error;
  result.high = result.difference + kNormal95 * result.standard_error;
  if (result.standard_error > 0)
    result.p_value = two_sided(result.difference / result.standard_error);
  else
    result.p_value = result.difference == 0 ? 1 : 0;
  return result;
}

}  // namespace credence
