#include <credence/plans/ensemble.h>
#include <credence/worlds/village.h>
#include <doctest/doctest.h>

#include <cmath>

using namespace credence;

namespace {

EnsembleResult ran(const World& world, std::span<const SocietyProgramme> programmes,
                   const EnsembleOptions& options, Crew& crew, const EnsembleWatch& watch = {},
                   const LifeChange& change = {}) {
  Result<EnsembleResult> result = run_ensemble(world, programmes, options, crew, watch, change);
  if (!result) FAIL(to_text(result.error()));
  return std::move(*result);
}

std::string code_of(const Result<EnsembleResult>& result) {
  return result ? "none" : result.error().code;
}

}  // namespace

TEST_CASE("ensemble: replicates come in order, each as if it had been run alone") {
  World world = village(800, 2, 4);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(2), one(1);
  EnsembleResult all = ran(world, programmes, {.replicates = 3, .first_replicate = 5}, crew);
  CHECK(all.arms == std::vector<std::string>{"no-programme", "harsh"});
  REQUIRE(all.replicates.size() == 3);
  CHECK_FALSE(all.interrupted);
  CHECK_FALSE(all.stopped_early);
  CHECK(all.checkpoint.empty());
  for (std::uint32_t number = 0; number < 3; ++number) {
    EnsembleResult alone =
        ran(world, programmes, {.replicates = 1, .first_replicate = 5 + number}, one);
    CHECK(all.replicates[number].replicate == 5 + number);
    CHECK(all.replicates[number].hash == alone.replicates[0].hash);
    CHECK(all.replicates[number].tallies == alone.replicates[0].tallies);
  }
}

TEST_CASE("ensemble: a replicate keeps tallies, regions, flows, spells and fit of its society") {
  World world = village(600, 1, 3);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(1);
  EnsembleResult result = ran(world, programmes, {.replicates = 2}, crew);
  const ReplicateResult& first = result.replicates[0];
  REQUIRE(first.tallies.size() == 2);
  REQUIRE(first.tallies[1].size() == 3);
  REQUIRE(first.tallies[1][2].size() == 2);
  CHECK(first.tallies[1][2][0][Counter::people] + first.tallies[1][2][1][Counter::people] == 600);
  CHECK(first.regions[1].size() == 2);
  CHECK(first.flows[0].size() == 1);
  CHECK(first.flows[1].size() == 16);
  CHECK(first.spells[1].size() == kLongestSpell + 2);
  CHECK(first.fit.households > 0);
  CHECK(result.panel.size() == kPanel);
  REQUIRE(result.stories.size() == 2);
  REQUIRE(result.stories[1].size() == kPanel);
  CHECK(result.stories[1][0].size() == 4);
}

TEST_CASE("ensemble: values and differences are the measures of the sums") {
  World world = village(700, 1, 3);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(2);
  EnsembleResult result = ran(world, programmes, {.replicates = 2}, crew);
  std::vector<double> share = result.values(1, "excluded-share");
  REQUIRE(share.size() == 2);
  double excluded = 0, people = 0;
  for (const auto& month : result.replicates[1].tallies[1]) {
    for (const MonthTally& group : month) {
      excluded += static_cast<double>(group[Counter::excluded]);
      people += static_cast<double>(group[Counter::people]);
    }
  }
  CHECK(people == 2100);
  CHECK(share[1] == excluded / people);
  CHECK(result.differences(0, "excluded-share") == std::vector<double>{0, 0});
  CHECK(result.differences(1, "mean-wealth")[0] ==
        result.values(1, "mean-wealth")[0] - result.values(0, "mean-wealth")[0]);
  double months = 0;
  for (std::uint32_t month = 0; month < 3; ++month) {
    months += result.values_in_month(1, "excluded-share", month)[1];
  }
  CHECK(months / 3 == doctest::Approx(share[1]));
  std::vector<double> minority = result.values(1, "excluded-share", 1);
  CHECK(minority != share);
  CHECK(std::isnan(result.values(0, "positive-predictive-value")[0]));
}

TEST_CASE("ensemble: a narrow interval stops it early, but never before four replicates") {
  World world = village(500, 1, 2);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(2);
  EnsembleResult wide = ran(world, programmes, {.replicates = 9, .until_width = 1e9}, crew);
  CHECK(wide.replicates.size() == 4);
  CHECK(wide.stopped_early);
  // A run that is taken up again stops where it would have stopped.
  EnsembleOptions rest{.replicates = 6, .first_replicate = 3, .until_width = 1e9};
  rest.earlier.assign(wide.replicates.begin(), wide.replicates.begin() + 3);
  CHECK(ran(world, programmes, rest, crew).replicates.size() == 1);
  EnsembleResult narrow = ran(world, programmes, {.replicates = 6, .until_width = 1e-12}, crew);
  CHECK(narrow.replicates.size() == 6);
  CHECK_FALSE(narrow.stopped_early);
  // What cannot be computed is not narrow.
  EnsembleResult undefined = ran(
      world, programmes,
      {.replicates = 5, .until_width = 1e9, .until_measure = "positive-predictive-value"}, crew);
  CHECK(undefined.replicates.size() == 5);
  CHECK_FALSE(undefined.stopped_early);
}

