#include <credence/optimum/sample_problem_test.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace credence {
namespace {

// Rates 0.1, 0.3, 0.2, 0.4, of 100 records each.
BinningProblem four() {
  std::vector<Tally> prebins;
  for (double events : {10.0, 30.0, 20.0, 40.0})
    prebins.push_back(
        {.events = events, .nonevents = 100 - events, .records = 100, .squares = 100});
  return sample::problem_of(std::move(prebins), Trend::ascending);
}

std::string code_of(const std::function<void(BinningProblem&)>& spoil) {
  BinningProblem problem = four();
  spoil(problem);
  auto outcome = solve(problem);
  if (outcome) return outcome->solution ? "solved" : "infeasible";
  CHECK(!outcome.error().message.empty());
  CHECK(!outcome.error().help.empty());
  return outcome.error().code;
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

TEST_CASE("binning: an ascending trend joins only what breaks it") {
  auto outcome = solve(four());
  REQUIRE(outcome);
  REQUIRE(outcome->solution);
  CHECK(outcome->solution->last == std::vector<int>{0, 2, 3});
  const Certificate& certificate = outcome->solution->certificate;
  CHECK(certificate.optimality == Optimality::optimal);
  CHECK(certificate.trend == Trend::ascending);
  CHECK(certificate.binding == std::vector<std::string>{"trend"});
  CHECK(certificate.problem_hash.size() == 64);
  CHECK(certificate.work > 0);
  // (p - q) ln(p / q) of the three bins, by hand: p = .1, .5, .4 and q = .3, .5, .2.
  CHECK(certificate.objective == doctest::Approx(0.2 * std::log(3.0) + 0.2 * std::log(2.0)));
}

TEST_CASE("binning: equal rates keep either direction, and of equal objectives fewer bins win") {
  BinningProblem problem = four();
  for (Tally& prebin : problem.prebins) prebin.events = 20, prebin.nonevents = 80;
  for (Trend trend : {Trend::none, Trend::ascending, Trend::descending, Trend::peak, Trend::valley,
                      Trend::concave, Trend::convex}) {
    problem.rules.trend = trend;
    problem.rules.min_bins.reset();
    CHECK(solve(problem)->solution->last == std::vector<int>{3});
    problem.rules.min_bins = 2;
    CHECK(solve(problem)->solution->last == std::vector<int>{0, 3});
  }
}

TEST_CASE("binning: the same problem gives the same bits") {
  std::mt19937_64 random{5};
  for (int i = 0; i < 50; ++i) {
    const BinningProblem problem = sample::random_problem(random);
    auto first = solve(problem), second = solve(problem);
    REQUIRE(first->solution.has_value() == second->solution.has_value());
    if (!first->solution) continue;
    CHECK(first->solution->last == second->solution->last);
    CHECK(first->solution->certificate.objective == second->solution->certificate.objective);
    CHECK(first->solution->certificate.problem_hash == second->solution->certificate.problem_hash);
  }
}

TEST_CASE("binning: weights times a constant leave the bins as they are") {
  std::mt19937_64 random{6};
  for (int i = 0; i < 300; ++i) {
    BinningProblem problem = sample::random_problem(random);
    problem.rules.size_basis = SizeBasis::weight;
    problem.rules.min_bin_events = problem.rules.max_bin_events = std::nullopt;
    problem.rules.min_bin_nonevents = problem.rules.max_bin_nonevents = std::nullopt;
    problem.total = 0;
    for (const Tally& prebin : problem.prebins) problem.total += prebin.weight();
    BinningProblem scaled = problem;
    for (Tally& prebin : scaled.prebins)
      prebin.events *= 4, prebin.nonevents *= 4, prebin.squares *= 16;
    scaled.total *= 4;
    auto one = solve(problem), other = solve(scaled);
    REQUIRE(one->solution.has_value() == other->solution.has_value());
    if (one->solution) CHECK(one->solution->last == other->solution->last);
  }
}

TEST_CASE("binning: a mirrored problem has the mirrored trend's bins") {
  std::mt19937_64 random{8};
  for (int i = 0; i < 300; ++i) {
    BinningProblem problem = sample::random_problem(random);
    problem.rules.trend = Trend::ascending;
    BinningProblem mirrored = problem;
    std::reverse(mirrored.prebins.begin(), mirrored.prebins.end());
    std::reverse(mirrored.fixed_after.begin(), mirrored.fixed_after.end());
    mirrored.rules.trend = Trend::descending;
    auto one = solve(problem), other = solve(mirrored);
    REQUIRE(one->solution.has_value() == other->solution.has_value());
    if (one->solution)
      CHECK(one->solution->certificate.objective ==
            doctest::Approx(other->solution->certificate.objective));
  }
}

TEST_CASE("binning: rules that make no sense are refused with a way to mend them") {
  using P = BinningProblem&;
  CHECK(code_of([](P p) { p.rules.trend = Trend::automatic; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.min_bins = 3, p.rules.max_bins = 2; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.min_bins = 0; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.max_bins = -1; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.min_bin_share = -0.1; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.min_bin_share = kNan; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.max_bin_share = 1.5; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.min_bin_share = 0.5, p.rules.max_bin_share = 0.4; }) ==
        "binning.rules");
  CHECK(code_of([](P p) { p.rules.min_bin_events = 5, p.rules.max_bin_events = 4; }) ==
        "binning.rules");
  CHECK(code_of([](P p) { p.rules.max_bin_nonevents = kNan; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.min_rate_difference = 1.1; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.min_rate_difference = -kInf; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.max_p_value = 0; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.max_p_value = kNan; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.gamma = -1; }) == "binning.rules");
  CHECK(code_of([](P p) { p.rules.gamma = kInf; }) == "binning.rules");
}

TEST_CASE("binning: tallies that are no counts are refused") {
  using P = BinningProblem&;
  CHECK(code_of([](P p) { p.prebins.clear(); }) == "binning.prebins");
  CHECK(code_of([](P p) { p.prebins.assign(10'000, p.prebins[0]); }) == "binning.prebins");
  CHECK(code_of([](P p) { p.prebins[1].events = kNan; }) == "binning.tally");
  CHECK(code_of([](P p) { p.prebins[1].nonevents = -1; }) == "binning.tally");
  CHECK(code_of([](P p) { p.prebins[1].records = kInf; }) == "binning.tally");
  CHECK(code_of([](P p) { p.prebins[1].nonevents = 6.3e-310; }) == "binning.tally");
  CHECK(code_of([](P p) { p.prebins[1].records = 0; }) == "binning.tally");
  CHECK(code_of([](P p) { p.prebins[1] = {.records = 4}; }) == "binning.tally");
  CHECK(code_of([](P p) { p.prebins[1].squares = 0, p.rules.max_p_value = 0.05; }) ==
        "binning.tally");
  CHECK(code_of([](P p) { p.prebins[1].squares = 0; }) == "solved");
  CHECK(code_of([](P p) {
          for (Tally& t : p.prebins) t.events = 0;
        }) == "binning.one_class");
  CHECK(code_of([](P p) {
          for (Tally& t : p.prebins) t.nonevents = 0;
        }) == "binning.one_class");
  CHECK(code_of([](P p) { p.total = 399; }) == "binning.total");
  CHECK(code_of([](P p) { p.total = kNan; }) == "binning.total");
  CHECK(code_of([](P p) { p.fixed_after = {true}; }) == "binning.fixed");
}

TEST_CASE(
    "binning: more prebins and bins than memory is set aside for are refused, not attempted") {
  std::mt19937_64 random{1};
  BinningProblem problem =
      sample::problem_of(sample::large_prebins(random, 1'500, false), Trend::concave);
  auto outcome = solve(problem);
  REQUIRE(!outcome);
  CHECK(outcome.error().code == "binning.prebins");
}

TEST_CASE("binning: one prebin is one bin") {
  BinningProblem problem = four();
  problem.prebins.resize(1);
  for (Trend trend : {Trend::none, Trend::peak, Trend::convex}) {
    problem.rules.trend = trend;
    auto outcome = solve(problem);
    REQUIRE(outcome->solution);
    CHECK(outcome->solution->last == std::vector<int>{0});
    CHECK(outcome->solution->certificate.objective == 0);
    CHECK(check(problem, *outcome->solution));
  }
}

TEST_CASE("binning: a share of records is a whole number of them, whatever doubles say") {
  BinningProblem problem = four();
  for (Tally& prebin : problem.prebins)
    prebin = {.events = prebin.events / 10,
              .nonevents = 7 - prebin.events / 10,
              .records = 7,
              .squares = 7};
  problem.rules.trend = Trend::none;
  problem.total = 100;  // 0.07 * 100 is 7.000000000000001
  problem.rules.min_bin_share = 0.07;
  CHECK(solve(problem)->solution->last.size() == 4);
  problem.rules.min_bin_share = 0.0701;
  CHECK(solve(problem)->solution->last.size() == 2);
}

TEST_CASE("binning: what cannot be kept is named, with the nearest values that can") {
  BinningProblem problem = four();
  problem.rules.min_bins = 4;
  auto outcome = solve(problem);
  REQUIRE(outcome->infeasible);
  CHECK(outcome->infeasible->reason.en ==
        "no bins of these 4 prebins keep `min_bins` 4, `trend` ascending together");
  REQUIRE(outcome->infeasible->relaxations.size() == 2);
  CHECK(outcome->infeasible->relaxations[0].limit == "min_bins");
  CHECK(outcome->infeasible->relaxations[0].from.en == "4");
  CHECK(outcome->infeasible->relaxations[0].to.en == "3");
  CHECK(outcome->infeasible->relaxations[0].rules.min_bins == 3);
  CHECK(outcome->infeasible->relaxations[1].limit == "trend");
  CHECK(outcome->infeasible->relaxations[1].to.en == "none");
}

TEST_CASE(
    "binning: bins that lack a class are named as the cause for iv, and no cause for hellinger") {
  BinningProblem problem = four();
  problem.prebins[0].nonevents += problem.prebins[0].events, problem.prebins[0].events = 0;
  problem.fixed_after = {true, false, false};
  auto outcome = solve(problem);
  REQUIRE(outcome->infeasible);
  CHECK(outcome->infeasible->reason.en.find("an event and a non-event in each bin") !=
        std::string::npos);
  problem.rules.divergence = Divergence::hellinger;
  CHECK(solve(problem)->solution);
}

TEST_CASE(
    "binning: when no limit alone is the cause the relaxations are empty and the reason is not") {
  BinningProblem problem = four();
  problem.rules.min_bins = 4;
  problem.rules.max_bins = 4;
  problem.rules.min_bin_share = 0.9;
  problem.rules.max_bin_share = 0.95;
  auto outcome = solve(problem);
  REQUIRE(outcome->infeasible);
  CHECK(outcome->infeasible->relaxations.empty());
  CHECK(!outcome->infeasible->reason.en.empty());
}

TEST_CASE("binning: a hundred prebins under all kinds of limits end, and the checker agrees") {
  std::mt19937_64 random{12};
  for (Trend trend : {Trend::none, Trend::ascending, Trend::descending, Trend::peak, Trend::valley,
                      Trend::concave, Trend::convex}) {
    BinningProblem problem =
        sample::problem_of(sample::large_prebins(random, 60, trend == Trend::peak), trend);
    problem.rules.max_bins = 8;
    problem.rules.min_bin_share = 0.03;
    problem.rules.max_p_value = 0.05;
    problem.rules.gamma = 0.01;
    for (PValuePolicy policy : {PValuePolicy::consecutive, PValuePolicy::all}) {
      problem.rules.p_value_policy = policy;
      auto outcome = solve(problem);
      REQUIRE(outcome);
      REQUIRE(outcome->solution);
      CHECK(check(problem, *outcome->solution));
    }
  }
}

}  // namespace
}  // namespace credence
