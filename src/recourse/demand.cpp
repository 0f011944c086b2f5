#include <credence/recourse/demand.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>
#include <utility>

namespace credence {

namespace {

constexpr std::size_t kMostCells = std::size_t{1} << 25;

// For every suffix of the stages, the least cost of points still missing:
//   cost[stage][k][e][r] = the least cost with moves of stages stage.. that bring r points or more,
//   with at most k changes and e effort.
// Only rows that a way from the first stage can reach are computed: with k changes left, no more
// than the largest gains of (changes - k) earlier stages can have been collected.
template <class Cost>
class Demand {
 public:
  static constexpr Cost kNever = std::numeric_limits<Cost>::max() / 2;

  explicit Demand(const Horizon& horizon)
      : horizon_(horizon),
        stages_(horizon.stages.size()),
        changes_(static_cast<std::size_t>(horizon.changes)),
        efforts_(static_cast<std::size_t>(horizon.effort) + 1),
        points_(static_cast<std::size_t>(horizon.need) + 1) {}

  static std::size_t cells(const Horizon& horizon) {
    return (horizon.stages.size() + 1) * (static_cast<std::size_t>(horizon.changes) + 1) *
           (static_cast<std::size_t>(horizon.effort) + 1) *
           (static_cast<std::size_t>(horizon.need) + 1);
  }

  std::optional<Solution> solve() {
    bound_gains();
    if (after_[0][changes_] < horizon_.need) return std::nullopt;
    cost_ = std::make_unique_for_overwrite<Cost[]>(cells(horizon_));
    start();
    for (std::size_t stage = stages_; stage-- > 0;) {
      for (std::size_t k = 0; k <= changes_; ++k) {
        for (std::size_t e = 0; e < efforts_; ++e) fill(stage, k, e);
      }
    }
    return trace_back();
  }

 private:
  Cost* row(std::size_t stage, std::size_t k, std::size_t e) const {
    return cost_.get() + ((stage * (changes_ + 1) + k) * efforts_ + e) * points_;
  }

  // Upper bounds on the gain of at most k moves of the stages from each one on, and before each.
  void bound_gains() {
    after_.assign(stages_ + 1, std::vector<int>(changes_ + 1));
    before_.assign(stages_ + 1, std::vector<int>(changes_ + 1));
    std::vector<int> largest;
    for (std::size_t stage = stages_; stage-- > 0;) bound(stage, largest, after_[stage]);
    largest.clear();
    for (std::size_t stage = 0; stage < stages_; ++stage) bound(stage, largest, before_[stage + 1]);
  }
  void bound(std::size_t stage, std::vector<int>& largest, std::vector<int>& bounds) const {
    int gain = 0;
    for (const Move& move : horizon_.of(horizon_.stages[stage])) gain = std::max(gain, move.gain);
    largest.insert(std::ranges::lower_bound(largest, gain, std::greater{}), gain);
    if (largest.size() > changes_) largest.pop_back();
    std::int64_t sum = 0;
    for (std::size_t k = 1; k <= changes_; ++k) {
      if (k <= largest.size()) sum += largest[k - 1];
      bounds[k] = static_cast<int>(std::min<std::int64_t>(sum, horizon_.need));
    }
  }

  void start() {
    for (std::size_t k = 0; k <= changes_; ++k) {
      for (std::size_t e = 0; e < efforts_; ++e) {
        Cost* last = row(stages_, k, e);
        std::fill(last, last + points_, kNever);
        last[0] = 0;
      }
    }
  }

  void fill(std::size_t stage, std::size_t k, std::size_t e) {
    Cost* out = row(stage, k, e);
    auto low = points_ - 1 - static_cast<std::size_t>(before_[stage][changes_ - k]);
    auto end = std::max(low, static_cast<std::size_t>(after_[stage][k]) + 1);
    const Stage& asked = horizon_.stages[stage];
    if (asked.must) {
      std::fill(out + low, out + points_, kNever);
    } else {
      const Cost* skipped = row(stage + 1, k, e);
      std::copy(skipped + low, skipped + end, out + low);
      std::fill(out + end, out + points_, kNever);
    }
    for (const Move& move : horizon_.of(asked)) {
      auto changes = static_cast<std::size_t>(move.changes);
      auto effort = static_cast<std::size_t>(move.effort);
      if (changes > k || effort > e) continue;
      take(row(stage + 1, k - changes, e - effort), out, low, end, move);
    }
  }

