#include <credence/regression/history.h>
#include <credence/regression/auc.h>
#include <credence/training/predict.h>
#include <credence/training/train.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace credence;

namespace {

struct Sample {
  Table table;
  Outcome outcome;
};

// A history with numbers of all kinds, texts, missing values, a code, noise and a constant.
Sample sample_of(std::uint64_t seed, std::size_t rows, bool weights = false) {
  Draws draws(seed);
  std::vector<double> income, arrears, age, noise, copy, constant(rows, 3.0), nothing;
  std::vector<std::int32_t> trade;
  Sample out;
  for (std::size_t row = 0; row < rows; ++row) {
    income.push_back(std::round(1000 + 4000 * draws.uniform()));
    arrears.push_back(draws.uniform() < 0.6 ? 0 : std::floor(6 * draws.uniform()));
    age.push_back(std::floor(18 + 60 * draws.uniform()));
    noise.push_back(draws.uniform());
    trade.push_back(static_cast<std::int32_t>(draws.below(4)));
    nothing.push_back(std::nan(""));
    double x = -1.8 - (income.back() - 3000) / 1500 + 0.7 * arrears.back() +
               0.002 * (age.back() - 45) * (age.back() - 45) + 0.5 * (trade.back() - 1.5);
    copy.push_back(income.back() * 2);
    if (draws.uniform() < 0.08) income.back() = std::nan(""), copy.back() = std::nan("");
    if (draws.uniform() < 0.05) arrears.back() = -9;
    if (draws.uniform() < 0.03) trade.back() = -1;
    out.outcome.bad.push_back(draws.uniform() < logistic(x) ? 1 : 0);
    if (weights) out.outcome.weights.push_back(0.5 + draws.uniform());
  }
  std::vector<Column> columns = {Column::of_numbers("income", income),
                                 Column::of_numbers("arrears", arrears),
                                 Column::of_numbers("age", age),
                                 Column::of_numbers("noise", noise),
                                 Column::of_numbers("copy", copy),
                                 Column::of_numbers("constant", constant),
                                 Column::of_numbers("nothing", nothing),
                                 Column::of_texts("trade", trade, {"a", "b", "c", "d"})};
  out.table = Table(rows, std::move(columns));
  return out;
}

TrainingPlan plan_of() {
  TrainingPlan plan;
  TrainingPlan::Variable arrears;
  arrears.name = "arrears";
  arrears.rules.specials = {{"no-record", {-9}, {}}};
  plan.variables.push_back(arrears);
  return plan;
}

TrainingPlan::Variable& variable(TrainingPlan& plan, const std::string& name) {
  for (TrainingPlan::Variable& known : plan.variables)
    if (known.name == name) return known;
  plan.variables.push_back({});
  plan.variables.back().name = name;
  plan.variables.back().rules = plan.defaults;
  return plan.variables.back();
}

Trained must_train(const Sample& sample, const TrainingPlan& plan) {
  Result<Trained> trained = train(sample.table, sample.outcome, plan);
  if (!trained) FAIL(trained.error().code << ": " << trained.error().message);
  return *std::move(trained);
}

const Dropped* dropped(const Trained& trained, const std::string& name) {
  for (const Dropped& one : trained.report.dropped)
    if (one.variable == name) return &one;
  return nullptr;
}

const Scorecard::Term& term_of(const Trained& trained, const std::string& name) {
  for (const Scorecard::Term& term : trained.card.terms)
    if (term.reason == name) return term;
  FAIL("no term of " << name);
  return trained.card.terms[0];
}

const Scorecard::Variable& variable_of(const Trained& trained, const std::string& name) {
  const Scorecard::Variable* found = trained.card.find(name);
  REQUIRE(found != nullptr);
  return *found;
}

void check_error(const Sample& sample, const TrainingPlan& plan, std::string_view code,
                 std::string_view words) {
  Result<Trained> trained = train(sample.table, sample.outcome, plan);
  REQUIRE_FALSE(trained);
  CHECK(trained.error().code == code);
  CAPTURE(trained.error().message);
  CAPTURE(trained.error().help);
  std::string all = trained.error().message + trained.error().help;
  CHECK(all.find(words) != std::string::npos);
  CHECK_FALSE(trained.error().help.empty());
}

}  // namespace

