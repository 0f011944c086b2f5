#include <credence/clockwork/draw.h>
#include <credence/clockwork/statistics.h>
#include <credence/published/performative.h>

namespace credence {
namespace {

constexpr Purpose kShownByPeople{900};
constexpr Purpose kShownToStep{901};
constexpr Purpose kToss{902};

}  // namespace

std::vector<double> retrain_mean(const PullRules& rules, std::uint32_t rounds) {
  std::vector<double> thetas = {rules.start};
  for (std::uint32_t round = 0; round < rounds; ++round) {
    thetas.push_back(rules.mean + rules.pull * thetas.back());
  }
  return thetas;
}

double retrain_on_people(const PullRules& rules, std::uint32_t rounds, std::uint32_t people,
                         std::uint32_t seed, std::uint32_t replicate) {
  const KeyedDraws draws(seed, replicate);
  double theta = rules.start;
  std::vector<double> shown(people);
  for (std::uint32_t round = 0; round < rounds; ++round) {
    for (std::uint32_t person = 0; person < people; ++person) {
      shown[person] = rules.mean + rules.pull * theta +
                      rules.deviation * draws.normal(person, round, kShownByPeople);
    }
    theta = sum_by_halves(shown) / people;
  }
  return theta;
}

double deploy_greedily(const PullRules& rules, std::uint32_t steps, std::uint32_t seed,
                       std::uint32_t replicate) {
  const KeyedDraws draws(seed, replicate);
  double theta = rules.start;
  for (std::uint32_t step = 1; step <= steps; ++step) {
    double shown =
        rules.mean + rules.pull * theta + rules.deviation * draws.normal(0, step, kShownToStep);
    theta += 10. / (800. + step) * (shown - theta);
  }
  return theta;
}

double coin_risk(const CoinRules& rules, double theta) {
  // By symmetry the two sides of X have the same risk; this is the one of X = 1.
  double chance = .5 + rules.mean + rules.pull * theta, predicted = .5 + theta;
  return chance * (1 - predicted) * (1 - predicted) + (1 - chance) * predicted * predicted;
}

double best_coin(const CoinRules& rules) {
  double low = 0, high = 1;
  for (int cut = 0; cut < 80; ++cut) {
    double third = (high - low) / 3, left = low + third, right = high - third;
    if (coin_risk(rules, left) > coin_risk(rules, right)) {
      low = left;
    } else {
      high = right;
    }
  }
  return (low + high) / 2;
}

double retrain_coin(const CoinRules& rules, std::uint32_t rounds, std::uint32_t people,
                    std::uint32_t seed, std::uint32_t replicate) {
  const KeyedDraws draws(seed, replicate);
  double theta = 0;
  for (std::uint32_t round = 0; round < rounds; ++round) {
    std::int64_t agree = 0;  // twice the sum of (Y - 1/2) X
    for (std::uint32_t person = 0; person < people; ++person) {
      auto luck = draws.uniforms(person, round, kToss);
      int side = luck[0] < .5 ? -1 : 1;
      bool heads = luck[1] < .5 + (rules.mean + rules.pull * theta) * side;
      agree += heads ? side : -side;
    }
    theta = static_cast<double>(agree) / (2. * people);  // least squares without a constant
  }
  return theta;
}

}  // namespace credence