  static void take(const Cost* rest, Cost* out, std::size_t low, std::size_t end,
                   const Move& move) {
    auto gain = static_cast<std::size_t>(move.gain);
    auto cost = static_cast<Cost>(move.cost);
    std::size_t enough = std::clamp(gain, low, end);
    if (low < enough) {
      Cost alone = rest[0] + cost;
      for (std::size_t r = low; r < enough; ++r) out[r] = std::min(out[r], alone);
    }
    const Cost* shifted = rest + (enough - gain);
    Cost* to = out + enough;
    std::size_t count = end - enough;
    for (std::size_t i = 0; i < count; ++i) {
      to[i] = std::min(to[i], static_cast<Cost>(shifted[i] + cost));
    }
  }

  std::optional<Solution> trace_back() const {
    std::size_t e = efforts_ - 1, r = points_ - 1, k = changes_;
    Cost least = row(0, k, e)[r];
    if (least >= kNever) return std::nullopt;
    while (k > 0 && row(0, k - 1, e)[r] == least) --k;
    Solution solution{
        .cost = static_cast<std::int64_t>(least), .changes = static_cast<int>(k), .choices = {}};
    for (std::size_t stage = 0; stage < stages_; ++stage) {
      const Move* move = chosen(stage, k, e, r);
      if (move == nullptr) continue;
      solution.choices.push_back({horizon_.stages[stage].variable, move->option});
      k -= static_cast<std::size_t>(move->changes);
      e -= static_cast<std::size_t>(move->effort);
      r -= std::min(r, static_cast<std::size_t>(move->gain));
    }
    return solution;
  }

  // The first move of the stage that a best way may take from here.
  const Move* chosen(std::size_t stage, std::size_t k, std::size_t e, std::size_t r) const {
    Cost cost = row(stage, k, e)[r];
    for (const Move& move : horizon_.of(horizon_.stages[stage])) {
      auto changes = static_cast<std::size_t>(move.changes);
      auto effort = static_cast<std::size_t>(move.effort);
      if (changes > k || effort > e) continue;
      std::size_t rest = r - std::min(r, static_cast<std::size_t>(move.gain));
      if (row(stage + 1, k - changes, e - effort)[rest] + static_cast<Cost>(move.cost) == cost) {
        return &move;
      }
    }
    return nullptr;
  }

