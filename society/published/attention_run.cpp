#include <credence/clockwork/draw.h>
#include <credence/published/attention.h>
#include <credence/published/laws.h>

#include <algorithm>

namespace credence {
namespace {

constexpr Purpose kIncidents{700};
constexpr Purpose kWhereUnitsGo{701};
constexpr Purpose kExplore{702};

constexpr std::uint32_t kBeliefsFrom = 25, kBeliefsEvery = 10;
constexpr std::size_t kRemembered = 100;  // steps

// What the allocating agent remembers and believes.
class AttentionMind {
 public:
  AttentionMind(const AttentionRules& rules, const KeyedDraws& draws)
      : rules_(rules), draws_(draws) {
    refresh_greedy();
  }

  // `step` counts from 0; beliefs are renewed in the 30th step, the 40th and so on, before units
  // are placed.
  SiteUnits allocate(std::uint32_t step) {
    if (rules_.agent == AttentionAgent::uniform) return scattered(step, even());
    if (step + 1 >= kBeliefsFrom && (step + 1) % kBeliefsEvery == 0) renew();
    if (draws_.chance(rules_.explore, 0, step, kExplore)) return scattered(step, even());
    if (rules_.agent == AttentionAgent::greedy) return greedy_;
    return scattered(step, beliefs_);
  }

  void remember(std::uint32_t step, const SiteUnits& found, const SiteUnits& units) {
    if (rules_.agent == AttentionAgent::uniform) return;
    auto& place = memory_[step % kRemembered];
    for (std::size_t site = 0; site < kSites; ++site) {
      if (step >= kRemembered) records_[site].note(place.found[site], place.units[site], -1);
      records_[site].note(found[site], units[site], 1);
    }
    place = {found, units};
  }

 private:
  struct Look {
    SiteUnits found{}, units{};
  };

  static SiteRates even() {
    SiteRates rates;
    rates.fill(1);
    return rates;
  }

  // Each unit goes to a site with a chance in proportion to its weight.
  SiteUnits scattered(std::uint32_t step, const SiteRates& weights) const {
    double total = 0;
    for (double weight : weights) total += weight;
    if (total <= 0) return scattered(step, even());
    auto first = draws_.uniforms(0, step, kWhereUnitsGo, 0);
    auto second = draws_.uniforms(0, step, kWhereUnitsGo, 1);
    SiteUnits units{};
    for (std::size_t unit = 0; unit < kAttention; ++unit) {
      double left = (unit < 4 ? first[unit] : second[unit - 4]) * total;
      std::size_t site = 0;
      while (site + 1 < kSites && left >= weights[site]) left -= weights[site++];
      ++units[site];
    }
    return units;
  }

  void renew() {
    for (std::size_t site = 0; site < kSites; ++site) {
      beliefs_[site] = records_[site].likeliest_rate(beliefs_[site]);
    }
    refresh_greedy();
  }

  void refresh_greedy() {
    if (rules_.agent != AttentionAgent::greedy) return;
    greedy_ = greedy_allocation(beliefs_, rules_.alpha, rules_.spare, rules_.equal);
  }

  const AttentionRules& rules_;
  const KeyedDraws& draws_;
  SiteRates beliefs_{};
  SiteUnits greedy_{};
  std::array<SiteRecord, kSites> records_;
  std::array<Look, kRemembered> memory_;
};

}  // namespace

AttentionTotals run_attention(const AttentionRules& rules, std::uint32_t steps, std::uint32_t seed,
                              std::uint32_t replicate) {
  const KeyedDraws draws(seed, replicate);
  AttentionMind mind(rules, draws);
  SiteRates rates = rules.rates;
  AttentionTotals totals;
  for (std::uint32_t step = 0; step < steps; ++step) {
    SiteUnits units = mind.allocate(step), found{};
    auto first = draws.uniforms(0, step, kIncidents, 0);
    double last = draws.uniform(0, step, kIncidents, 1);
    for (std::size_t site = 0; site < kSites; ++site) {
      std::size_t incidents = poisson_by_inversion(site < 4 ? first[site] : last, rates[site]);
      found[site] = std::min(units[site], incidents);
      totals.found += found[site];
      totals.missed += incidents - found[site];
      rates[site] =
          units[site] == 0
              ? rates[site] + rules.deterrence
              : std::max(0., rates[site] - rules.deterrence * static_cast<double>(units[site]));
    }
    mind.remember(step, found, units);
  }
  return totals;
}

AttentionExpectation expect_uniform_attention(const SiteRates& rates) {
  AttentionExpectation expected;
  std::array<double, kAttention + 1> units{};  // law of the units at one site: binomial(6, 1/5)
  units[0] = 1;
  for (std::size_t unit = 0; unit < kAttention; ++unit) {
    for (std::size_t there = unit + 1; there > 0; --there) {
      units[there] = units[there] * (1 - 1. / kSites) + units[there - 1] / kSites;
    }
    units[0] *= 1 - 1. / kSites;
  }
  for (double rate : rates) {
    expected.occurring += rate;
    // E[min(a, X)] = sum over x <= a of P(X >= x); x units are there with P(units >= x).
    const PoissonTable incidents(rate);
    double more_units = 1;
    for (std::size_t x = 1; x <= kAttention; ++x) {
      more_units -= units[x - 1];
      expected.found += more_units * incidents.tail(static_cast<std::uint32_t>(x));
    }
  }
  return expected;
}

}  // namespace credence
