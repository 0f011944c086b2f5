#include <credence/optimum/limit_words.h>
#include <credence/optimum/sample_problem_test.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <random>

namespace credence {
namespace {

// Sets the limit of that name; false where it is no number with decimals.
bool type_limit(BinningRules& rules, std::string_view limit, double value) {
  if (limit == "min_bin_share")
    rules.min_bin_share = value;
  else if (limit == "max_bin_share")
    rules.max_bin_share = value;
  else if (limit == "min_bin_events")
    rules.min_bin_events = value;
  else if (limit == "max_bin_events")
    rules.max_bin_events = value;
  else if (limit == "min_bin_nonevents")
    rules.min_bin_nonevents = value;
  else if (limit == "max_bin_nonevents")
    rules.max_bin_nonevents = value;
  else if (limit == "min_rate_difference")
    rules.min_rate_difference = value;
  else if (limit == "max_p_value")
    rules.max_p_value = value;
  else
    return false;
  return true;
}

TEST_CASE("binning: a relaxation that is typed back makes bins exist, in six digits at most") {
  std::mt19937_64 random{11};
  int typed = 0;
  for (int i = 0; i < 3'000; ++i) {
    const BinningProblem problem = sample::random_problem(random);
    auto outcome = solve(problem);
    REQUIRE(outcome);
    if (!outcome->infeasible) continue;
    CAPTURE(i);
    for (const Infeasibility::Relaxation& relaxation : outcome->infeasible->relaxations) {
      CAPTURE(relaxation.limit);
      CAPTURE(relaxation.to.en);
      BinningProblem relaxed = problem;
      const double value = std::strtod(relaxation.to.en.c_str(), nullptr);
      if (!type_limit(relaxed.rules, relaxation.limit, value)) continue;
      ++typed;
      REQUIRE(solve(relaxed)->solution);
      REQUIRE((value == std::floor(value) || relaxation.to.en == fmt::format("{:.6g}", value)));
    }
  }
  MESSAGE(typed, " typed");
  CHECK(typed >= 100);
}

}  // namespace
}  // namespace credence
