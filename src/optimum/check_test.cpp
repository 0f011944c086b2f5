#include <credence/base/bytes.h>
#include <credence/base/sha256.h>
#include <credence/optimum/problem.h>
#include <credence/optimum/sample_problem_test.h>
#include <doctest/doctest.h>

#include <functional>
#include <limits>

namespace credence {
namespace {

BinningProblem six() {
  std::mt19937_64 random{3};
  BinningProblem problem =
      sample::problem_of(sample::large_prebins(random, 6, false), Trend::ascending);
  problem.rules.max_bins = 4;
  problem.rules.min_bin_share = 0.1;
  return problem;
}

// What the checker says of the optimum once it is spoilt.
std::string complaint(const std::function<void(BinningProblem&, BinningSolution&)>& spoil) {
  BinningProblem problem = six();
  BinningSolution solution = *solve(problem)->solution;
  spoil(problem, solution);
  auto checked = check(problem, solution);
  return checked ? "" : checked.error().message;
}

// A solution of the changed problem, so that the hash alone does not give it away.
void rename(BinningProblem& problem, BinningSolution& solution) {
  solution.certificate.problem_hash = problem_hash(problem);
}

TEST_CASE("check: an optimum with its certificate is accepted") {
  CHECK(complaint([](auto&, auto&) {}) == "");
}

TEST_CASE("check: a wrong objective or bound is refused") {
  CHECK(complaint([](auto&, auto& s) {
          s.certificate.objective += 1e-6;
        }).find("the objective is") == 0);
  CHECK(complaint([](auto&, auto& s) {
          s.certificate.objective = std::numeric_limits<double>::quiet_NaN();
        }) != "");
  CHECK(complaint([](auto&, auto& s) { s.certificate.bound += 0.1; }).find("the bound") == 0);
  CHECK(complaint([](auto&, auto& s) {
          s.certificate.bound = std::numeric_limits<double>::quiet_NaN();
        }) != "");
  CHECK(complaint([](auto&, auto& s) {
          s.certificate.optimality = Optimality::feasible;
          s.certificate.bound -= 0.1;
        }) != "");
}

TEST_CASE("check: the certificate of another problem is refused") {
  CHECK(complaint([](auto& p, auto&) { p.prebins[2].events += 1; }) ==
        "the certificate is of another problem");
  CHECK(complaint([](auto& p, auto&) { p.rules.max_bins = 5; }) ==
        "the certificate is of another problem");
  CHECK(complaint([](auto& p, auto&) { p.fixed_after = {true, false, false, false, false}; }) ==
        "the certificate is of another problem");
  CHECK(complaint([](auto&, auto& s) { s.certificate.problem_hash.clear(); }) != "");
}

TEST_CASE("check: no fixed edges and an empty list of them are one problem") {
  CHECK(complaint([](auto& p, auto&) { p.fixed_after.assign(5, false); }) == "");
}

TEST_CASE("check: bins that do not cover the prebins in order are refused") {
  for (const std::vector<int>& last : {std::vector<int>{},
                                       {4},
                                       {0, 6},
                                       {2, 1, 5},
                                       {2, 2, 5},
                                       {-1, 5},
                                       {5, 5},
                                       {0, 1, 2, 3, 4, 5, 6}})
    CHECK(complaint([&](auto&, auto& s) { s.last = last; }) ==
          "`last` does not ascend to the last prebin");
}

TEST_CASE("check: a broken limit is refused by name") {
  const auto with = [](const std::function<void(BinningProblem&)>& change) {
    return complaint([&](auto& p, auto& s) { change(p), rename(p, s); });
  };
  using P = BinningProblem&;
  CHECK(with([](P p) { p.rules.max_bins = 2; }).find("`max_bins`") != std::string::npos);
  CHECK(with([](P p) { p.rules.max_bins = p.rules.min_bins = 6; }).find("`min_bins`") !=
        std::string::npos);
  CHECK(with([](P p) { p.rules.min_bin_share = 0.3; }).find("`min_bin_share`") !=
        std::string::npos);
  CHECK(with([](P p) { p.rules.max_bin_share = 0.2; }).find("`max_bin_share`") !=
        std::string::npos);
  CHECK(with([](P p) { p.rules.min_bin_events = 2e4; }).find("`min_bin_events`") !=
        std::string::npos);
  CHECK(with([](P p) { p.rules.max_bin_events = 10; }).find("`max_bin_events`") !=
        std::string::npos);
  CHECK(with([](P p) { p.rules.min_bin_nonevents = 2e5; }).find("`min_bin_nonevents`") !=
        std::string::npos);
  CHECK(with([](P p) { p.rules.max_bin_nonevents = 10; }).find("`max_bin_nonevents`") !=
        std::string::npos);
  CHECK(with([](P p) { p.rules.min_rate_difference = 0.9; }).find("`min_rate_difference`") !=
        std::string::npos);
  CHECK(with([](P p) { p.rules.max_p_value = 1e-300; }).find("`max_p_value`") != std::string::npos);
  CHECK(with([](P p) { p.fixed_after.assign(5, true); }).find("fixed edge") != std::string::npos);
  CHECK(with([](P p) { p.rules.trend = Trend::descending; }) != "");
}

TEST_CASE("check: a trend that the rates do not keep is refused") {
  for (Trend trend :
       {Trend::descending, Trend::valley, Trend::peak, Trend::concave, Trend::convex}) {
    BinningProblem problem = six();
    problem.rules = BinningRules{};
    problem.rules.min_bin_share = 0;
    problem.rules.trend = trend;
    // Down, up, down, up: no shape at all.
    for (std::size_t i = 0; i < 6; ++i)
      problem.prebins[i] = {i % 2 == 0 ? 40.0 : 20.0, 100, 140, 140};
    BinningSolution solution = *solve(problem)->solution;
    CHECK(check(problem, solution));
    solution.last = {0, 1, 2, 3, 4, 5};
    auto checked = check(problem, solution);
    REQUIRE(!checked);
    CHECK(checked.error().message == "the rates are not " + to_text(trend));
  }
}

TEST_CASE("check: bins that are not the best are refused, and better ones shown") {
  const std::string said = complaint([](auto& p, auto& s) {
    // An honest account of one bin too few.
    p.rules.max_bins = 3;
    s = *solve(p)->solution;
    p.rules.max_bins = 4;
    rename(p, s);
  });
  CHECK(said.find("is not the best") != std::string::npos);
}

TEST_CASE("check: a problem that makes no sense is refused as solve() refuses it") {
  BinningProblem problem = six();
  const BinningSolution solution = *solve(problem)->solution;
  problem.rules.min_bin_share = 2;
  CHECK(check(problem, solution).error().code == "binning.rules");
}

TEST_CASE("check: the hash of a problem is that of its canonical form") {
  BinningProblem problem{.prebins = {{.events = 1, .nonevents = 2.5, .records = 3, .squares = 3}},
                         .fixed_after = {},
                         .total = 4,
                         .rules = {}};
  problem.rules.trend = Trend::none;
  const std::string text =
      R"({"fixed_after":[],"prebins":[[1,2.5,3,3]],"rules":{"divergence":"iv","gamma":0,)"
      R"("max_bin_events":null,"max_bin_nonevents":null,"max_bin_share":1,"max_bins":null,)"
      R"("max_p_value":null,"min_bin_events":null,"min_bin_nonevents":null,"min_bin_share":0.05,)"
      R"("min_bins":null,"min_rate_difference":0,"p_value_policy":"consecutive",)"
      R"("size_basis":"records","strict_shape":false,"trend":"none"},"total":4})";
  const std::string hash = problem_hash(problem);
  CHECK(hash == to_hex(sha256(text)));
  CHECK(hash == "88e74569b5986235941648d684d4dcca286874f5a6c223f235b106a009afa713");
  problem.prebins[0].events = 1.0000000000000002;
  CHECK(problem_hash(problem) != hash);
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(-0.0) == "0");
}

}  // namespace
}  // namespace credence
