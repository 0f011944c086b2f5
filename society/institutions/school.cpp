#include <credence/institutions/parts.h>

#include <algorithm>

namespace credence {

const RuleDescription& school_rule() {
  static const RuleDescription rule{
      .id = "school",
      .actor = "school",
      .name = {"The school admits", "L'école admet"},
      .what =
          {"A school takes whoever applies. Where a programme bars listed people from schools, it "
           "bars the children of their household with them.",
           "L'école prend qui se présente. Si un programme en exclut les personnes inscrites, il "
           "exclut avec elles les enfants de leur ménage."},
      .source =
          "news reports of schools closed to families of listed debtors; the rule is invented",
      .parameters = {}};
  return rule;
}

namespace {

// Looks at what was seen last month, since relatives are worked on at the same time.
bool is_seen_barred(const SocietySanction& sanction, const SeenLives& seen, std::uint32_t person) {
  if (sanction.black_list && seen.has(person, Mark::black)) return true;
  return sanction.below && seen.points[person] != kNoPoints &&
         seen.points[person] < *sanction.below;
}

bool has_barred_relative(const ProgrammeInForce& force, const LifeMonth& month) {
  const Population& population = month.population;
  std::uint32_t household = population.household[month.person];
  for (const SocietySanction& sanction : force.constructs().sanctions) {
    if (sanction.sphere != Sphere::school) continue;
    for (std::uint32_t other = population.household_first[household];
         other < population.household_first[household + 1]; ++other) {
      if (other != month.person && is_seen_barred(sanction, month.seen, other)) return true;
    }
  }
  return false;
}

}  // namespace

void answer_school(const ProgrammeInForce& force, LifeMonth& month) {
  if (!month.now.has(Happening::wanted_school)) return;
  if (is_barred(month, Sphere::school)) return month.now.add(Happening::school_refused);
  if (!has_barred_relative(force, month)) return;
  month.now.add(Happening::school_refused);
  month.now.add(Happening::hit_through_others);
}

}  // namespace credence
