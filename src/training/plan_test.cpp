#include <credence/training/plan.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>

using namespace credence;

namespace {

std::vector<std::string> codes(const ReadPlan& read) {
  std::vector<std::string> out;
  for (const Finding& finding : read.findings) out.push_back(finding.code);
  return out;
}

void has_finding(std::string_view text, std::string_view code, std::string_view words,
                 std::uint32_t line) {
  ReadPlan read = read_plan(text, "plan.toml");
  CAPTURE(text);
  CHECK_FALSE(read.plan);
  auto found = std::find_if(read.findings.begin(), read.findings.end(),
                            [&](const Finding& f) { return f.code == code; });
  REQUIRE(found != read.findings.end());
  CAPTURE(found->message.en);
  CHECK(found->message.en.find(words) != std::string::npos);
  CHECK_FALSE(found->message.fr.empty());
  CHECK_FALSE(found->help.en.empty());
  CHECK_FALSE(found->help.fr.empty());
  CHECK(found->where.line == line);
}

constexpr std::string_view kWhole = R"(id = "home"
ridge = 2
cell_ridge = 15
whole_points_jointly = false
absence = "never-below-worst"
folds = 4
seed = 11
threads = 2

[defaults]
divergence = "js"
trend = "descending"
strict_shape = true
min_bins = 2
max_bins = 6
min_bin_share = 0.02
max_bin_share = 0.9
min_bin_events = 3
max_bin_events = 5000
min_bin_nonevents = 4
max_bin_nonevents = 6000
min_rate_difference = 0.01
max_p_value = 0.2
p_value_policy = "all"
gamma = 0.1
size_basis = "weight"
rare_share = 0.01
smoothing = 1
on_infeasible = "one-bin"
trend_folds = 3
special = [{ name = "none", numbers = [-9, -8] }, { name = "refused", texts = ["R"] }]
[defaults.prebins]
method = "quantile"
max = 30
min_share = 0.02
splits = [1, 2.5]
fixed = [true, false]
[defaults.policy]
missing = { policy = "worst", min_records = 30, fallback = "nearest" }
special = { policy = "fixed", value = -0.5 }
unknown = { policy = "neutral" }

[selection]
min_iv = 0.01
max_correlation = 0.8
max_vif = 5
max_p_value = 0.05
max_variables = 12
[scaling]
lowest = 300
highest = 850
anchor = { points = 660, odds = 15, pdo = 20 }
[pairs]
most = 3
min_gain = 0.001
ridge = 20
groups = 5

[[variable]]
name = "income"
keep = true
kind = "number"
family = "capacity"
title = { en = "Income", fr = "Revenu" }
min_gap = 2
lowest = -50
highest = 60
trend = "ascending"
special = []
bins = { edges = [100, 200], because = "the tariff's steps" }
fixed_points = [{ cell = 0, points = -20, because = "as the rule book says" }]
[[variable]]
name = "trade"
kind = "text"
special = [{ name = "none", texts = ["-"] }]
bins = { groups = [["a", "b"], ["c"]], because = "the trades' register" }
[[variable]]
name = "id"
leave_out = true
)";

}  // namespace

