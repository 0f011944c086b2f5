#include <credence/clockwork/draw.h>
#include <credence/clockwork/functions.h>
#include <credence/published/performative.h>

#include <algorithm>
#include <cmath>

namespace credence {
namespace {

constexpr Purpose kApplicantFeatures{903};

struct CreditApplicant {
  FeatureWeights features{};
  double defaults = 0;  // 0 or 1
};

double dot(const FeatureWeights& left, const FeatureWeights& right) {
  double sum = 0;
  for (std::size_t at = 0; at < kShownFeatures; ++at) sum += left[at] * right[at];
  return sum;
}

std::vector<CreditApplicant> draw_applicants(const CreditRules& rules, const KeyedDraws& draws) {
  constexpr FeatureWeights kTrueWeights = {1, -.7, .5};
  std::vector<CreditApplicant> applicants(rules.people);
  for (std::uint32_t person = 0; person < rules.people; ++person) {
    auto luck = draws.uniforms(person, 0, kApplicantFeatures);
    CreditApplicant& applicant = applicants[person];
    for (std::size_t at = 0; at < kShownFeatures; ++at) {
      applicant.features[at] = exact_normal_quantile(luck[at]);
    }
    applicant.defaults = luck[3] < exact_logistic(dot(kTrueWeights, applicant.features)) ? 1 : 0;
  }
  return applicants;
}

using FeatureMatrix = std::array<FeatureWeights, kShownFeatures>;

// Gauss without pivots: the penalty makes the matrix positive definite.
FeatureWeights solved(FeatureMatrix matrix, FeatureWeights right) {
  for (std::size_t row = 0; row < kShownFeatures; ++row) {
    for (std::size_t below = row + 1; below < kShownFeatures; ++below) {
      double factor = matrix[below][row] / matrix[row][row];
      for (std::size_t at = row; at < kShownFeatures; ++at) {
        matrix[below][at] -= factor * matrix[row][at];
      }
      right[below] -= factor * right[row];
    }
  }
  for (std::size_t row = kShownFeatures; row-- > 0;) {
    for (std::size_t at = row + 1; at < kShownFeatures; ++at) {
      right[row] -= matrix[row][at] * right[at];
    }
    right[row] /= matrix[row][row];
  }
  return right;
}

// Penalised loss per person; log(1 + e^z) in the form that does not overflow.
double credit_loss(const std::vector<CreditApplicant>& shown, const FeatureWeights& weights,
                   double penalty) {
  double loss = 0;
  for (const CreditApplicant& applicant : shown) {
    double z = dot(weights, applicant.features);
    loss += std::max(z, 0.) + exact_log(1 + exact_exp(-std::abs(z))) - applicant.defaults * z;
  }
  return loss / static_cast<double>(shown.size()) + penalty / 2 * dot(weights, weights);
}

FeatureWeights newton_step(const std::vector<CreditApplicant>& shown, const FeatureWeights& weights,
                           double penalty) {
  FeatureWeights slope{};
  FeatureMatrix bend{};
  for (const CreditApplicant& applicant : shown) {
    double chance = exact_logistic(dot(weights, applicant.features));
    for (std::size_t at = 0; at < kShownFeatures; ++at) {
      slope[at] += (chance - applicant.defaults) * applicant.features[at];
      for (std::size_t other = 0; other < kShownFeatures; ++other) {
        bend[at][other] +=
            chance * (1 - chance) * applicant.features[at] * applicant.features[other];
      }
    }
  }
  auto people = static_cast<double>(shown.size());
  for (std::size_t at = 0; at < kShownFeatures; ++at) {
    slope[at] = slope[at] / people + penalty * weights[at];
    for (double& entry : bend[at]) entry /= people;
    bend[at][at] += penalty;
  }
  return solved(bend, slope);
}

// Newton's method; a step that does not lower the loss is halved.
FeatureWeights fitted(const std::vector<CreditApplicant>& shown, double penalty) {
  FeatureWeights weights{};
  double loss = credit_loss(shown, weights, penalty);
  for (int iteration = 0; iteration < 60; ++iteration) {
    FeatureWeights step = newton_step(shown, weights, penalty);
    // Below this the loss no longer tells two weights apart.
    if (dot(step, step) < 1e-16 * (1 + dot(weights, weights))) break;
    FeatureWeights next = weights;
    double next_loss = loss, length = 1;
    for (int halving = 0; halving < 40; ++halving, length /= 2) {
      for (std::size_t at = 0; at < kShownFeatures; ++at) {
        next[at] = weights[at] - length * step[at];
      }
      next_loss = credit_loss(shown, next, penalty);
      if (next_loss < loss) break;
    }
    if (!(next_loss < loss)) break;
    weights = next;
    loss = next_loss;
  }
  return weights;
}

}  // namespace

std::vector<double> retrain_credit(const CreditRules& rules, std::uint32_t seed,
                                   std::uint32_t replicate) {
  auto applicants = draw_applicants(rules, KeyedDraws(seed, replicate));
  FeatureWeights weights{};
  std::vector<double> distances;
  for (std::uint32_t round = 0; round < rules.rounds; ++round) {
    auto shown = applicants;
    for (CreditApplicant& applicant : shown) {
      for (std::size_t at = 0; at < kShownFeatures; ++at) {
        applicant.features[at] -= rules.pull * weights[at];
      }
    }
    FeatureWeights next = fitted(shown, rules.penalty);
    double distance = 0;
    for (std::size_t at = 0; at < kShownFeatures; ++at) {
      distance += (next[at] - weights[at]) * (next[at] - weights[at]);
    }
    distances.push_back(std::sqrt(distance));
    weights = next;
  }
  return distances;
}

}  // namespace credence
