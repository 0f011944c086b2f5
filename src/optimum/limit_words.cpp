#include <credence/optimum/limit_words.h>
#include <credence/optimum/problem.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

struct LimitWord {
  std::string_view key, french;
};
constexpr std::array kLimitWords = {
    LimitWord{"min_bins", "nombre minimal de classes"},
    LimitWord{"max_bins", "nombre maximal de classes"},
    LimitWord{"min_bin_share", "part minimale d'une classe"},
    LimitWord{"max_bin_share", "part maximale d'une classe"},
    LimitWord{"min_bin_events", "défauts au moins par classe"},
    LimitWord{"max_bin_events", "défauts au plus par classe"},
    LimitWord{"min_bin_nonevents", "sains au moins par classe"},
    LimitWord{"max_bin_nonevents", "sains au plus par classe"},
    LimitWord{"min_rate_difference", "écart minimal entre taux voisins"},
    LimitWord{"max_p_value", "valeur p maximale entre classes"},
    LimitWord{"trend", "tendance"},
    LimitWord{"strict_shape", "forme stricte"},
    LimitWord{"fixed", "bornes fixées"},
    LimitWord{"divergence", "divergence"}};

}  // namespace

Text limit_name(std::string_view limit) {
  Text name{std::string{limit}, std::string{limit}};
  for (const LimitWord& word : kLimitWords)
    if (word.key == limit && word.french != word.key)
      name.fr = fmt::format("{} (`{}`)", word.french, word.key);
  return name;
}

Text trend_name(Trend trend) {
  const auto french = [trend] {
    switch (trend) {
      case Trend::automatic:
        return "automatique";
      case Trend::none:
        return "aucune";
      case Trend::ascending:
        return "croissante";
      case Trend::descending:
        return "décroissante";
      case Trend::peak:
        return "sommet";
      case Trend::valley:
        return "creux";
      case Trend::concave:
        return "concave";
      case Trend::convex:
        return "convexe";
    }
    return "";
  };
  return {to_text(trend), french()};
}

Text decimal_text(double value) {
  Text text{number_text(value), number_text(value)};
  std::ranges::replace(text.fr, '.', ',');
  return text;
}

Text relaxations_text(std::span<const Infeasibility::Relaxation> relaxations) {
  Text all;
  for (const Infeasibility::Relaxation& one : relaxations) {
    const bool is_first = all.en.empty();
    const Text name = limit_name(one.limit);
    all.en += fmt::format("{}{} {} instead of {}", is_first ? "" : ", or with ", name.en, one.to.en,
                          one.from.en);
    all.fr += fmt::format("{}{} {} au lieu de {}", is_first ? "" : ", ou avec ", name.fr, one.to.fr,
                          one.from.fr);
    if (!one.without_trend) continue;
    const Text trend = limit_name("trend"), none = trend_name(Trend::none);
    all.en += fmt::format(" and {} {}", trend.en, none.en);
    all.fr += fmt::format(" et {} {}", trend.fr, none.fr);
  }
  return all;
}

}  // namespace credence
