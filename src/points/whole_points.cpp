#include <credence/points/whole_points.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>

namespace credence {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

// Which of the two ends of the range some bin has touched: bit 0 the lowest, bit 1 the highest.
constexpr unsigned kLow = 1, kHigh = 2, kStates = 4;

// The values that the bins of some nearest points have, ascending and with both ends. Without gaps
// a block of equal bins can move until it meets another one, an end, a limit, a fixed value, or a
// whole number beside one of its real points, and the cost is linear on the way: so these suffice.
std::vector<int> values_of(const RealTerm& term, Extremes within) {
  const PointsRules& rules = term.rules;
  std::vector<int> values = {within.lowest, within.highest};
  if (rules.min_gap > 0) {
    values.resize(static_cast<std::size_t>(within.highest - within.lowest + 1));
    std::iota(values.begin(), values.end(), within.lowest);
    return values;
  }
  auto add = [&](int value) {
    if (value > within.lowest && value < within.highest) values.push_back(value);
  };
  for (std::size_t bin = 0; bin < static_cast<std::size_t>(rules.bins); ++bin) {
    double points = std::clamp<double>(term.points[bin], within.lowest, within.highest);
    add(static_cast<int>(std::floor(points)));
    add(static_cast<int>(std::ceil(points)));
    if (!rules.fixed.empty() && rules.fixed[bin]) add(*rules.fixed[bin]);
  }
  if (rules.lowest) add(*rules.lowest);
  if (rules.highest) add(*rules.highest);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

// The program over the ordered bins: cost[state][value] of the best points of the bins so far whose
// last one has this value. Values are named by their place among `values_of`.
class BinProgram {
 public:
  BinProgram(const RealTerm& term, Extremes within)
      : term_(term), points_(values_of(term, within)), values_(points_.size()) {}

  void run() {
    const std::size_t size = kStates * values_;
    from_.assign(index(term_.rules.bins) * size, -1);
    std::vector<double> before(size, kNever), now(size);
    for (int bin = 0; bin < term_.rules.bins; ++bin) {
      std::fill(now.begin(), now.end(), kNever);
      for (unsigned state = 0; state < kStates; ++state) {
        if (bin == 0 && state != 0) continue;
        enter(bin, state, before, now);
      }
      std::swap(before, now);
    }
    last_ = std::move(before);
  }

  // The least cost over the last bin's values, with the value, per state.
  std::pair<double, int> best(unsigned state) const {
    auto from = last_.begin() + static_cast<std::ptrdiff_t>(state * values_);
    auto found = std::min_element(from, from + static_cast<std::ptrdiff_t>(values_));
    return {*found, static_cast<int>(found - from)};
  }

  void trace(unsigned state, int value, std::vector<int>& points) const {
    for (int bin = term_.rules.bins - 1; bin >= 0; --bin) {
      points[index(bin)] = points_[index(value)];
      int packed = from_[place(bin, state, value)];
      state = static_cast<unsigned>(packed) % kStates;
      value = packed / static_cast<int>(kStates);
    }
  }

 private:
  static std::size_t index(int value) { return static_cast<std::size_t>(value); }
  std::size_t place(int bin, unsigned state, int value) const {
    return (index(bin) * kStates + state) * values_ + index(value);
  }

  bool allowed(int bin, int value) const {
    const PointsRules& rules = term_.rules;
    int points = points_[index(value)];
    if (rules.lowest && points < *rules.lowest) return false;
    if (rules.highest && points > *rules.highest) return false;
    return rules.fixed.empty() || !rules.fixed[index(bin)] || *rules.fixed[index(bin)] == points;
  }

  // For each value of `bin`, the best value of the bin before it: a running minimum, because the
  // values that a direction allows are a beginning or an end of the range.
  void enter(int bin, unsigned state, const std::vector<double>& before, std::vector<double>& now) {
    int direction = bin == 0 ? 0 : term_.rules.direction[index(bin - 1)];
    int last = static_cast<int>(values_) - 1;
    int gap = term_.rules.min_gap, added = direction < 0 ? last + 1 : -1, best = -1;
    double best_cost = kNever;
    auto add = [&](int value) {
      double cost = before[state * values_ + index(value)];
      if (cost < best_cost) best_cost = cost, best = value;
    };
    if (bin > 0 && direction == 0)
      for (int value = 0; value <= last; ++value) add(value);
    for (int step = 0; step <= last; ++step) {
      int value = direction < 0 ? last - step : step;
      if (direction > 0)
        while (added + 1 <= value - gap) add(++added);
      if (direction < 0)
        while (added - 1 >= value + gap) add(--added);
      if (!allowed(bin, value) || (bin > 0 && best < 0)) continue;
      settle(bin, state, value, bin == 0 ? 0 : best_cost, bin == 0 ? 0 : best, now);
    }
  }

  void settle(int bin, unsigned state, int value, double cost, int before,
              std::vector<double>& now) {
    double off = std::abs(points_[index(value)] - term_.points[index(bin)]);
    unsigned to = state;
    if (value == 0) to |= kLow;
    if (index(value) + 1 == values_) to |= kHigh;
    double& least = now[to * values_ + index(value)];
    double sum = cost + term_.weights[index(bin)] * off;
    if (sum >= least) return;
    least = sum;
    from_[place(bin, to, value)] = static_cast<int>(state) + before * int{kStates};
  }

  const RealTerm& term_;
  std::vector<int> points_;
  std::size_t values_;
  std::vector<double> last_;
  std::vector<int> from_;
};

// A cell outside the order: its nearest value, or one of the two ends.
struct FreeChoice {
  int points = 0;
  unsigned touches = 0;
  double cost = 0;
};

std::vector<FreeChoice> choices(const RealTerm& term, std::size_t cell, Extremes within) {
  const PointsRules& rules = term.rules;
  int low = std::max(within.lowest, rules.lowest.value_or(within.lowest));
  int high = std::min(within.highest, rules.highest.value_or(within.highest));
  if (low > high) return {};
  std::vector<int> values = {
      static_cast<int>(std::clamp<double>(std::round(term.points[cell]), low, high)), low, high};
  if (!rules.fixed.empty() && rules.fixed[cell]) {
    values = {*rules.fixed[cell]};
    if (values[0] < low || values[0] > high) return {};
  }
  std::vector<FreeChoice> out;
  for (int value : values) {
    unsigned touches = (value == within.lowest && !rules.never_below_worst ? kLow : 0) |
                       (value == within.highest ? kHigh : 0);
    out.push_back({value, touches, term.weights[cell] * std::abs(value - term.points[cell])});
  }
  return out;
}

struct FreeState {
  double cost = kNever;
  unsigned from = 0;
  int points = 0;
};

}  // namespace

bool keeps(const PointsRules& rules, std::span<const int> points) {
  for (std::size_t cell = 0; cell < points.size(); ++cell) {
    if (rules.lowest && points[cell] < *rules.lowest) return false;
    if (rules.highest && points[cell] > *rules.highest) return false;
    if (!rules.fixed.empty() && rules.fixed[cell] && *rules.fixed[cell] != points[cell])
      return false;
  }
  for (std::size_t b = 0; b < rules.direction.size(); ++b)
    if (rules.direction[b] != 0 && rules.direction[b] * (points[b + 1] - points[b]) < rules.min_gap)
      return false;
  if (!rules.never_below_worst || rules.bins == 0) return true;
  auto bins_end = points.begin() + rules.bins;
  int worst = *std::min_element(points.begin(), bins_end);
  return std::all_of(bins_end, points.end(), [worst](int p) { return p >= worst; });
}

Extremes extremes(std::span<const int> points) {
  auto [low, high] = std::minmax_element(points.begin(), points.end());
  return {*low, *high};
}

std::optional<NearestPoints> nearest_points(const RealTerm& term, Extremes within, Touch touch) {
  if (within.lowest > within.highest) return std::nullopt;
  std::size_t cells = term.points.size(), bins = static_cast<std::size_t>(term.rules.bins);
  BinProgram program(term, within);
  program.run();
  std::vector<std::vector<FreeState>> steps(1, std::vector<FreeState>(kStates));
  for (unsigned state = 0; state < kStates; ++state)
    steps[0][state].cost = bins > 0 ? program.best(state).first : (state == 0 ? 0 : kNever);
  for (std::size_t cell = bins; cell < cells; ++cell) {
    std::vector<FreeState> next(kStates);
    for (const FreeChoice& choice : choices(term, cell, within)) {
      for (unsigned state = 0; state < kStates; ++state) {
        double cost = steps.back()[state].cost + choice.cost;
        FreeState& to = next[state | choice.touches];
        if (cost < to.cost) to = {cost, state, choice.points};
      }
    }
    steps.push_back(std::move(next));
  }
  unsigned state = kLow | kHigh;
  if (touch == Touch::either)
    for (unsigned s = 0; s < kStates; ++s)
      if (steps.back()[s].cost < steps.back()[state].cost) state = s;
  NearestPoints out{std::vector<int>(cells), steps.back()[state].cost};
  if (out.cost == kNever) return std::nullopt;
  for (std::size_t cell = cells; cell-- > bins;) {
    const FreeState& step = steps[cell - bins + 1][state];
    out.points[cell] = step.points;
    state = step.from;
  }
  if (bins > 0) program.trace(state, program.best(state).second, out.points);
  return out;
}

}  // namespace credence
