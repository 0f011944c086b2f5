#include <credence/plans/experiment.h>
#include <credence/plans/result_tables.h>
#include <credence/worlds/village.h>
#include <doctest/doctest.h>

#include <cmath>

namespace credence {

namespace {

Experiment plan_of(DesignKind kind) {
  Experiment plan;
  plan.id = "test";
  plan.kind = kind;
  plan.points = 3;
  plan.inputs = {{.path = "rules.work.loss", .low = 0.0, .high = 0.2, .values = {0.0, 0.2}},
                 {.path = "rules.bills.late", .low = 0.0, .high = 0.3, .values = {0.1}}};
  plan.measure = "refused-share";
  return plan;
}

ExperimentResult ran(const Experiment& plan, const ExperimentPart& part = {}) {
  World world = village(300, 1, 2);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(2);
  auto result = run_experiment(plan, world, programmes, part, crew);
  if (!result) FAIL(to_text(result.error()));
  return std::move(*result);
}

}  // namespace

TEST_CASE("experiment: a grid runs every combination for every arm, with its inputs in the rows") {
  ExperimentResult result = ran(plan_of(DesignKind::grid));
  REQUIRE(result.rows.size() == 4);
  CHECK(result.rows[0].arm == "no-programme");
  CHECK(result.rows[1].arm == "harsh");
  CHECK(result.rows[2].inputs == std::vector<double>{0.2, 0.1});
  for (double difference : result.rows[0].differences) {
    CHECK((difference == 0 || std::isnan(difference)));
  }
  CHECK(result.rows[1].measures.size() == harm_measures().size());
}

TEST_CASE("experiment: parts of a design are the same wherever they are run, and make the whole") {
  Experiment plan = plan_of(DesignKind::morris);
  World world = village(300, 1, 2);
  ExperimentResult whole = ran(plan);
  auto points = points_of(plan, world);
  REQUIRE(points);
  CHECK(*points == 9);
  ExperimentResult first = ran(plan, {.first = 0, .last = 4});
  ExperimentResult second = ran(plan, {.first = 4, .last = 9});
  CHECK(first.morris.empty());
  first.rows.insert(first.rows.end(), second.rows.begin(), second.rows.end());
  CHECK(to_csv(table_of(first, plan)) == to_csv(table_of(whole, plan)));
  analyse(first, plan, world);
  REQUIRE(first.morris.size() == 2);
  REQUIRE(whole.morris.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(first.morris[i].mu_star == whole.morris[i].mu_star);
    CHECK(first.morris[i].error == whole.morris[i].error);
  }
}

TEST_CASE("experiment: sobol gives one index for each input") {
  Experiment plan = plan_of(DesignKind::sobol);
  ExperimentResult result = ran(plan);
  CHECK(result.rows.size() == 3 * 4 * 2);
  CHECK(result.sobol.size() == 2);
}

TEST_CASE("experiment: calibration comes nearer to its target, inside its box") {
  Experiment plan = plan_of(DesignKind::calibration);
  plan.points = 6;
  plan.inputs.pop_back();
  plan.targets = {
      {.measure = "employment-share", .value = 0.5, .tolerance = 0.02, .source = "test"}};
  ExperimentResult result = ran(plan);
  REQUIRE(result.best.size() == 1);
  CHECK(result.best[0] >= 0.0);
  CHECK(result.best[0] <= 0.2);
  CHECK(std::isfinite(result.distance));
  CHECK(result.rows.size() == 2 * 4 * 6);
}

TEST_CASE("experiment: a path that does not exist ends the run before it begins") {
  Experiment plan = plan_of(DesignKind::grid);
  plan.inputs[0].path = "rules.work.los";
  World world = village(300, 1, 2);
  Crew crew(1);
  auto result = run_experiment(plan, world, {}, {}, crew);
  REQUIRE_FALSE(result);
  CHECK(result.error().code == "plan.path");
}

TEST_CASE("experiment: asked to stop, what was whole is kept") {
  Experiment plan = plan_of(DesignKind::grid);
  std::atomic<bool> stop{true};
  plan.options.stop = &stop;
  ExperimentResult result = ran(plan);
  CHECK(result.interrupted);
  CHECK(result.rows.empty());
}

TEST_CASE("experiment: parameters are ranked by what they change, the greatest first") {
  World world = village(200, 0, 2);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(2);
  auto lines = rank_parameters(world, programmes, "excluded-share", 1, crew);
  REQUIRE(lines);
  CHECK(lines->size() > 20);
  for (std::size_t i = 1; i < lines->size(); ++i) {
    CHECK((*lines)[i - 1].effect.mu_star >= (*lines)[i].effect.mu_star);
  }
}

}  // namespace credence
