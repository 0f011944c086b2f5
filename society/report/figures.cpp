#include <credence/base/expects.h>
#include <credence/base/wording.h>
#include <credence/report/figures.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr std::string_view kNarrowSpace = "\u202f", kSpace = "\u00a0";

std::string in_currency(std::string number, const NumberStyle& style) {
  return std::move(number) + std::string{kSpace} + std::string{style.currency};
}

std::string unit_sign(HarmUnit unit, const NumberStyle& style) {
  if (unit == HarmUnit::share)
    return std::string{style.language == Language::fr ? kNarrowSpace : ""} + "%";
  if (unit == HarmUnit::money || unit == HarmUnit::money_per_person_year)
    return std::string{kSpace} + std::string{style.currency};
  return "";
}

const Text& unit_text(HarmUnit unit) {
  static const Text kUnits[] = {
      {"per cent", "pour cent"},
      {"for 1,000 people a year", "pour 1\u202f000 personnes et par an"},
      {"months", "mois"},
      {"points", "points"},
      {"a person", "par personne"},
      {"a person and year", "par personne et par an"},
      {"ratio", "rapport"},
  };
  return kUnits[static_cast<std::size_t>(unit)];
}

}  // namespace

double shown_scale(HarmUnit unit) {
  if (unit == HarmUnit::share) return 100;
  return unit == HarmUnit::per_person_year ? 1000 : 1;
}

std::string unit_words(HarmUnit unit, const NumberStyle& style) {
  const std::string& words = unit_text(unit).in(style.language);
  bool money = unit == HarmUnit::money || unit == HarmUnit::money_per_person_year;
  return money ? std::string{style.currency} + " " + words : words;
}

std::string difference_unit_words(HarmUnit unit, const NumberStyle& style) {
  static const Text kPoints = {"percentage points", "points de pourcentage"};
  return unit == HarmUnit::share ? kPoints.in(style.language) : unit_words(unit, style);
}

int decimals_for(double value, double error) {
  double size = std::abs(error) > 0 ? std::abs(error) / 10 : std::abs(value) / 100;
  if (!(size > 0) || !std::isfinite(size)) return 0;
  return std::clamp(static_cast<int>(-std::floor(std::log10(size) + 1e-9)), 0, 4);
}

std::string value_text(HarmUnit unit, double value, const NumberStyle& style) {
  double shown = value * shown_scale(unit);
  int decimals = decimals_for(shown, 0);
  if (unit == HarmUnit::share || unit == HarmUnit::per_person_year)
    decimals = std::min(decimals, 2);
  if (unit == HarmUnit::money) decimals = 0;
  std::string text = write_decimal(shown, decimals, style.language);
  return std::isfinite(value) ? text + unit_sign(unit, style) : text;
}

std::string spread_text(const ReplicateSpread& spread, const NumberStyle& style) {
  if (spread.count == 0) return write_decimal(std::nan(""), 0, style.language);
  int decimals = decimals_for(spread.mean, spread.error);
  std::string text = write_decimal(spread.mean, decimals, style.language);
  // Replicates that all agree have nothing to say about luck.
  if (spread.count < 2 || spread.error == 0) return text;
  return text + " ± " + write_decimal(spread.error, decimals, style.language);
}

std::string difference_text(HarmUnit unit, const ReplicateSpread& spread,
                            const NumberStyle& style) {
  ReplicateSpread shown = scaled(spread, shown_scale(unit));
  std::string text = spread_text(shown, style);
  return shown.count > 0 && shown.mean > 0 ? "+" + text : text;
}

std::string count_text(double value, const NumberStyle& style) {
  return write_decimal(value, 0, style.language);
}

std::string money_text(double units, const NumberStyle& style) {
  int decimals = std::abs(units) < 100 ? 2 : 0;
  return in_currency(write_decimal(units, decimals, style.language), style);
}

std::string percent_text(double share, int decimals, const NumberStyle& style) {
  if (!std::isfinite(share)) return write_decimal(share, 0, style.language);
  return write_decimal(100 * share, decimals, style.language) + unit_sign(HarmUnit::share, style);
}

std::string share_text(double share, const NumberStyle& style) {
  int decimals = 0;
  double tens = 100 * share;
  while (decimals < 4 && std::abs(tens - std::round(tens)) > 1e-6) {
    tens *= 10;
    ++decimals;
  }
  return percent_text(share, decimals, style);
}

ReplicateSpread scaled(ReplicateSpread spread, double by) {
  for (double* value : {&spread.mean, &spread.deviation, &spread.low, &spread.high, &spread.error})
    *value *= by;
  return spread;
}

ReplicateSpread spread_of_known(std::vector<double> values) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  return spread_of(values);
}

}  // namespace credence