  const Horizon& horizon_;
  std::size_t stages_, changes_, efforts_, points_;
  std::vector<std::vector<int>> after_, before_;
  std::unique_ptr<Cost[]> cost_;
};

std::int64_t dearest_of(const Horizon& horizon) {
  std::int64_t dearest = 0;
  for (const Move& move : horizon.moves) dearest = std::max(dearest, move.cost);
  return dearest;
}

// So many choices bring no more.
std::int64_t bound_of_gain(const Horizon& horizon, std::size_t choices) {
  std::vector<int> largest;
  for (const Stage& stage : horizon.stages) {
    int most = 0;
    for (const Move& move : horizon.of(stage)) most = std::max(most, move.gain);
    largest.push_back(most);
  }
  const auto middle =
      largest.begin() + static_cast<std::ptrdiff_t>(std::min(largest.size(), choices));
  std::ranges::nth_element(largest, middle, std::greater{});
  return std::accumulate(largest.begin(), middle, std::int64_t{0});
}

// Gains by changes used and effort used, both at most as many as asked for.
struct GainTable {
  std::size_t changes = 0, efforts = 1;
  std::vector<std::int64_t> now, next;
  std::int64_t& at(std::vector<std::int64_t>& table, std::size_t k, std::size_t e) const {
    return table[k * efforts + e];
  }
};

void add_stage(GainTable& table, std::span<const Move> moves, bool count_changes) {
  table.next = table.now;
  for (const Move& move : moves) {
    std::size_t changes = count_changes ? static_cast<std::size_t>(move.changes) : 0;
    auto effort = static_cast<std::size_t>(move.effort);
    for (std::size_t k = changes; k <= table.changes; ++k) {
      for (std::size_t e = effort; e < table.efforts; ++e) {
        std::int64_t& best = table.at(table.next, k, e);
        best = std::max(best, table.at(table.now, k - changes, e - effort) + move.gain);
      }
    }
  }
  std::swap(table.now, table.next);
}

}  // namespace

Error beyond_work(std::string_view what) {
  return {.code = "recourse.size",
          .message = fmt::format("this is more work than is done in seconds: {}", what),
          .help =
              "lower the points that are asked for, the number of changes, the budget of "
              "effort, the number of ways or the options"};
}

namespace {

using FoundSolution = Result<std::optional<Solution>>;

FoundSolution solve_whole(const Horizon& horizon, WorkBudget& budget) {
  if (horizon.impossible) return std::optional<Solution>{};
  const std::size_t cells = Demand<std::int32_t>::cells(horizon);
  const std::size_t rows = cells / (horizon.stages.size() + 1);
  if (!budget.spend(cells + horizon.moves.size() * rows)) {
    return beyond_work("too many combinations were tried");
  }
  // Half of the range stays free, so that "never" plus a cost cannot overflow.
  if (dearest_of(horizon) < Demand<std::int32_t>::kNever / (horizon.changes + 1)) {
    return Demand<std::int32_t>{horizon}.solve();
  }
  return Demand<std::int64_t>{horizon}.solve();
}

// First with the moves alone that ways near the bound can take. All ways that cost no more than
// the guess are among them, so one that keeps it is the best; and whatever one costs is a guess
// that holds.
FoundSolution solve_near_bound(const Horizon& horizon, WorkBudget& budget, Experience& experience) {
  const double at_most = static_cast<double>(experience.at_most);
  const CostBound bound{horizon, experience.prices, at_most};
  experience.prices = bound.prices();
  if (bound.is_above(at_most)) return std::optional<Solution>{};
  for (double share : {0.06, 0.3}) {
    const double guess = std::min(at_most, bound.bound() * (1 + share));
    const Horizon rest = bound.within(guess);
    if (rest.moves.size() * 3 > horizon.moves.size()) break;
    auto found = solve_whole(rest, budget);
    if (!found || guess == at_most) return found;
    if (!*found) continue;
    const auto cost = static_cast<double>((*found)->cost);
    return cost <= guess ? found : solve_whole(bound.within(std::min(cost, at_most)), budget);
  }
  return solve_whole(experience.at_most < Experience::kAny ? bound.within(at_most) : horizon,
                     budget);
}

}  // namespace

Result<std::optional<Solution>> meet_need(const Horizon& horizon, WorkBudget& budget,
                                          Experience& experience) {
  if (budget.is_spent()) return beyond_work("too many combinations were tried");
  // A need beyond all choices, however large, is no work.
  if (horizon.impossible || bound_of_gain(horizon, horizon.stages.size()) < horizon.need)
    return std::optional<Solution>{};
  const std::size_t cells = Demand<std::int32_t>::cells(horizon);
  if (cells > kMostCells) {
    return beyond_work(fmt::format("{} variables, {} changes, {} of effort and {} points",
                                   horizon.stages.size(), horizon.changes, horizon.effort,
                                   horizon.need));
  }
  // Each choice takes one change or more.
  if (bound_of_gain(horizon, static_cast<std::size_t>(horizon.changes)) < horizon.need)
    return std::optional<Solution>{};
  // A search of little work is done before its bound is known.
  constexpr std::size_t kLittle = 20'000;
  const bool is_little = cells * horizon.moves.size() / (horizon.stages.size() + 1) < kLittle;
  return is_little || horizon.need == 0 ? solve_whole(horizon, budget)
                                        : solve_near_bound(horizon, budget, experience);
}

Result<std::int64_t> most_gain(const Horizon& horizon, const Reach& reach, WorkBudget& budget) {
  GainTable table{.changes = static_cast<std::size_t>(reach.changes.value_or(0)),
                  .efforts = static_cast<std::size_t>(horizon.effort) + 1,
                  .now = {},
                  .next = {}};
  std::size_t size = (table.changes + 1) * table.efforts;
  if (size > kMostCells || !budget.spend(size * (horizon.moves.size() + horizon.stages.size()))) {
    return beyond_work("too many combinations were tried");
  }
  table.now.assign(size, 0);
  for (const Stage& stage : horizon.stages) {
    add_stage(table, horizon.of(stage), reach.changes.has_value());
  }
  return table.now.back();
}

}  // namespace credence
