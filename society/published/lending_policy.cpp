#include <credence/published/lending.h>

#include <algorithm>

namespace credence {
namespace {

constexpr double kTie = 1e-12;

// What a group offers: reached[k] is the true-positive rate when the best k+1 scores are accepted.
struct GroupOffer {
  ScoreShares reached{};
  ScoreShares gain{};  // profit of accepting all of the score, best score first
};

GroupOffer offer_of(const ScoreCounts& people, const ScoreShares& repay) {
  GroupOffer offer;
  double total = 0;
  for (std::size_t k = 0; k < kLendingScores; ++k) {
    std::size_t score = kLendingScores - 1 - k;
    total += people[score] * repay[score];
    offer.reached[k] = total;
    offer.gain[k] = people[score] * (2 * repay[score] - 1);
  }
  if (total > 0) {
    for (double& rate : offer.reached) rate /= total;
  }
  return offer;
}

// Shares of the scores, best first, that give the true-positive rate `rate`.
ScoreShares accepted_at(const GroupOffer& offer, double rate) {
  ScoreShares accepted{};
  double before = 0;
  for (std::size_t k = 0; k < kLendingScores; ++k) {
    double reached = offer.reached[k];
    if (rate < reached) {
      accepted[k] = (rate - before) / (reached - before);
      return accepted;
    }
    accepted[k] = 1;
    before = reached;
  }
  return accepted;
}

double profit_at(const GroupOffer& offer, double rate) {
  double before = 0, profit = 0;
  for (std::size_t k = 0; k < kLendingScores; ++k) {
    double reached = offer.reached[k];
    if (rate < reached) return profit + offer.gain[k] * (rate - before) / (reached - before);
    profit += offer.gain[k];
    before = reached;
  }
  return profit;
}

double best_common_rate(const std::array<GroupOffer, 2>& offers) {
  std::array<double, 2 * kLendingScores> rates;
  std::merge(offers[0].reached.begin(), offers[0].reached.end(), offers[1].reached.begin(),
             offers[1].reached.end(), rates.begin());
  double best_rate = 0, best = profit_at(offers[0], 0) + profit_at(offers[1], 0);
  for (double rate : rates) {
    double profit = profit_at(offers[0], rate) + profit_at(offers[1], rate);
    // Profits are in whole people here, two hundred times those of the paper.
    if (profit > best + kTie * 2 * kLendingGroup) {
      best = profit;
      best_rate = rate;
    }
  }
  return best_rate;
}

}  // namespace

LendingTable lending_table(const LendingRules& rules, const std::array<ScoreCounts, 2>& people) {
  LendingTable table{};
  if (rules.policy == LendingPolicy::equal_opportunity) {
    std::array offers = {offer_of(people[0], rules.repay), offer_of(people[1], rules.repay)};
    double rate = best_common_rate(offers);
    for (std::size_t group = 0; group < 2; ++group) {
      table[group] = accepted_at(offers[group], rate);
      std::reverse(table[group].begin(), table[group].end());
    }
    return table;
  }
  for (ScoreShares& row : table) {
    for (std::size_t score = 0; score < kLendingScores; ++score) {
      bool lend = rules.policy == LendingPolicy::everyone || rules.repay[score] >= rules.break_even;
      row[score] = lend ? 1 : 0;
    }
  }
  return table;
}

}  // namespace credence
