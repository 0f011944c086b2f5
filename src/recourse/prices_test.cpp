#include <credence/recourse/demand.h>
#include <credence/recourse/example_testing.h>
#include <credence/recourse/prices.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace credence {
namespace {

Horizon horizon_of(const RecourseProblem& problem, int months) {
  WorkBudget budget;
  const std::vector<Fate> fates(problem.variables.size(), Fate::open);
  return look_ahead(problem, Reach::of(problem),
                    {.months = months, .fates = fates, .need = problem.need}, budget);
}

Horizon small_horizon(ExampleProblems& examples) {
  while (true) {
    RecourseProblem problem = examples.small();
    problem.need = examples.number(1, 25);
    Horizon horizon = horizon_of(problem, examples.number(0, 6));
    for (Stage& stage : horizon.stages) stage.must = examples.one_in(6);
    if (horizon.need > 0 && !horizon.moves.empty()) return horizon;
  }
}

using Taken = std::vector<const Move*>;

// Calls `visit` with every row of moves that keeps the limits and meets the need.
void for_each_way(const Horizon& horizon, const std::function<void(const Taken&)>& visit) {
  Taken taken;
  std::function<void(std::size_t)> go = [&](std::size_t at) {
    if (at < horizon.stages.size()) {
      const Stage& stage = horizon.stages[at];
      if (!stage.must) go(at + 1);
      for (const Move& move : horizon.of(stage)) {
        taken.push_back(&move);
        go(at + 1);
        taken.pop_back();
      }
      return;
    }
    int gain = 0, changes = 0, effort = 0;
    for (const Move* move : taken)
      gain += move->gain, changes += move->changes, effort += move->effort;
    if (gain >= horizon.need && changes <= horizon.changes &&
        (horizon.effort == 0 || effort <= horizon.effort))
      visit(taken);
  };
  go(0);
}

std::int64_t cost_of(const Taken& taken) {
  std::int64_t cost = 0;
  for (const Move* move : taken) cost += move->cost;
  return cost;
}

bool holds(const Horizon& horizon, const Move& asked) {
  return std::ranges::any_of(horizon.moves, [&](const Move& move) {
    return move.option == asked.option && move.cost == asked.cost && move.gain == asked.gain &&
           move.effort == asked.effort && move.changes == asked.changes;
  });
}

// Cost, then changes, by looking at every state; nothing where the need cannot be met.
class PlainDemand {
 public:
  explicit PlainDemand(const Horizon& horizon) : horizon_(horizon) {}
  using Cost = std::pair<std::int64_t, int>;

  std::optional<Cost> least() {
    std::vector<State> states = {{horizon_.need, 0, 0, {0, 0}}};
    for (const Stage& stage : horizon_.stages) {
      std::vector<State> next;
      if (!stage.must) next = states;
      for (const State& state : states)
        for (const Move& move : horizon_.of(stage)) add(next, state, move);
      states = distinct(std::move(next));
    }
    std::optional<Cost> best;
    for (const State& state : states)
      if (state.missing == 0 && (!best || state.cost < *best)) best = state.cost;
    return best;
  }

 private:
  struct State {
    int missing = 0, changes = 0, effort = 0;
    Cost cost;
  };

  void add(std::vector<State>& states, State state, const Move& move) const {
    state.missing = std::max(0, state.missing - move.gain);
    state.changes += move.changes;
    state.effort += move.effort;
    if (state.changes > horizon_.changes) return;
    if (horizon_.effort > 0 && state.effort > horizon_.effort) return;
    state.cost.first += move.cost;
    state.cost.second += move.changes;
    states.push_back(state);
  }

  static std::vector<State> distinct(std::vector<State> states) {
    auto key = [](const State& s) { return std::tuple{s.missing, s.changes, s.effort}; };
    std::ranges::sort(states, [&](const State& a, const State& b) {
      return std::pair{key(a), a.cost} < std::pair{key(b), b.cost};
    });
    auto repeated = std::ranges::unique(states, {}, key);
    states.erase(repeated.begin(), repeated.end());
    return states;
  }

