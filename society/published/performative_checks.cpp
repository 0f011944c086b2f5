#include <credence/clockwork/crew.h>
#include <credence/clockwork/statistics.h>
#include <credence/published/check_list.h>
#include <credence/published/models.h>
#include <credence/published/performative.h>

#include <cmath>
#include <functional>

namespace credence {
namespace {

constexpr std::string_view kPullSource =
    "Perdomo et al. 2020, Performative Prediction; Mendler-Duenner et al. 2020";
constexpr std::size_t kPullRuns = 20;

struct PerformativeBench {
  const PullRules& rules;
  const PublishedSetting& setting;
  Crew& crew;
  CheckList& list;

  double mean(const std::function<double(std::uint32_t replicate)>& run) const {
    std::vector<double> values(list.runs(kPullRuns));
    crew.each(values.size(), [&](std::size_t replicate, unsigned) {
      values[replicate] = run(static_cast<std::uint32_t>(replicate));
    });
    return sum_by_halves(values) / static_cast<double>(values.size());
  }
};

void check_retraining(const PerformativeBench& bench) {
  auto thetas = retrain_mean(bench.rules, 2000);
  auto distance = [&](std::size_t round) { return std::abs(thetas[round] - 100); };
  bench.list.exact("F1", "retraining: stable point", 100, thetas.back(), 1e-6);
  bench.list.exact("F1", "retraining: distance after 10 rounds", 31.381060, distance(10), 1e-6);
  bench.list.exact("F1", "retraining: distance after 50 rounds", .463840, distance(50), 1e-6);
  bench.list.exact("F1", "retraining: distance after 100 rounds", .00239053, distance(100), 1e-7);
  constexpr std::array kDistances = {31.381060, .463840};
  for (std::uint32_t at = 0; std::uint32_t rounds : {10U, 50U}) {
    double ours = bench.mean([&](std::uint32_t replicate) {
      return std::abs(
          retrain_on_people(bench.rules, rounds, 10'000, bench.setting.seed, replicate) - 100);
    });
    // .1 / sqrt(10,000 people) / sqrt(1 - .81) / sqrt(20 runs), four times.
    bench.list.sampled(
        "F1", "retraining on 10,000 people: distance after " + std::to_string(rounds) + " rounds",
        kDistances[at++], ours, .0021, kPullRuns);
  }
  for (double pull : {1., 1.1}) {
    PullRules rules = bench.rules;
    rules.pull = pull;
    auto path = retrain_mean(rules, 100);
    bool away = true;
    for (std::size_t round = 2; round < path.size(); ++round) {
      // No round moves less than the one before, but for rounding.
      away = away && path[round] - path[round - 1] >= (path[round - 1] - path[round - 2]) - 1e-9;
    }
    bench.list.claim("F1", "retraining diverges where eps = " + shown_number(pull, 1),
                     away && path.back() > 10 * path[1]);
  }
}

void check_greedy(const PerformativeBench& bench) {
  double ours = bench.mean([&](std::uint32_t replicate) {
    return std::abs(deploy_greedily(bench.rules, 50'000, bench.setting.seed, replicate) - 100);
  });
  bench.list.sampled("F2", "greedy stochastic steps: distance after 50,000", 1.41732, ours, .005,
                     kPullRuns);
}

void check_coin(const PerformativeBench& bench, double pull, double stable, double best) {
  CoinRules rules{.1, pull};
  std::string at = "biased coin, eps = " + shown_number(pull, 1) + ": ";
  double ours = bench.mean([&](std::uint32_t replicate) {
    return retrain_coin(rules, 30, 20'000, bench.setting.seed, replicate);
  });
  // .5 / sqrt(20,000 tosses) / sqrt(1 - eps^2) / sqrt(20 runs), four times.
  bench.list.sampled("F3", at + "stable point, retrained on 20,000 tosses a round", stable, ours,
                     .0035, kPullRuns);
  // A minimum is known to half the digits of the risk.
  bench.list.exact("F3", at + "theta of least risk under what it brings about", best,
                   best_coin(rules), 1e-5);
  bench.list.claim("F3", at + "the stable point is not the best one",
                   coin_risk(rules, stable) > coin_risk(rules, best) + 1e-5);
}

// Only the shape of the paper's figure: for a small pull the weights settle, for a large one never.
void check_credit(const PerformativeBench& bench) {
  constexpr std::array kPulls = {.01, 1., 100., 1000.};
  std::array<double, kPulls.size()> last{};
  bench.crew.each(kPulls.size(), [&](std::size_t at, unsigned) {
    CreditRules rules;
    rules.pull = kPulls[at];
    last[at] = retrain_credit(rules, bench.setting.seed, 0).back();
  });
  for (std::size_t at = 0; at < kPulls.size(); ++at) {
    std::string what = "credit scores on drawn people, eps = " + shown_number(kPulls[at], 2);
    if (kPulls[at] <= 1) {
      bench.list.exact("F4", what + ": change of the weights in round 25", 0, last[at], .01);
    } else {
      bench.list.claim("F4",
                       what + ": round 25 still moves the weights; by " + shown_number(last[at], 2),
                       last[at] > .1);
    }
  }
}

}  // namespace

std::vector<PublishedCheck> check_performative(const PullRules& rules,
                                               const PublishedSetting& setting, Crew& crew) {
  CheckList list(kPullSource, setting.effort);
  PerformativeBench bench{rules, setting, crew, list};
  check_retraining(bench);
  check_greedy(bench);
  check_coin(bench, .2, .125, 1. / 6);
  check_coin(bench, .4, 1. / 6, .5);
  check_credit(bench);
  return list.take();
}

std::vector<PublishedCheck> performative_checks(const PublishedSetting& setting, Crew& crew) {
  return check_performative({}, setting, crew);
}

}  // namespace credence
