#include <credence/institutions/parts.h>

namespace credence {

const RuleDescription& bank_rule() {
  static const RuleDescription rule{
      .id = "bank",
      .actor = "bank",
      .name = {"The bank lends", "La banque prête"},
      .what =
          {"The bank looks at the month's income and at missed instalments of two years, with or "
           "without any programme. Where the programme's benefit is credit, the engine is asked "
           "as well: points and the ability to pay grant, anything else is ruled on by a human, "
           "who grants a share of what can be afforded. A reward passes over missed instalments; "
           "whoever is barred from credit, or in default, gets none.",
           "La banque regarde le revenu du mois et les échéances manquées en deux ans, "
           "avec ou sans programme. Si l'avantage du programme est un crédit, elle interroge "
           "aussi le moteur : points et capacité de paiement accordent, le reste est tranché par "
           "un humain, qui accorde une part de ce qui est supportable. Une récompense fait "
           "oublier les échéances manquées ; qui est exclu du crédit, ou en défaut, n'obtient "
           "rien."},
      .source = "form after D'Amour et al. (2020), section on lending; figures invented",
      .parameters = {{"least-income",
                      900,
                      500,
                      1500,
                      "EUR a month",
                      {"Income below which nobody borrows", "Revenu sous lequel nul n'emprunte"},
                      "invented"},
                     {"missed",
                      2,
                      0,
                      6,
                      "instalments in 24 months",
                      {"Missed instalments that are passed over", "Échéances manquées tolérées"},
                      "invented"},
                     {"human-grants",
                      0.5,
                      0,
                      1,
                      "share",
                      {"Affordable credit that a human grants below the points",
                       "Crédit supportable qu'un humain accorde sous les points"},
                      "invented"}}};
  return rule;
}

BankTerms bank_terms(const ParameterValues& values) {
  return {.income = values.at("bank.least-income") * 100,
          .missed = values.at("bank.missed"),
          .human_grants = values.at("bank.human-grants")};
}

namespace {

int missed_instalments(const LifeMonth& month) {
  int missed = 0;
  for (std::uint8_t code : month.lives.record[month.person]) {
    if (RecordedMonth::of(code).instalment == InstalmentPaid::missed) ++missed;
  }
  return missed;
}

bool can_afford(const BankTerms& terms, const LifeMonth& month) {
  return month.now.income >= terms.income && !month.lives.has(month.person, Mark::in_default);
}

bool lends(const Institutions::Parts& parts, LifeMonth& month, InstitutionDesk& desk, Date start) {
  const BankTerms& terms = parts.bank;
  bool affordable = can_afford(terms, month);
  if (is_rewarded(parts.force, month, Sphere::credit)) return affordable;
  affordable = affordable && missed_instalments(month) <= terms.missed;
  auto outcome = ask_engine(parts.force, month, desk, start,
                            {.sphere = Sphere::credit, .affordable = affordable});
  if (!outcome || *outcome == DecisionOutcome::not_enough_data) return affordable;
  if (*outcome == DecisionOutcome::granted) return true;
  return affordable &&
         month.draws.chance(terms.human_grants, month.person, month.month, Purpose::review, 1);
}

}  // namespace

void answer_loan(const Institutions::Parts& parts, LifeMonth& month, InstitutionDesk& desk,
                 Date start) {
  if (!month.now.has(Happening::wanted_loan)) return;
  bool granted = !is_barred(month, Sphere::credit) && lends(parts, month, desk, start);
  month.now.add(granted ? Happening::loan_granted : Happening::loan_refused);
}

}  // namespace credence
