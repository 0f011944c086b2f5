#include <credence/regression/history.h>
#include <credence/training/plan_check.h>
#include <credence/training/rejects.h>
#include <credence/training/train.h>
#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>

using namespace credence;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kEndless = std::numeric_limits<double>::infinity();

struct Sample {
  Table table;
  Outcome outcome;
};

// A number with a code, a text with a code, and a number that was told the outcome.
Sample sample() {
  Draws draws(7);
  std::vector<double> income, told;
  std::vector<std::int32_t> trade;
  Outcome outcome;
  for (int row = 0; row < 2000; ++row) {
    income.push_back(std::floor(10 * draws.uniform()));
    trade.push_back(static_cast<std::int32_t>(draws.below(3)));
    double x = -1 - 0.3 * (income.back() - 5) + 0.4 * trade.back();
    outcome.bad.push_back(draws.uniform() < logistic(x) ? 1 : 0);
    told.push_back(outcome.bad.back() ? 10 + draws.uniform() : draws.uniform());
    if (draws.uniform() < 0.05) income.back() = -9;
  }
  return {Table(2000, {Column::of_numbers("income", income),
                       Column::of_texts("trade", trade, {"a", "b", "none"}),
                       Column::of_numbers("told", told)}),
          outcome};
}

TrainingPlan::Variable income_of() {
  TrainingPlan::Variable variable;
  variable.name = "income";
  return variable;
}

std::string code_of(const std::function<void(TrainingPlan&)>& change) {
  static const Sample history = sample();
  TrainingPlan plan;
  change(plan);
  auto trained = train(history.table, history.outcome, plan);
  auto validated = cross_validate(history.table, history.outcome, plan);
  auto inferred = infer_rejects(history.table, history.outcome, history.table, plan, {});
  REQUIRE_FALSE(trained);
  REQUIRE_FALSE(validated);
  REQUIRE_FALSE(inferred);
  CHECK(validated.error().code == trained.error().code);
  CHECK(inferred.error().code == trained.error().code);
  return trained.error().code;
}

}  // namespace

TEST_CASE("plans: numbers out of range are refused, whoever made the plan") {
  const std::function<void(TrainingPlan&)> changes[] = {
      [](TrainingPlan& p) { p.selection.min_iv = kNan; },
      [](TrainingPlan& p) { p.selection.min_iv = -1; },
      [](TrainingPlan& p) { p.selection.max_correlation = kNan; },
      [](TrainingPlan& p) { p.selection.max_vif = 0; },
      [](TrainingPlan& p) { p.selection.max_p_value = 2; },
      [](TrainingPlan& p) { p.selection.max_variables = 0; },
      [](TrainingPlan& p) { p.ridge = kNan; },
      [](TrainingPlan& p) { p.ridge = kEndless; },
      [](TrainingPlan& p) { p.cell_ridge = 0; },
      [](TrainingPlan& p) { p.pairs.ridge = kNan; },
      [](TrainingPlan& p) { p.pairs.most = -1; },
      [](TrainingPlan& p) { p.pairs.min_gain = kNan; },
      [](TrainingPlan& p) { p.pairs.groups = 1; },
      [](TrainingPlan& p) { p.folds = 1; },
      [](TrainingPlan& p) { p.threads = 100'000; },
      [](TrainingPlan& p) { p.scaling.lowest = p.scaling.highest; },
      [](TrainingPlan& p) { p.scaling.lowest = std::numeric_limits<int>::min(); },
      [](TrainingPlan& p) { p.scaling.highest = std::numeric_limits<int>::max(); },
      [](TrainingPlan& p) { p.scaling.anchor = {.points = kNan, .odds = 20, .pdo = 50}; },
      [](TrainingPlan& p) { p.scaling.anchor = {.points = 600, .odds = 0, .pdo = 50}; },
      [](TrainingPlan& p) { p.scaling.anchor = {.points = 600, .odds = 20, .pdo = kEndless}; }};
  int number = 0;
  for (const auto& change : changes) {
    CAPTURE(number++);
    CHECK(code_of(change) == "training.plan");
  }
}

TEST_CASE("plans: points of variables out of range are refused") {
  const std::function<void(TrainingPlan::Variable&)> changes[] = {
      [](auto& v) { v.fixed_points = {{.cell = 0, .points = 100'000'000, .because = "so"}}; },
      [](auto& v) { v.fixed_points = {{.cell = 0, .points = -100'001, .because = "so"}}; },
      [](auto& v) { v.fixed_points = {{0, 1, "so"}, {0, 2, "so"}}; },
      [](auto& v) { v.lowest = -100'000'000; },
      [](auto& v) { v.highest = 100'000'000; },
      [](auto& v) { v.lowest = 2, v.highest = 1; },
      [](auto& v) { v.min_gap = -1; },
      [](auto& v) { v.min_gap = 100'000'000; },
      [](auto& v) { v.keep = v.leave_out = true; },
      [](auto& v) { v.name = "two\nlines"; }};
  int number = 0;
  for (const auto& change : changes) {
    CAPTURE(number++);
    CHECK(code_of([&](TrainingPlan& plan) {
            plan.variables = {income_of()};
            change(plan.variables[0]);
          }) == "training.plan");
  }
}

TEST_CASE("plans: ids are text of one line") {
  for (std::string id :
       {std::string{"two\nlines"}, std::string{"\x01"}, std::string{"\xff"}, std::string{"\0", 1}})
    CHECK(code_of([&](TrainingPlan& plan) { plan.id = id; }) == "training.plan");
}

TEST_CASE("plans: the largest points that are allowed are soon known not to fit") {
  for (int points : {100'000, -100'000}) {
    TrainingPlan plan;
    plan.variables = {income_of()};
    plan.variables[0].fixed_points = {{.cell = 0, .points = points, .because = "so"}};
    const Sample history = sample();
    CHECK_FALSE(train(history.table, history.outcome, plan));
  }
}

TEST_CASE("plans: each column takes only the codes of the defaults that it can hold") {
  const Sample history = sample();
  TrainingPlan plan;
  plan.defaults.specials = {
      {"no-record", {-9}, {}}, {"no-trade", {}, {"none"}}, {"both", {-8}, {"other"}}};
  TrainingPlan::Variable income = income_of();
  income.rules = plan.defaults;
  for (bool named : {false, true}) {
    if (named) plan.variables = {income};
    auto trained = train(history.table, history.outcome, plan);
    if (!trained) FAIL(to_text(trained.error()));
    REQUIRE(trained->binnings.size() == 2);
    const auto numbers = trained->binnings[0].cells.specials();
    REQUIRE(numbers.size() == 2);
    CHECK(numbers[0] == SpecialCode{"no-record", {-9}, {}});
    CHECK(numbers[1] == SpecialCode{"both", {-8}, {}});
    const auto texts = trained->binnings[1].cells.specials();
    REQUIRE(texts.size() == 2);
    CHECK(texts[0] == SpecialCode{"no-trade", {}, {"none"}});
    CHECK(texts[1] == SpecialCode{"both", {}, {"other"}});
  }
  plan.variables[0].rules.specials = {{"own", {}, {"none"}}};
  auto refused = train(history.table, history.outcome, plan);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "binning.rules");
}

TEST_CASE("training: a variable that was told the outcome is dropped with that reason") {
  const Sample history = sample();
  auto trained = train(history.table, history.outcome, {});
  if (!trained) FAIL(to_text(trained.error()));
  REQUIRE(trained->report.dropped.size() == 1);
  CHECK(trained->report.dropped[0].variable == "told");
  CHECK(trained->report.dropped[0].reason == "separates");
}
