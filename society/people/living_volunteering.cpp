#include <credence/people/living_habits.h>

namespace credence {

const RuleDescription& VolunteeringHabit::description() {
  static const RuleDescription rule = {
      "volunteering",
      "person",
      {"Volunteering", "Bénévolat"},
      {"Each month some people help others for nothing. Where it earns points, those who know it "
       "help more often.",
       "Chaque mois, certains aident les autres gratuitement. Là où cela rapporte des points, ceux "
       "qui le savent aident plus souvent."},
      "invented",
      {{"chance",
        0.08,
        0.02,
        0.2,
        "a month",
        {"Chance of helping without reward", "Chance d'aider sans récompense"},
        "invented"},
       {"pull",
        0.1,
        0,
        0.3,
        "a month",
        {"What full reward adds", "Ce qu'ajoute une récompense entière"},
        "invented"}}};
  return rule;
}

VolunteeringHabit::VolunteeringHabit(const ParameterValues& values)
    : chance(values.at("volunteering.chance")), pull(values.at("volunteering.pull")) {}

void VolunteeringHabit::live(LifeMonth& month, double luck) const {
  bool knows = month.lives.has(month.person, Mark::aware);
  double pulled = knows ? pull * month.climate.volunteering_pays : 0;
  if (luck < chance + pulled) month.now.add(Happening::volunteered);
}

}  // namespace credence
