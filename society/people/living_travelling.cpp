#include <credence/people/living_habits.h>

namespace credence {

const RuleDescription& TravellingHabit::description() {
  static const RuleDescription rule = {
      "travelling",
      "person",
      {"Travelling", "Voyager"},
      {"Now and then a person wants to travel by train or aeroplane. Unless the ticket is refused, "
       "the trip is made and paid for.",
       "De temps en temps, une personne veut voyager en train ou en avion. Sauf refus du billet, "
       "le voyage a lieu et se paie."},
      "invented",
      {{"chance",
        0.06,
        0.02,
        0.2,
        "a month",
        {"Chance of wanting to travel", "Chance de vouloir voyager"},
        "invented"},
       {"cost",
        0.05,
        0.01,
        0.2,
        "months of income",
        {"Cost of a trip", "Coût d'un voyage"},
        "invented"}}};
  return rule;
}

TravellingHabit::TravellingHabit(const ParameterValues& values)
    : chance(values.at("travelling.chance")), cost(values.at("travelling.cost")) {}

void TravellingHabit::want(LifeMonth& month, double luck) const {
  if (luck < chance) month.now.add(Happening::wanted_trip);
}

void TravellingHabit::settle(LifeMonth& month, const Means& means) const {
  bool travels = month.now.has(Happening::wanted_trip) && !month.now.has(Happening::trip_refused);
  if (travels) spend(month, whole_cents(cost * means.usual));
}

}  // namespace credence
