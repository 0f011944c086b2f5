#include <credence/base/expects.h>
#include <credence/monitor/distribution.h>
#include <credence/monitor/stability.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace credence {

namespace {

constexpr double kSmoothing = 0.5;  // records added to each cell

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::vector<double> shares(const CellCounts& counts) {
  double all = sum(counts.weights);
  std::vector<double> result;
  for (double weight : counts.weights) result.push_back(weight / all);
  return result;
}

double records(const CellCounts& counts) {
  return counts.records > 0 ? counts.records : sum(counts.weights);
}

// a ln(a / m), which is 0 for a = 0.
double entropy_part(double a, double m) {
  return a > 0 ? a * std::log(a / m) : 0;
}

}  // namespace

std::optional<Stability> stability(const CellCounts& expected, const CellCounts& actual) {
  expects(expected.weights.size() == actual.weights.size(), "stability: cells differ");
  if (sum(expected.weights) <= 0 || sum(actual.weights) <= 0) return std::nullopt;
  Stability result;
  result.expected = shares(expected);
  result.actual = shares(actual);
  double before = records(expected), after = records(actual);
  std::size_t occupied = 0;
  for (std::size_t i = 0; i < result.expected.size(); ++i)
    occupied += result.expected[i] > 0 || result.actual[i] > 0 ? 1 : 0;
  double added = kSmoothing * static_cast<double>(occupied);
  for (std::size_t i = 0; i < result.expected.size(); ++i) {
    double e = result.expected[i], a = result.actual[i], part = 0;
    if (e > 0 || a > 0) {
      double smooth_e = (e * before + kSmoothing) / (before + added);
      double smooth_a = (a * after + kSmoothing) / (after + added);
      part = (smooth_a - smooth_e) * std::log(smooth_a / smooth_e);
      result.raw +=
          e > 0 && a > 0 ? (a - e) * std::log(a / e) : std::numeric_limits<double>::infinity();
      double middle = (a + e) / 2;
      result.jensen_shannon += (entropy_part(a, middle) + entropy_part(e, middle)) / 2;
    }
    result.parts.push_back(part);
    result.index += part;
  }
  result.jensen_shannon = std::max(0.0, result.jensen_shannon);
  result.degrees = static_cast<double>(occupied) - 1;
  result.statistic = result.index / (1 / before + 1 / after);
  if (result.degrees > 0) result.p_value = chi_square_above(result.statistic, result.degrees);
  return result;
}

double points_shift(const Stability& stability, std::span<const int> points) {
  expects(points.size() == stability.actual.size(), "points_shift: cells differ");
  double shift = 0;
  for (std::size_t i = 0; i < points.size(); ++i)
    shift += (stability.actual[i] - stability.expected[i]) * points[i];
  return shift;
}

ScoreDrift score_drift(std::span<const TieGroup> expected, std::span<const TieGroup> actual) {
  ClassTally before = total(expected), after = total(actual);
  expects(before.weight() > 0 && after.weight() > 0, "score_drift: an empty sample");
  ScoreDrift drift;
  double e = 0, a = 0;
  std::size_t i = 0, j = 0;
  while (i < expected.size() || j < actual.size()) {
    bool from_first =
        j == actual.size() || (i < expected.size() && expected[i].score <= actual[j].score);
    std::int32_t score = from_first ? expected[i].score : actual[j].score;
    if (i < expected.size() && expected[i].score == score) e += expected[i++].tally.weight();
    if (j < actual.size() && actual[j].score == score) a += actual[j++].tally.weight();
    double distance = a / after.weight() - e / before.weight();
    if (std::abs(distance) > std::abs(drift.distance)) {
      drift.distance = distance;
      drift.score = score;
    }
  }
  double n = before.effective(), m = after.effective();
  drift.p_value = kolmogorov_above(std::sqrt(n * m / (n + m)) * std::abs(drift.distance));
  return drift;
}

std::optional<Concentration> concentration(std::span<const double> weights) {
  double all = sum(weights);
  if (all <= 0) return std::nullopt;
  Concentration result;
  for (double weight : weights) result.index += weight / all * (weight / all);
  double cells = static_cast<double>(weights.size());
  if (cells > 1) result.normalised = (result.index - 1 / cells) / (1 - 1 / cells);
  return result;
}

}  // namespace credence