TEST_CASE("training: the card is sound, and its extremes are exactly the range") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Sample sample = sample_of(seed, 1500, seed % 2 == 0);
    Trained trained = must_train(sample, plan_of());
    CHECK(defects(trained.card).empty());
    CHECK(trained.card.lowest() == 350);
    CHECK(trained.card.highest() == 950);
    CHECK(trained.report.rows == 1500);
    std::vector<int> scores = scores_of(trained.card, sample.table);
    CHECK(*std::min_element(scores.begin(), scores.end()) >= 350);
    CHECK(*std::max_element(scores.begin(), scores.end()) <= 950);
  }
}

TEST_CASE("training: what the report says of the points is so") {
  Sample sample = sample_of(3, 2000);
  Trained trained = must_train(sample, plan_of());
  History history(sample.outcome);
  std::vector<double> log_odds =
      log_odds_of(scores_of(trained.card, sample.table), *trained.card.scaling);
  const TrainingReport& report = trained.report;
  CHECK(report.whole.log_loss == doctest::Approx(mean_log_loss(history, log_odds)).epsilon(1e-12));
  CHECK(report.whole.auc == doctest::Approx(auc(history, log_odds)).epsilon(1e-12));
  CHECK(report.whole.log_loss <= report.rounded.log_loss);
  CHECK(report.whole.auc >= report.unrounded.auc - 0.001);
  CHECK(report.lower_bound <= report.whole.log_loss);
  CHECK(report.lower_bound > 0.9 * report.whole.log_loss);
  for (const Coefficient& coefficient : report.coefficients) CHECK(coefficient.beta < 0);
  CHECK(to_canonical_json(to_json(report)).find("\"whole\"") != std::string::npos);
  CHECK(parse_json(to_canonical_json(to_json(report))));
}

TEST_CASE("training: every variable that goes has its reason") {
  Trained trained = must_train(sample_of(5, 3000), plan_of());
  REQUIRE(dropped(trained, "constant"));
  CHECK(dropped(trained, "constant")->reason == "constant");
  REQUIRE(dropped(trained, "nothing"));
  CHECK(dropped(trained, "nothing")->reason == "missing");
  REQUIRE(dropped(trained, "noise"));
  CHECK(dropped(trained, "noise")->reason == "iv");
  bool income = dropped(trained, "income") != nullptr;
  const Dropped* copy = dropped(trained, income ? "income" : "copy");
  REQUIRE(copy);
  CHECK(copy->reason == "correlation");
  CHECK(copy->beside == (income ? "copy" : "income"));
  CHECK(copy->figure > 0.95);
  for (const char* kept : {"arrears", "age", "trade"}) CHECK(trained.card.find(kept));
}

TEST_CASE(
    "training: a variable with the wrong sign beside others is out, with `sign` as its reason") {
  Draws draws(2);
  Sample sample;
  std::vector<double> cause, echo;
  for (int row = 0; row < 4000; ++row) {
    cause.push_back(draws.uniform() * 4 - 2);
    echo.push_back(cause.back() + draws.uniform() * 1.6 - 0.8);
    // The echo alone looks risky; beside its cause it is the reverse.
    double x = 2.5 * cause.back() - 1.2 * echo.back();
    sample.outcome.bad.push_back(draws.uniform() < logistic(x) ? 1 : 0);
  }
  sample.table =
      Table(4000, {Column::of_numbers("cause", cause), Column::of_numbers("echo", echo)});
  Trained trained = must_train(sample, {});
  CHECK(trained.report.coefficients.size() == 1);
  REQUIRE(dropped(trained, "echo"));
  CHECK(dropped(trained, "echo")->reason == "sign");
  // The fit itself kept it at zero: no variable goes for what a free fit would have said.
  CHECK(dropped(trained, "echo")->figure == 0);
}

TEST_CASE("training: `keep` and `leave_out` are obeyed, limits count") {
  Sample sample = sample_of(6, 2000);
  TrainingPlan plan = plan_of();
  variable(plan, "noise").keep = true;
  variable(plan, "age").leave_out = true;
  Trained trained = must_train(sample, plan);
  CHECK(dropped(trained, "age")->reason == "left-out");
  // Kept variables still need two bins, and points that differ.
  std::string reason = trained.card.find("noise") ? "" : dropped(trained, "noise")->reason;
  CAPTURE(reason);
  bool obeyed = reason.empty() || reason == "points" || reason == "constant";
  CHECK(obeyed);
  plan = plan_of();
  plan.selection.max_variables = 2;
  trained = must_train(sample, plan);
  CHECK(trained.card.terms.size() == 2);
  CHECK(std::any_of(trained.report.dropped.begin(), trained.report.dropped.end(),
                    [](const Dropped& one) { return one.reason == "limit" && one.limit == 2; }));
  plan = plan_of();
  plan.selection.max_correlation = 1;
  plan.selection.max_vif = 3;
  trained = must_train(sample, plan);
  CHECK(std::any_of(trained.report.dropped.begin(), trained.report.dropped.end(),
                    [](const Dropped& one) { return one.reason == "vif" && one.figure > 3; }));
}

