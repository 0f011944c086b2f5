#include <credence/institutions/parts.h>
#include <credence/people/living_habits.h>

namespace credence {

const RuleDescription& platform_rule() {
  static const RuleDescription rule{
      .id = "platform",
      .actor = "rental platform",
      .name = {"The rental platform asks for a deposit",
               "La plateforme de location demande une caution"},
      .what = {"Whoever rents pays a deposit and gets it back with the thing. A programme may let "
               "people rent without one: when the engine grants the benefit, or when points or a "
               "red list open the door. Whoever cannot pay the deposit goes without, and so does "
               "whoever is barred.",
               "Qui loue verse une caution, rendue avec l'objet. Un programme peut en dispenser : "
               "quand le moteur accorde l'avantage, ou quand des points ou une liste rouge "
               "ouvrent la porte. Qui ne peut payer la caution s'en passe, comme qui est exclu."},
      .source = "deposit of the size of a shared-bicycle deposit (99 yuan in 2017) to a tool's",
      .parameters = {{"deposit",
                      150,
                      15,
                      400,
                      "EUR",
                      {"Deposit of a rental", "Caution d'une location"},
                      "invented"}}};
  return rule;
}

PlatformTerms platform_terms(const ParameterValues& values) {
  return {.deposit = whole_cents(values.at("platform.deposit") * 100)};
}

void answer_rental(const Institutions::Parts& parts, LifeMonth& month, InstitutionDesk& desk,
                   Date start) {
  if (!month.now.has(Happening::wanted_rental)) return;
  if (is_barred(month, Sphere::rental)) return month.now.add(Happening::rental_not_afforded);
  bool opened = is_rewarded(parts.force, month, Sphere::rental);
  if (!opened) {
    auto outcome = ask_engine(parts.force, month, desk, start, {.sphere = Sphere::rental});
    opened = outcome == DecisionOutcome::granted;
  }
  if (opened) {
    month.now.add(Happening::rental_without_deposit);
    month.now.deposit_saved += parts.platform.deposit;
    month.now.operator_income += parts.operator_terms.fee;
    return;
  }
  if (month.lives.wealth[month.person] < parts.platform.deposit) {
    return month.now.add(Happening::rental_not_afforded);
  }
  month.now.add(Happening::rental_with_deposit);
  month.now.deposit_paid += parts.platform.deposit;
}

}  // namespace credence
