#include <credence/base/expects.h>
#include <credence/clockwork/draw.h>
#include <credence/published/lending.h>

#include <algorithm>
#include <cmath>

namespace credence {
namespace {

constexpr Purpose kLendingStep{500};

// The two groups person by person: who is drawn is a person, not a score.
struct LendingPeople {
  std::array<std::array<std::uint8_t, kLendingGroup>, 2> score{};
  std::array<ScoreCounts, 2> counts{};

  explicit LendingPeople(const LendingRules& rules) : counts(rules.start) {
    for (std::size_t group = 0; group < 2; ++group) {
      std::size_t person = 0;
      for (std::size_t at = 0; at < kLendingScores; ++at) {
        for (int left = counts[group][at]; left > 0; --left) {
          expects(person < kLendingGroup, "lending: more than 100 people in a group");
          score[group][person++] = static_cast<std::uint8_t>(at);
        }
      }
      expects(person == kLendingGroup, "lending: fewer than 100 people in a group");
    }
  }

  // Returns whether the score changed: at both ends it cannot.
  bool move(std::size_t group, std::size_t person, bool pays) {
    std::uint8_t& mine = score[group][person];
    std::size_t before = mine;
    if (pays ? before + 1 >= kLendingScores : before == 0) return false;
    mine = static_cast<std::uint8_t>(pays ? before + 1 : before - 1);
    --counts[group][before];
    ++counts[group][mine];
    return true;
  }
};

}  // namespace

LendingRun run_lending(const LendingRules& rules, std::uint32_t steps, std::uint32_t seed,
                       std::uint32_t replicate) {
  const KeyedDraws draws(seed, replicate);
  LendingPeople people(rules);
  LendingTable table = lending_table(rules, people.counts);
  const bool follows = rules.policy == LendingPolicy::equal_opportunity;
  LendingRun run;
  for (std::uint32_t step = 0; step < steps; ++step) {
    auto luck = draws.uniforms(0, step, kLendingStep);
    std::size_t group = luck[0] < .5 ? 0 : 1;
    auto person = static_cast<std::size_t>(luck[1] * kLendingGroup);
    std::size_t score = people.score[group][person];
    bool pays = luck[2] < rules.repay[score];
    bool lend = step < rules.burn_in || luck[3] < table[group][score];
    run.would_repay[group] += pays;
    if (!lend) continue;
    ++run.loans[group];
    run.lent_to_these[group] += pays;
    run.profit += pays ? 1 : -1;
    if (rules.scores_move && people.move(group, person, pays) && follows) {
      table = lending_table(rules, people.counts);
    }
  }
  run.people = people.counts;
  for (std::size_t group = 0; group < 2; ++group) {
    run.mean_repay[group] = mean_over(shares_of(people.counts[group]), rules.repay);
  }
  return run;
}

ScoreShares shares_of(const ScoreCounts& people) {
  ScoreShares shares{};
  for (std::size_t score = 0; score < kLendingScores; ++score) {
    shares[score] = people[score] / static_cast<double>(kLendingGroup);
  }
  return shares;
}

double mean_over(const ScoreShares& shares, const ScoreShares& values) {
  double mean = 0;
  for (std::size_t score = 0; score < kLendingScores; ++score)
    mean += shares[score] * values[score];
  return mean;
}

ScoreShares after_one_loan(const ScoreShares& shares, const ScoreShares& repay) {
  ScoreShares after{};
  for (std::size_t score = 0; score < kLendingScores; ++score) {
    after[std::min(score + 1, kLendingScores - 1)] += shares[score] * repay[score];
    after[score == 0 ? 0 : score - 1] += shares[score] * (1 - repay[score]);
  }
  return after;
}

LendingExpectation expect_lending(const LendingRules& rules, std::uint32_t steps) {
  expects(rules.policy != LendingPolicy::equal_opportunity, "expect_lending: no fixed table");
  const LendingTable table = lending_table(rules, rules.start);
  constexpr double kDrawn = .5 / kLendingGroup;  // chance of a person to be the one of the step
  LendingExpectation expected;
  for (std::size_t group = 0; group < 2; ++group) {
    ScoreShares shares = shares_of(rules.start[group]);
    for (std::uint32_t step = 0; step < steps; ++step) {
      ScoreShares lent{}, left{};
      double loans = 0;
      for (std::size_t score = 0; score < kLendingScores; ++score) {
        lent[score] = shares[score] * (step < rules.burn_in ? 1 : table[group][score]);
        left[score] = shares[score] - lent[score];
        loans += lent[score];
      }
      expected.loans[group] += loans / 2;
      expected.profit += (2 * mean_over(lent, rules.repay) - loans) / 2;
      if (!rules.scores_move) continue;
      ScoreShares moved = after_one_loan(lent, rules.repay);
      for (std::size_t score = 0; score < kLendingScores; ++score) {
        shares[score] += kDrawn * (moved[score] + left[score] - shares[score]);
      }
    }
    expected.shares[group] = shares;
    expected.mean_repay[group] = mean_over(shares, rules.repay);
  }
  return expected;
}

ScoreShares loans_before_exclusion(const LendingRules& rules) {
  ScoreShares loans{};
  for (std::size_t start = 0; start < kLendingScores; ++start) {
    ScoreShares shares{};
    shares[start] = 1;
    // Each loan leaves less than 99 % of them inside after a few steps, so this ends soon.
    for (int loan = 0; loan < 100000; ++loan) {
      double inside = 0;
      for (std::size_t score = 0; score < kLendingScores; ++score) {
        if (rules.repay[score] < rules.break_even) shares[score] = 0;
        inside += shares[score];
      }
      if (inside < 1e-15) break;
      loans[start] += inside;
      shares = after_one_loan(shares, rules.repay);
    }
  }
  return loans;
}

}  // namespace credence
