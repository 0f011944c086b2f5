#pragma once

#include <credence/published/published.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// Model I: faces held against a watch list. A system that is nearly always right is mostly wrong
// about the people it points at, where hardly anybody is wanted (base rates).

// Chance of at least one false match in a search among `candidates`, and back: the rate of a single
// comparison that gives it. Both 1 - (1 - rate)^n or its inverse.
double search_false_rate(double match_rate, double candidates);
double comparison_false_rate(double search_rate, double candidates);
// Of those pointed at, the share that is wanted: p T / (p T + (1 - p) F).
double alert_precision(double prevalence, double true_rate, double false_rate);
// At least one false match in 365 days.
double yearly_risk(double false_rate, double scans_a_day);

inline constexpr double kTrueMatchRate = .89;

// A crowd that passes one camera on one day. Draws: purpose 1200 MATCH (person; time: day; index
// and word: camera), 1201 whether a person is wanted.
struct CrowdRules {
  std::uint32_t people = 100'000;
  std::array<double, 3> prevalence{1e-3, 1e-4, 1e-5};
  std::array<double, 2> false_rate{1. / 6000, 1. / 60'000};
  double true_rate = kTrueMatchRate;
};
struct CrowdAlerts {
  // [prevalence], [prevalence][false rate]
  std::array<std::uint64_t, 3> wanted{}, found{};
  std::array<std::array<std::uint64_t, 2>, 3> false_alerts{};
};
// All prevalences and rates with the same faces and the same luck.
CrowdAlerts crowd_alerts(const CrowdRules& rules, const KeyedDraws& draws);

// A year of one person who is not wanted: the luckiest scan of all, over 1, 5 and 20 scans a day. A
// false match at rate F is a word below F * 2^32. Draws as above, one camera for each scan.
inline constexpr std::array<std::uint32_t, 3> kScansADay = {1, 5, 20};
std::array<std::uint32_t, 3> closest_match_of_year(std::uint32_t person, const KeyedDraws& draws);

// Whether this person, unwanted, is mistaken at this camera on this day: the same in every twin.
bool misread(std::uint32_t person, std::uint32_t day, std::uint32_t camera, double false_rate,
             const KeyedDraws& draws);

// The checks with another true rate, and false rates multiplied.
struct MatchingChange {
  double true_rate = kTrueMatchRate;
  double false_times = 1;
};
std::vector<PublishedCheck> check_matching(const MatchingChange& change,
                                           const PublishedSetting& setting, Crew& crew);

}  // namespace credence
