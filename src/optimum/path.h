#pragma once

#include <credence/optimum/chain_kernel.h>
#include <credence/optimum/nodes.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace credence {

// What one search for the best row of bins costs, and when it must stop.
struct Effort {
  std::uint64_t work = 0;  // bins and edges looked at
  std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
  bool spent() const { return work >= limit; }
};

// The rules of a row of bins; those of single bins are in its worth.
struct PathRules {
  Trend trend = Trend::none;
  bool strict = false;
  int min_bins = 1, max_bins = std::numeric_limits<int>::max();
  double difference = 0;  // of neighbouring rates
  double z_squared = 0;   // of neighbours; 0 = no test

  Course course() const;
  EdgeLimits edges() const;  // of neighbours
  bool curved() const { return trend == Trend::concave || trend == Trend::convex; }
};

// The worth of each bin, as Nodes are laid out; minus infinity where a bin must not be.
using Worth = std::vector<double>;
constexpr double kNever = -std::numeric_limits<double>::infinity();

// A row of bins, and the sum of their worth (less what the spread of sizes takes off).
struct Path {
  std::vector<int> last;
  double objective = 0;
};

// How far below the best an objective still ties with it.
double tie_slack(double objective);
// Far enough below it that no rounding hides a row that ties with it.
double floor_below(double objective);
// Whether `a` is to be preferred: better by more than the slack, or as good with fewer bins, or as
// good with as many that end earlier.
bool preferred(const Path& a, const Path& b);

// One bin of a row that is being built.
struct Step {
  int start = 0, end = 0;
  int before = 0;        // the number of the bin before, when that matters (curved trends)
  bool falling = false;  // after the turn
  int bin = 0;           // its number among the bins that the search knows
  bool operator==(const Step&) const = default;
  auto operator<=>(const Step&) const = default;
};

// Rules of rows, of any of which an answer is known to be the same without them.
struct Idle {
  bool min_bins = false, max_bins = false;
  bool shape = false;       // the trend, strict or not
  bool neighbours = false;  // how far their rates differ, the test

  Idle operator&(const Idle& other) const {
    return {.min_bins = min_bins && other.min_bins,
            .max_bins = max_bins && other.max_bins,
            .shape = shape && other.shape,
            .neighbours = neighbours && other.neighbours};
  }
};

// The answer of a search. Without a path: `proven` says that none exists, else none was found in
// time. `bound` is what no row of bins surpasses.
struct Found {
  std::optional<Path> path;
  double bound = kNever;
  bool proven = true;
  Idle idle = {};

  static Found exact(std::optional<Path> path) {
    const double bound = path ? path->objective : kNever;
    return {.path = std::move(path), .bound = bound};
  }
};

// What a search is for. Rows worth less than `least` need not be found, nor those of bins that all
// have a worth in `known`; the first that is found to be worth more than `enough` will do. No row
// is worth more than `most`.
struct Wanted {
  double least = kNever;
  double most = -kNever;
  double enough = -kNever;
  const Worth* known = nullptr;
};

// Whether a row keeps the rules, the limits of single bins aside.
bool keeps(const Nodes& nodes, const PathRules& rules, const Path& path);
// The highest rate that may follow two bins of a concave row.
inline double most_after(double before, double middle) {
  return 2 * middle + kRateSlack - before;
}

// Whether two bins may be neighbours, the trend aside. `difference` is that of their rates.
bool edge_allowed(const Nodes& nodes, const EdgeLimits& limits, std::size_t a, std::size_t b);
// Whether the rates of two bins differ significantly in the pooled two-proportion test.
bool significant(const Nodes& nodes, double z_squared, std::size_t a, std::size_t b);

}  // namespace credence