TEST_CASE("plan: every field of the file is read") {
  ReadPlan read = read_plan(kWhole, "plan.toml");
  CHECK(codes(read) == std::vector<std::string>{});
  REQUIRE(read.plan);
  const TrainingPlan& plan = *read.plan;
  CHECK(plan.id == "home");
  CHECK(plan.ridge == 2);
  CHECK(plan.cell_ridge == 15);
  CHECK_FALSE(plan.whole_points_jointly);
  CHECK(plan.absence == TrainingPlan::Absence::never_below_worst);
  CHECK(plan.folds == 4);
  CHECK(plan.seed == 11);
  CHECK(plan.threads == 2);
  const VariableRules& rules = plan.defaults;
  CHECK(rules.binning.divergence == Divergence::js);
  CHECK(rules.binning.trend == Trend::descending);
  CHECK(rules.binning.strict_shape);
  CHECK(rules.binning.min_bins == 2);
  CHECK(rules.binning.max_bins == 6);
  CHECK(rules.binning.min_bin_share == 0.02);
  CHECK(rules.binning.max_bin_share == 0.9);
  CHECK(rules.binning.min_bin_events == 3);
  CHECK(rules.binning.max_bin_events == 5000);
  CHECK(rules.binning.min_bin_nonevents == 4);
  CHECK(rules.binning.max_bin_nonevents == 6000);
  CHECK(rules.binning.min_rate_difference == 0.01);
  CHECK(rules.binning.max_p_value == 0.2);
  CHECK(rules.binning.p_value_policy == PValuePolicy::all);
  CHECK(rules.binning.gamma == 0.1);
  CHECK(rules.binning.size_basis == SizeBasis::weight);
  CHECK(rules.rare_share == 0.01);
  CHECK(rules.smoothing == 1);
  CHECK(rules.on_infeasible == OnInfeasible::one_bin);
  CHECK(rules.folds == 3);
  REQUIRE(rules.specials.size() == 2);
  CHECK(rules.specials[0] == SpecialCode{"none", {-9, -8}, {}});
  CHECK(rules.specials[1] == SpecialCode{"refused", {}, {"R"}});
  CHECK(rules.prebins.method == Prebinning::quantile);
  CHECK(rules.prebins.max_prebins == 30);
  CHECK(rules.prebins.min_share == 0.02);
  CHECK(rules.prebins.splits == std::vector<double>{1, 2.5});
  CHECK(rules.prebins.fixed == std::vector<bool>{true, false});
  CHECK(rules.missing.policy == AbsencePolicy::worst);
  CHECK(rules.missing.min_records == 30);
  CHECK(rules.missing.fallback == AbsencePolicy::nearest);
  CHECK(rules.special.value == -0.5);
  CHECK(rules.unknown.policy == AbsencePolicy::neutral);
  CHECK(plan.selection.min_iv == 0.01);
  CHECK(plan.selection.max_correlation == 0.8);
  CHECK(plan.selection.max_vif == 5);
  CHECK(plan.selection.max_p_value == 0.05);
  CHECK(plan.selection.max_variables == 12);
  CHECK(plan.scaling.lowest == 300);
  CHECK(plan.scaling.highest == 850);
  CHECK(plan.scaling.anchor->points == 660);
  CHECK(plan.scaling.anchor->odds == 15);
  CHECK(plan.scaling.anchor->pdo == 20);
  CHECK(plan.pairs.most == 3);
  CHECK(plan.pairs.min_gain == 0.001);
  CHECK(plan.pairs.ridge == 20);
  CHECK(plan.pairs.groups == 5);
}

TEST_CASE("plan: a variable has the defaults with its own changes") {
  ReadPlan read = read_plan(kWhole, "plan.toml");
  REQUIRE(read.plan);
  const TrainingPlan::Variable* income = read.plan->find("income");
  REQUIRE(income);
  CHECK(income->keep);
  CHECK(income->kind == Column::Kind::number);
  CHECK(income->family == "capacity");
  CHECK(income->title == Text{"Income", "Revenu"});
  CHECK(income->min_gap == 2);
  CHECK(income->lowest == -50);
  CHECK(income->highest == 60);
  CHECK(income->rules.binning.trend == Trend::ascending);
  CHECK(income->rules.binning.max_bins == 6);
  CHECK(income->rules.specials.empty());
  CHECK(income->bins == Cells::of_numbers({100, 200}, {}));
  CHECK(income->bins_because == "the tariff's steps");
  REQUIRE(income->fixed_points.size() == 1);
  CHECK(income->fixed_points[0].cell == 0);
  CHECK(income->fixed_points[0].points == -20);
  CHECK(income->fixed_points[0].because == "as the rule book says");
  CHECK(read.plan->find("trade")->bins ==
        Cells::of_texts({{"a", "b"}, {"c"}}, {{"none", {}, {"-"}}}));
  CHECK(read.plan->find("id")->leave_out);
  CHECK(read.plan->find("other") == nullptr);
  CHECK(read.plan->rules_of("income").binning.trend == Trend::ascending);
  CHECK(read.plan->rules_of("other").binning.trend == Trend::descending);
}

TEST_CASE("plan: an empty file is the default plan") {
  ReadPlan read = read_plan("", "plan.toml");
  REQUIRE(read.plan);
  CHECK(read.plan->scaling.lowest == 350);
  CHECK(read.plan->scaling.highest == 950);
  CHECK_FALSE(read.plan->scaling.anchor);
  CHECK(read.plan->variables.empty());
}

