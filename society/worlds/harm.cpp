#include <credence/worlds/harm.h>

#include <algorithm>
#include <limits>

namespace credence {
namespace {

constexpr std::array<std::string_view, kCounters> kCounterNames = {
    "people",
    "adults",
    "enrolled",
    "scored",
    "not-enough-data",
    "points-sum",
    "working",
    "wealth-sum",
    "income-sum",
    "wanted-rental",
    "rental-without-deposit",
    "rental-with-deposit",
    "rental-not-afforded",
    "rental-lost",
    "deposit-saved",
    "deposit-paid",
    "rental-loss",
    "wanted-loan",
    "loan-granted",
    "loan-refused",
    "defaulted",
    "loan-loss",
    "loan-interest",
    "wanted-home",
    "home-found",
    "home-refused",
    "moved",
    "wanted-trip",
    "trip-refused",
    "wanted-job",
    "found-job",
    "job-refused",
    "wanted-school",
    "school-refused",
    "refused",
    "excluded",
    "spells-begun",
    "spells-ended",
    "spell-months",
    "reliable-wanted",
    "reliable-granted",
    "unreliable-wanted",
    "unreliable-granted",
    "alerts",
    "true-alerts",
    "false-alerts",
    "falsely-matched",
    "sanctioned",
    "wrongly-sanctioned",
    "sanction-months",
    "black",
    "red",
    "named",
    "critical",
    "spoke",
    "held-back",
    "praised",
    "chill-sum",
    "volunteered",
    "offended",
    "gaming",
    "game-spending",
    "hit-through-others",
    "lost-friend",
    "faults-live",
    "faults-recorded",
    "faults-found",
    "appeals-opened",
    "appeals-won",
    "appeals-lost",
    "appeals-justified",
    "appeals-waiting",
    "waiting-months",
    "operator-income",
    "operator-cost",
    "poorer",
    "richer",
    "wealth-difference",
    "refused-only-here",
    "granted-only-here",
    "silenced",
    "workless-only-here",
    "harmed-through-mistake",
};

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

using GroupRate = double (*)(const MonthTally&);

double selection_rate(const MonthTally& tally) {
  auto wanted =
      static_cast<double>(tally[Counter::reliable_wanted] + tally[Counter::unreliable_wanted]);
  auto granted =
      static_cast<double>(tally[Counter::reliable_granted] + tally[Counter::unreliable_granted]);
  return wanted > 0 ? granted / wanted : kUndefined;
}

double true_positive_rate(const MonthTally& tally) {
  auto wanted = static_cast<double>(tally[Counter::reliable_wanted]);
  return wanted > 0 ? static_cast<double>(tally[Counter::reliable_granted]) / wanted : kUndefined;
}

double false_positive_rate(const MonthTally& tally) {
  auto wanted = static_cast<double>(tally[Counter::unreliable_wanted]);
  return wanted > 0 ? static_cast<double>(tally[Counter::unreliable_granted]) / wanted : kUndefined;
}

struct RateRange {
  double lowest = 0, highest = 0;
  std::size_t groups = 0;  // those in which anybody asked
};

RateRange range_of(std::span<const MonthTally> groups, GroupRate rate) {
  RateRange range;
  for (const MonthTally& group : groups) {
    double value = rate(group);
    if (value != value) continue;
    range.lowest = range.groups == 0 ? value : std::min(range.lowest, value);
    range.highest = range.groups == 0 ? value : std::max(range.highest, value);
    ++range.groups;
  }
  return range;
}

double gap_of(std::span<const MonthTally> groups, GroupRate rate) {
  RateRange range = range_of(groups, rate);
  return range.groups < 2 ? kUndefined : range.highest - range.lowest;
}

}  // namespace

std::string_view name_of(Counter counter) {
  return kCounterNames[static_cast<std::size_t>(counter)];
}

MonthTally& MonthTally::operator+=(const MonthTally& other) {
  for (std::size_t counter = 0; counter < kCounters; ++counter) of[counter] += other.of[counter];
  return *this;
}

const HarmMeasure* find_harm_measure(std::string_view id) {
  for (const HarmMeasure& measure : harm_measures()) {
    if (measure.id == id) return &measure;
  }
  return nullptr;
}

double adverse_impact_ratio(std::span<const MonthTally> groups) {
  RateRange range = range_of(groups, &selection_rate);
  if (range.groups < 2 || range.highest == 0) return kUndefined;
  return range.lowest / range.highest;
}

double true_positive_gap(std::span<const MonthTally> groups) {
  return gap_of(groups, &true_positive_rate);
}

double false_positive_gap(std::span<const MonthTally> groups) {
  return gap_of(groups, &false_positive_rate);
}

}  // namespace credence
