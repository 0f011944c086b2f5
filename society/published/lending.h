#pragma once

#include <credence/published/published.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace credence {

// Model A: two groups of 100 people with a score from 0 to 6; a loan repaid lifts the score by one,
// a default lowers it by one, who gets no loan stays where they are (D'Amour et al. 2020, "Fairness
// Is Not Static", FAT*; google/ml-fairness-gym, environments/lending.py).
inline constexpr std::size_t kLendingScores = 7;
inline constexpr std::size_t kLendingGroup = 100;  // people in each group

using ScoreShares = std::array<double, kLendingScores>;
using ScoreCounts = std::array<int, kLendingScores>;  // people at each score, together 100

enum class LendingPolicy { everyone, max_utility, equal_opportunity };

struct LendingRules {
  ScoreShares repay = {.1, .2, .45, .6, .65, .7, .7};  // chance to repay, by score
  std::array<ScoreCounts, 2> start = {{{0, 10, 10, 20, 30, 30, 0}, {10, 10, 20, 30, 30, 0, 0}}};
  double break_even = .5;  // max-utility lends from this chance to repay on
  LendingPolicy policy = LendingPolicy::max_utility;
  bool scores_move = true;
  std::uint32_t burn_in = 1;  // first steps in which everybody gets a loan
};

// Chance of a loan by group and score.
using LendingTable = std::array<ScoreShares, 2>;
// The table that the policy sets where `people` stand so. Equal opportunity: the one true-positive
// rate for both groups that maximises the profit, over the rates at which a score is reached whole.
LendingTable lending_table(const LendingRules& rules, const std::array<ScoreCounts, 2>& people);

struct LendingRun {
  std::array<std::uint32_t, 2> loans{}, would_repay{}, lent_to_these{};
  std::int64_t profit = 0;
  std::array<double, 2> mean_repay{};  // of the groups at the end
  std::array<ScoreCounts, 2> people{};
};
// One replicate. Its draws: purpose 500, time: the step, the four words of one call being group,
// person, repayment (drawn even where refused) and loan.
LendingRun run_lending(const LendingRules& rules, std::uint32_t steps, std::uint32_t seed,
                       std::uint32_t replicate);

// The expectation of the same without agents: x <- x + (xQ - x) / 200 for each group.
struct LendingExpectation {
  std::array<double, 2> loans{}, mean_repay{};
  double profit = 0;
  std::array<ScoreShares, 2> shares{};
};
// REQUIRES: not equal opportunity, whose table hangs on where all people stand.
LendingExpectation expect_lending(const LendingRules& rules, std::uint32_t steps);
// Loans that a person of each score still gets before they fall below the cut-off for good.
ScoreShares loans_before_exclusion(const LendingRules& rules);
// One move of the chain of a person who always gets a loan.
ScoreShares after_one_loan(const ScoreShares& shares, const ScoreShares& repay);
double mean_over(const ScoreShares& shares, const ScoreShares& values);
ScoreShares shares_of(const ScoreCounts& people);

// The checks with rules other than the published ones; `rules.policy` and `rules.scores_move` are
// set by each check.
std::vector<PublishedCheck> check_lending(const LendingRules& rules,
                                          const PublishedSetting& setting, Crew& crew);

}  // namespace credence