TEST_CASE("ensemble: asked to stop, it keeps what is complete and a checkpoint of the rest") {
  World world = village(600, 2, 4);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(2);
  EnsembleResult whole = ran(world, programmes, {.replicates = 3}, crew);
  for (std::uint32_t when : {1U, 2U, 5U}) {
    std::atomic<bool> stop = false;
    EnsembleOptions options{.replicates = 3, .stop = &stop};
    EnsembleResult part =
        ran(world, programmes, options, crew, [&](const EnsembleProgress& progress) {
          if (progress.replicate == 1 && progress.month == when) stop = true;
        });
    CHECK(part.interrupted);
    REQUIRE(part.replicates.size() == 1);
    CHECK(part.replicates[0].hash == whole.replicates[0].hash);
    REQUIRE_FALSE(part.checkpoint.empty());
    EnsembleResult rest =
        ran(world, programmes, {.replicates = 2, .first_replicate = 1, .resume = part.checkpoint},
            crew);
    REQUIRE(rest.replicates.size() == 2);
    CHECK(rest.replicates[0].hash == whole.replicates[1].hash);
    CHECK(rest.replicates[0].tallies == whole.replicates[1].tallies);
    CHECK(rest.replicates[1].hash == whole.replicates[2].hash);
    CHECK(code_of(run_ensemble(world, programmes,
                               {.replicates = 2, .first_replicate = 2, .resume = part.checkpoint},
                               crew)) == "ensemble.resume");
  }
}

TEST_CASE("ensemble: asked to stop before it begins, it has nothing and says so") {
  World world = village(200, 0, 1);
  std::atomic<bool> stop = true;
  Crew crew(1);
  EnsembleResult none = ran(world, {}, {.replicates = 2, .stop = &stop}, crew);
  CHECK(none.interrupted);
  CHECK(none.replicates.empty());
  CHECK(none.values(0, "excluded-share").empty());
}

TEST_CASE("ensemble: a world without months with programmes has replicates and no values") {
  World world = village(200, 2, 0);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(1);
  EnsembleResult result = ran(world, programmes, {.replicates = 2}, crew);
  REQUIRE(result.replicates.size() == 2);
  CHECK(result.replicates[0].tallies[1].empty());
  CHECK(std::isnan(result.values(1, "excluded-share")[0]));
}

TEST_CASE("ensemble: watching tells every month and changes nothing") {
  World world = village(400, 2, 3);
  Crew crew(1);
  std::vector<std::uint32_t> months;
  EnsembleResult seen =
      ran(world, {}, {.replicates = 2}, crew, [&](const EnsembleProgress& progress) {
        CHECK(progress.months == 5);
        CHECK(progress.society->month() == progress.month);
        months.push_back(progress.month);
      });
  CHECK(months == std::vector<std::uint32_t>{1, 2, 3, 4, 5, 1, 2, 3, 4, 5});
  CHECK(seen.replicates[1].hash == ran(world, {}, {.replicates = 2}, crew).replicates[1].hash);
}

TEST_CASE("ensemble: a prototype's rule changes lives after each month of each arm") {
  World world = village(300, 2, 3);
  std::vector<SocietyProgramme> programmes = {no_programme()};
  Crew crew(1);
  std::vector<std::size_t> arms;
  EnsembleResult result =
      ran(world, programmes, {.replicates = 1}, crew, {}, [&](Society& society, std::size_t arm) {
        arms.push_back(arm);
        if (arm == 1) society.change_lives(1).wealth[0] += 100;
      });
  CHECK(arms == std::vector<std::size_t>{0, 0, 0, 1, 0, 1, 0, 1});
  CHECK(result.values(1, "richer-share")[0] > 0);
}

TEST_CASE("ensemble: two replicates that are equal to the bit are an error") {
  World world = village(300, 0, 1);
  Crew crew(1);
  // A prototype's rule that forgets all chance makes them so.
  LifeChange levels = [](Society& society, std::size_t arm) {
    Lives& lives = society.change_lives(arm);
    lives = Lives{};
    lives.resize(society.population().size());
  };
  CHECK(code_of(run_ensemble(world, {}, {.replicates = 2}, crew, {}, levels)) ==
        "ensemble.identical");
  CHECK(code_of(run_ensemble(world, {}, {.replicates = 1}, crew, {}, levels)) == "none");
}

TEST_CASE("ensemble: options that cannot be are refused before anything is made") {
  World world = village(300, 0, 1);
  Crew crew(1);
  CHECK(code_of(run_ensemble(world, {}, {.replicates = 0}, crew)) == "ensemble.replicates");
  CHECK(code_of(run_ensemble(world, {}, {.replicates = 3, .first_replicate = UINT32_MAX}, crew)) ==
        "ensemble.replicates");
  CHECK(code_of(run_ensemble(world, {}, {.until_width = 0.0}, crew)) == "ensemble.width");
  CHECK(code_of(run_ensemble(world, {}, {.until_width = std::nan("")}, crew)) == "ensemble.width");
  Result<EnsembleResult> unknown =
      run_ensemble(world, {}, {.until_measure = "exluded-share"}, crew);
  CHECK(code_of(unknown) == "ensemble.measure");
  CHECK(unknown.error().help.find("excluded-share") != std::string::npos);
  CHECK(code_of(run_ensemble(world, {}, {.replicates = 1, .resume = "nonsense"}, crew)) ==
        "checkpoint.format");
  world.population.household_sizes.clear();
  CHECK(code_of(run_ensemble(world, {}, {.replicates = 1}, crew)).starts_with("population."));
}