  const Horizon& horizon_;
};

RecourseProblem large_problem(ExampleProblems& examples) {
  RecourseProblem problem = examples.card(examples.number(8, 25), examples.number(4, 9),
                                          examples.number(40, 130), examples.number(3, 6));
  const bool effort_matters = examples.one_in(2), joint = examples.one_in(3);
  const int scale = examples.one_in(4) ? 1'000'000'000 : 1;
  for (RecourseVariable& variable : problem.variables) {
    for (RecourseOption& option : variable.options) {
      option.cost = option.cost * scale + examples.number(0, 3);
      option.months = examples.number(0, 3);
      if (effort_matters) option.effort = examples.number(0, 5);
      if (joint) option.changes = examples.number(1, 3);
    }
  }
  if (effort_matters) problem.most_effort = examples.number(0, 12);
  return problem;
}

}  // namespace

TEST_CASE("prices: no way costs less than what any prices prove") {
  ExampleProblems examples{5};
  for (int i = 0; i < 3'000; ++i) {
    CAPTURE(i);
    const Horizon horizon = small_horizon(examples);
    Prices start;
    if (examples.one_in(2))
      start = {.of = {0.1 * examples.number(0, 30), 0.1 * examples.number(0, 30),
                      0.1 * examples.number(0, 30)},
               .are_known = true};
    const CostBound bound{horizon, start, 1e18};
    for_each_way(horizon, [&](const Taken& taken) {
      REQUIRE_FALSE(bound.is_above(static_cast<double>(cost_of(taken))));
    });
  }
}

TEST_CASE("prices: the moves that are left for a cost are in no dearer ways alone") {
  ExampleProblems examples{6};
  int left_out = 0;
  for (int i = 0; i < 2'000; ++i) {
    CAPTURE(i);
    const Horizon horizon = small_horizon(examples);
    const CostBound bound{horizon, {}, 1e18};
    const auto most = static_cast<std::int64_t>(examples.number(0, 15));
    const Horizon rest = bound.within(static_cast<double>(most));
    left_out += rest.moves.size() < horizon.moves.size();
    for_each_way(horizon, [&](const Taken& taken) {
      if (cost_of(taken) > most) return;
      REQUIRE_FALSE(rest.impossible);
      for (const Move* move : taken) REQUIRE(holds(rest, *move));
    });
  }
  CHECK(left_out > 500);
}

TEST_CASE("recourse: ways found near their bound cost what looking at every state finds") {
  ExampleProblems examples{7};
  int met = 0, refused = 0;
  Experience experience;  // prices of one problem are no harm to another
  for (int i = 0; i < 150; ++i) {
    CAPTURE(i);
    const RecourseProblem problem = large_problem(examples);
    for (int months : {3, 0, 2}) {
      const Horizon horizon = horizon_of(problem, months);
      const auto least = PlainDemand{horizon}.least();
      WorkBudget budget;
      experience.at_most = Experience::kAny;
      if (least && examples.one_in(3)) experience.at_most = least->first;
      if (least && examples.one_in(4)) experience.at_most = least->first - 1;
      auto found = meet_need(horizon, budget, experience);
      REQUIRE(found);
      const bool wanted = least && least->first <= experience.at_most;
      met += wanted;
      refused += !wanted;
      if (!wanted) {
        const bool is_dearer = *found && least && (*found)->cost > experience.at_most;
        REQUIRE((is_dearer || !*found));
        continue;
      }
      REQUIRE(*found);
      CHECK((*found)->cost == least->first);
      CHECK((*found)->changes == least->second);
    }
  }
  CHECK(met > 100);
  CHECK(refused > 50);
}

TEST_CASE("prices: costs at the edge of their range and needs of one point prove bounds too") {
  const auto dearest = RecourseProblem::kMostCost;
  for (const std::int64_t cost : {std::int64_t{0}, std::int64_t{1}, dearest}) {
    Horizon horizon{.need = 1,
                    .changes = 1,
                    .moves = {{.option = 0, .gain = 1, .cost = cost}},
                    .stages = {{.variable = 0, .must = false, .first = 0, .count = 1}}};
    const CostBound bound{horizon, {}, 1e18};
    CHECK_FALSE(bound.is_above(static_cast<double>(cost)));
    CHECK(bound.within(static_cast<double>(cost)).moves.size() == 1);
  }
}

}  // namespace credence
