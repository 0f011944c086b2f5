#include <credence/institutions/parts.h>

namespace credence {

const RuleDescription& landlord_rule() {
  static const RuleDescription rule{
      .id = "landlord",
      .actor = "landlord",
      .name = {"The landlord chooses tenants", "Le bailleur choisit ses locataires"},
      .what =
          {"A home costs the mean rent times what the place asks; the landlord wants an income of "
           "several rents. A published name is turned down now and then, whoever is barred from "
           "housing always; a reward passes over the income.",
           "Un logement coûte le loyer moyen selon le lieu ; le bailleur veut un revenu de "
           "plusieurs loyers. Un nom publié est parfois écarté, qui est exclu du logement "
           "toujours ; une récompense dispense de la condition de revenu."},
      .source = "income of three rents: common practice of letting; the rest invented",
      .parameters = {
          {"rent", 550, 350, 900, "EUR a month", {"Mean rent", "Loyer moyen"}, "invented"},
          {"times",
           3,
           2,
           4,
           "rents",
           {"Income that is asked for", "Revenu demandé"},
           "common practice of letting agencies"},
          {"named-refused",
           0.5,
           0,
           1,
           "share",
           {"Published names that are turned down", "Noms publiés écartés"},
           "invented"}}};
  return rule;
}

LandlordTerms landlord_terms(const ParameterValues& values) {
  return {.rent = values.at("landlord.rent") * 100,
          .times = values.at("landlord.times"),
          .named_refused = values.at("landlord.named-refused")};
}

namespace {

bool lets(const Institutions::Parts& parts, const LifeMonth& month) {
  const LandlordTerms& terms = parts.landlord;
  if (is_barred(month, Sphere::housing)) return false;
  if (month.lives.has(month.person, Mark::named) &&
      month.draws.chance(terms.named_refused, month.person, month.month, Purpose::move, 1)) {
    return false;
  }
  if (is_rewarded(parts.force, month, Sphere::housing)) return true;
  const auto& places = month.population.plan.places;
  std::size_t region = month.lives.region[month.person];
  double rent = terms.rent * (region < places.size() ? places[region].rent : 1.0);
  return month.now.income >= terms.times * rent;
}

}  // namespace

void answer_home(const Institutions::Parts& parts, LifeMonth& month) {
  if (!month.now.has(Happening::wanted_home)) return;
  month.now.add(lets(parts, month) ? Happening::home_found : Happening::home_refused);
}

}  // namespace credence
