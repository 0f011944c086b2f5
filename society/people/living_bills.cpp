#include <credence/people/living_habits.h>

#include <algorithm>

namespace credence {

const RuleDescription& BillsHabit::description() {
  static const RuleDescription rule = {
      "bills",
      "person",
      {"Bills and overdraft", "Factures et découvert"},
      {"One bill comes each month. It is paid on time, late or not at all: the less reliable a "
       "person is, the more often late, and several times more often when the account does not "
       "hold the money. An account below zero at the end is on the record as overdrawn.",
       "Une facture arrive chaque mois. Elle est payée à temps, en retard ou pas du tout : moins "
       "une personne est fiable, plus souvent en retard, et plusieurs fois plus souvent si le "
       "compte ne contient pas l'argent. Un compte négatif à la fin est noté au dossier comme à "
       "découvert."},
      "invented",
      {{"amount",
        0.06,
        0.02,
        0.12,
        "share of income",
        {"Mean of a bill", "Montant moyen d'une facture"},
        "invented"},
       {"late",
        0.15,
        0.05,
        0.4,
        "a bill",
        {"Chance that the least reliable pay late", "Chance de retard des moins fiables"},
        "invented"},
       {"unpaid",
        0.03,
        0.005,
        0.1,
        "a bill",
        {"Chance that the least reliable do not pay", "Chance de non-paiement des moins fiables"},
        "invented"},
       {"tight",
        4,
        1,
        8,
        "times",
        {"How much more often when money is short", "Combien de fois plus si l'argent manque"},
        "invented"}}};
  return rule;
}

BillsHabit::BillsHabit(const ParameterValues& values)
    : amount(values.at("bills.amount")),
      late(values.at("bills.late")),
      unpaid(values.at("bills.unpaid")),
      tight(values.at("bills.tight")) {}

void BillsHabit::live(LifeMonth& month, const Means& means, double luck, double size_luck) const {
  std::int32_t due = whole_cents(amount * means.usual * (0.5 + size_luck));
  bool short_of_money = month.lives.wealth[month.person] < due;
  double times = slackness(month) * (short_of_money ? tight : 1);
  double not_paid = std::min(1.0, unpaid * times);
  if (luck < not_paid) {
    month.recorded.bill = BillPaid::unpaid;
    month.now.add(Happening::left_unpaid);
  } else {
    bool too_late = luck < not_paid + late * times;
    month.recorded.bill = too_late ? BillPaid::late : BillPaid::on_time;
    if (too_late) month.now.add(Happening::paid_late);
    spend(month, due);
  }
  if (month.lives.wealth[month.person] >= 0) return;
  month.recorded.overdraft = true;
  month.now.add(Happening::overdrawn);
}

}  // namespace credence
