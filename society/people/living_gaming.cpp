#include <credence/people/living_habits.h>

#include <algorithm>

namespace credence {

const RuleDescription& GamingHabit::description() {
  static const RuleDescription rule = {
      "gaming",
      "person",
      {"Spending to look good", "Dépenser pour paraître"},
      {"Who is in a programme, knows it and has money to spare may spend on looking good: the more "
       "often, the more depends on points and the more of what counts can be bought. It costs a "
       "share of income each month, so that those with little money cannot follow.",
       "Qui est dans un programme, le sait et a de l'argent d'avance peut dépenser pour paraître : "
       "d'autant plus souvent que les points décident de plus et que ce qui compte s'achète. Cela "
       "coûte une part du revenu chaque mois, si bien que ceux qui ont peu ne peuvent pas suivre."},
      "cost against gain, as in Milli et al. (2019) and Hu et al. (2019); numbers invented",
      {{"eager",
        0.6,
        0.1,
        1,
        "share",
        {"Who game when everything depends on points and all can be bought",
         "Part qui joue si tout dépend de points qui s'achètent"},
        "invented"},
       {"cost",
        0.02,
        0.005,
        0.1,
        "share of income a month",
        {"What it costs", "Ce que cela coûte"},
        "invented"},
       {"reserve",
        0.5,
        0,
        2,
        "months of income",
        {"Money that must be left", "Argent qui doit rester"},
        "invented"}}};
  return rule;
}

GamingHabit::GamingHabit(const ParameterValues& values)
    : eager(values.at("gaming.eager")),
      cost(values.at("gaming.cost")),
      reserve(values.at("gaming.reserve")) {}

void GamingHabit::live(LifeMonth& month, const IncomeHabit& income) const {
  std::uint32_t person = month.person;
  double stake = eager * month.climate.points_matter * month.climate.reachable;
  bool plays = stake > 0 && month.lives.has(person, Mark::aware) &&
               month.lives.has(person, Mark::enrolled) &&
               month.draws.uniform(person, 0, Purpose::game) < stake;
  if (plays) {
    double usual = income.means(month.population, person).usual;
    std::int32_t price = whole_cents(cost * usual);
    plays = price > 0 && month.lives.wealth[person] >= price + reserve * usual;
    if (plays) {
      spend(month, price);
      month.now.game_spending = sum_of_cents(month.now.game_spending, price);
      int units = month.lives.game_spent[person] + (price / 100 + (price % 100 >= 50 ? 1 : 0));
      month.lives.game_spent[person] = static_cast<std::uint16_t>(std::min(units, 65535));
      month.now.add(Happening::gamed);
    }
  }
  month.lives.put(person, Mark::gaming, plays);
}

}  // namespace credence
