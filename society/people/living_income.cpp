#include <credence/clockwork/functions.h>
#include <credence/people/living_habits.h>

namespace credence {

const RuleDescription& IncomeHabit::description() {
  static const RuleDescription rule = {
      "income",
      "person",
      {"Income", "Revenus"},
      {"Who works earns the own wage, a little more or less each month. Others get a share of the "
       "wage they would earn: a benefit when out of work, a pension, a stipend, an allowance at "
       "home. Wages, pensions and stipends are regular and leave a trace on the record. A life "
       "begins with some months of income saved.",
       "Qui travaille touche son salaire, un peu plus ou un peu moins selon les mois. Les autres "
       "touchent une part du salaire qu'ils auraient : une allocation sans emploi, une pension, "
       "une bourse, une aide au foyer. Salaires, pensions et bourses sont réguliers et laissent "
       "une trace au dossier. Une vie commence avec quelques mois de revenu d'avance."},
      "shares of the wage after OECD net replacement rates; the rest invented",
      {{"variation",
        0.05,
        0,
        0.2,
        "share",
        {"How far a month's wage lies from the mean at most",
         "Écart maximal d'un salaire mensuel à la moyenne"},
        "invented"},
       {"benefit",
        0.55,
        0.3,
        0.75,
        "share of wage",
        {"Benefit of those out of work", "Allocation des personnes sans emploi"},
        "order of OECD net replacement rates in unemployment"},
       {"pension",
        0.6,
        0.45,
        0.8,
        "share of wage",
        {"Pension", "Pension de retraite"},
        "order of OECD, Pensions at a Glance (mean net replacement)"},
       {"stipend",
        0.35,
        0.2,
        0.5,
        "share of wage",
        {"Stipend of students", "Bourse des étudiants"},
        "invented"},
       {"allowance",
        0.3,
        0.1,
        0.5,
        "share of wage",
        {"Allowance of those at home", "Aide aux personnes au foyer"},
        "invented"},
       {"savings",
        2,
        0.5,
        4,
        "months of income",
        {"Savings at the start, median", "Épargne de départ, médiane"},
        "invented"},
       {"savings-spread",
        0.9,
        0.5,
        1.3,
        "logarithm",
        {"ReplicateSpread of savings at the start", "Dispersion de l'épargne de départ"},
        "invented"}}};
  return rule;
}

IncomeHabit::IncomeHabit(const ParameterValues& values)
    : variation(values.at("income.variation")),
      benefit(values.at("income.benefit")),
      pension(values.at("income.pension")),
      stipend(values.at("income.stipend")),
      allowance(values.at("income.allowance")),
      savings(values.at("income.savings")),
      savings_spread(values.at("income.savings-spread")) {}

Means IncomeHabit::means(const Population& population, std::uint32_t person) const {
  WorkStatus status = population.work(person);
  double wage = population.wage[person];
  switch (status) {
    case WorkStatus::working:
    case WorkStatus::seeking:
      return {status, wage};
    case WorkStatus::retired:
      return {status, wage * pension};
    case WorkStatus::studying:
      return {status, wage * stipend};
    case WorkStatus::at_home:
      return {status, wage * allowance};
    case WorkStatus::pupil:
      break;
  }
  return {WorkStatus::pupil, 0};
}

void IncomeHabit::live(LifeMonth& month, WorkStatus status, double luck) const {
  double amount = means(month.population, month.person).usual;
  bool regular = status == WorkStatus::retired || status == WorkStatus::studying;
  if (status == WorkStatus::working || status == WorkStatus::seeking) {
    regular = month.lives.has(month.person, Mark::working);
    amount *= regular ? 1 + variation * (2 * luck - 1) : benefit;
  }
  std::int32_t cents = whole_cents(amount);
  if (cents <= 0) return;
  std::int32_t& wealth = month.lives.wealth[month.person];
  wealth = sum_of_cents(wealth, cents);
  month.now.income = sum_of_cents(month.now.income, cents);
  month.now.add(Happening::earned);
  month.recorded.income = month.recorded.income || regular;
}

void IncomeHabit::begin(Lives& lives, const Population& population, const KeyedDraws& draws,
                        std::uint32_t person) const {
  double usual = means(population, person).usual;
  double months = savings * exact_exp(savings_spread * draws.normal(person, 0, Purpose::wage));
  lives.wealth[person] = whole_cents(usual * months);
}

}  // namespace credence