TEST_CASE("training: points go against the event rate, and gaps and limits are kept") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    Sample sample = sample_of(seed, 1200);
    TrainingPlan plan = plan_of();
    Draws draws(seed);
    int gap = static_cast<int>(draws.below(6));
    variable(plan, "arrears").rules.binning.trend = Trend::ascending;
    variable(plan, "arrears").min_gap = gap;
    variable(plan, "arrears").lowest = -150;
    variable(plan, "income").rules.binning.trend = Trend::descending;
    variable(plan, "income").highest = 40 + static_cast<int>(draws.below(40));
    variable(plan, "copy").leave_out = true;
    Trained trained = must_train(sample, plan);
    const std::vector<int>& arrears = term_of(trained, "arrears").points;
    int bins = variable_of(trained, "arrears").cells.bins();
    for (int b = 0; b + 1 < bins; ++b)
      CHECK(arrears[static_cast<std::size_t>(b)] - arrears[static_cast<std::size_t>(b) + 1] >= gap);
    CHECK(*std::min_element(arrears.begin(), arrears.end()) >= -150);
    const std::vector<int>& income = term_of(trained, "income").points;
    for (int b = 0; b + 1 < variable_of(trained, "income").cells.bins(); ++b)
      CHECK(income[static_cast<std::size_t>(b)] <= income[static_cast<std::size_t>(b) + 1]);
    CHECK(*std::max_element(income.begin(), income.end()) <= *variable(plan, "income").highest);
    CHECK(trained.card.lowest() == 350);
    CHECK(trained.card.highest() == 950);
    CHECK(trained.report.whole.log_loss <= trained.report.rounded.log_loss);
  }
}

TEST_CASE("training: absence never costs more than the worst bin, when the plan says so") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    TrainingPlan plan = plan_of();
    plan.absence = TrainingPlan::Absence::never_below_worst;
    Trained trained = must_train(sample_of(seed, 1200), plan);
    for (const Scorecard::Term& term : trained.card.terms) {
      const Scorecard::Variable& of =
          trained.card.variables[static_cast<std::size_t>(term.variables[0])];
      auto bins_end = term.points.begin() + of.cells.bins();
      int worst = *std::min_element(term.points.begin(), bins_end);
      for (auto it = bins_end; it != term.points.end(); ++it) CHECK(*it >= worst);
    }
    CHECK(trained.card.lowest() == 350);
    CHECK(trained.card.highest() == 950);
  }
}

TEST_CASE("training: an anchor says what the points mean, or by how much they do not fit") {
  Sample sample = sample_of(2, 2000);
  TrainingPlan plan = plan_of();
  plan.scaling.anchor = {.points = 600, .odds = 5, .pdo = 20};
  Trained trained = must_train(sample, plan);
  CHECK(trained.card.scaling->factor == doctest::Approx(20 / std::log(2.0)));
  CHECK(trained.card.scaling->offset + trained.card.scaling->factor * std::log(5.0) ==
        doctest::Approx(600));
  CHECK(trained.card.lowest() >= 350);
  CHECK(trained.card.highest() <= 950);
  plan.scaling.anchor->pdo = 500;
  check_error(sample, plan, "training.range", "the largest pdo that fits is ");
  Result<Trained> failed = train(sample.table, sample.outcome, plan);
  const std::string& help = failed.error().help;
  plan.scaling.anchor->pdo = std::stod(help.substr(help.find("fits is ") + 8));
  CHECK(plan.scaling.anchor->pdo > 20);
  must_train(sample, plan);
}

TEST_CASE("training: limits that leave less than the range are refused with the figures") {
  Sample sample = sample_of(2, 1000);
  TrainingPlan plan = plan_of();
  for (const char* name : {"arrears", "age", "trade", "income", "copy"}) {
    variable(plan, name).lowest = -10;
    variable(plan, name).highest = 10;
  }
  check_error(sample, plan, "training.range", "less than the range 350 to 950");
}

