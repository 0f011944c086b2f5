#pragma once

#include <credence/published/published.h>

#include <array>
#include <cstdint>
#include <vector>

namespace credence {

// Model F: what is predicted moves with the prediction (Perdomo et al. 2020, "Performative
// Prediction"; Mendler-Duenner et al. 2020, "Stochastic Optimization for Performative Prediction").

// Data N(mean + pull * theta, deviation^2), squared loss. Retraining sets theta to the mean of what
// it brought about; the stable point is mean / (1 - pull).
struct PullRules {
  double mean = 10, pull = .9, deviation = .1, start = 10;
};
// Theta after each round, the start first.
std::vector<double> retrain_mean(const PullRules& rules, std::uint32_t rounds);
// The same from `people` who each show a draw. Purpose 900, person, time: the round.
double retrain_on_people(const PullRules& rules, std::uint32_t rounds, std::uint32_t people,
                         std::uint32_t seed, std::uint32_t replicate);
// Greedy stochastic steps: theta moves by 10 / (800 + t) of the way to one draw made under it.
// Purpose 901, time: t.
double deploy_greedily(const PullRules& rules, std::uint32_t steps, std::uint32_t seed,
                       std::uint32_t replicate);

// The biased coin: X is -1 or 1 with equal chances, Y is 1 with chance 1/2 + (mean + pull theta) X,
// predicted by 1/2 + theta X under squared loss.
struct CoinRules {
  double mean = .1, pull = .2;
};
double coin_risk(const CoinRules& rules, double theta);  // under what theta brings about
double best_coin(const CoinRules& rules);                // of least such risk, within 0 to 1
// Retrained on `people` tosses a round. Purpose 902, person, time: the round.
double retrain_coin(const CoinRules& rules, std::uint32_t rounds, std::uint32_t people,
                    std::uint32_t seed, std::uint32_t replicate);

// A bank retrains a logistic score on applicants who shift what they show against it: shown = true
// - pull * weights. Only the shape is of interest, on people drawn here: the data set of the paper
// may not be passed on.
inline constexpr std::size_t kShownFeatures = 3;
using FeatureWeights = std::array<double, kShownFeatures>;
struct CreditRules {
  double pull = .01;
  std::uint32_t people = 1000, rounds = 25;
  double penalty = .05;  // on half the squared weights, per person
};
// Distance of the weights of each round from those of the round before. Purpose 903, person.
std::vector<double> retrain_credit(const CreditRules& rules, std::uint32_t seed,
                                   std::uint32_t replicate);

std::vector<PublishedCheck> check_performative(const PullRules& rules,
                                               const PublishedSetting& setting, Crew& crew);

}  // namespace credence
