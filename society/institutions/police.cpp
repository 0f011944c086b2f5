#include <credence/clockwork/functions.h>
#include <credence/institutions/parts.h>

#include <algorithm>

namespace credence {

const RuleDescription& police_rule() {
  static const RuleDescription rule{
      .id = "police",
      .actor = "police",
      .name = {"The police watch", "La police surveille"},
      .what =
          {"Police notice a share of minor offences, more where they patrol more. Cameras stand in "
           "a share of places, times the place's policing, and film offences there. A matcher "
           "compares faces with a watch list, as often as the programme says and more where there "
           "is more policing: people on it are found unless it fails to match them; everybody else "
           "risks a false match at each comparison, more often in groups for which it is worse.",
           "La police remarque une part des petites infractions, davantage là où elle patrouille "
           "plus. Des caméras couvrent une part des lieux, selon la présence policière, et filment "
           "les infractions. Un logiciel compare les visages à une liste, aussi souvent que le dit "
           "le programme et plus là où la police est plus présente : qui y figure est trouvé sauf "
           "échec ; tous les autres risquent une fausse reconnaissance à chaque comparaison, plus "
           "souvent dans les groupes pour lesquels le logiciel est moins bon."},
      .source =
          "National Physical Laboratory (2023): 89% found, false alerts 1 in 60,000 at a "
          "watch list of 1,000; NIST IR 8280 (2019): 10 to 100 times between groups",
      .parameters = {
          {"noticed",
           0.2,
           0.05,
           0.5,
           "share",
           {"Minor offences noticed without cameras", "Petites infractions remarquées sans caméra"},
           "invented"}}};
  return rule;
}

PoliceTerms police_terms(const ParameterValues& values) {
  return {.noticed = values.at("police.noticed")};
}

namespace {

double policing(const PopulationPlan& plan, std::size_t region) {
  return region < plan.places.size() ? plan.places[region].policing : 1.0;
}

double times(const std::vector<double>& by_group, std::size_t group) {
  return group < by_group.size() ? by_group[group] : 1.0;
}

double share(double value) {
  return std::clamp(value, 0.0, 1.0);
}

// 1 - (1 - chance)^scans.
double at_least_one(double chance, double scans) {
  if (chance >= 1) return scans > 0 ? 1 : 0;
  return 1 - exact_exp(scans * exact_log(1 - chance));
}

std::size_t region_of(const WatchTables& tables, const LifeMonth& month) {
  return std::min<std::size_t>(month.lives.region[month.person], tables.regions - 1);
}

}  // namespace

WatchTables watch_tables(const Constructs& constructs, const PopulationPlan& plan) {
  WatchTables tables;
  tables.regions =
      std::max<std::size_t>(1, plan.categories[static_cast<int>(Trait::region)].size());
  if (!constructs.cameras) return tables;
  for (std::size_t region = 0; region < tables.regions; ++region) {
    tables.covered.push_back(share(constructs.cameras->coverage * policing(plan, region)));
  }
  if (!constructs.matcher) return tables;
  const MatcherConstruct& matcher = *constructs.matcher;
  std::size_t groups =
      std::max<std::size_t>(1, plan.categories[static_cast<int>(Trait::group)].size());
  for (std::size_t group = 0; group < groups; ++group) {
    double wrong = share(matcher.false_match * times(matcher.false_match_times, group));
    double missed = share(matcher.false_non_match * times(matcher.false_non_match_times, group));
    tables.true_alert.push_back(1 - missed);
    for (std::size_t region = 0; region < tables.regions; ++region) {
      double scans = tables.covered[region] > 0
                         ? constructs.cameras->scans_per_month * policing(plan, region)
                         : 0;
      tables.false_alert.push_back(at_least_one(wrong, scans));
    }
  }
  return tables;
}

bool is_on_watch_list(const MatcherConstruct& matcher, const KeyedDraws& draws,
                      std::uint32_t person) {
  return draws.chance(matcher.watch_list_share, person, 0, Purpose::match, 1);
}

void look_for_faces(const ProgrammeInForce& force, const WatchTables& tables, LifeMonth& month) {
  if (tables.false_alert.empty()) return;
  std::size_t region = region_of(tables, month);
  if (tables.covered[region] <= 0) return;
  std::size_t group = std::min<std::size_t>(month.population.of(Trait::group, month.person),
                                            tables.true_alert.size() - 1);
  bool listed = is_on_watch_list(*force.constructs().matcher, month.draws, month.person);
  double chance =
      listed ? tables.true_alert[group] : tables.false_alert[group * tables.regions + region];
  if (!month.draws.chance(chance, month.person, month.month, Purpose::match)) return;
  month.now.add(listed ? Happening::true_alert : Happening::false_alert);
  month.now.alerts = 1;
}

bool offence_noticed(const PoliceTerms& terms, LifeMonth& month) {
  double chance = terms.noticed * policing(month.population.plan, month.lives.region[month.person]);
  return month.draws.chance(chance, month.person, month.month, Purpose::detection);
}

bool offence_filmed(const Constructs& constructs, const WatchTables& tables, LifeMonth& month) {
  if (!constructs.cameras) return false;
  double chance = tables.covered[region_of(tables, month)] * constructs.cameras->detection;
  return month.draws.chance(chance, month.person, month.month, Purpose::camera);
}

}  // namespace credence
