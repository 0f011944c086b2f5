#pragma once

#include <credence/published/published.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace credence {

// Model B: a lender chooses who gets a loan in two groups, and a loan moves the score of who got it
// (Liu et al. 2018, "Delayed Impact of Fair Machine Learning"). No chance in it.
inline constexpr std::size_t kGroupB = 0, kGroupW = 1;

// The two groups over the scores of a table, lowest first.
struct ScoreTable {
  std::vector<double> score;
  std::array<std::vector<double>, 2> mass;   // share of the group at the score
  std::array<std::vector<double>, 2> repay;  // chance to repay there
};
// Reads `percentile,score,cdf_black,cdf_white,repay_black,repay_white` with one row a score, both
// scores and shares rising. Nothing where a row does not fit, with the row's number in `bad_row`.
struct ScoreTableReading {
  std::optional<ScoreTable> table;
  std::size_t bad_row = 0;  // 1: the line of titles; 0: none
};
ScoreTableReading read_score_table(std::string_view text);

struct ImpactRules {
  std::array<double, 2> weight = {.12066905, .87933095};
  double gain = 75, loss = 150;  // of a score by a loan repaid, by a default
  double lowest = 300, highest = 850;
};

// Share of each score that gets a loan, by group.
using LoanShares = std::array<std::vector<double>, 2>;

class DelayedImpact {
 public:
  // `odds`: what a default costs where a loan repaid earns 1. REQUIRES: odds > 0, a table with at
  // least two scores.
  DelayedImpact(const ScoreTable& table, const ImpactRules& rules, double odds);

  LoanShares max_profit() const;
  LoanShares demographic_parity() const;  // one selection rate for both, the most profitable
  LoanShares equal_opportunity() const;   // one true-positive rate for both, the most profitable

  std::vector<double> by_rate(std::size_t group, double rate) const;
  std::vector<double> by_true_positives(std::size_t group, double rate) const;

  double selected(std::size_t group, const std::vector<double>& loans) const;
  double true_positives(std::size_t group, const std::vector<double>& loans) const;
  double mean_change(std::size_t group, const std::vector<double>& loans) const;  // of the score
  double profit(const LoanShares& loans) const;
  // Between the lowest score with a loan and the next one, by how many get it there.
  double threshold(const std::vector<double>& loans) const;

 private:
  template <typename LoansAt>
  LoanShares most_profitable(const LoansAt& loans_at) const;

  const ScoreTable& table_;
  const ImpactRules& rules_;
  double break_even_;
};

std::vector<PublishedCheck> check_delayed_impact(const ImpactRules& rules,
                                                 const PublishedSetting& setting);

}  // namespace credence
