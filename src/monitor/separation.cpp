#include <credence/monitor/distribution.h>
#include <credence/monitor/separation.h>

#include <algorithm>

namespace credence {

namespace {

// Integrals from 0 to c of cost * w and (1 - cost) * w with w = Beta(2, 2) = 6 c (1 - c).
double cost_of_goods(double c) {
  return c * c * c * (2 - 1.5 * c);
}
double cost_of_bads(double c) {
  return c * c * (3 - 4 * c + 1.5 * c * c);
}

// The ROC's points that no line between two others passes above.
std::vector<CumulativePoint> hull(const std::vector<CumulativePoint>& points) {
  std::vector<CumulativePoint> kept;
  for (const CumulativePoint& point : points) {
    while (kept.size() >= 2) {
      const CumulativePoint &a = kept[kept.size() - 2], &b = kept.back();
      double turn =
          (b.good - a.good) * (point.bad - a.bad) - (b.bad - a.bad) * (point.good - a.good);
      if (turn < 0) break;
      kept.pop_back();
    }
    kept.push_back(point);
  }
  return kept;
}

}  // namespace

std::vector<CumulativePoint> cumulative(std::span<const TieGroup> groups) {
  std::vector<CumulativePoint> points;
  if (groups.empty()) return points;
  ClassTally all = total(groups), below;
  points.push_back({groups.front().score, 0, 0, 0});
  for (const TieGroup& group : groups) {
    below += group.tally;
    points.push_back(
        {group.score, below.weight() / all.weight(), below.bad / all.bad, below.good / all.good});
  }
  return points;
}

std::vector<Gain> gains(std::span<const ScoreBand> bands) {
  ClassTally all, below;
  for (const ScoreBand& band : bands) all += band.tally;
  std::vector<Gain> result;
  for (const ScoreBand& band : bands) {
    below += band.tally;
    Gain gain{band, below.weight() / all.weight(), below.bad / all.bad, below.good / all.good, 0};
    gain.lift = gain.all > 0 ? gain.bad / gain.all : 0;
    result.push_back(gain);
  }
  return result;
}

std::vector<OrderBreak> order_breaks(std::span<const ScoreBand> bands) {
  std::vector<OrderBreak> breaks;
  for (std::size_t i = 0; i + 1 < bands.size(); ++i) {
    const ClassTally &low = bands[i].tally, &high = bands[i + 1].tally;
    if (low.weight() <= 0 || high.weight() <= 0 || high.rate() <= low.rate()) continue;
    double z = two_shares_z(high.rate(), high.effective(), low.rate(), low.effective());
    breaks.push_back({i, normal_below(-z)});
  }
  return breaks;
}

ClassMoments moments(std::span<const TieGroup> groups) {
  ClassTally all = total(groups);
  ClassMoments result;
  for (const TieGroup& group : groups) {
    result.bad_mean += group.tally.bad * group.score / all.bad;
    result.good_mean += group.tally.good * group.score / all.good;
  }
  for (const TieGroup& group : groups) {
    double of_bad = group.score - result.bad_mean, of_good = group.score - result.good_mean;
    result.bad_variance += group.tally.bad * of_bad * of_bad / all.bad;
    result.good_variance += group.tally.good * of_good * of_good / all.good;
  }
  return result;
}

std::optional<double> divergence(std::span<const TieGroup> groups) {
  ClassMoments both = moments(groups);
  double spread = (both.bad_variance + both.good_variance) / 2;
  if (spread <= 0) return std::nullopt;
  double gap = both.good_mean - both.bad_mean;
  return gap * gap / spread;
}

double h_measure(std::span<const TieGroup> groups) {
  ClassTally all = total(groups);
  double bads = all.bad / all.weight(), goods = all.good / all.weight();
  std::vector<CumulativePoint> vertices = hull(cumulative(groups));
  double loss = 0, upper = 1;
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    // Down to `lower` this vertex is the best rule; below, the next one, which refuses more.
    double lower = 0;
    if (i + 1 < vertices.size()) {
      double more_bads = bads * (vertices[i + 1].bad - vertices[i].bad);
      double more_goods = goods * (vertices[i + 1].good - vertices[i].good);
      lower = std::min(upper, more_bads / (more_bads + more_goods));
    }
    loss += goods * vertices[i].good * (cost_of_goods(upper) - cost_of_goods(lower)) +
            bads * (1 - vertices[i].bad) * (cost_of_bads(upper) - cost_of_bads(lower));
    upper = lower;
  }
  double blind = goods * cost_of_goods(bads) + bads * (cost_of_bads(1) - cost_of_bads(bads));
  return std::clamp(1 - loss / blind, 0.0, 1.0);
}

}  // namespace credence
