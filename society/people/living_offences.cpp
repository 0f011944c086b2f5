#include <credence/people/living_habits.h>

namespace credence {

const RuleDescription& OffencesHabit::description() {
  static const RuleDescription rule = {
      "offences",
      "person",
      {"Minor offences", "Petites infractions"},
      {"Now and then somebody crosses at red, dodges a fare or drops litter: the less reliable, "
       "the "
       "more often. Those who know of cameras do it a little less where cameras watch.",
       "De temps en temps, quelqu'un traverse au rouge, fraude ou jette un papier : les moins "
       "fiables plus souvent. Ceux qui savent que des caméras filment le font un peu moins là où "
       "elles filment."},
      "deterrence: Piza, Welsh, Farrington and Thomas (2019), 13 % less crime under cameras",
      {{"chance",
        0.04,
        0.01,
        0.15,
        "a month",
        {"Chance of the least reliable", "Chance des moins fiables"},
        "invented"},
       {"deterrence",
        0.13,
        0,
        0.25,
        "share",
        {"Fewer where everything is filmed", "Baisse là où tout est filmé"},
        "Piza, Welsh, Farrington and Thomas (2019)"}}};
  return rule;
}

OffencesHabit::OffencesHabit(const ParameterValues& values)
    : chance(values.at("offences.chance")), deterrence(values.at("offences.deterrence")) {}

void OffencesHabit::live(LifeMonth& month, double luck) const {
  bool knows = month.lives.has(month.person, Mark::aware);
  double deterred = knows ? deterrence * month.climate.camera_coverage : 0;
  if (luck < chance * slackness(month) * (1 - deterred)) month.now.add(Happening::offended);
}

}  // namespace credence
