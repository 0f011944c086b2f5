#include <credence/optimum/path.h>
#include <credence/optimum/strict.h>

#include <cmath>
#include <utility>

namespace credence {

Course PathRules::course() const {
  switch (trend) {
    case Trend::ascending:
    case Trend::descending:
      return Course::rising;
    case Trend::peak:
    case Trend::valley:
      return Course::turning;
    default:
      return Course::free;
  }
}

EdgeLimits PathRules::edges() const {
  const bool mirrored =
      trend == Trend::descending || trend == Trend::valley || trend == Trend::convex;
  double threshold = difference - kRateSlack;
  // Equal rates are never significantly different, whatever rounding says.
  if (z_squared > 0) threshold = std::max(threshold, kRateSlack);
  return {.sign = mirrored ? -1.0 : 1.0, .threshold = threshold, .z_squared = z_squared};
}

double tie_slack(double objective) {
  return 1e-12 * std::abs(objective) + 1e-15;
}

double floor_below(double objective) {
  return objective - 4 * tie_slack(objective);
}

bool preferred(const Path& a, const Path& b) {
  const double slack = tie_slack(std::max(std::abs(a.objective), std::abs(b.objective)));
  if (std::abs(a.objective - b.objective) > slack) return a.objective > b.objective;
  if (a.last.size() != b.last.size()) return a.last.size() < b.last.size();
  return a.last < b.last;
}

bool significant(const Nodes& nodes, double z_squared, std::size_t a, std::size_t b) {
  if (z_squared <= 0) return true;
  const double difference = nodes.rate[a] - nodes.rate[b];
  if (std::abs(difference) < kRateSlack) return false;
  const double na = nodes.effective[a], nb = nodes.effective[b], both = na + nb;
  const double events = nodes.rate[a] * na + nodes.rate[b] * nb;
  return difference * difference * both * na * nb * (1 + 1e-12) >=
         z_squared * events * (both - events);
}

bool edge_allowed(const Nodes& nodes, const EdgeLimits& limits, std::size_t a, std::size_t b) {
  return std::abs(nodes.rate[a] - nodes.rate[b]) >= limits.threshold &&
         significant(nodes, limits.z_squared, a, b);
}

bool keeps(const Nodes& nodes, const PathRules& rules, const Path& path) {
  const int count = static_cast<int>(path.last.size());
  if (count < rules.min_bins || count > rules.max_bins) return false;
  const EdgeLimits edges = rules.edges();
  const Course course = rules.course();
  double before = kNever;  // the rate of the bin before the last; none allows any
  bool falling = false, is_first = true;
  std::size_t a = 0;
  int start = 0;
  for (int end : path.last) {
    const std::size_t b = nodes.at(start, end);
    start = end + 1;
    if (!std::exchange(is_first, false)) {
      if (!edge_allowed(nodes, edges, a, b)) return false;
      const double middle = edges.sign * nodes.rate[a], rate = edges.sign * nodes.rate[b];
      if (rules.curved() && rate > most_after(before, middle)) return false;
      falling = falling || rate - middle < edges.threshold;
      if (course == Course::rising && falling) return false;
      if (course == Course::turning && falling && middle - rate < edges.threshold) return false;
      before = middle;
    }
    a = b;
  }
  return !rules.strict || keeps_strict_shape(nodes, edges.sign, path);
}

}  // namespace credence
