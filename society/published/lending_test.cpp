#include <credence/published/lending.h>
#include <credence/published/models.h>
#include <credence/published/published_testing.h>
#include <doctest/doctest.h>

namespace credence {

namespace {

// The rate of loans among those of a group who would repay.
double true_positives(const LendingRules& rules, const LendingTable& table,
                      const std::array<ScoreCounts, 2>& people, std::size_t group) {
  double lent = 0, all = 0;
  for (std::size_t score = 0; score < kLendingScores; ++score) {
    double would = people[group][score] * rules.repay[score];
    lent += would * table[group][score];
    all += would;
  }
  return lent / all;
}

double profit_of(const LendingRules& rules, const LendingTable& table,
                 const std::array<ScoreCounts, 2>& people) {
  double profit = 0;
  for (std::size_t group = 0; group < 2; ++group) {
    for (std::size_t score = 0; score < kLendingScores; ++score) {
      profit += people[group][score] * table[group][score] * (2 * rules.repay[score] - 1);
    }
  }
  return profit;
}

// Hundred people over the scores, by a small generator of our own.
ScoreCounts scattered(std::uint32_t& state) {
  ScoreCounts counts{};
  for (int person = 0; person < 100; ++person) {
    state = state * 1664525U + 1013904223U;
    ++counts[(state >> 16) % kLendingScores];
  }
  return counts;
}

}  // namespace

TEST_CASE("lending: every published number holds at a twentieth of the replicates") {
  Crew crew(2);
  auto checks = lending_checks(testing::small_setting(), crew);
  CHECK(checks.size() == 44);
  CHECK(testing::red_checks(checks) == "");
}

TEST_CASE("lending: the numbers are the same for every number of threads") {
  CHECK(testing::same_for_all_threads(lending_checks, {7, .01, {}}));
}

TEST_CASE("lending: another seed gives other agents and the same chain") {
  Crew crew(2);
  auto one = lending_checks({1, .01, {}}, crew), two = lending_checks({2, .01, {}}, crew);
  REQUIRE(one.size() == two.size());
  std::size_t other = 0;
  for (std::size_t at = 0; at < one.size(); ++at) {
    other += one[at].ours != two[at].ours;
    if (one[at].what.find("chain") != std::string::npos) CHECK(one[at].ours == two[at].ours);
  }
  CHECK(other > 8);
}

TEST_CASE("lending: a wrong chance to repay, cut-off or start turns checks red") {
  Crew crew(2);
  LendingRules rules;
  rules.repay[2] = .46;
  CHECK(testing::red_checks(check_lending(rules, testing::small_setting(), crew)) != "");
  rules = {};
  rules.break_even = .44;
  CHECK(testing::red_checks(check_lending(rules, testing::small_setting(), crew)) != "");
  rules = {};
  rules.start[1] = rules.start[0];
  CHECK(testing::red_checks(check_lending(rules, testing::small_setting(), crew)) != "");
}

TEST_CASE("lending: equal opportunity gives both groups the same true-positive rate") {
  LendingRules rules;
  rules.policy = LendingPolicy::equal_opportunity;
  std::uint32_t state = 1;
  for (int round = 0; round < 500; ++round) {
    std::array people = {scattered(state), scattered(state)};
    LendingTable table = lending_table(rules, people);
    CHECK(true_positives(rules, table, people, 0) ==
          doctest::Approx(true_positives(rules, table, people, 1)).epsilon(1e-9));
  }
}

TEST_CASE("lending: no common true-positive rate earns more than the one that is chosen") {
  LendingRules rules;
  rules.policy = LendingPolicy::equal_opportunity;
  LendingRules all = rules;
  all.policy = LendingPolicy::everyone;
  std::uint32_t state = 2;
  for (int round = 0; round < 200; ++round) {
    std::array people = {scattered(state), scattered(state)};
    double chosen = profit_of(rules, lending_table(rules, people), people);
    CHECK(chosen >= -1e-9);
    CHECK(chosen >= profit_of(all, lending_table(all, people), people) - 1e-9);
    // Max-utility is bound by no such condition and earns at least as much.
    all.policy = LendingPolicy::max_utility;
    CHECK(chosen <= profit_of(all, lending_table(all, people), people) + 1e-9);
    all.policy = LendingPolicy::everyone;
  }
}

TEST_CASE("lending: nobody appears or vanishes, and no score leaves 0 to 6") {
  for (LendingPolicy policy :
       {LendingPolicy::everyone, LendingPolicy::max_utility, LendingPolicy::equal_opportunity}) {
    LendingRules rules;
    rules.policy = policy;
    LendingRun run = run_lending(rules, 5000, 3, 1);
    for (const ScoreCounts& counts : run.people) {
      int people = 0;
      for (int count : counts) {
        CHECK(count >= 0);
        people += count;
      }
      CHECK(people == 100);
    }
    CHECK(run.loans[0] + run.loans[1] <= 5000);
    CHECK(run.lent_to_these[0] <= run.loans[0]);
    CHECK(run.lent_to_these[0] <= run.would_repay[0]);
  }
}

TEST_CASE("lending: with frozen scores everybody stays where they were") {
  LendingRules rules;
  rules.scores_move = false;
  LendingRun run = run_lending(rules, 2000, 1, 0);
  CHECK(run.people == rules.start);
  CHECK(run.mean_repay[0] == doctest::Approx(.590));
  CHECK(run.mean_repay[1] == doctest::Approx(.495));
}

TEST_CASE("lending: two policies meet the same people with the same luck") {
  LendingRules utility, everyone;
  everyone.policy = LendingPolicy::everyone;
  LendingRun one = run_lending(utility, 1, 5, 9), two = run_lending(everyone, 1, 5, 9);
  CHECK(one.loans == two.loans);
  CHECK(one.people == two.people);
  LendingRun frozen_one, frozen_two;
  utility.scores_move = everyone.scores_move = false;
  frozen_one = run_lending(utility, 3000, 5, 9);
  frozen_two = run_lending(everyone, 3000, 5, 9);
  CHECK(frozen_one.would_repay == frozen_two.would_repay);
}

}  // namespace credence
