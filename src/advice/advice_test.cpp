#include <credence/advice/advice.h>
#include <credence/scorecard/scoring.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <tuple>

namespace credence {
namespace {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  int number(int lowest, int highest) {
    return lowest + static_cast<int>(engine_() % static_cast<std::uint64_t>(highest - lowest + 1));
  }
  bool one_in(int many) { return number(1, many) == 1; }

 private:
  std::mt19937_64 engine_;
};

void fit_range(Scorecard& card) {
  card.range_lowest = card.lowest();
  card.range_highest = card.highest() + 1;
  for (Scorecard::Term& term : card.terms) term.baseline = term.highest();
}

// Variables v0.. with edges 10, 20, ... and one special code, -9.
Scorecard::Variable variable(int position, int bins) {
  std::vector<double> edges;
  for (int i = 1; i < bins; ++i) edges.push_back(10.0 * i);
  Scorecard::Variable made;
  made.name = "v" + std::to_string(position);
  made.cells = Cells::of_numbers(edges, {{"no record", {-9}, {}}});
  return made;
}

Scorecard random_card(Random& random) {
  Scorecard card;
  card.id = "random";
  card.base = 500;
  int variables = random.number(1, 4);
  for (int i = 0; i < variables; ++i) card.variables.push_back(variable(i, random.number(1, 4)));
  auto add_term = [&](std::vector<int> of) {
    Scorecard::Term term;
    std::size_t cells = 1;
    for (int v : of) {
      cells *= static_cast<std::size_t>(card.variables[static_cast<std::size_t>(v)].cells.count());
    }
    for (std::size_t i = 0; i < cells; ++i) term.points.push_back(random.number(-20, 20));
    term.variables = std::move(of);
    card.terms.push_back(std::move(term));
  };
  for (int i = 0; i < variables; ++i) add_term({i});
  for (int i = 0; i + 1 < variables; ++i) {
    if (random.one_in(3)) add_term({i, i + 1});
  }
  fit_range(card);
  return card;
}

AdvicePlan random_plan(Random& random, const Scorecard& card) {
  AdvicePlan plan;
  for (const Scorecard::Variable& variable : card.variables) {
    if (random.one_in(6)) continue;
    VariableActions actions{.variable = variable.name, .weight = random.number(0, 3) * 0.5};
    actions.may_rise = !random.one_in(4);
    actions.may_fall = !random.one_in(4);
    if (random.one_in(5)) actions.lowest = random.number(-1, 3) * 10;
    if (random.one_in(5)) actions.highest = actions.lowest.value_or(0) + random.number(0, 3) * 10;
    if (random.one_in(4)) actions.most_steps = random.number(0, 2);
    if (random.one_in(3)) actions.months_per_step = random.number(0, 3);
    if (random.one_in(3)) actions.effort_per_step = random.number(0, 3);
    if (random.one_in(4)) actions.per_month = random.number(-2, 4) * 2.5;
    plan.variables.push_back(actions);
  }
  if (random.one_in(5) && card.variables.size() > 1) plan.together = {{"v0", "v1"}};
  plan.most_changes = random.number(1, 4);
  plan.most_months = random.number(0, 8);
  if (random.one_in(3)) plan.most_effort = random.number(0, 6);
  plan.cost_per_month = random.one_in(3) ? 0.25 : 0;
  return plan;
}

struct Row {
  std::vector<std::uint16_t> cells;
  std::vector<double> values;
};

Row random_row(Random& random, const Scorecard& card) {
  Row row;
  for (const Scorecard::Variable& v : card.variables) {
    double value = random.one_in(6) ? -9.0 : random.number(0, 40);
    if (random.one_in(8)) value = NAN;
    row.values.push_back(value);
    row.cells.push_back(static_cast<std::uint16_t>(v.cells.of(value)));
  }
  return row;
}

// Every row that the plan lets somebody have, at every month, scored by the card.
class EveryRow {
 public:
  EveryRow(const Scorecard& card, const AdvicePlan& plan, const Row& row, int target)
      : card_(card), plan_(plan), row_(row), target_(target) {
    for (months_ = 0; months_ <= plan.most_months; ++months_) {
      cells_ = row.cells;
      moved_.assign(row.cells.size(), false);
      try_variable(0, 0, 0);
    }
  }
  using Key = std::tuple<std::int64_t, int, int>;  // millionths, changes, months
  std::optional<Key> best;

