#pragma once

#include <credence/clockwork/statistics.h>
#include <credence/worlds/harm.h>

#include <string>
#include <string_view>
#include <vector>

namespace credence {

// How numbers of a report are written: in the units that people use, with as many decimals as their
// uncertainty is worth.
struct NumberStyle {
  Language language = Language::en;
  std::string_view currency = "EUR";
};

// Shares are shown per cent, rates for 1,000 people and year.
double shown_scale(HarmUnit unit);
std::string unit_words(HarmUnit unit, const NumberStyle& style);  // "for 1,000 people a year"
std::string difference_unit_words(HarmUnit unit, const NumberStyle& style);  // "percentage points"

// Decimals (0 to 4) for a value: two digits of its error where there is one, else three of itself.
int decimals_for(double value, double error);

// "3.2 %", "310 EUR", without words of the unit that stand in `unit_words`.
std::string value_text(HarmUnit unit, double value, const NumberStyle& style);
// "+3.2 ± 0.4", without ± for one replicate; a dash where nothing could be computed.
std::string difference_text(HarmUnit unit, const ReplicateSpread& spread, const NumberStyle& style);
// "312 ± 14" of values already in the units shown.
std::string spread_text(const ReplicateSpread& spread, const NumberStyle& style);
std::string count_text(double value, const NumberStyle& style);
std::string money_text(double units, const NumberStyle& style);  // "1,234 EUR"
std::string percent_text(double share, int decimals, const NumberStyle& style);

// A share that somebody set: as many decimals as it has.
std::string share_text(double share, const NumberStyle& style);

ReplicateSpread scaled(ReplicateSpread spread, double by);
// Of the values that exist; those that could not be computed are left out.
ReplicateSpread spread_of_known(std::vector<double> values);

}  // namespace credence
