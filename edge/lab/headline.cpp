#include <credence/lab/headline.h>
#include <credence/lab/right_aligned.h>
#include <credence/terminal/bars.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

const Text kLegend = {
    "A programme's column says how its people's lives differ from the same people's lives without "
    "any,\n± the 95 % interval over replicates (pp: percentage points); \"=\" is its own number, "
    "where there is none without.\n",
    "La colonne d'un programme dit en quoi la vie de ses gens diffère de celle des mêmes sans "
    "programme,\n± l'intervalle à 95 % sur les répliques (pt : points de pourcentage) ; « = » est "
    "son propre nombre, là où il n'y en a pas sans.\n"};
constexpr std::size_t kNameWidth = 46, kCellWidth = 24;

const Text kUnit[] = {{"", ""},
                      {" a year", " par an"},
                      {" months", " mois"},
                      {" points", " points"},
                      {" ", " "},
                      {" {1} a year", " {1} par an"},
                      {"", ""}};

std::string scaled(HarmUnit unit, double value, const Tongue& tongue) {
  switch (unit) {
    case HarmUnit::share:
      return tongue.number(100 * value, 2) + (tongue.language() == Language::fr ? "\u202f%" : " %");
    case HarmUnit::per_person_year:
    case HarmUnit::ratio:
      return tongue.number(value, 4);
    case HarmUnit::months:
    case HarmUnit::points:
      return tongue.number(value, 1);
    case HarmUnit::money:
      return tongue.number(value, 0);
    case HarmUnit::money_per_person_year:
      return tongue.number(value, 2);
  }
  stop_on_defect("headline: unknown unit");
}

bool exists(const std::vector<double>& values) {
  return std::ranges::any_of(values, [](double value) { return std::isfinite(value); });
}

std::vector<double> finite(std::vector<double> values) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  return values;
}

// What rounds to nothing has no sign, whichever minus the language writes.
std::string with_plus(double value, const std::string& number) {
  std::size_t first = number.find_first_of("0123456789");
  if (number.find_first_of("123456789") == std::string::npos) return number.substr(first);
  return value > 0 ? "+" + number : number;
}

std::string difference_text(const HarmMeasure& measure, const std::vector<double>& differences,
                            const Tongue& tongue) {
  ReplicateSpread spread = spread_of(finite(differences));
  if (spread.count == 0) return "–";
  if (spread.mean == 0 && spread.error == 0) return "0";  // to the bit, in every replicate
  // Two shares differ by percentage points; "+2 %" could be read as a fiftieth more.
  bool share = measure.unit == HarmUnit::share;
  auto number = [&](double value) {
    return share ? tongue.number(100 * value, 2) : scaled(measure.unit, value, tongue);
  };
  std::string text = with_plus(spread.mean, number(spread.mean));
  if (spread.count > 1) text += " ± " + number(spread.error);
  const Text points = {"{1} pp", "{1}\u202fpt"};
  return share ? tongue.say(points, {text}) : text;
}

}  // namespace

std::string spell_value(const HarmMeasure& measure, double value, const Tongue& tongue,
                        std::string_view currency) {
  if (!std::isfinite(value)) return "–";
  std::string unit =
      tongue.say(kUnit[static_cast<std::size_t>(measure.unit)], {std::string{currency}});
  if (measure.unit == HarmUnit::money) unit += currency;
  return scaled(measure.unit, value, tongue) + unit;
}

std::string headline_table(const EnsembleResult& result, const Tongue& tongue,
                           std::string_view currency) {
  const Text none = {"no programme", "sans programme"};
  std::string table = left_aligned("", kNameWidth) + right_aligned(tongue.say(none), kCellWidth);
  for (std::size_t arm = 1; arm < result.arms.size(); ++arm) {
    table += right_aligned(result.arms[arm], kCellWidth);
  }
  table += "\n";
  for (const HarmMeasure& measure : harm_measures()) {
    std::string line = left_aligned(measure.name.in(tongue.language()), kNameWidth);
    auto without = result.values(0, measure.id);
    bool any = exists(without);
    bool any_arm = any;
    line += right_aligned(
        spell_value(measure, any ? spread_of(finite(without)).mean : NAN, tongue, currency),
        kCellWidth);
    for (std::size_t arm = 1; arm < result.arms.size(); ++arm) {
      // Where life without a programme has no such number (nobody is scored), the programme's own.
      auto values = any ? result.differences(arm, measure.id) : result.values(arm, measure.id);
      any_arm = any_arm || exists(values);
      if (any) {
        line += right_aligned(difference_text(measure, values, tongue), kCellWidth);
      } else {
        double mean = exists(values) ? spread_of(finite(values)).mean : NAN;
        std::string own = std::isfinite(mean) ? "= " : "";
        line += right_aligned(own + spell_value(measure, mean, tongue, currency), kCellWidth);
      }
    }
    if (any_arm) table += line + "\n";
  }
  return table + tongue.say(kLegend);
}

Json headline_json(const EnsembleResult& result) {
  Json::Array arms;
  auto number = [](double value) {
    return std::isfinite(value) ? Json{Json::Number{fmt::format("{}", value)}} : Json{};
  };
  for (std::size_t arm = 0; arm < result.arms.size(); ++arm) {
    Json::Object measures;
    for (const HarmMeasure& measure : harm_measures()) {
      ReplicateSpread value = spread_of(finite(result.values(arm, measure.id)));
      ReplicateSpread difference = spread_of(finite(result.differences(arm, measure.id)));
      measures[std::string{measure.id}] =
          Json::Object{{"mean", number(value.count > 0 ? value.mean : NAN)},
                       {"error", number(value.count > 1 ? value.error : NAN)},
                       {"difference", number(difference.count > 0 ? difference.mean : NAN)},
                       {"difference_error", number(difference.count > 1 ? difference.error : NAN)}};
    }
    arms.push_back(Json::Object{{"arm", result.arms[arm]}, {"measures", std::move(measures)}});
  }
  return Json::Object{{"replicates", static_cast<std::int64_t>(result.replicates.size())},
                      {"arms", std::move(arms)}};
}

}  // namespace credence
