#include <credence/clockwork/crew.h>
#include <credence/clockwork/statistics.h>
#include <credence/published/check_list.h>
#include <credence/published/models.h>
#include <credence/published/policing.h>

#include <algorithm>

namespace credence {
namespace {

constexpr std::string_view kPolicingSource =
    "Ensign et al. 2018, Runaway Feedback Loops in Predictive Policing";
constexpr std::size_t kPatrolRuns = 1000;
constexpr std::uint32_t kPatrolDays = 1000;

// Drug incidents a day in Oakland: the most patrolled area, the second, and a random one.
constexpr double kTop = 3.68511, kSecond = 2.816466, kRandom = 2.35592;
constexpr std::array kStrongTwo = {609., 379.}, kStrongRandom = {609., 7.}, kWeak = {6.09, 3.79};

using PatrolMatrix = std::array<std::array<double, 2>, 2>;

constexpr PatrolMatrix discovered(double a, double b) {
  return {{{a, 0}, {0, b}}};
}
// Both areas report, and the visited one is seen twice as well.
constexpr PatrolMatrix reported(double a, double b) {
  return {{{2 * a, b}, {a, 2 * b}}};
}
// A tenth is reported where no patrol is.
constexpr PatrolMatrix tenth_reported(double a, double b) {
  return {{{a, .1 * b}, {.1 * a, b}}};
}

struct PatrolCase {
  const char* id;
  const char* name;
  PatrolRules rules;
  double mean, within;
};

const std::array kPatrolCases = {
    PatrolCase{"C1",
               "top 2, strong prior, deterministic",
               {kStrongTwo, discovered(kTop, kSecond)},
               .7015,
               .003},
    PatrolCase{
        "C2", "top 2, weak prior, deterministic", {kWeak, discovered(kTop, kSecond)}, .8376, .020},
    PatrolCase{"C3",
               "top 2, strong prior, Poisson",
               {kStrongTwo, discovered(kTop, kSecond), true},
               .7018,
               .0035},
    PatrolCase{"C4",
               "top 2, strong prior, Poisson, decay",
               {kStrongTwo, discovered(kTop, kSecond), true, true},
               .9319,
               .008},
    PatrolCase{"C5",
               "top 2, strong prior, Poisson, decay, surprise",
               {kStrongTwo, discovered(kTop, kSecond), true, true, true},
               .5687,
               .0065},
    PatrolCase{"C6",
               "top and random, strong prior, Poisson, decay",
               {kStrongRandom, discovered(kTop, kRandom), true, true},
               .9944,
               .001},
    PatrolCase{"C7",
               "top and random, strong prior, Poisson, decay, surprise",
               {kStrongRandom, discovered(kTop, kRandom), true, true, true},
               .6123,
               .007},
    PatrolCase{"C8", "start (1, 1), one incident a visit", {{1, 1}, discovered(1, 1)}, .5, .037},
    PatrolCase{"C9",
               "reports and discoveries, top 2, Poisson, decay",
               {kStrongTwo, reported(kTop, kSecond), true, true},
               .5987,
               .0031},
    PatrolCase{"C9",
               "reports and discoveries, top and random, Poisson, decay",
               {kStrongRandom, reported(kTop, kRandom), true, true},
               .6593,
               .0030},
    PatrolCase{"C9",
               "10 % reports, top 2, Poisson, decay",
               {kStrongTwo, tenth_reported(kTop, kSecond), true, true},
               .7610,
               .0078},
};

std::vector<double> shares_of_runs(const PatrolRules& rules, std::uint32_t days,
                                   const PublishedSetting& setting, std::size_t runs, Crew& crew) {
  std::vector<double> shares(runs);
  crew.each(runs, [&](std::size_t run, unsigned) {
    shares[run] = patrol_share(rules, days, setting.seed, static_cast<std::uint32_t>(run));
  });
  return shares;
}

double share_above(const std::vector<double>& shares, double bound) {
  auto above =
      std::count_if(shares.begin(), shares.end(), [bound](double share) { return share > bound; });
  return static_cast<double>(above) / static_cast<double>(shares.size());
}

void check_spread(CheckList& list, const std::string& id, const std::vector<double>& shares) {
  // Standard errors of quantiles and shares of 1,000 and 20,000 runs together, four of them.
  ReplicateSpread spread = spread_of(shares);
  if (id == "C1") {
    list.sampled(id, "top 2, strong prior, deterministic: 5 % quantile", .666, spread.low, .006,
                 kPatrolRuns);
    list.sampled(id, "top 2, strong prior, deterministic: 95 % quantile", .734, spread.high, .006,
                 kPatrolRuns);
  }
  if (id == "C4") {
    list.sampled(id, "top 2, strong prior, Poisson, decay: share of runs above .95", .47,
                 share_above(shares, .95), .065, kPatrolRuns);
  }
  if (id == "C8") {
    // 2.28 over the root of the runs: as rare by chance as four standard errors.
    list.sampled(id, "start (1, 1), one incident a visit: distance from the uniform law", 0,
                 distance_from_uniform_urn(shares, kPatrolDays), .072, kPatrolRuns);
  }
}

void check_limits(CheckList& list) {
  list.exact("C9", "reports and discoveries, top 2: limit without decay", .598897,
             patrol_limit(reported(kTop, kSecond)), 1e-6);
  list.exact("C9", "reports and discoveries, top and random: limit without decay", .659428,
             patrol_limit(reported(kTop, kRandom)), 1e-6);
  list.exact("C9", "10 % reports, top 2: limit without decay", .775890,
             patrol_limit(tenth_reported(kTop, kSecond)), 1e-6);
}

// Where discoveries alone count, the more troubled area takes all in the end, however slowly.
void check_long_run(CheckList& list, const PublishedSetting& setting, Crew& crew) {
  PatrolRules rules{kStrongTwo, discovered(kTop, kSecond)};
  std::vector<double> means;
  for (std::uint32_t days : {1'000U, 10'000U, 100'000U}) {
    means.push_back(spread_of(shares_of_runs(rules, days, setting, list.runs(50), crew)).mean);
  }
  list.claim("C1",
             "top 2, strong prior, deterministic: the share of A goes on rising, after 1,000, "
             "10,000 and 100,000 days; ours " +
                 shown_number(means[0], 3) + ", " + shown_number(means[1], 3) + ", " +
                 shown_number(means[2], 3),
             means[0] + .02 < means[1] && means[1] + .02 < means[2]);
}

}  // namespace

std::vector<PublishedCheck> check_policing(const PatrolChange& change,
                                           const PublishedSetting& setting, Crew& crew) {
  CheckList list(kPolicingSource, setting.effort);
  std::vector<double> means;
  for (const PatrolCase& patrol : kPatrolCases) {
    PatrolRules rules = patrol.rules;
    rules.forgotten = change.forgotten;
    rules.surprise = rules.surprise && change.surprise_works;
    auto shares = shares_of_runs(rules, kPatrolDays, setting, list.runs(kPatrolRuns), crew);
    means.push_back(spread_of(shares).mean);
    list.sampled(patrol.id, std::string(patrol.name) + ": mean share of area A", patrol.mean,
                 means.back(), patrol.within, kPatrolRuns);
    check_spread(list, patrol.id, shares);
  }
  check_limits(list);
  check_long_run(list, setting, crew);
  const double truth = kTop / (kTop + kSecond);
  list.claim("C9",
             "more reports lessen the bias and never remove it; rejecting what is no surprise does",
             means[3] > means[10] && means[10] > means[8] && means[8] > truth + .02 &&
                 means[4] < truth + .02);
  return list.take();
}

std::vector<PublishedCheck> policing_checks(const PublishedSetting& setting, Crew& crew) {
  return check_policing({}, setting, crew);
}

}  // namespace credence
