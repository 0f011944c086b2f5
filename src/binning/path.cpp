#include <credence/binning/bow.h>
#include <credence/binning/chain.h>
#include <credence/binning/path.h>
#include <credence/binning/resolve.h>
#include <credence/binning/strict.h>

#include <cmath>

namespace credence {

namespace {

bool counted(const PathRules& rules, const Path& path) {
  const int bins = static_cast<int>(path.last.size());
  return bins >= rules.min_bins && bins <= rules.max_bins;
}

Found with_counting(const Nodes& nodes, const PathRules& rules, const Worth& worth,
                    const Counting& counting, Effort& effort) {
  if (!rules.curved()) {
    Chain chain{nodes, rules, worth, counting, effort};
    return Found::exact(Resolver{chain}.path());
  }
  Bow bow{nodes, rules, worth, counting, effort};
  std::optional<Path> path = Resolver{bow}.path();
  if (!path || !rules.strict || keeps_strict_shape(nodes, rules.edges().sign, *path))
    return Found::exact(std::move(path));
  return StrictSearch{nodes, rules, bow, effort}.path();
}

}  // namespace

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

Found best_path(const Nodes& nodes, const PathRules& rules, const Worth& worth, Effort& effort) {
  // Without limits on the number of bins the program is several times smaller, and when its answer
  // keeps them anyway, it is the answer.
  const bool limited = rules.min_bins > 1 || rules.max_bins < nodes.prebins;
  PathRules loose = rules;
  loose.min_bins = 1, loose.max_bins = nodes.prebins;
  loose.strict = rules.strict && !limited;
  Found found = with_counting(nodes, loose, worth, Counting::none(), effort);
  if (!found.path || !limited) return found;
  if (counted(rules, *found.path) &&
      (!rules.strict || keeps_strict_shape(nodes, rules.edges().sign, *found.path)))
    return found;
  if (rules.min_bins > nodes.prebins) return {};
  return with_counting(nodes, rules, worth, Counting::of(rules, nodes.prebins), effort);
}

}  // namespace credence