 private:
  const VariableActions* actions_of(std::size_t i) const {
    auto found =
        std::ranges::find(plan_.variables, card_.variables[i].name, &VariableActions::variable);
    return found == plan_.variables.end() ? nullptr : &*found;
  }

  void try_variable(std::size_t i, double cost, int effort) {
    if (i == row_.cells.size()) return judge(cost, effort);
    const VariableActions* actions = actions_of(i);
    const Cells& cells = card_.variables[i].cells;
    std::uint16_t now = row_.cells[i];
    bool in_bin = now < cells.bins();
    if (actions != nullptr && actions->per_month && in_bin) {
      cells_[i] = static_cast<std::uint16_t>(std::ranges::count_if(cells.edges(), [&](double edge) {
        return edge <= row_.values[i] + *actions->per_month * months_;
      }));
      return try_variable(i + 1, cost, effort);
    }
    cells_[i] = now;
    try_variable(i + 1, cost, effort);
    if (actions == nullptr || !in_bin) return;
    for (int to = 0; to < cells.bins(); ++to) {
      int steps = std::abs(to - now);
      if (steps == 0 || !may_go(*actions, cells, now, to)) continue;
      if (actions->months + actions->months_per_step * steps > months_) continue;
      cells_[i] = static_cast<std::uint16_t>(to);
      moved_[i] = true;
      try_variable(i + 1, cost + actions->weight * steps,
                   effort + actions->effort_per_step * steps);
      moved_[i] = false;
    }
    cells_[i] = now;
  }

  static bool may_go(const VariableActions& actions, const Cells& cells, int from, int to) {
    if (to > from ? !actions.may_rise : !actions.may_fall) return false;
    if (actions.most_steps && std::abs(to - from) > *actions.most_steps) return false;
    double begin = to == 0 ? -INFINITY : cells.edges()[static_cast<std::size_t>(to) - 1];
    double end = to + 1 == cells.bins() ? INFINITY : cells.edges()[static_cast<std::size_t>(to)];
    return !(actions.lowest && end <= *actions.lowest) &&
           !(actions.highest && begin > *actions.highest);
  }

  void judge(double cost, int effort) {
    if (!plan_.together.empty() && moved_[0] != moved_[1]) return;
    int changes = static_cast<int>(std::ranges::count(moved_, true));
    if (changes > plan_.most_changes || effort > plan_.most_effort.value_or(effort)) return;
    if (score_cells(card_, cells_).score < target_ + plan_.margin) return;
    Key key{std::llround((cost + plan_.cost_per_month * months_) * 1e6), changes, months_};
    if (!best || key < *best) best = key;
  }

  const Scorecard& card_;
  const AdvicePlan& plan_;
  const Row& row_;
  int target_ = 0, months_ = 0;
  std::vector<std::uint16_t> cells_;
  std::vector<bool> moved_;
};

Scorecard two_variables() {
  Scorecard card;
  card.id = "two";
  card.base = 500;
  card.variables = {variable(0, 3), variable(1, 3)};
  card.terms.resize(2);
  card.terms[0] = {.variables = {0}, .points = {0, 10, 30, 50, 0}, .reason = {}};
  card.terms[1] = {.variables = {1}, .points = {20, 10, 0, 50, 0}, .reason = {}};
  fit_range(card);
  return card;
}

Adviser adviser(const Scorecard& card, AdvicePlan plan) {
  auto made = Adviser::of(card, std::move(plan));
  if (!made) FAIL(made.error().message);
  return std::move(*made);
}

std::string refused(const Scorecard& card, AdvicePlan plan) {
  auto made = Adviser::of(card, std::move(plan));
  REQUIRE_FALSE(made);
  CHECK_FALSE(made.error().message.empty());
  return made.error().code;
}

std::vector<Advice> advice(const Adviser& adviser, std::vector<std::uint16_t> cells, int target) {
  auto answer = adviser.advise({cells}, target);
  REQUIRE(answer);
  REQUIRE(std::holds_alternative<std::vector<Advice>>(*answer));
  return std::get<std::vector<Advice>>(*answer);
}

bool is_not_reachable(const Adviser& adviser, std::vector<std::uint16_t> cells, int target) {
  auto answer = adviser.advise({cells}, target);
  REQUIRE(answer);
  return std::holds_alternative<NotReachable>(*answer);
}

}  // namespace

