#include <credence/published/models.h>
#include <credence/published/policing.h>
#include <credence/published/published_testing.h>
#include <doctest/doctest.h>

#include <cmath>

namespace credence {

TEST_CASE("policing: every published number holds at a twentieth of the replicates") {
  Crew crew(2);
  auto checks = policing_checks(testing::small_setting(), crew);
  CHECK(checks.size() == 20);
  CHECK(testing::red_checks(checks) == "");
}

TEST_CASE("policing: the numbers are the same for every number of threads") {
  CHECK(testing::same_for_all_threads(policing_checks, {7, .01, {}}));
}

TEST_CASE("policing: forgetting faster, or rejecting nothing, turns checks red") {
  Crew crew(2);
  CHECK(testing::red_checks(check_policing({.02, true}, testing::small_setting(), crew)) != "");
  CHECK(testing::red_checks(check_policing({.01, false}, testing::small_setting(), crew)) != "");
}

TEST_CASE("policing: the limit is the share at which the drift of the urn is zero") {
  CHECK(patrol_limit({{{2, 1}, {1, 2}}}) == doctest::Approx(.5));
  CHECK(patrol_limit({{{3, 0}, {0, 2}}}) == doctest::Approx(1));
  // Reports alone: the urn learns the truth.
  CHECK(patrol_limit({{{3, 1}, {3, 1}}}) == doctest::Approx(.75));
}

TEST_CASE("policing: without decay and counts an urn adds what a visit finds, day by day") {
  PatrolRules rules{{1, 1}, {{{1, 0}, {0, 1}}}};
  for (std::uint32_t run = 0; run < 200; ++run) {
    double held = patrol_share(rules, 98, 1, run) * 100;
    CHECK(held == doctest::Approx(std::round(held)).epsilon(1e-9));
    CHECK(held >= 1);
    CHECK(held <= 99);
  }
  CHECK(patrol_share(rules, 0, 1, 0) == .5);
}

TEST_CASE("policing: decay never empties an urn") {
  PatrolRules rules{{1, 1}, {{{0, 0}, {0, 0}}}, true, true};
  CHECK(patrol_share(rules, 500, 1, 0) == .5);
}

TEST_CASE("policing: the distance from the uniform urn is small for even shares, large for equal") {
  std::vector<double> even, equal;
  for (int k = 0; k <= 1000; ++k) even.push_back((1 + k) / 1002.);
  CHECK(distance_from_uniform_urn(even, 1000) < 1e-9);
  equal.assign(100, 501 / 1002.);
  CHECK(distance_from_uniform_urn(equal, 1000) == doctest::Approx(.5).epsilon(.01));
  equal.assign(100, 1 / 1002.);
  CHECK(distance_from_uniform_urn(equal, 1000) == doctest::Approx(1).epsilon(.01));
}

}  // namespace credence