TEST_CASE("training: overrides hold, and their consequences are told") {
  Sample sample = sample_of(4, 2000);
  TrainingPlan plan = plan_of();
  TrainingPlan::Variable& age = variable(plan, "age");
  age.bins = Cells::of_numbers({30, 60}, {});
  age.bins_because = "the steps of the old card";
  TrainingPlan::Variable& trade = variable(plan, "trade");
  trade.fixed_points = {{0, -25, "agreed with the trades' council"}};
  trade.keep = true;
  Trained trained = must_train(sample, plan);
  CHECK(variable_of(trained, "age").cells == *variable(plan, "age").bins);
  CHECK(term_of(trained, "trade").points[0] == -25);
  REQUIRE(trained.report.overrides.size() == 2);
  const OverrideEffect& bins = trained.report.overrides[0];
  CHECK(bins.variable == "age");
  CHECK(bins.because == "the steps of the old card");
  CHECK(bins.log_loss_after != bins.log_loss_before);
  const OverrideEffect& fixed = trained.report.overrides[1];
  CHECK(fixed.because == "agreed with the trades' council");
  CHECK_FALSE(fixed.bin.empty());
  CHECK(fixed.points_after == -25);
  CHECK(fixed.points_before != -25);
  CHECK(fixed.log_loss_before == bins.log_loss_after);
  CHECK(fixed.log_loss_after == trained.report.whole.log_loss);
}

TEST_CASE("training: fixed points that cannot hold are refused") {
  Sample sample = sample_of(4, 1500);
  TrainingPlan plan = plan_of();
  SUBCASE("they break the trend") {
    variable(plan, "arrears").rules.binning.trend = Trend::ascending;
    variable(plan, "arrears").keep = true;
    variable(plan, "arrears").fixed_points = {{0, -20, "x"}, {1, 20, "x"}};
    check_error(sample, plan, "training.points", "`arrears`");
  }
  SUBCASE("the cell does not exist") {
    variable(plan, "arrears").fixed_points = {{99, 0, "x"}};
    check_error(sample, plan, "training.cell", "`arrears`");
  }
  SUBCASE("the variable is not in the card") {
    variable(plan, "noise").fixed_points = {{0, 5, "x"}};
    Trained trained = must_train(sample, plan);
    REQUIRE_FALSE(trained.report.notes.empty());
    CHECK(trained.report.notes.back().find("`noise`") != std::string::npos);
  }
}

TEST_CASE("training: what cannot be trained on is refused") {
  Sample sample = sample_of(7, 400);
  TrainingPlan plan = plan_of();
  SUBCASE("one class") {
    std::fill(sample.outcome.bad.begin(), sample.outcome.bad.end(), 0);
    check_error(sample, plan, "binning.one_class", "good");
  }
  SUBCASE("no rows") {
    check_error({Table{}, {}}, {}, "binning.one_class", "0 rows");
  }
  SUBCASE("no columns") {
    check_error({Table(400, {}), sample.outcome}, {}, "training.nothing", "no columns");
  }
  SUBCASE("lengths that differ") {
    sample.outcome.bad.pop_back();
    check_error(sample, plan, "binning.length", "400");
  }
  SUBCASE("a weight of zero") {
    sample.outcome.weights.assign(400, 1.0);
    sample.outcome.weights[3] = 0;
    check_error(sample, plan, "binning.weights", "positive");
  }
  SUBCASE("a column that the plan names and the table lacks") {
    variable(plan, "incme").keep = true;
    check_error(sample, plan, "training.variable", "did you mean `income`");
  }
  SUBCASE("a column of the other kind") {
    variable(plan, "trade").kind = Column::Kind::number;
    check_error(sample, plan, "training.kind", "texts");
  }
  SUBCASE("all variables dropped") {
    plan.selection.min_iv = 50;
    check_error(sample, plan, "training.nothing", "`noise` (iv)");
  }
  SUBCASE("a range that is upside down") {
    plan.scaling.lowest = 950;
    check_error(sample, plan, "training.plan", "950");
  }
  SUBCASE("an anchor without meaning") {
    plan.scaling.anchor = {.points = 600, .odds = -1, .pdo = 20};
    check_error(sample, plan, "training.plan", "anchor");
  }
}

