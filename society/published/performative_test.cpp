#include <credence/published/models.h>
#include <credence/published/performative.h>
#include <credence/published/published_testing.h>
#include <doctest/doctest.h>

#include <cmath>

namespace credence {

TEST_CASE("performative: every published number holds at a fifth of the replicates") {
  Crew crew(2);
  auto checks = performative_checks({1, .2, {}}, crew);
  CHECK(checks.size() == 19);
  CHECK(testing::red_checks(checks) == "");
}

TEST_CASE("performative: the numbers are the same for every number of threads") {
  CHECK(testing::same_for_all_threads(performative_checks, {7, .05, {}}));
}

TEST_CASE("performative: another pull, or another start, turns checks red") {
  Crew crew(2);
  PullRules rules;
  rules.pull = .91;
  CHECK(testing::red_checks(check_performative(rules, {1, .05, {}}, crew)) != "");
  rules = {};
  rules.start = 11;
  CHECK(testing::red_checks(check_performative(rules, {1, .05, {}}, crew)) != "");
}

TEST_CASE("performative: retraining from the stable point stays there") {
  PullRules rules;
  rules.start = 100;
  for (double theta : retrain_mean(rules, 20)) CHECK(theta == doctest::Approx(100));
}

TEST_CASE("performative: the best coin lies further out than the stable one, and costs less") {
  for (double pull : {.1, .2, .3, .4}) {
    CoinRules rules{.1, pull};
    double best = best_coin(rules), stable = .1 / (1 - pull);
    CHECK(best == doctest::Approx(.1 / (1 - 2 * pull)).epsilon(1e-5));
    CHECK(best > stable);
    CHECK(coin_risk(rules, best) < coin_risk(rules, stable));
  }
  CHECK(best_coin({.1, 0}) == doctest::Approx(.1).epsilon(1e-5));
}

TEST_CASE("performative: without a pull a credit score is right from its second round on") {
  CreditRules rules;
  rules.pull = 0;
  rules.people = 500;
  auto changes = retrain_credit(rules, 1, 0);
  REQUIRE(changes.size() == rules.rounds);
  CHECK(changes[0] > .1);
  for (std::size_t round = 1; round < changes.size(); ++round) CHECK(changes[round] < 1e-9);
}

}  // namespace credence
