#pragma once

#include <credence/worlds/harm.h>

#include <limits>
#include <vector>

namespace credence {

// The measures by theme, in the order in which harm_measures() lists them.
std::vector<HarmMeasure> measures_of_exclusion();
std::vector<HarmMeasure> measures_of_mistakes();
std::vector<HarmMeasure> measures_of_fairness();
std::vector<HarmMeasure> measures_of_speech();
std::vector<HarmMeasure> measures_of_reaction();
std::vector<HarmMeasure> measures_of_refusals();
std::vector<HarmMeasure> measures_of_deposits();
std::vector<HarmMeasure> measures_of_appeals();
std::vector<HarmMeasure> measures_of_money();

// Ratios as functions without state, made from the counters they divide.
inline double ratio_or_undefined(double part, double whole) {
  return whole != 0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
}

template <Counter part, Counter whole>
double share_of_counter(const MonthTally& tally, double) {
  return ratio_or_undefined(static_cast<double>(tally[part]), static_cast<double>(tally[whole]));
}

// `people` counts person-months, so twelve times the ratio is a rate per person and year.
template <Counter part, Counter whole = Counter::people>
double yearly_per_person(const MonthTally& tally, double) {
  return ratio_or_undefined(12 * static_cast<double>(tally[part]),
                            static_cast<double>(tally[whole]));
}

// The counters hold cents, the measures whole units of currency.
template <Counter part>
double yearly_money(const MonthTally& tally, double months) {
  return yearly_per_person<part>(tally, months) / 100;
}

template <Counter part>
double mean_money(const MonthTally& tally, double months) {
  return share_of_counter<part, Counter::people>(tally, months) / 100;
}

}  // namespace credence