TEST_CASE("training: any number of threads gives the same card to the bit") {
  Sample sample = sample_of(8, 2500, true);
  TrainingPlan plan = plan_of();
  plan.pairs.most = 2;
  plan.pairs.min_gain = 0;
  Trained one = must_train(sample, plan);
  for (unsigned threads : {2U, 4U}) {
    plan.threads = threads;
    Trained many = must_train(sample, plan);
    CHECK(to_toml(many.card) == to_toml(one.card));
    CHECK(to_canonical_json(to_json(many.report)) == to_canonical_json(to_json(one.report)));
  }
}

TEST_CASE("training: weights times any number change nothing") {
  Sample sample = sample_of(9, 1500, true);
  Trained one = must_train(sample, plan_of());
  for (double& weight : sample.outcome.weights) weight *= 8;
  Trained eight = must_train(sample, plan_of());
  REQUIRE(one.card.terms.size() == eight.card.terms.size());
  CHECK(one.card.base == eight.card.base);
  for (std::size_t t = 0; t < one.card.terms.size(); ++t)
    CHECK(one.card.terms[t].points == eight.card.terms[t].points);
}

TEST_CASE("training: without the joint fit the points are the best rounding") {
  Sample sample = sample_of(10, 1500);
  TrainingPlan plan = plan_of();
  plan.whole_points_jointly = false;
  Trained trained = must_train(sample, plan);
  CHECK(trained.report.whole.log_loss == trained.report.rounded.log_loss);
  CHECK(trained.report.lower_bound == 0);
  CHECK(trained.card.lowest() == 350);
  CHECK(trained.card.highest() == 950);
}

TEST_CASE("tables of two: what only both say together is found, and noise is not") {
  Draws draws(1);
  std::vector<double> a, b, c;
  Sample sample;
  for (int row = 0; row < 6000; ++row) {
    a.push_back(draws.uniform());
    b.push_back(draws.uniform());
    c.push_back(draws.uniform());
    double x =
        -0.8 + a.back() + b.back() + ((a.back() > 0.5) == (b.back() > 0.5) ? 1.2 : -1.2) + c.back();
    sample.outcome.bad.push_back(draws.uniform() < logistic(x) ? 1 : 0);
  }
  sample.table = Table(
      6000, {Column::of_numbers("a", a), Column::of_numbers("b", b), Column::of_numbers("c", c)});
  TrainingPlan plan;
  plan.selection.min_iv = 0.001;
  Trained without = must_train(sample, plan);
  plan.pairs.most = 3;
  plan.pairs.min_gain = 0.002;
  Trained with = must_train(sample, plan);
  REQUIRE(with.card.terms.size() == without.card.terms.size() + 1);
  CHECK(with.card.terms.back().reason == "a x b");
  CHECK(with.card.terms.back().variables.size() == 2);
  CHECK(with.report.whole.auc > without.report.whole.auc + 0.03);
  CHECK(defects(with.card).empty());
  CHECK(with.card.lowest() == 350);
  CHECK(with.card.highest() == 950);
}

TEST_CASE(
    "cross-validation: held-out AUC is below the training's, seeds repeat, progress is told") {
  Sample sample = sample_of(11, 1500);
  std::size_t told = 0;
  auto folds = cross_validate(sample.table, sample.outcome, plan_of(),
                              [&](std::size_t done, std::size_t) { told = done; });
  REQUIRE(folds);
  CHECK(told == 5);
  CHECK(folds->auc.size() == 5);
  CHECK(folds->mean > 0.7);
  CHECK(folds->mean < must_train(sample, plan_of()).report.whole.auc);
  CHECK(folds->brier > 0);
  CHECK(folds->brier < 0.25);
  auto again = cross_validate(sample.table, sample.outcome, plan_of());
  CHECK(again->auc == folds->auc);
  TrainingPlan plan = plan_of();
  plan.seed = 1;
  CHECK(cross_validate(sample.table, sample.outcome, plan)->auc != folds->auc);
}

TEST_CASE("cross-validation: more folds than rows of the rarer outcome are refused") {
  Sample sample = sample_of(11, 200);
  std::fill(sample.outcome.bad.begin() + 3, sample.outcome.bad.end(), 0);
  sample.outcome.bad[0] = sample.outcome.bad[1] = 1;
  auto folds = cross_validate(sample.table, sample.outcome, plan_of());
  REQUIRE_FALSE(folds);
  CHECK(folds.error().code == "training.folds");
}
