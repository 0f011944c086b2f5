#include <credence/clockwork/crew.h>
#include <credence/clockwork/statistics.h>
#include <credence/published/check_list.h>
#include <credence/published/lending.h>
#include <credence/published/models.h>

#include <cmath>
#include <functional>

namespace credence {
namespace {

constexpr std::string_view kLendingSource = "D'Amour et al. 2020, Fairness Is Not Static";
constexpr std::uint32_t kLendingSteps = 20'000;

struct LendingBench {
  const LendingRules& rules;
  const PublishedSetting& setting;
  Crew& crew;
  CheckList& list;

  std::vector<LendingRun> runs(const LendingRules& used, std::uint32_t steps,
                               std::size_t reference) const {
    std::vector<LendingRun> made(list.runs(reference));
    crew.each(made.size(), [&](std::size_t replicate, unsigned) {
      made[replicate] =
          run_lending(used, steps, setting.seed, static_cast<std::uint32_t>(replicate));
    });
    return made;
  }
};

using LendingFigure = std::function<double(const LendingRun&)>;

double mean_of_runs(const std::vector<LendingRun>& runs, const LendingFigure& figure) {
  std::vector<double> values;
  for (const LendingRun& run : runs) values.push_back(figure(run));
  return sum_by_halves(values) / static_cast<double>(runs.size());
}

LendingRules with_policy(LendingRules rules, LendingPolicy policy) {
  rules.policy = policy;
  return rules;
}

// The published expectations leave out the first step, in which everybody gets a loan.
LendingExpectation expect_max_utility(LendingRules rules, std::uint32_t steps) {
  rules.burn_in = 0;
  return expect_lending(with_policy(rules, LendingPolicy::max_utility), steps);
}

std::string in_group(const std::string& what, std::size_t group) {
  return what + ", group " + std::to_string(group + 1);
}

// A1. Where everybody gets a loan, where people started is forgotten.
void check_everyone(const LendingBench& bench) {
  constexpr ScoreShares kPublished = {.514835, .064354, .023402, .026327,
                                      .045132, .097785, .228165};
  LendingRules rules = with_policy(bench.rules, LendingPolicy::everyone);
  ScoreShares furthest = kPublished;
  ScoreShares all_low{1}, all_high{};
  all_high.back() = 1;
  for (ScoreShares shares :
       {shares_of(rules.start[0]), shares_of(rules.start[1]), all_low, all_high}) {
    for (int loan = 0; loan < 20'000; ++loan) shares = after_one_loan(shares, rules.repay);
    for (std::size_t score = 0; score < kLendingScores; ++score) {
      if (std::abs(shares[score] - kPublished[score]) >
          std::abs(furthest[score] - kPublished[score])) {
        furthest[score] = shares[score];
      }
    }
  }
  for (std::size_t score = 0; score < kLendingScores; ++score) {
    bench.list.exact("A1",
                     "lend to all, chain: stationary share at score " + std::to_string(score) +
                         ", the furthest of four starts",
                     kPublished[score], furthest[score], 1e-6);
  }
  // People move independently here, so the standard error is that of 10,000 people a group.
  auto runs = bench.runs(rules, 100'000, 100);
  for (std::size_t group = 0; group < 2; ++group) {
    double best = mean_of_runs(
        runs, [group](const LendingRun& run) { return shares_of(run.people[group]).back(); });
    bench.list.sampled("A1",
                       in_group("lend to all, agents, 100,000 steps: share at score 6", group),
                       kPublished.back(), best, .017, 100);
  }
}

// A2. Max-utility excludes everybody in the end.
void check_exclusion(const LendingBench& bench) {
  constexpr std::array kRepay = {.425, .390};
  constexpr std::array kLoans = {4761.90, 2969.04};
  LendingRules rules = with_policy(bench.rules, LendingPolicy::max_utility);
  LendingExpectation end = expect_max_utility(rules, 1'000'000);
  LendingExpectation late = expect_max_utility(rules, 200'000);
  auto runs = bench.runs(rules, 200'000, 100);
  for (std::size_t group = 0; group < 2; ++group) {
    bench.list.exact("A2", in_group("max-utility, chain, 1,000,000 steps: mean repay", group),
                     kRepay[group], end.mean_repay[group], 1e-9);
    bench.list.exact("A2", in_group("max-utility, chain, 200,000 steps: loans", group),
                     kLoans[group], late.loans[group], .006);
    bench.list.sampled(
        "A2", in_group("max-utility, agents, 200,000 steps: mean repay", group), kRepay[group],
        mean_of_runs(runs, [group](const LendingRun& run) { return run.mean_repay[group]; }), .002,
        100);
  }
  bench.list.exact("A2", "max-utility, chain: share of group 1 left at score 2", .9,
                   end.shares[0][2], 1e-9);
  bench.list.exact("A2", "max-utility, chain: share of group 2 left at score 2", .8,
                   end.shares[1][2], 1e-9);
}

void check_loans_before_exclusion(const LendingBench& bench) {
  constexpr std::array kLeft = {37.738, 61.230, 72.341, 75.675};
  constexpr std::array kOfGroup = {47.619, 29.690};
  ScoreShares left = loans_before_exclusion(bench.rules);
  for (std::size_t score = 3; score < kLendingScores; ++score) {
    bench.list.exact(
        "A2", "max-utility, chain: loans before exclusion from score " + std::to_string(score),
        kLeft[score - 3], left[score], 5e-4);
  }
  for (std::size_t group = 0; group < 2; ++group) {
    bench.list.exact("A2", in_group("max-utility, chain: loans before exclusion, mean", group),
                     kOfGroup[group], mean_over(shares_of(bench.rules.start[group]), left), 5e-4);
  }
}

// What the table of the reference says of one policy after 20,000 steps.
struct LendingRow {
  std::string id, name;
  std::array<double, 2> loans, loans_within, repay, repay_within;
  double profit, profit_within, behind, behind_within;
};

void check_row(const LendingBench& bench, const LendingRow& row,
               const std::vector<LendingRun>& runs) {
  for (std::size_t group = 0; group < 2; ++group) {
    bench.list.sampled(
        row.id, in_group(row.name + ", agents, 20,000 steps: loans", group), row.loans[group],
        mean_of_runs(runs, [group](const LendingRun& run) { return run.loans[group]; }),
        row.loans_within[group], 400);
    bench.list.sampled(
        row.id, in_group(row.name + ", agents, 20,000 steps: mean repay", group), row.repay[group],
        mean_of_runs(runs, [group](const LendingRun& run) { return run.mean_repay[group]; }),
        row.repay_within[group], 400);
  }
  bench.list.sampled(row.id, row.name + ", agents, 20,000 steps: profit per step", row.profit,
                     mean_of_runs(runs,
                                  [](const LendingRun& run) {
                                    return static_cast<double>(run.profit) / kLendingSteps;
                                  }),
                     row.profit_within, 400);
  bench.list.sampled(
      row.id, row.name + ", agents: share of runs in which group 2 ends with less credit",
      row.behind,
      mean_of_runs(
          runs,
          [](const LendingRun& run) { return run.mean_repay[1] < run.mean_repay[0] ? 1. : 0.; }),
      row.behind_within, 400);
}

// A3. Against the exact expectation, and the agents against theirs.
void check_max_utility(const LendingBench& bench, const std::vector<LendingRun>& runs) {
  constexpr std::array kLoans = {3579.51, 2236.21};
  constexpr std::array kRepay = {.46462, .41456};
  LendingExpectation expected = expect_max_utility(bench.rules, kLendingSteps);
  for (std::size_t group = 0; group < 2; ++group) {
    bench.list.exact("A3", in_group("max-utility, chain, 20,000 steps: loans", group),
                     kLoans[group], expected.loans[group], .006);
    bench.list.exact("A3", in_group("max-utility, chain, 20,000 steps: mean repay", group),
                     kRepay[group], expected.mean_repay[group], 1e-5);
  }
  bench.list.exact("A3", "max-utility, chain, 20,000 steps: profit per step", .11013,
                   expected.profit / kLendingSteps, 1e-5);
  check_row(bench,
            {"A3",
             "max-utility",
             {3579.5, 2236.2},
             {65, 55},
             {.46462, .41456},
             {.0018, .0015},
             .11013,
             .002,
             1,
             .01},
            runs);
}

double gap_in_whole_run(const LendingRun& run) {
  std::array<double, 2> rate{};
  for (std::size_t group = 0; group < 2; ++group) {
    rate[group] = run.would_repay[group] == 0
                      ? 0
                      : run.lent_to_these[group] / static_cast<double>(run.would_repay[group]);
  }
  return std::abs(rate[0] - rate[1]);
}

// A4 and the messages: equal opportunity lends more to group 2 and leaves it with less credit, and
// an equal rate in each step is no equal rate over all steps.
void check_equal_opportunity(const LendingBench& bench, const std::vector<LendingRun>& utility) {
  LendingRules rules = with_policy(bench.rules, LendingPolicy::equal_opportunity);
  auto runs = bench.runs(rules, kLendingSteps, 400);
  check_row(bench,
            {"A4",
             "equal opportunity",
             {4013, 3157},
             {75, 72},
             {.411, .321},
             {.008, .008},
             .1319,
             .0032,
             .975,
             .044},
            runs);
  auto loans = [](const LendingRun& run) { return static_cast<double>(run.loans[1]); };
  auto credit = [](const LendingRun& run) { return run.mean_repay[1]; };
  bench.list.claim("A4",
                   "equal opportunity gives group 2 more loans and leaves it with less credit than "
                   "max-utility",
                   mean_of_runs(runs, loans) > mean_of_runs(utility, loans) &&
                       mean_of_runs(runs, credit) < mean_of_runs(utility, credit));
  double moving = mean_of_runs(runs, gap_in_whole_run);
  rules.scores_move = false;
  double frozen = mean_of_runs(bench.runs(rules, kLendingSteps, 400), gap_in_whole_run);
  // Four standard errors of a folded normal mean, whose deviation is three quarters of it.
  bench.list.sampled("A4", "equal opportunity: gap of whole-run true-positive rates", .0091, moving,
                     .0020, 400);
  bench.list.sampled("A4", "equal opportunity, scores frozen: the same gap", .0051, frozen, .0012,
                     400);
  // Below 1.4, four standard errors under the published ratio, equality per step would add up.
  bench.list.sampled("A4", "equal opportunity: gap with moving scores over gap with frozen ones",
                     .0091 / .0051, moving / frozen, .0091 / .0051 - 1.4, 400);
}

}  // namespace

std::vector<PublishedCheck> check_lending(const LendingRules& rules,
                                          const PublishedSetting& setting, Crew& crew) {
  CheckList list(kLendingSource, setting.effort);
  LendingBench bench{rules, setting, crew, list};
  check_everyone(bench);
  check_exclusion(bench);
  check_loans_before_exclusion(bench);
  auto utility = bench.runs(with_policy(rules, LendingPolicy::max_utility), kLendingSteps, 400);
  check_max_utility(bench, utility);
  check_equal_opportunity(bench, utility);
  return list.take();
}

std::vector<PublishedCheck> lending_checks(const PublishedSetting& setting, Crew& crew) {
  return check_lending({}, setting, crew);
}

}  // namespace credence
