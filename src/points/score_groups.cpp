#include <credence/points/score_groups.h>
#include <credence/points/spaced_exponentials.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace credence {

namespace {

// Of log-odds of bad of start + step i for the i-th score.
double loss_on_line(const ScoreGroups& groups, double start, double step) {
  const std::size_t scores = groups.good.size();
  const SpacedExponentials exponentials(start, step, scores);
  double sum = 0;
  for (std::size_t i = 0; i < scores; ++i) {
    if (groups.good[i] == 0 && groups.bad[i] == 0) continue;
    const double x = start + step * static_cast<double>(i);
    const double least = std::log1p(exponentials[i]);
    sum += groups.good[i] * (least + std::max(x, 0.0));
    sum += groups.bad[i] * (least + std::max(-x, 0.0));
  }
  return sum;
}

// Newton for logit P(bad) = a + b z, z the score's distance from the old offset in old factors;
// none where it stops short of a falling line.
std::optional<Scorecard::Scaling> newton(const ScoreGroups& groups,
                                         const Scorecard::Scaling& scaling, double a, double b) {
  const std::size_t scores = groups.good.size();
  const double first = (groups.lowest - scaling.offset) / scaling.factor;
  for (int round = 0; round < 50; ++round) {
    const SpacedExponentials exponentials(a + b * first, b / scaling.factor, scores);
    double ga = 0, gb = 0, haa = 0, hab = 0, hbb = 0;
    for (std::size_t i = 0; i < scores; ++i) {
      double weight = groups.good[i] + groups.bad[i];
      if (weight == 0) continue;
      double z = (groups.lowest + static_cast<double>(i) - scaling.offset) / scaling.factor;
      double e = exponentials[i], likely = 1 / (1 + e), p = a + b * z > 0 ? likely : e * likely;
      double h = weight * (e * likely * likely), g = weight * p - groups.bad[i];
      ga += g;
      gb += g * z;
      haa += h;
      hab += h * z;
      hbb += h * z * z;
    }
    double determinant = haa * hbb - hab * hab;
    if (!(determinant > 1e-12 * haa * hbb)) return std::nullopt;
    double da = (hbb * ga - hab * gb) / determinant, db = (haa * gb - hab * ga) / determinant;
    // A start far away can make a step too long; near the optimum none is.
    auto loss_at = [&](double share) {
      const double slope = b - share * db;
      return loss_on_line(groups, a - share * da + slope * first, slope / scaling.factor);
    };
    double share = 1;
    if (std::abs(da) + std::abs(db) > 1)
      for (const double before = loss_at(0); share > 1e-9 && loss_at(share) > before;) share /= 2;
    a -= share * da;
    b -= share * db;
    if (std::abs(da) + std::abs(db) < 1e-12) break;
  }
  if (!(b < -1e-6) || !std::isfinite(a)) return std::nullopt;
  double factor = -scaling.factor / b;
  return Scorecard::Scaling{scaling.offset + a * factor, factor};
}

}  // namespace

ScoreGroups group_by_score(const History& history, std::span<const int> scores) {
  if (scores.empty()) return {};
  int low = scores.front(), high = low;
  for (const int score : scores) {
    low = std::min(low, score);
    high = std::max(high, score);
  }
  const auto size = static_cast<std::size_t>(high - low) + 1;
  // Side by side, because which of two tables a row belongs to cannot be foretold.
  std::vector<double> weights(2 * size);
  for (std::size_t row = 0; row < scores.size(); ++row) {
    const std::size_t start = size * (history.bad[row] != 0);
    weights[start + static_cast<std::size_t>(scores[row] - low)] += history.weights[row];
  }
  const auto bad = weights.begin() + static_cast<std::ptrdiff_t>(size);
  return {low, {weights.begin(), bad}, {bad, weights.end()}};
}

double log_loss(const ScoreGroups& groups, const Scorecard::Scaling& scaling) {
  return loss_on_line(groups, (scaling.offset - groups.lowest) / scaling.factor,
                      -1 / scaling.factor);
}

double auc(const ScoreGroups& groups) {
  double bad_below = 0, good = 0, area = 0;
  for (std::size_t i = 0; i < groups.good.size(); ++i) {
    area += groups.good[i] * (bad_below + groups.bad[i] / 2);
    bad_below += groups.bad[i];
    good += groups.good[i];
  }
  return good > 0 && bad_below > 0 ? area / (good * bad_below) : 0.5;
}

Scorecard::Scaling refit_scaling(const ScoreGroups& groups, const Scorecard::Scaling& scaling) {
  std::optional<Scorecard::Scaling> fitted = newton(groups, scaling, 0, -1);
  if (!fitted) {
    // From far away all rows can look certain: once more from a line that tells none apart.
    const double good = std::accumulate(groups.good.begin(), groups.good.end(), 0.5);
    const double bad = std::accumulate(groups.bad.begin(), groups.bad.end(), 0.5);
    fitted = newton(groups, scaling, std::log(bad / good), 0);
  }
  return fitted && log_loss(groups, *fitted) < log_loss(groups, scaling) ? *fitted : scaling;
}

}  // namespace credence
