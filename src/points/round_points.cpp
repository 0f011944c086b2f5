#include <credence/points/plain_rounding.h>
#include <credence/points/whole_points.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace credence {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kSame = 1e-9;  // share of a cost by which sums in another order may differ

// What one term can do near to what it would do by itself.
class TermOptions {
 public:
  struct Option {
    int low = 0, high = 0;  // difference from `own`
    double cost = 0;        // what it costs at least, until it is exact
    bool exact = false;
  };

  static std::optional<TermOptions> of(const RealTerm& term, int reach) {
    TermOptions out(term);
    std::optional<Extremes> own = out.plain_ ? out.plain_->own() : std::nullopt;
    double alone = 0;
    if (!own) {
      std::optional<NearestPoints> nearest = points_by_themselves(term);
      if (!nearest) return std::nullopt;
      own = extremes(nearest->points);
      // There other cells were moved to the worst bin before they were rounded.
      if (!term.rules.never_below_worst) alone = nearest->cost;
    }
    out.own_ = *own;
    out.list(reach, alone);
    return out;
  }

  const Extremes& own() const { return own_; }
  // No option costs less than the first, and none was seen to cost more than the second.
  double least() const { return least_; }
  double most() const { return most_; }

  // Makes the list of those that cost at most this. Few do, and only their costs have to be exact.
  void look_within(double limit) {
    near_.clear();
    for (Option& option : options_) {
      if (option.cost > limit) continue;
      if (!option.exact) find_cost(option);
      if (option.cost <= limit) near_.push_back(option);
    }
  }
  const std::vector<Option>& near() const { return near_; }

  std::vector<int> points(const Option& option) {
    std::optional<std::vector<int>> points = plain_ ? plain_->points(range(option)) : std::nullopt;
    return points ? std::move(*points) : nearest_points(*term_, range(option), Touch::both)->points;
  }

 private:
  explicit TermOptions(const RealTerm& term) : term_(&term), plain_(PlainRounding::of(term)) {}

  Extremes range(const Option& option) const {
    return {own_.lowest + option.low, own_.highest + option.high};
  }

  void list(int reach, double alone) {
    PlainRounding costs = plain_ ? *plain_ : PlainRounding::relaxed(*term_);
    for (int low = -reach; low <= reach; ++low) {
      for (int high = -reach; high <= reach; ++high) {
        Option option{low, high, 0, plain_.has_value()};
        option.cost = costs.cost(range(option));
        if (option.cost == kNever) continue;
        if (!option.exact) option.cost = std::max(option.cost, alone) * (1 - kSame);
        least_ = std::min(least_, option.cost);
        most_ = std::max(most_, option.cost);
        options_.push_back(option);
      }
    }
  }

  void find_cost(Option& option) {
    std::optional<NearestPoints> nearest = nearest_points(*term_, range(option), Touch::both);
    option.cost = nearest ? nearest->cost : kNever;
    option.exact = true;
  }

  const RealTerm* term_;
  std::optional<PlainRounding> plain_;
  Extremes own_;
  std::vector<Option> options_, near_;
  double least_ = kNever, most_ = 0;
};

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

// Leaves out what costs more than the limit.
SumTable add_term(const SumTable& before, const std::vector<TermOptions::Option>& options,
                  double limit) {
  SumTable after(before.width);
  for (int low = -before.width; low <= before.width; ++low) {
    for (int high = -before.width; high <= before.width; ++high) {
      double cost = before.cost[before.index(low, high)];
      if (cost == kNever) continue;
      for (std::size_t o = 0; o < options.size(); ++o) {
        double sum = cost + options[o].cost;
        if (sum > limit) continue;
        int to_low = low + options[o].low, to_high = high + options[o].high;
        if (!after.holds(to_low, to_high)) continue;
        std::size_t to = after.index(to_low, to_high);
        if (sum >= after.cost[to]) continue;
        after.cost[to] = sum;
        after.option[to] = static_cast<int>(o);
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

// The program over the terms and the sums of their extremes.
class SumProgram {
 public:
  SumProgram(std::vector<TermOptions> terms, Extremes wanted, RangeSum::Fit fit, int width)
      : terms_(std::move(terms)), wanted_(wanted), fit_(fit), width_(width) {}

  // All that costs at most a budget more than the least of each term takes part in the optimum
  // within it, and the optimum costs little more than that: so a small budget, twice as large
  // whenever nothing was found, leaves out nearly all options and sums.
  std::optional<WholePoints> best() {
    double least = 0, spread = 0;
    for (const TermOptions& term : terms_) {
      if (term.least() == kNever) return std::nullopt;
      least += term.least();
      spread += term.most() - term.least();
    }
    for (double budget = kFirst * std::abs(least) + kSame;; budget *= kMore) {
      if (budget > spread) return best_within(kNever, kNever);
      // One that costs as much as the best may not be left out, so it has to be clear of the limit.
      const double clear = (least + budget) * (1 - kSame);
      if (std::optional<WholePoints> found = best_within(budget, clear)) return found;
    }
  }

 private:
  static constexpr double kFirst = 1. / 128, kMore = 2;

  std::optional<WholePoints> best_within(double budget, double most) {
    tables_.assign(1, SumTable(width_));
    tables_[0].cost[tables_[0].index(0, 0)] = 0;
    double limit = budget;
    for (TermOptions& term : terms_) {
      limit += term.least();
      term.look_within(term.least() + budget);
      tables_.push_back(add_term(tables_.back(), term.near(), limit));
    }
    Extremes place = best_place(tables_.back(), wanted_, fit_);
    if (place.lowest > width_) return std::nullopt;
    const double cost = tables_.back().cost[tables_.back().index(place.lowest, place.highest)];
    return cost <= most ? std::optional(trace(place, cost)) : std::nullopt;
  }

  WholePoints trace(Extremes place, double cost) {
    WholePoints out{std::vector<std::vector<int>>(terms_.size()), cost};
    for (std::size_t t = terms_.size(); t-- > 0;) {
      const SumTable& table = tables_[t + 1];
      auto o = static_cast<std::size_t>(table.option[table.index(place.lowest, place.highest)]);
      const TermOptions::Option& option = terms_[t].near()[o];
      out.points[t] = terms_[t].points(option);
      place = {place.lowest - option.low, place.highest - option.high};
    }
    return out;
  }

  std::vector<TermOptions> terms_;
  Extremes wanted_;
  RangeSum::Fit fit_;
  int width_;
  std::vector<SumTable> tables_;
};

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
  options.reserve(terms.size());
  Extremes wanted{sum.lowest, sum.highest};
  for (const RealTerm& term : terms) {
    std::optional<TermOptions> of = TermOptions::of(term, reach);
    if (!of) return std::nullopt;
    wanted.lowest -= of->own().lowest;
    wanted.highest -= of->own().highest;
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
  return SumProgram(std::move(options), wanted, sum.fit, width).best();
}

}  // namespace credence