TEST_CASE("advice: 3,000 random cards, plans and rows have the cheapest way that scoring finds") {
  Random random{20261121};
  int reachable = 0, moving = 0;
  for (int i = 0; i < 3'000; ++i) {
    CAPTURE(i);
    Scorecard card = random_card(random);
    AdvicePlan plan = random_plan(random, card);
    Row row = random_row(random, card);
    int target = score_cells(card, row.cells).score + random.number(-3, 25);
    auto answer = adviser(card, plan).advise({row.cells, row.values}, target);
    REQUIRE(answer);
    auto best = EveryRow{card, plan, row, target}.best;
    const auto* advices = std::get_if<std::vector<Advice>>(&*answer);
    REQUIRE(best.has_value() == (advices != nullptr));
    if (advices == nullptr) continue;
    ++reachable;
    const Advice& first = advices->front();
    moving += !first.moves.empty();
    CHECK(EveryRow::Key{std::llround(first.cost * 1e6), static_cast<int>(first.moves.size()),
                        first.months} == *best);
    CHECK(first.score >= target);
  }
  CHECK(reachable > 700);
  CHECK(moving > 400);
  CHECK(reachable < 2'700);
}

TEST_CASE("advice: a variable that nobody names never changes") {
  AdvicePlan plan{.variables = {{.variable = "v1"}}};
  CHECK(is_not_reachable(adviser(two_variables(), plan), {0, 0}, 525));
  plan.others = VariableActions{};
  CHECK(advice(adviser(two_variables(), plan), {0, 0}, 525)[0].moves ==
        std::vector<AdvisedMove>{{0, 0, 1}});
  plan.immutable = {"v0"};
  CHECK(is_not_reachable(adviser(two_variables(), plan), {0, 0}, 525));
}

TEST_CASE("advice: special and missing cells are never a goal, however many points they bring") {
  AdvicePlan plan{.others = VariableActions{}};
  CHECK(is_not_reachable(adviser(two_variables(), plan), {2, 0}, 551));
  CHECK(is_not_reachable(adviser(two_variables(), plan), {4, 0}, 521));
  CHECK(is_not_reachable(adviser(two_variables(), plan), {3, 4}, 551));
}

TEST_CASE("advice: a direction that is closed is not offered") {
  AdvicePlan plan{.variables = {{.variable = "v1", .may_fall = false}}};
  CHECK(is_not_reachable(adviser(two_variables(), plan), {0, 2}, 510));
  plan.variables[0].may_fall = true;
  CHECK(advice(adviser(two_variables(), plan), {0, 2}, 510)[0].moves ==
        std::vector<AdvisedMove>{{1, 2, 1}});
}

TEST_CASE("advice: bounds and step limits hold") {
  AdvicePlan plan{.variables = {{.variable = "v0"}}};
  CHECK_FALSE(is_not_reachable(adviser(two_variables(), plan), {0, 2}, 530));
  plan.variables[0].highest = 19;
  CHECK(is_not_reachable(adviser(two_variables(), plan), {0, 2}, 530));
  plan.variables[0].highest = 20;
  CHECK_FALSE(is_not_reachable(adviser(two_variables(), plan), {0, 2}, 530));
  plan.variables[0].most_steps = 1;
  CHECK(is_not_reachable(adviser(two_variables(), plan), {0, 2}, 530));
}

TEST_CASE("advice: a percentile costs the share of people that is passed") {
  Scorecard card = two_variables();
  for (double weight : {60.0, 30.0, 10.0, 5.0, 5.0}) {
    card.variables[0].tallies.push_back({.events = weight / 2, .nonevents = weight / 2});
  }
  AdvicePlan plan{.variables = {{.variable = "v0", .cost = MoveCost::percentile}}};
  CHECK(advice(adviser(card, plan), {0, 2}, 530)[0].cost == doctest::Approx(0.65));
  plan.variables[0].cost = MoveCost::log_percentile;
  CHECK(advice(adviser(card, plan), {0, 2}, 530)[0].cost ==
        doctest::Approx(std::log(0.7 / 0.05)).epsilon(1e-5));
}

TEST_CASE("advice: what time brings is told apart from what is to be done") {
  AdvicePlan plan{.variables = {{.variable = "v0", .per_month = 1}, {.variable = "v1"}}};
  std::vector<std::uint16_t> cells = {0, 2};
  std::vector<double> values = {8, 25};
  auto answer = adviser(two_variables(), plan).advise({cells, values}, 520);
  REQUIRE(answer);
  Advice first = std::get<std::vector<Advice>>(*answer).front();
  CHECK(first.months == 12);
  CHECK(first.moves.empty());
  CHECK(first.passing == std::vector<AdvisedMove>{{0, 0, 2}});
  plan.most_months = 1;
  answer = adviser(two_variables(), plan).advise({cells, values}, 520);
  REQUIRE(answer);
  first = std::get<std::vector<Advice>>(*answer).front();
  CHECK(first.months == 0);
  CHECK(first.moves == std::vector<AdvisedMove>{{1, 2, 0}});
}

TEST_CASE("advice: a text moves in one step to any group, whatever its place") {
  Scorecard card = two_variables();
  card.variables[0].cells = Cells::of_texts({{"rent"}, {"family"}, {"own"}}, {});
  fit_range(card);
  AdvicePlan plan{.others =
                      VariableActions{.variable = {}, .cost = MoveCost::percentile, .weight = 3}};
  for (Scorecard::Variable& variable : card.variables) {
    for (int i = 0; i < 5; ++i) variable.tallies.push_back({.events = 1, .nonevents = 9});
  }
  Advice first = advice(adviser(card, plan), {0, 0}, 535)[0];
  CHECK(first.moves == std::vector<AdvisedMove>{{0, 0, 2}});
  CHECK(first.cost == 3);
  CHECK(is_not_reachable(adviser(card, plan), {3, 0}, 575));
  CHECK(is_not_reachable(adviser(card, plan), {4, 0}, 535));
}

TEST_CASE("advice: what time moves has to be named, and is no text") {
  Scorecard card = two_variables();
  CHECK(refused(card, {.others = VariableActions{.variable = {}, .per_month = 1}}) ==
        "advice.number");
  card.variables[0].cells = Cells::of_texts({{"rent"}, {"family"}, {"own"}}, {});
  CHECK(refused(card, {.variables = {{.variable = "v0", .per_month = 1}}}) == "advice.number");
}

TEST_CASE("advice: of a joint limit all move or none does") {
  AdvicePlan plan{.others = VariableActions{}, .together = {{"v0", "v1"}}};
  Advice first = advice(adviser(two_variables(), plan), {0, 2}, 510)[0];
  CHECK(first.moves.size() == 2);
  plan.most_changes = 1;
  CHECK(is_not_reachable(adviser(two_variables(), plan), {0, 2}, 510));
}

TEST_CASE("advice: names that the card does not know are refused") {
  Scorecard card = two_variables();
  CHECK(refused(card, {.variables = {{.variable = "v9"}}}) == "advice.variable");
  CHECK(refused(card, {.variables = {{.variable = "v0"}, {.variable = "v0"}}}) ==
        "advice.variable");
  CHECK(refused(card, {.immutable = {"w"}}) == "advice.variable");
  CHECK(refused(card, {.together = {{"v0", "w"}}}) == "advice.variable");
}

TEST_CASE("advice: numbers outside of their range are refused") {
  Scorecard card = two_variables();
  auto plan_of = [](auto change) {
    AdvicePlan plan{.variables = {{.variable = "v0"}}};
    change(plan.variables[0], plan);
    return plan;
  };
  using V = VariableActions;
  using P = AdvicePlan;
  CHECK(refused(card, plan_of([](V& v, P&) { v.weight = -1; })) == "advice.number");
  CHECK(refused(card, plan_of([](V& v, P&) { v.weight = NAN; })) == "advice.number");
  CHECK(refused(card, plan_of([](V& v, P&) { v.months = -1; })) == "advice.number");
  CHECK(refused(card, plan_of([](V& v, P&) { v.months_per_step = 9999; })) == "advice.number");
  CHECK(refused(card, plan_of([](V& v, P&) { v.effort_per_step = -1; })) == "advice.number");
  CHECK(refused(card, plan_of([](V& v, P&) { v.most_steps = -1; })) == "advice.number");
  CHECK(refused(card, plan_of([](V& v, P&) { v.lowest = 2, v.highest = 1; })) == "advice.number");
  CHECK(refused(card, plan_of([](V& v, P&) { v.lowest = NAN; })) == "advice.number");
  CHECK(refused(card, plan_of([](V& v, P&) { v.per_month = INFINITY; })) == "advice.number");
  CHECK(refused(card, plan_of([](V&, P& p) { p.cost_per_month = -1; })) == "advice.number");
  CHECK(refused(card, plan_of([](V&, P& p) { p.most_months = -1; })) == "advice.number");
  CHECK(refused(card, plan_of([](V& v, P&) { v.cost = MoveCost::percentile; })) ==
        "advice.tallies");
}

TEST_CASE("advice: a card that cannot score is refused") {
  Scorecard card = two_variables();
  card.terms[0].points.pop_back();
  CHECK(refused(card, {}) == "advice.card");
}

TEST_CASE("advice: a row that does not fit the card is refused") {
  AdvicePlan plan{.variables = {{.variable = "v0", .per_month = 1}}};
  Adviser made = adviser(two_variables(), plan);
  auto code = [&](std::vector<std::uint16_t> cells, std::vector<double> values) {
    auto answer = made.advise({cells, values}, 540);
    REQUIRE_FALSE(answer);
    return answer.error().code;
  };
  CHECK(code({0}, {}) == "advice.row");
  CHECK(code({0, 5}, {1, 1}) == "advice.row");
  CHECK(code({0, 0}, {}) == "advice.row");
  CHECK(code({0, 0}, {1}) == "advice.row");
  CHECK(code({0, 0}, {NAN, 1}) == "advice.row");
  CHECK(code({1, 0}, {1, 1}) == "advice.row");
}

TEST_CASE("advice: a target beyond the highest score is not reachable, however far beyond") {
  const std::vector<std::uint16_t> cells{0, 2};
  const AdvicePlan plan{.others = VariableActions{.variable = {}}};
  for (int target : {two_variables().highest() + 1, 100'000, INT32_MAX}) {
    auto answer = adviser(two_variables(), plan).advise({cells}, target);
    REQUIRE(answer);
    const auto* refusal = std::get_if<NotReachable>(&*answer);
    REQUIRE(refusal != nullptr);
    CHECK(refusal->why == WhyNot::points);
  }
}

TEST_CASE("advice: what is immutable cannot be moved by time") {
  CHECK(refused(two_variables(), {.variables = {{.variable = "v0", .per_month = 1}},
                                  .immutable = {"v0"}}) == "advice.variable");
}

TEST_CASE("advice: a chain of pairs with too many combinations is refused with its name") {
  Scorecard card;
  card.id = "chain";
  card.base = 500;
  for (int i = 0; i < 6; ++i) card.variables.push_back(variable(i, 9));
  for (int i = 0; i < 6; ++i) card.terms.push_back({.variables = {i}, .points = {}, .reason = {}});
  for (Scorecard::Term& term : card.terms) term.points.assign(11, 1);
  for (int i = 0; i < 5; ++i) {
    card.terms.push_back(
        {.variables = {i, i + 1}, .points = std::vector<int>(121, 2), .reason = {}});
  }
  card.terms[0].points[3] = 9;
  fit_range(card);
  auto answer = adviser(card, {.others = VariableActions{}})
                    .advise({std::vector<std::uint16_t>(6, 0)}, card.highest());
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == "advice.size");
}

}  // namespace credence
