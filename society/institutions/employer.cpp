#include <credence/institutions/parts.h>

namespace credence {

const RuleDescription& employer_rule() {
  static const RuleDescription rule{
      .id = "employer",
      .actor = "employer",
      .name = {"The employer hires", "L'employeur embauche"},
      .what =
          {"Whoever found a place and applies is hired, unless a sanction bars them from work. A "
           "published name is turned down now and then.",
           "Qui a trouvé une place et postule est embauché, sauf si une sanction l'exclut du "
           "travail. Un nom publié est parfois écarté."},
      .source = "invented",
      .parameters = {{"named-refused",
                      0.4,
                      0,
                      1,
                      "share",
                      {"Published names that are turned down", "Noms publiés écartés"},
                      "invented"}}};
  return rule;
}

EmployerTerms employer_terms(const ParameterValues& values) {
  return {.named_refused = values.at("employer.named-refused")};
}

void answer_job(const EmployerTerms& terms, LifeMonth& month) {
  if (!month.now.has(Happening::wanted_job)) return;
  bool shunned = month.lives.has(month.person, Mark::named) &&
                 month.draws.chance(terms.named_refused, month.person, month.month, Purpose::hire);
  if (shunned || is_barred(month, Sphere::work)) return month.now.add(Happening::job_refused);
  month.lives.put(month.person, Mark::working, true);
  month.lives.idle[month.person] = 0;
  month.now.add(Happening::found_job);
}

}  // namespace credence
