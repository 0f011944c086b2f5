#include <credence/people/living_habits.h>

#include <algorithm>

namespace credence {

const RuleDescription& InstalmentsHabit::description() {
  static const RuleDescription rule = {
      "instalments",
      "person",
      {"Repaying a loan", "Rembourser un prêt"},
      {"Who has a loan owes a fixed part of it and the interest each month: paid on time when the "
       "account holds it, late when only the credit line does, missed otherwise. A few people do "
       "not mean to repay, more of them among the less reliable, and skip most months. Too many "
       "missed in a while is a default: the bank writes the rest off, and the default stays until "
       "the record forgets.",
       "Qui a un prêt doit chaque mois une part fixe et les intérêts : payée à temps si le compte "
       "la contient, en retard si seul le découvert la permet, manquée sinon. Quelques personnes, "
       "surtout parmi les moins fiables, n'ont pas l'intention de rembourser et sautent la plupart "
       "des mois. Trop d'échéances manquées font un défaut : la banque passe le reste en perte, et "
       "le défaut demeure jusqu'à ce que le dossier l'oublie."},
      "three missed instalments: the usual 90 days past due; the rest invented",
      {{"term", 24, 12, 48, "months", {"Length of a loan", "Durée d'un prêt"}, "invented"},
       {"rate", 0.08, 0.03, 0.2, "a year", {"Interest", "Intérêt"}, "invented"},
       {"unwilling",
        0.2,
        0.05,
        0.4,
        "share",
        {"Of the least reliable who do not mean to repay",
         "Part des moins fiables qui ne comptent pas rembourser"},
        "invented"},
       {"skips",
        0.7,
        0.4,
        1,
        "a month",
        {"How often these skip", "Fréquence à laquelle ils sautent une échéance"},
        "invented"},
       {"misses",
        3,
        2,
        6,
        "instalments",
        {"Missed ones that make a default", "Échéances manquées qui font un défaut"},
        "90 days past due, Basel definition of default"},
       {"window", 6, 3, 12, "months", {"Within how long", "En combien de temps"}, "invented"}}};
  return rule;
}

InstalmentsHabit::InstalmentsHabit(const ParameterValues& values)
    : term(std::max(1.0, values.at("instalments.term"))),
      rate(values.at("instalments.rate")),
      unwilling(values.at("instalments.unwilling")),
      skips(values.at("instalments.skips")),
      misses(values.at("instalments.misses")),
      window(std::clamp(values.at("instalments.window"), 1.0, double{kRecordMonths})),
      loan(values.at("borrowing.loan")),
      credit_line(values.at("costs.credit-line")) {}

bool InstalmentsHabit::would_repay(const LifeMonth& month) const {
  double luck = month.draws.uniform(month.person, 0, Purpose::loan, 100);
  return luck >= unwilling * slackness(month);
}

void InstalmentsHabit::live(LifeMonth& month, const Means& means) const {
  std::uint32_t person = month.person;
  if (month.lives.has(person, Mark::borrower)) {
    fall_due(month, means);
    return;
  }
  bool forgotten =
      month.lives.has(person, Mark::in_default) && missed_before(month, kRecordMonths - 1) == 0;
  if (forgotten) month.lives.put(person, Mark::in_default, false);
}

void InstalmentsHabit::fall_due(LifeMonth& month, const Means& means) const {
  std::uint32_t person = month.person;
  std::int32_t& debt = month.lives.debt[person];
  std::int32_t part = std::clamp(whole_cents(loan * means.usual / term), 1, std::max(debt, 1));
  std::int32_t interest = whole_cents(debt * rate / 12);
  double wealth = month.lives.wealth[person];
  double due = double{1} * part + interest;
  bool skipped =
      !would_repay(month) && month.draws.chance(skips, person, month.month, Purpose::instalment);
  if (!skipped && wealth + credit_line * means.usual >= due) {
    month.recorded.instalment = wealth >= due ? InstalmentPaid::on_time : InstalmentPaid::late;
    spend(month, whole_cents(due));
    month.now.loan_interest = sum_of_cents(month.now.loan_interest, interest);
    debt -= std::min(debt, part);
    if (debt <= 0) month.lives.put(person, Mark::borrower, false);
    return;
  }
  month.recorded.instalment = InstalmentPaid::missed;
  month.now.add(Happening::missed_instalment);
  if (1 + missed_before(month, static_cast<std::uint32_t>(window) - 1) < misses) return;
  month.now.loan_loss = sum_of_cents(month.now.loan_loss, debt);
  debt = 0;
  month.lives.put(person, Mark::borrower, false);
  month.lives.put(person, Mark::in_default, true);
  month.now.add(Happening::defaulted);
}

}  // namespace credence
