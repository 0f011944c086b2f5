#include <credence/people/living_habits.h>

#include <algorithm>

namespace credence {

const RuleDescription& RentingHabit::description() {
  static const RuleDescription rule = {
      "renting",
      "person",
      {"Renting things", "Louer des objets"},
      {"Now and then a person wants to rent something: a bicycle, a power bank, a car. The "
       "platform "
       "says whether a deposit is asked; who cannot put it down goes without. Most rentals come "
       "back in order, some late, a few not at all; the less reliable the person, the more of "
       "these. How it would end is the same in every twin life.",
       "De temps en temps, une personne veut louer quelque chose : un vélo, une batterie, une "
       "voiture. La plateforme dit si une caution est demandée ; qui ne peut pas l'avancer s'en "
       "passe. La plupart des objets reviennent en ordre, certains en retard, peu pas du tout ; "
       "moins la personne est fiable, plus souvent. L'issue serait la même dans chaque vie "
       "jumelle."},
      "invented",
      {{"chance",
        0.08,
        0.02,
        0.3,
        "a month",
        {"Chance of wanting to rent", "Chance de vouloir louer"},
        "invented"},
       {"fee", 20, 2, 80, "currency", {"Price of a rental", "Prix d'une location"}, "invented"},
       {"late",
        0.25,
        0.05,
        0.5,
        "a rental",
        {"Chance that the least reliable return it late", "Chance de retard des moins fiables"},
        "invented"},
       {"lost",
        0.04,
        0.005,
        0.1,
        "a rental",
        {"Chance that the least reliable lose it", "Chance de perte par les moins fiables"},
        "invented"},
       {"damage",
        150,
        50,
        400,
        "currency",
        {"What a lost thing is worth", "Valeur d'un objet perdu"},
        "invented"}}};
  return rule;
}

RentingHabit::RentingHabit(const ParameterValues& values)
    : chance(values.at("renting.chance")),
      fee(values.at("renting.fee")),
      late(values.at("renting.late")),
      lost(values.at("renting.lost")),
      damage(values.at("renting.damage")) {}

RentalEnd RentingHabit::outcome(const LifeMonth& month) const {
  double luck = month.draws.uniform(month.person, month.month, Purpose::rent_outcome);
  double slack = slackness(month);
  if (luck < lost * slack) return RentalEnd::lost;
  return luck < (lost + late) * slack ? RentalEnd::late : RentalEnd::settled;
}

// A deposit is only tied up for the month; it is gone when the thing does not come back.
void RentingHabit::settle(LifeMonth& month) const {
  Happenings& now = month.now;
  bool with_deposit = now.has(Happening::rental_with_deposit);
  if (!with_deposit && !now.has(Happening::rental_without_deposit)) return;
  if (now.has(Happening::rental_not_afforded)) return;
  if (with_deposit && month.lives.wealth[month.person] < now.deposit_paid) {
    now.bits &= ~(std::uint64_t{1} << static_cast<unsigned>(Happening::rental_with_deposit));
    now.deposit_paid = 0;
    now.add(Happening::rental_not_afforded);
    return;
  }
  spend(month, whole_cents(fee * 100));
  month.recorded.rental = outcome(month);
  if (month.recorded.rental != RentalEnd::lost) return;
  now.add(Happening::rental_lost);
  std::int32_t kept = with_deposit ? now.deposit_paid : 0;
  spend(month, kept);
  now.rental_loss =
      sum_of_cents(now.rental_loss, std::max(0, sum_of_cents(whole_cents(damage * 100), -kept)));
}

}  // namespace credence
