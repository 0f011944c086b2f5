#include <credence/clockwork/functions.h>
#include <credence/people/living_habits.h>

namespace credence {

const RuleDescription& ShocksHabit::description() {
  static const RuleDescription rule = {
      "shocks",
      "person",
      {"Sudden expenses", "Dépenses imprévues"},
      {"Now and then something breaks: a tooth, a boiler, a car. Most of these expenses are small "
       "against a month's income, a few are large.",
       "De temps en temps, quelque chose casse : une dent, une chaudière, une voiture. La plupart "
       "de ces dépenses sont petites face au revenu d'un mois, quelques-unes sont grandes."},
      "invented",
      {{"chance",
        0.05,
        0.02,
        0.1,
        "a month",
        {"Chance of a sudden expense", "Chance d'une dépense imprévue"},
        "invented"},
       {"size", 0.3, 0.1, 0.6, "months of income", {"Its median", "Sa médiane"}, "invented"},
       {"spread",
        0.8,
        0.4,
        1.2,
        "logarithm",
        {"Its spread (log-normal)", "Sa dispersion (log-normale)"},
        "invented"}}};
  return rule;
}

ShocksHabit::ShocksHabit(const ParameterValues& values)
    : chance(values.at("shocks.chance")),
      size(values.at("shocks.size")),
      spread(values.at("shocks.spread")) {}

void ShocksHabit::live(LifeMonth& month, const Means& means, double luck) const {
  if (luck >= chance) return;
  double normal = month.draws.normal(month.person, month.month, Purpose::shock);
  spend(month, whole_cents(means.usual * size * exact_exp(spread * normal)));
  month.now.add(Happening::had_shock);
}

}  // namespace credence
