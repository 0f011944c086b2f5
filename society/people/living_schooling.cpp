#include <credence/people/living_habits.h>

namespace credence {

const RuleDescription& SchoolingHabit::description() {
  static const RuleDescription rule = {
      "schooling",
      "person",
      {"A place at a school", "Une place à l'école"},
      {"In households with a pupil, each adult now and then asks a school of their choice for a "
       "place.",
       "Dans les ménages où vit un élève, chaque adulte demande de temps en temps une place dans "
       "une école de son choix."},
      "invented",
      {{"chance",
        0.02,
        0.005,
        0.08,
        "a month",
        {"Chance of asking for a place", "Chance de demander une place"},
        "invented"}}};
  return rule;
}

SchoolingHabit::SchoolingHabit(const ParameterValues& values)
    : chance(values.at("schooling.chance")) {}

void SchoolingHabit::want(LifeMonth& month, double luck) const {
  if (luck >= chance) return;
  const Population& people = month.population;
  std::uint32_t household = people.household[month.person];
  for (std::uint32_t member = people.household_first[household];
       member < people.household_first[household + 1]; ++member) {
    if (people.work(member) != WorkStatus::pupil) continue;
    month.now.add(Happening::wanted_school);
    return;
  }
}

}  // namespace credence
