#include <credence/people/living_habits.h>

namespace credence {

const RuleDescription& BorrowingHabit::description() {
  static const RuleDescription rule = {
      "borrowing",
      "person",
      {"Borrowing", "Emprunter"},
      {"Who has no loan asks the bank for one now and then: some months of the own income, paid "
       "out into the account when granted.",
       "Qui n'a pas de prêt en demande un à la banque de temps en temps : quelques mois de son "
       "revenu, versés sur le compte en cas d'accord."},
      "invented",
      {{"chance",
        0.015,
        0.003,
        0.05,
        "a month",
        {"Chance of asking for a loan", "Chance de demander un prêt"},
        "invented"},
       {"loan", 3, 1, 8, "months of income", {"Size of the loan", "Montant du prêt"}, "invented"}}};
  return rule;
}

BorrowingHabit::BorrowingHabit(const ParameterValues& values)
    : chance(values.at("borrowing.chance")), loan(values.at("borrowing.loan")) {}

void BorrowingHabit::settle(LifeMonth& month, const Means& means) const {
  if (!month.now.has(Happening::loan_granted)) return;
  std::int32_t amount = whole_cents(loan * means.usual);
  if (amount <= 0) return;
  std::uint32_t person = month.person;
  month.lives.debt[person] = sum_of_cents(month.lives.debt[person], amount);
  month.lives.wealth[person] = sum_of_cents(month.lives.wealth[person], amount);
  month.lives.put(person, Mark::borrower, true);
}

}  // namespace credence
