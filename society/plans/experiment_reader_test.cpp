#include <credence/plans/experiment.h>
#include <doctest/doctest.h>

#include <string>

namespace credence {

namespace {

const std::string kPlan = R"([plan]
id = "cameras"
title = { en = "What cameras change", fr = "Ce que changent les caméras" }
world = "town"
programmes = ["city-points"]
replicates = 4
)";

const std::string kVaried = R"(
[[vary]]
path = "rules.bills.late"
low = 0.02
high = 0.12
)";

struct WrongPlan {
  const char* what;
  std::string text;
  const char* code;
  std::uint32_t line;
};

}  // namespace

TEST_CASE("plan of runs: what the file says is what is run") {
  auto read = read_experiment(
      kPlan + "until_width = 0.01\n[design]\nkind = \"morris\"\npoints = 8\nlevels = 6\n" + kVaried,
      "plan.toml");
  REQUIRE(read.findings.empty());
  REQUIRE(read.experiment);
  const Experiment& plan = *read.experiment;
  CHECK(plan.id == "cameras");
  CHECK(plan.world == "town");
  CHECK(plan.programmes == std::vector<std::string>{"city-points"});
  CHECK(plan.kind == DesignKind::morris);
  CHECK(plan.points == 8);
  CHECK(plan.levels == 6);
  CHECK(plan.replicates == 4);
  CHECK(plan.options.until_width == 0.01);
  REQUIRE(plan.inputs.size() == 1);
  CHECK(plan.inputs[0].path == "rules.bills.late");
  CHECK(plan.inputs[0].high == 0.12);
}

TEST_CASE("plan of runs: without a design the replicates alone are run") {
  auto read = read_experiment(kPlan, "plan.toml");
  REQUIRE(read.experiment);
  CHECK(read.experiment->kind == DesignKind::replicates);
  CHECK(read.experiment->inputs.empty());
}

TEST_CASE("plan of runs: what is wrong is told where it stands") {
  const WrongPlan wrong[] = {
      {"no TOML", "[plan", "L001", 1},
      {"an unknown key", kPlan + "colour = 1\n", "L002", 7},
      {"no world", "[plan]\nid = \"a\"\ntitle = { en = \"a\", fr = \"a\" }\n", "L003", 1},
      {"a word for a number", kPlan + "until_width = \"thin\"\n", "L004", 7},
      {"an unknown kind", kPlan + "[design]\nkind = \"moris\"\n", "L005", 8},
      {"an unknown measure", kPlan + "measure = \"exclded-share\"\n", "L005", 7},
      {"a width of nothing", kPlan + "until_width = 0.0\n", "L009", 7},
      {"no replicates",
       "[plan]\nid = \"a\"\ntitle = { en = \"a\", fr = \"a\" }\nworld = "
       "\"town\"\nreplicates = 0\n",
       "L009", 5},
      {"an odd number of levels", kPlan + "[design]\nkind = \"morris\"\nlevels = 5\n" + kVaried,
       "L009", 9},
      {"nothing to vary", kPlan + "[design]\nkind = \"sobol\"\n", "L003", 7},
      {"a range upside down",
       kPlan + "[design]\nkind = \"sobol\"\n[[vary]]\npath = \"a\"\nlow = 2\nhigh = 1\n", "L009",
       12},
      {"a range without an end",
       kPlan + "[design]\nkind = \"sobol\"\n[[vary]]\npath = \"a\"\nlow = 2\n", "L009", 11},
      {"an endless range",
       kPlan + "[design]\nkind = \"sobol\"\n[[vary]]\npath = \"a\"\nlow = 2\nhigh = inf\n", "L009",
       12},
      {"a grid without values", kPlan + "[design]\nkind = \"grid\"\n[[vary]]\npath = \"a\"\n",
       "L009", 9},
      {"a grid of words",
       kPlan + "[design]\nkind = \"grid\"\n[[vary]]\npath = \"a\"\nvalues = [\"b\"]\n", "L009", 11},
      {"an input twice", kPlan + "[design]\nkind = \"sobol\"\n" + kVaried + kVaried, "L007", 16},
      {"inputs without a design", kPlan + kVaried, "L003", 0},
      {"a calibration without a target", kPlan + "[design]\nkind = \"calibration\"\n" + kVaried,
       "L003", 0},
      {"a target without a calibration",
       kPlan + "[[target]]\nmeasure = \"speech-share\"\nvalue = 0.7\ntolerance = 0.1\n", "L003", 0},
      {"a target without room",
       kPlan + "[design]\nkind = \"calibration\"\n" + kVaried +
           "[[target]]\nmeasure = \"speech-share\"\nvalue = 0.7\ntolerance = 0.0\n",
       "L009", 17},
  };
  for (const WrongPlan& plan : wrong) {
    CAPTURE(plan.what);
    auto read = read_experiment(plan.text, "plan.toml");
    CHECK_FALSE(read.experiment);
    REQUIRE_FALSE(read.findings.empty());
    CHECK(read.findings.front().code == plan.code);
    if (plan.line > 0) CHECK(read.findings.front().where.line == plan.line);
    CHECK_FALSE(read.findings.front().message.en.empty());
    CHECK_FALSE(read.findings.front().message.fr.empty());
    CHECK(explain_experiment_code(plan.code));
  }
}

}  // namespace credence
