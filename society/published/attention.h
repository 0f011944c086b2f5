#pragma once

#include <credence/published/published.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// Model D: six units of attention are put on five sites each step; a site's incidents are found up
// to the units there, and attention deters: the rate of a site falls where units are and rises
// where none is (D'Amour et al. 2020, "Fairness Is Not Static", figures 6 to 8;
// google/ml-fairness-gym, environments/attention_allocation.py).
inline constexpr std::size_t kSites = 5;
inline constexpr std::size_t kAttention = 6;

using SiteRates = std::array<double, kSites>;
using SiteUnits = std::array<std::size_t, kSites>;

enum class AttentionAgent { uniform, proportional, greedy };
// Where a spare unit of the greedy agent goes: to the site with the largest P(X >= a+1) - P(X >= a)
// for a units there (the rule of the authors' code), or with the largest P(X >= a+1), what one more
// unit is expected to find. The published result on harm depends on it.
enum class SpareUnits { difference, gain };
// Which of several allocations with the same expected yield is taken. Before the first beliefs all
// are equal, and where the units go in those 29 steps moves the rates for good: with `gain` and a
// deterrence of .05 the first wins 899 found and 2475 missed, the last 976 and 3092. The authors'
// code takes the last.
enum class EqualYields { last, first };

struct AttentionRules {
  AttentionAgent agent = AttentionAgent::uniform;
  double explore = .1;  // chance of a step of uniform attention
  double alpha = 1;     // how far apart the greedy agent lets the sites' discovery rates be
  SpareUnits spare = SpareUnits::difference;
  EqualYields equal = EqualYields::last;
  double deterrence = 0;  // change of a site's rate per unit and step
  SiteRates rates = {8, 6, 4, 3, 1.5};
};

struct AttentionTotals {
  std::uint64_t found = 0, missed = 0;
};
// One replicate. Draws, time being the step: 700 incidents (index 0: sites 0 to 3; 1: site 4), 701
// where units go (index 0: units 0 to 3; 1: units 4 and 5), 702 whether to explore.
AttentionTotals run_attention(const AttentionRules& rules, std::uint32_t steps, std::uint32_t seed,
                              std::uint32_t replicate);

// What is known of one site: counts found where they stayed below the units there are exact, where
// they reached them the true count may be higher.
class SiteRecord {
 public:
  void note(std::size_t found, std::size_t units, int times);  // times: 1 to add, -1 to forget
  // Maximum likelihood of the censored Poisson law, 0 where nothing was ever looked at. Where every
  // look found as many as it could, the likelihood rises for ever and the highest rate is kept.
  double likeliest_rate(double start) const;

 private:
  int exact_ = 0;
  double exact_sum_ = 0;
  std::array<int, kAttention + 1> reached_{};  // by units
};
inline constexpr double kHighestRate = 20;

// The allocation that is expected to find most among those in which the sites' discovery rates
// f(v) = E[min(v, X) / X] are no more than `alpha` apart; no unit anywhere where there is no such.
SiteUnits greedy_allocation(const SiteRates& beliefs, double alpha, SpareUnits spare,
                            EqualYields equal);

// Incidents found and occurring in one step of uniform attention, in expectation.
struct AttentionExpectation {
  double found = 0, occurring = 0;
};
AttentionExpectation expect_uniform_attention(const SiteRates& rates);

// The checks with another start of the rates, or with the other rule for spare units.
struct AttentionChange {
  SiteRates rates = {8, 6, 4, 3, 1.5};
  bool swap_spare_rules = false;
};
std::vector<PublishedCheck> check_attention(const AttentionChange& change,
                                            const PublishedSetting& setting, Crew& crew);

}  // namespace credence
