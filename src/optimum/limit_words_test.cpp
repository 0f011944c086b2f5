#include <credence/optimum/limit_words.h>
#include <credence/optimum/question.h>
#include <credence/optimum/sample_problem_test.h>
#include <doctest/doctest.h>

namespace credence {
namespace {

// Rates 0.1, 0.3, 0.2, 0.4, of 100 records each.
BinningProblem four_rising() {
  std::vector<Tally> prebins;
  for (double events : {10.0, 30.0, 20.0, 40.0})
    prebins.push_back(
        {.events = events, .nonevents = 100 - events, .records = 100, .squares = 100});
  return sample::problem_of(std::move(prebins), Trend::ascending);
}

TEST_CASE("binning: why there are no bins stands in French too, with each limit by name and key") {
  BinningProblem problem = four_rising();
  problem.rules.min_bins = 4;
  problem.rules.min_bin_share = 0.0125;
  auto outcome = solve(problem);
  REQUIRE(outcome->infeasible);
  CHECK(outcome->infeasible->reason.fr ==
        "aucun découpage de ces 4 préclasses ne respecte à la fois nombre minimal de classes "
        "(`min_bins`) 4 et tendance (`trend`) croissante");
  CHECK(relaxations_text(outcome->infeasible->relaxations) ==
        Text{"min_bins 3 instead of 4, or with trend none instead of ascending",
             "nombre minimal de classes (`min_bins`) 3 au lieu de 4, ou avec tendance (`trend`) "
             "aucune au lieu de croissante"});
  CHECK(relaxations_text({}) == Text{});
  problem.rules.trend = Trend::none;
  problem.rules.min_bins = 9;
  problem.rules.min_bin_share = 0.5;
  outcome = solve(problem);
  REQUIRE(outcome->infeasible);
  CHECK(outcome->infeasible->reason.fr ==
        "aucun découpage de ces 4 préclasses ne respecte nombre minimal de classes (`min_bins`) "
        "9");
  CHECK(decimal_text(0.0125) == Text{"0.0125", "0,0125"});
}

TEST_CASE("binning: each limit and each trend has a French name") {
  for (const LimitFamily& family : limit_families()) {
    CAPTURE(family.name);
    const Text name = limit_name(family.name);
    CHECK(name.en == family.name);
    CHECK(name.fr.find("(`" + name.en + "`)") != std::string::npos);
  }
  for (int trend = 0; trend < 8; ++trend) {
    CHECK(trend_name(static_cast<Trend>(trend)).en == to_text(static_cast<Trend>(trend)));
    CHECK_FALSE(trend_name(static_cast<Trend>(trend)).fr.empty());
  }
}

TEST_CASE("binning: what bins break is told in both languages, and nothing where they keep all") {
  BinningProblem problem = four_rising();
  problem.rules.trend = Trend::none;
  CHECK_FALSE(broken_rule(problem, {0, 1, 2, 3}));
  problem.rules.max_bins = 3;
  CHECK(broken_rule(problem, {0, 1, 2, 3}) ==
        Text{"there are more bins than `max_bins`", "il y a plus de classes que `max_bins`"});
  problem.rules.max_bins.reset();
  problem.rules.min_rate_difference = 0.99;
  CHECK(broken_rule(problem, {0, 3}) ==
        Text{"bins 1 and 2 differ by less than `min_rate_difference`",
             "les classes 1 et 2 diffèrent de moins que `min_rate_difference`"});
}

}  // namespace
}  // namespace credence
