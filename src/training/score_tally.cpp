#include <credence/training/score_tally.h>

#include <algorithm>

namespace credence {

ScoreTally tally_of(const History& history, std::span<const int> scores) {
  if (scores.empty()) return {};
  const auto [low, high] = std::ranges::minmax(scores);
  ScoreTally tally{.lowest = low, .good = {}, .bad = {}};
  tally.good.resize(static_cast<std::size_t>(high - low) + 1);
  tally.bad.resize(tally.good.size());
  for (std::size_t row = 0; row < scores.size(); ++row) {
    const auto at = static_cast<std::size_t>(scores[row] - low);
    (history.bad[row] != 0 ? tally.bad : tally.good)[at] += history.weights[row];
  }
  return tally;
}

double mean_log_loss(const ScoreTally& tally, const Scorecard::Scaling& scaling, double total) {
  if (!(total > 0)) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < tally.good.size(); ++i) {
    const double x = (scaling.offset - tally.lowest - static_cast<double>(i)) / scaling.factor;
    if (tally.good[i] > 0) sum += tally.good[i] * softplus(x);
    if (tally.bad[i] > 0) sum += tally.bad[i] * softplus(-x);
  }
  return sum / total;
}

double auc(const ScoreTally& tally) {
  double bad_below = 0, good = 0, area = 0;
  for (std::size_t i = 0; i < tally.good.size(); ++i) {
    area += tally.good[i] * (bad_below + tally.bad[i] / 2);
    bad_below += tally.bad[i];
    good += tally.good[i];
  }
  return good > 0 && bad_below > 0 ? area / (good * bad_below) : 0.5;
}

}  // namespace credence
