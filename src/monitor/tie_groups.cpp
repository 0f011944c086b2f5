#include <credence/monitor/tie_groups.h>

#include <algorithm>
#include <utility>

namespace credence {

void ClassTally::add(bool is_bad, double weight) {
  (is_bad ? bad : good) += weight;
  (is_bad ? bad_squares : good_squares) += weight * weight;
  (is_bad ? bad_records : good_records) += 1;
}

ClassTally& ClassTally::operator+=(const ClassTally& other) {
  bad += other.bad;
  good += other.good;
  bad_squares += other.bad_squares;
  good_squares += other.good_squares;
  bad_records += other.bad_records;
  good_records += other.good_records;
  return *this;
}

std::vector<TieGroup> tie_groups(const ScoredSample& sample) {
  // Rows of one score stay in their order, so that sums of weights do not depend on the sort.
  std::vector<std::pair<std::int32_t, std::size_t>> order(sample.size());
  for (std::size_t row = 0; row < order.size(); ++row) order[row] = {sample.scores[row], row};
  std::sort(order.begin(), order.end());
  std::vector<TieGroup> groups;
  for (auto [score, row] : order) {
    if (groups.empty() || groups.back().score != score) groups.push_back({score, {}});
    groups.back().tally.add(sample.bad[row] != 0, sample.weight(row));
  }
  return groups;
}

ClassTally total(std::span<const TieGroup> groups) {
  ClassTally sum;
  for (const TieGroup& group : groups) sum += group.tally;
  return sum;
}

std::vector<ScoreBand> equal_bands(std::span<const TieGroup> groups, int count) {
  std::vector<ScoreBand> bands;
  double all = total(groups).weight(), below = 0;
  long long current = -1;
  for (const TieGroup& group : groups) {
    // A band is named by how many limits lie wholly below its first group; a hair of tolerance is
    // for sums of doubles.
    auto slot = static_cast<long long>(below / all * count * (1 + 1e-12) + 1e-12);
    if (slot != current) bands.push_back({group.score, group.score, {}});
    current = slot;
    bands.back().to = group.score;
    bands.back().tally += group.tally;
    below += group.tally.weight();
  }
  return bands;
}

std::vector<ScoreBand> bands_from(std::span<const TieGroup> groups,
                                  std::span<const std::int32_t> starts) {
  std::vector<ScoreBand> bands;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    std::int32_t to = i + 1 < starts.size() ? starts[i + 1] - 1 : starts[i];
    bands.push_back({starts[i], to, {}});
  }
  if (bands.empty()) return bands;
  for (const TieGroup& group : groups) {
    auto after = std::upper_bound(starts.begin(), starts.end(), group.score);
    auto index = after == starts.begin() ? 0 : after - starts.begin() - 1;
    ScoreBand& band = bands[static_cast<std::size_t>(index)];
    band.tally += group.tally;
    if (index == 0) band.from = std::min(band.from, group.score);
    if (after == starts.end()) band.to = std::max(band.to, group.score);
  }
  return bands;
}

}  // namespace credence
