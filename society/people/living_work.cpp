#include <credence/people/living_habits.h>

namespace credence {

// The two-state chain behind it (reference J3): without refusals unemployment tends to
// loss / (loss + search).
const RuleDescription& WorkHabit::description() {
  static const RuleDescription rule = {
      "work",
      "person",
      {"Losing and seeking work", "Perdre et chercher un emploi"},
      {"Each month a person with a job may lose it; people with less education (the categories "
       "rise in the world's order) lose theirs more often. Who is out of work asks an employer for "
       "a job with a fixed chance; the employer answers. Were every request granted, unemployment "
       "would tend to loss / (loss + search), wherever it began.",
       "Chaque mois, une personne qui a un emploi peut le perdre ; les moins diplômés (les "
       "catégories montent dans l'ordre du monde) le perdent plus souvent. Qui est sans emploi en "
       "demande un à un employeur avec une chance fixe ; l'employeur répond. Si toute demande "
       "était acceptée, le chômage tendrait vers perte / (perte + recherche), d'où qu'il parte."},
      "two-state flows, as in Shimer (2005) and Elsby, Hobijn and Sahin (2013)",
      {{"loss",
        0.01,
        0.004,
        0.034,
        "a month",
        {"Chance of losing the job", "Chance de perdre l'emploi"},
        "order of continental Europe, Elsby, Hobijn and Sahin (2013); high: United States, Shimer "
        "(2005)"},
       {"education",
        0.4,
        0,
        0.8,
        "share",
        {"How much more often the least educated lose it than the mean, and the most educated less",
         "De combien les moins diplômés le perdent plus souvent que la moyenne, et les plus "
         "diplômés moins"},
        "invented"},
       {"search",
        0.25,
        0.05,
        0.45,
        "a month",
        {"Chance of asking for a job when out of work",
         "Chance de demander un emploi quand on n'en a pas"},
        "between continental Europe, Elsby, Hobijn and Sahin (2013), and the United States, Shimer "
        "(2005)"}}};
  return rule;
}

WorkHabit::WorkHabit(const ParameterValues& values)
    : loss(values.at("work.loss")),
      education(values.at("work.education")),
      search(values.at("work.search")) {}

void WorkHabit::live(LifeMonth& month, WorkStatus status, double loss_luck,
                     double find_luck) const {
  std::uint8_t& idle = month.lives.idle[month.person];
  if (status != WorkStatus::working && status != WorkStatus::seeking) return;
  if (month.lives.has(month.person, Mark::working)) {
    idle = 0;
    // The categories of education rise; the middle of them has the mean chance.
    auto most = static_cast<double>(
        month.population.plan.categories[static_cast<std::size_t>(Trait::education)].size());
    double level = month.population.of(Trait::education, month.person);
    double lean = most > 1 ? 1 - 2 * level / (most - 1) : 0;
    if (loss_luck >= loss * (1 + education * lean)) return;
    month.lives.put(month.person, Mark::working, false);
    month.now.add(Happening::lost_job);
    return;
  }
  if (idle < UINT8_MAX) ++idle;
  if (find_luck < search) month.now.add(Happening::wanted_job);
}

}  // namespace credence
