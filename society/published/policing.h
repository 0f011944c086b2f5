#pragma once

#include <credence/published/published.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace credence {

// Model C: each day a patrol goes to one of two areas, drawn from an urn, and what it finds there
// goes into the urn (Ensign et al. 2018, "Runaway Feedback Loops in Predictive Policing"). The urn
// comes to hold where the police were, not where the crimes are.
struct PatrolRules {
  std::array<double, 2> start{};                 // what the urn holds of each area at first
  std::array<std::array<double, 2>, 2> found{};  // by area visited: incidents a day of each area
  bool poisson = false;                          // counts instead of their means
  bool decay = false;                            // each incident leaves the urn with 1 % a day
  bool surprise = false;  // findings where the patrol often goes are mostly left out
  double forgotten = .01;
};

// Share of area A in the urn after `days`. Draws: purpose 600 (time: day; words: visit, acceptance,
// count of A, of B) and 601 (words: what of A and of B is forgotten).
double patrol_share(const PatrolRules& rules, std::uint32_t days, std::uint32_t seed,
                    std::uint32_t replicate);

// Where the share goes without decay: the root in [0, 1] of the drift of the urn. REQUIRES: the
// drift changes its sign there.
double patrol_limit(const std::array<std::array<double, 2>, 2>& found);

// Largest distance between the shares' distribution and that of (1 + k) / (2 + days), k uniform on
// 0 .. days (Kolmogorov and Smirnov).
double distance_from_uniform_urn(std::vector<double> shares, std::uint32_t days);

// The checks with another way to forget or to reject than the published one.
struct PatrolChange {
  double forgotten = .01;
  bool surprise_works = true;
};
std::vector<PublishedCheck> check_policing(const PatrolChange& change,
                                           const PublishedSetting& setting, Crew& crew);

}  // namespace credence