TEST_CASE("plan: what is wrong is told with its place and how to mend it") {
  has_finding("id = ", "T001", "", 1);
  has_finding("\nridgee = 1", "T002", "did you mean `ridge`", 2);
  has_finding("[selection]\nmin_ivv = 1", "T002", "did you mean `min_iv`", 2);
  has_finding("[[variable]]\nnam = \"a\"", "T002", "did you mean `name`", 2);
  has_finding("[[variable]]\nkeep = true", "T003", "`name` is missing", 1);
  has_finding("folds = \"five\"", "T004", "a whole number is expected", 1);
  has_finding("folds = 2.5", "T004", "a whole number is expected", 1);
  has_finding("ridge = true", "T004", "a finite number is expected", 1);
  has_finding("ridge = nan", "T004", "a finite number is expected", 1);
  has_finding("defaults = 3", "T004", "expected a table", 1);
  has_finding("variable = 3", "T004", "a list of tables is expected", 1);
  has_finding("variable = [3]", "T004", "expected a table", 1);
  has_finding("folds = 1", "T005", "outside 2 to 100", 1);
  has_finding("seed = -1", "T005", "outside", 1);
  has_finding("folds = 9223372036854775807", "T005", "outside", 1);
  has_finding("[defaults]\nmin_bin_share = 1.5", "T005", "outside 0 to 1", 2);
  has_finding("id = \"\"", "T005", "empty", 1);
  has_finding("[defaults]\ntrend = \"ascnding\"", "T006", "did you mean `ascending`", 2);
  has_finding("absence = \"sometimes\"", "T006", "no value of `absence`", 1);
  has_finding("[[variable]]\nname = \"a\"\nfamily = \"capacitty\"", "T006", "`capacity`", 3);
  has_finding("[[variable]]\nname = \"a\"\n[[variable]]\nname = \"a\"", "T007", "stands twice", 4);
  has_finding(
      "[defaults]\nspecial = [{ name = \"a\", numbers = [1] }, { name = \"b\", numbers = [1] }]",
      "T007", "stands twice", 2);
  has_finding(
      "[[variable]]\nname = \"a\"\nfixed_points = [{ cell = 0, points = 1, because = \"x\" },"
      "{ cell = 0, points = 2, because = \"y\" }]",
      "T007", "fixed twice", 3);
  has_finding("[scaling]\nlowest = 900\nhighest = 800", "T008", "from 900 to 800", 2);
  has_finding("[defaults]\nmin_bins = 5\nmax_bins = 2", "T008", "lies above", 2);
  has_finding("[defaults]\nprebins = { splits = [2, 1] }", "T008", "do not ascend", 2);
  has_finding("[defaults]\nprebins = { splits = [1, 2], fixed = [true] }", "T008", "1 values for 2",
              2);
  has_finding("[[variable]]\nname = \"a\"\nkeep = true\nleave_out = true", "T008", "both kept", 3);
  has_finding("[[variable]]\nname = \"a\"\nlowest = 5\nhighest = 1", "T008", "lies above", 3);
}

TEST_CASE("plan: an override without its reason is refused") {
  has_finding("[[variable]]\nname = \"a\"\nfixed_points = [{ cell = 0, points = 1 }]", "T003",
              "`because` is missing", 3);
  has_finding("[[variable]]\nname = \"a\"\nbins = { edges = [1] }", "T003", "`because` is missing",
              3);
  has_finding("[[variable]]\nname = \"a\"\nbins = { because = \"x\" }", "T003",
              "either `edges` or `groups`", 3);
  has_finding("[[variable]]\nname = \"a\"\nbins = { because = \"x\", edges = [2, 1] }", "T008",
              "ascend", 3);
  has_finding("[[variable]]\nname = \"a\"\nbins = { because = \"x\", groups = [[\"p\"], [\"p\"]] }",
              "T007", "`p` stands twice", 3);
}

TEST_CASE("plan: all findings are told in one run, in the order of the file") {
  ReadPlan read =
      read_plan("folds = 1\nridge = \"a\"\n[[variable]]\nkeep = 1\nnaem = \"x\"", "p.toml");
  CHECK(codes(read) == std::vector<std::string>{"T005", "T004", "T003", "T004", "T002"});
}

TEST_CASE("plan: its index finds what looking at each variable in turn finds, of twins the first") {
  std::mt19937_64 random{5};
  for (int round = 0; round < 50; ++round) {
    TrainingPlan plan;
    plan.defaults.specials = {{"none", {-9}, {"no"}}};
    const std::size_t size = random() % 40;
    for (std::size_t i = 0; i < size; ++i) {
      TrainingPlan::Variable variable;
      variable.name = random() % 8 == 0 ? "" : "v" + std::to_string(random() % 30);
      variable.rules = plan.defaults;
      variable.rules.binning.max_bins = static_cast<int>(i) + 2;
      if (random() % 2 == 0) variable.rules.specials.push_back({"own", {-7}, {}});
      plan.variables.push_back(std::move(variable));
    }
    const PlanIndex index{plan};
    for (int i = -1; i < 40; ++i) {
      const std::string name = i < 0 ? "" : "v" + std::to_string(i);
      CAPTURE(name);
      CHECK(index.find(name) == plan.find(name));
      for (Column::Kind kind : {Column::Kind::number, Column::Kind::text}) {
        const VariableRules by_name = plan.rules_of(name, kind);
        const VariableRules by_index = plan.rules_of(index.find(name), kind);
        CHECK(by_name.specials == by_index.specials);
        CHECK(by_name.binning.max_bins == by_index.binning.max_bins);
      }
    }
    CHECK(index.find("v") == nullptr);
  }
  CHECK(PlanIndex{TrainingPlan{}}.find("") == nullptr);
}
