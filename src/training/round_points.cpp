#include <credence/training/whole_points.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace credence {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

// What one term can do near to what it would do by itself.
struct TermOptions {
  Extremes own;
  struct Option {
    int low = 0, high = 0;  // difference from `own`
    NearestPoints nearest;
  };
  std::vector<Option> options;
};

std::optional<TermOptions> options_of(const RealTerm& term, int reach) {
  std::optional<NearestPoints> own = points_by_themselves(term);
  if (!own) return std::nullopt;
  TermOptions out{extremes(own->points), {}};
  for (int low = -reach; low <= reach; ++low) {
    for (int high = -reach; high <= reach; ++high) {
      auto nearest =
          nearest_points(term, {out.own.lowest + low, out.own.highest + high}, Touch::both);
      if (nearest) out.options.push_back({low, high, std::move(*nearest)});
    }
  }
  return out;
}

// Costs over (sum of minima, sum of maxima), both as distance from the sums of `own`.
struct SumTable {
  int width = 0;
  std::vector<double> cost;
  std::vector<int> option;

  explicit SumTable(int w)
      : width(w),
        cost(static_cast<std::size_t>((2 * w + 1) * (2 * w + 1)), kNever),
        option(cost.size(), -1) {}
  bool holds(int low, int high) const { return std::abs(low) <= width && std::abs(high) <= width; }
  std::size_t index(int low, int high) const {
    return static_cast<std::size_t>((low + width) * (2 * width + 1) + high + width);
  }
};

SumTable add_term(const SumTable& before, const TermOptions& term) {
  SumTable after(before.width);
  for (int low = -before.width; low <= before.width; ++low) {
    for (int high = -before.width; high <= before.width; ++high) {
      double cost = before.cost[before.index(low, high)];
      if (cost == kNever) continue;
      for (std::size_t o = 0; o < term.options.size(); ++o) {
        int to_low = low + term.options[o].low, to_high = high + term.options[o].high;
        if (!after.holds(to_low, to_high)) continue;
        std::size_t to = after.index(to_low, to_high);
        double sum = cost + term.options[o].nearest.cost;
        if (sum < after.cost[to]) {
          after.cost[to] = sum;
          after.option[to] = static_cast<int>(o);
        }
      }
    }
  }
  return after;
}

// The best place of the last table that the range allows; {width + 1, 0} when there is none.
Extremes best_place(const SumTable& table, Extremes wanted, RangeSum::Fit fit) {
  Extremes best{table.width + 1, 0};
  double cost = kNever;
  for (int low = -table.width; low <= table.width; ++low) {
    for (int high = -table.width; high <= table.width; ++high) {
      bool fits = fit == RangeSum::Fit::exact ? low == wanted.lowest && high == wanted.highest
                                              : low >= wanted.lowest && high <= wanted.highest;
      if (!fits || table.cost[table.index(low, high)] >= cost) continue;
      cost = table.cost[table.index(low, high)];
      best = {low, high};
    }
  }
  return best;
}

}  // namespace

std::optional<NearestPoints> points_by_themselves(const RealTerm& term) {
  if (term.points.empty()) return std::nullopt;
  auto [low, high] = std::minmax_element(term.points.begin(), term.points.end());
  // Gaps, limits and fixed points may push the values away from the real ones, never further than
  // all gaps together or to the limit itself.
  Extremes within{static_cast<int>(std::floor(*low)), static_cast<int>(std::ceil(*high))};
  int push = term.rules.min_gap * term.rules.bins + 1;
  auto include = [&within](int value) {
    within.lowest = std::min(within.lowest, value);
    within.highest = std::max(within.highest, value);
  };
  if (term.rules.lowest) include(*term.rules.lowest);
  if (term.rules.highest) include(*term.rules.highest);
  for (const std::optional<int>& fixed : term.rules.fixed)
    if (fixed) include(*fixed);
  within.lowest -= push;
  within.highest += push;
  if (term.rules.lowest) within.lowest = std::max(within.lowest, *term.rules.lowest);
  if (term.rules.highest) within.highest = std::min(within.highest, *term.rules.highest);
  RealTerm free = term;
  if (free.rules.never_below_worst && term.rules.bins > 0) {
    double worst = *std::min_element(term.points.begin(), term.points.begin() + term.rules.bins);
    for (std::size_t c = static_cast<std::size_t>(term.rules.bins); c < free.points.size(); ++c)
      free.points[c] = std::max(free.points[c], worst);
  }
  return nearest_points(free, within, Touch::either);
}

std::optional<WholePoints> round_points(std::span<const RealTerm> terms, const RangeSum& sum,
                                        int reach) {
  std::vector<TermOptions> options;
  Extremes wanted{sum.lowest, sum.highest};
  for (const RealTerm& term : terms) {
    std::optional<TermOptions> of = options_of(term, reach);
    if (!of) return std::nullopt;
    wanted.lowest -= of->own.lowest;
    wanted.highest -= of->own.highest;
    options.push_back(std::move(*of));
  }
  int most = reach * static_cast<int>(terms.size());
  // With `inside` only the side that is broken asks for a change.
  Extremes asked = wanted;
  if (sum.fit == RangeSum::Fit::inside) {
    asked.lowest = std::max(0, wanted.lowest);
    asked.highest = std::min(0, wanted.highest);
  }
  int far = std::max(std::abs(asked.lowest), std::abs(asked.highest));
  if (far > most) return std::nullopt;
  int width = std::min(most, far + 2 * reach + 2);
  std::vector<SumTable> tables(1, SumTable(width));
  tables[0].cost[tables[0].index(0, 0)] = 0;
  for (const TermOptions& term : options) tables.push_back(add_term(tables.back(), term));
  Extremes place = best_place(tables.back(), wanted, sum.fit);
  if (place.lowest > width) return std::nullopt;
  WholePoints out{std::vector<std::vector<int>>(terms.size()),
                  tables.back().cost[tables.back().index(place.lowest, place.highest)]};
  for (std::size_t t = terms.size(); t-- > 0;) {
    const SumTable& table = tables[t + 1];
    auto o = static_cast<std::size_t>(table.option[table.index(place.lowest, place.highest)]);
    const TermOptions::Option& option = options[t].options[o];
    out.points[t] = option.nearest.points;
    place = {place.lowest - option.low, place.highest - option.high};
  }
  return out;
}

}  // namespace credence
