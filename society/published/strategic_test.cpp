#include <credence/published/models.h>
#include <credence/published/published_testing.h>
#include <credence/published/strategic.h>
#include <doctest/doctest.h>

#include <cmath>

namespace credence {

TEST_CASE("strategic: every published number holds at a twentieth of the applicants") {
  Crew crew(2);
  auto checks = strategic_checks(testing::small_setting(), crew);
  CHECK(checks.size() == 83);
  CHECK(testing::red_checks(checks) == "");
}

TEST_CASE("strategic: the numbers are the same for every number of threads") {
  CHECK(testing::same_for_all_threads(strategic_checks, {7, .02, {}}));
}

TEST_CASE("strategic: other costs, or another bar, turn checks red") {
  Crew crew(2);
  AdmissionRules rules;
  rules.cost = {5, 5};
  CHECK(testing::red_checks(check_strategic(rules, testing::small_setting(), crew)) != "");
  rules = {};
  rules.eligible = .56;
  CHECK(testing::red_checks(check_strategic(rules, testing::small_setting(), crew)) != "");
}

TEST_CASE("strategic: where moving costs too much, only the eligible get in at the bar") {
  Crew crew(2);
  AdmissionRules rules;
  rules.cost = {1e9, 1e9};
  const double bar = rules.eligible;
  auto outcomes = run_admission(rules, {&bar, 1}, 10'000, 1, crew)[0];
  for (const AdmissionOutcome& outcome : outcomes) {
    CHECK(outcome.accuracy == 1);
    CHECK(outcome.burden == 0);
  }
}

TEST_CASE("strategic: applicants and closed form agree for any costs and threshold") {
  Crew crew(2);
  AdmissionRules rules;
  for (double cost : {2., 4., 20.}) {
    rules.cost = {cost, 2 * cost};
    for (double threshold : {.5, .62, .9}) {
      auto ours = run_admission(rules, {&threshold, 1}, 40'000, 5, crew)[0];
      auto exact = expect_admission(rules, threshold);
      for (std::size_t group = 0; group < 2; ++group) {
        CAPTURE(cost);
        CAPTURE(threshold);
        CHECK(std::abs(ours[group].accuracy - exact[group].accuracy) < .011);
        CHECK(std::abs(ours[group].admitted - exact[group].admitted) < .011);
        CHECK(std::abs(ours[group].wrongly_in - exact[group].wrongly_in) < .011);
        CHECK(std::abs(ours[group].wrongly_out - exact[group].wrongly_out) < .011);
        CHECK(std::abs(ours[group].burden - exact[group].burden) < .011 * cost);
      }
    }
  }
}

}  // namespace credence
