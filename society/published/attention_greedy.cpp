#include <credence/clockwork/functions.h>
#include <credence/published/attention.h>

#include <algorithm>
#include <optional>

namespace credence {
namespace {

// A site as its believed rate shows it, for 0 to 6 units there.
struct BelievedSite {
  std::array<double, kAttention + 1> exactly{};    // P(X = v)
  std::array<double, kAttention + 2> at_least{};   // P(X >= v)
  std::array<double, kAttention + 1> discovery{};  // E[min(v, X) / X], 0/0 being 1 for v > 0
};

BelievedSite believed_site(double rate) {
  BelievedSite site;
  double chance = exact_exp(-rate), until = 0;
  for (std::size_t v = 1; v <= kAttention; ++v) site.discovery[v] = chance;
  for (std::size_t x = 0; static_cast<double>(x) <= rate || chance > 1e-16; ++x) {
    auto count = static_cast<double>(x);
    if (x > 0) {
      chance *= rate / count;
      for (std::size_t v = 1; v <= kAttention; ++v) {
        site.discovery[v] += chance * static_cast<double>(std::min(v, x)) / count;
      }
    }
    if (x <= kAttention) site.exactly[x] = chance;
    if (x < site.at_least.size()) site.at_least[x] = 1 - until;
    until += chance;
  }
  for (std::size_t v = 0; v <= kAttention; ++v) {
    site.at_least[v + 1] = site.at_least[v] - site.exactly[v];
  }
  return site;
}

using BelievedSites = std::array<BelievedSite, kSites>;

// Least and most units of each site that keep its discovery rate between two bounds.
struct UnitBounds {
  SiteUnits least{}, most{};
};

std::optional<UnitBounds> bounds_around(const BelievedSites& sites, std::size_t fixed,
                                        std::size_t units, double alpha) {
  double low = std::max(sites[fixed].discovery[units] - alpha, 0.), high = low + alpha;
  UnitBounds bounds;
  for (std::size_t site = 0; site < kSites; ++site) {
    if (site == fixed) {
      bounds.least[site] = bounds.most[site] = units;
      continue;
    }
    const auto& discovery = sites[site].discovery;
    auto least = std::find_if(discovery.begin(), discovery.end(),
                              [low](double rate) { return rate >= low; });
    auto beyond = std::find_if(discovery.begin(), discovery.end(),
                               [high](double rate) { return rate > high; });
    if (least >= beyond) return {};
    bounds.least[site] = static_cast<std::size_t>(least - discovery.begin());
    bounds.most[site] = static_cast<std::size_t>(beyond - discovery.begin()) - 1;
  }
  return bounds;
}

// Puts the spare units on the sites with room, one by one; nothing where not all find a place.
std::optional<SiteUnits> filled(const BelievedSites& sites, const UnitBounds& bounds,
                                SpareUnits spare) {
  SiteUnits units = bounds.least;
  std::size_t used = 0;
  for (std::size_t there : units) used += there;
  if (used > kAttention) return {};
  for (; used < kAttention; ++used) {
    std::optional<std::size_t> best;
    double most = 0;
    for (std::size_t site = 0; site < kSites; ++site) {
      if (units[site] >= bounds.most[site]) continue;
      double worth = spare == SpareUnits::gain ? sites[site].at_least[units[site] + 1]
                                               : -sites[site].exactly[units[site]];
      if (best && worth <= most) continue;
      best = site;
      most = worth;
    }
    if (!best) return {};
    ++units[*best];
  }
  return units;
}

double expected_yield(const BelievedSites& sites, const SiteUnits& units) {
  double yield = 0;
  for (std::size_t site = 0; site < kSites; ++site) {
    double of_site = 0;
    for (std::size_t x = 1; x <= units[site]; ++x) of_site += sites[site].at_least[x];
    yield += of_site;
  }
  return yield;
}

}  // namespace

SiteUnits greedy_allocation(const SiteRates& beliefs, double alpha, SpareUnits spare,
                            EqualYields equal) {
  BelievedSites sites;
  for (std::size_t site = 0; site < kSites; ++site) sites[site] = believed_site(beliefs[site]);
  SiteUnits best{};
  double most = -1;
  for (std::size_t fixed = 0; fixed < kSites; ++fixed) {
    for (std::size_t there = 0; there <= kAttention; ++there) {
      auto bounds = bounds_around(sites, fixed, there, alpha);
      if (!bounds) continue;
      auto units = filled(sites, *bounds, spare);
      if (!units) continue;
      double yield = expected_yield(sites, *units);
      if (yield > most || (yield == most && equal == EqualYields::last)) {
        most = yield;
        best = *units;
      }
    }
  }
  return best;
}

}  // namespace credence
