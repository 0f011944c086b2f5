#include <credence/people/living_habits.h>

#include <algorithm>

namespace credence {

const RuleDescription& MovingHabit::description() {
  static const RuleDescription rule = {
      "moving",
      "person",
      {"Moving house", "Déménager"},
      {"Now and then an adult looks for another home to rent, in any of the places with the same "
       "chance. When the landlord agrees, the person moves, becomes a tenant there and pays for "
       "the move. Friends and colleagues stay the same.",
       "De temps en temps, un adulte cherche un autre logement à louer, dans n'importe lequel des "
       "endroits avec la même chance. Si le bailleur accepte, la personne déménage, y devient "
       "locataire et paie le déménagement. Amis et collègues restent les mêmes."},
      "invented; about one move in ten years",
      {{"chance",
        0.008,
        0.002,
        0.02,
        "a month",
        {"Chance of looking for another home", "Chance de chercher un autre logement"},
        "invented; of the order of European residential mobility"},
       {"cost",
        0.3,
        0.1,
        1,
        "months of income",
        {"Cost of a move", "Coût d'un déménagement"},
        "invented"}}};
  return rule;
}

MovingHabit::MovingHabit(const ParameterValues& values)
    : chance(values.at("moving.chance")), cost(values.at("moving.cost")) {}

void MovingHabit::want(LifeMonth& month, double luck) const {
  if (luck < chance) month.now.add(Happening::wanted_home);
}

void MovingHabit::settle(LifeMonth& month, const Means& means) const {
  if (!month.now.has(Happening::home_found)) return;
  auto places =
      static_cast<std::uint32_t>(std::max<std::size_t>(1, month.population.plan.places.size()));
  std::uint32_t place = month.draws.below(places, month.person, month.month, Purpose::move);
  month.lives.region[month.person] = static_cast<std::uint8_t>(place);
  month.lives.put(month.person, Mark::renting_a_home, true);
  month.now.add(Happening::moved);
  spend(month, whole_cents(cost * means.usual));
}

}  // namespace credence
