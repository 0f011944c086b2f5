#include <credence/institutions/parts.h>

#include <algorithm>
#include <cstdlib>

namespace credence {

const RuleDescription& lists_rule() {
  static const RuleDescription rule{
      .id = "lists",
      .actor = "operator",
      .name = {"Lists and sanctions", "Listes et sanctions"},
      .what =
          {"Points below a line, or a defaulted loan, put people on a black list; points above "
           "another on a red one. A list is left once its reason is gone, after its months on "
           "average; one without months is never left. Sanctions bar spheres of life for their "
           "months and begin again while their reason lasts; an alert of the matcher can be reason "
           "enough, false or not. Names may be published; then ties shun them. A listed relative "
           "may bar the household. What is imposed while a fault stands on the record, or by a "
           "false alert, rests on a mistake. Points beyond the engine's return to nought in equal "
           "steps, so that the largest deed is forgotten after the programme's months.",
           "Des points sous un seuil, ou un prêt en défaut, inscrivent sur une liste noire ; au-"
           "dessus d'un autre, sur une rouge. On quitte une liste quand sa cause a disparu, après "
           "ses mois en moyenne ; une liste sans durée ne se quitte pas. Les sanctions ferment des "
           "domaines de la vie pour leur durée et reprennent tant que dure leur cause ; une alerte "
           "du logiciel peut suffire, vraie ou fausse. Les noms peuvent être publiés ; des proches "
           "s'en détournent alors. Un parent inscrit peut exclure le ménage. Ce qui est imposé "
           "quand une erreur figure au dossier, ou sur une fausse alerte, repose sur une erreur. "
           "Les points ajoutés reviennent à zéro par pas égaux, le plus grand acte s'effaçant au "
           "bout des mois prévus."},
      .source = "court defaulter lists and joint sanctions as reported 2017 to 2019; form invented",
      .parameters = {}};
  return rule;
}

bool is_barred(const LifeMonth& month, Sphere sphere) {
  return month.lives.barred[month.person][static_cast<std::size_t>(sphere)] > 0;
}

namespace {

constexpr std::uint8_t kForEver = 255;

std::uint8_t months_of(int months) {
  if (months <= 0) return kForEver;
  return static_cast<std::uint8_t>(std::min(months, kForEver - 1));
}

bool is_below(const LifeMonth& month, std::optional<int> line) {
  std::int16_t points = month.lives.points[month.person];
  return line && points != kNoPoints && points < *line;
}

bool has_fault(const LifeMonth& month) {
  return month.lives.fault[month.person] > 0;
}

bool calls_for(const ListRule& rule, const LifeMonth& month) {
  std::int16_t points = month.lives.points[month.person];
  bool above = rule.from && points != kNoPoints && points >= *rule.from;
  bool defaulted = rule.on_default && month.now.has(Happening::defaulted);
  return is_below(month, rule.below) || above || defaulted;
}

void put_on(const ProgrammeInForce& force, LifeMonth& month, Mark list, Happening happened) {
  if (month.lives.has(month.person, list)) return;
  month.lives.put(month.person, list, true);
  month.now.add(happened);
  const auto& publication = force.constructs().publication;
  bool black = list == Mark::black;
  // A default is one, whatever else stands on the record; points may rest on a fault.
  if (black && has_fault(month) && !month.now.has(Happening::defaulted)) {
    month.lives.put(month.person, Mark::wrongly_hit, true);
  }
  if (!publication || !(black ? publication->black_list : publication->red_list)) return;
  // A name on a red list is shown as well, but nobody shuns it.
  if (black) month.lives.put(month.person, Mark::named, true);
  month.now.add(Happening::name_published);
}

void take_off(LifeMonth& month, Mark list) {
  month.lives.put(month.person, list, false);
  if (list == Mark::black) month.lives.put(month.person, Mark::named, false);
}

// No state tells since when: leaving by a keyed chance of 1 in `months` lasts as long on average.
void keep_list(const ProgrammeInForce& force, LifeMonth& month, ListRule::Colour colour) {
  bool black = colour == ListRule::Colour::black;
  Mark mark = black ? Mark::black : Mark::red;
  bool called = false;
  int months = 1;
  for (const ListRule& rule : force.constructs().lists) {
    if (rule.colour != colour) continue;
    called = called || calls_for(rule, month);
    if (months != 0) months = rule.months <= 0 ? 0 : std::max(months, rule.months);
  }
  if (called) {
    put_on(force, month, mark, black ? Happening::put_on_black_list : Happening::put_on_red_list);
  } else if (month.lives.has(month.person, mark) && months > 0 &&
             month.draws.chance(1.0 / months, month.person, month.month, Purpose::listing,
                                black ? 0 : 1)) {
    take_off(month, mark);
  }
}

void shun(const PublicationConstruct& publication, LifeMonth& month) {
  if (!month.lives.has(month.person, Mark::named)) return;
  std::uint32_t ties =
      static_cast<std::uint32_t>(month.network.of(TieLayer::friends).of(month.person).size());
  for (std::uint32_t tie = 0; tie < ties; ++tie) {
    bool shuns = month.draws.chance(publication.stigma, month.person, month.month, Purpose::listing,
                                    2 + tie);
    if (shuns) return month.now.add(Happening::lost_friend);
  }
}

// Reads what was seen last month, since relatives are worked on at the same time.
bool has_listed_relative(const LifeMonth& month) {
  const Population& population = month.population;
  std::uint32_t household = population.household[month.person];
  for (std::uint32_t other = population.household_first[household];
       other < population.household_first[household + 1]; ++other) {
    if (other != month.person && month.seen.has(other, Mark::black)) return true;
  }
  return false;
}

bool strikes(const SocietySanction& sanction, const LifeMonth& month) {
  bool alert = month.now.has(Happening::true_alert) || month.now.has(Happening::false_alert);
  bool listed = sanction.black_list && month.lives.has(month.person, Mark::black);
  return is_below(month, sanction.below) || listed || (sanction.on_alert && alert);
}

// Whether none of the reasons that strike is sound.
bool rests_on_a_mistake(const SocietySanction& sanction, const LifeMonth& month) {
  bool by_points = is_below(month, sanction.below) && !has_fault(month);
  bool by_list = sanction.black_list && month.lives.has(month.person, Mark::black) &&
                 !month.lives.has(month.person, Mark::wrongly_hit);
  bool by_alert = sanction.on_alert && month.now.has(Happening::true_alert);
  return !by_points && !by_list && !by_alert;
}

void bar_household(const ProgrammeInForce& force, LifeMonth& month) {
  const auto& friends = force.constructs().friends;
  if (!friends || !friends->household || !has_listed_relative(month)) return;
  for (const SocietySanction& sanction : force.constructs().sanctions) {
    if (!sanction.black_list) continue;
    std::uint8_t& left =
        month.lives.barred[month.person][static_cast<std::size_t>(sanction.sphere)];
    if (left > 0) continue;
    left = 1;
    month.now.add(Happening::hit_through_others);
  }
}

}  // namespace

void count_down(LifeMonth& month) {
  bool runs = month.lives.has(month.person, Mark::black);
  for (std::uint8_t& left : month.lives.barred[month.person]) {
    if (left > 0 && left < kForEver) --left;
    runs = runs || left > 0;
  }
  if (!runs) month.lives.put(month.person, Mark::wrongly_hit, false);
}

void decay_points(const ProgrammeInForce& force, LifeMonth& month) {
  std::int16_t& own = month.lives.own_points[month.person];
  if (force.decay == 0 || own == 0) return;
  int left = std::max(0, std::abs(static_cast<int>(own)) - force.decay);
  own = static_cast<std::int16_t>(own < 0 ? -left : left);
}

void keep_lists(const ProgrammeInForce& force, LifeMonth& month) {
  if (force.constructs().lists.empty()) return;
  keep_list(force, month, ListRule::Colour::black);
  if (!month.lives.has(month.person, Mark::black)) {
    keep_list(force, month, ListRule::Colour::red);
  } else {
    take_off(month, Mark::red);
  }
  if (force.constructs().publication) shun(*force.constructs().publication, month);
}

void impose(const ProgrammeInForce& force, LifeMonth& month) {
  for (const SocietySanction& sanction : force.constructs().sanctions) {
    std::uint8_t& left =
        month.lives.barred[month.person][static_cast<std::size_t>(sanction.sphere)];
    if (left > 0 || !strikes(sanction, month)) continue;
    left = months_of(sanction.months);
    month.now.add(Happening::sanctioned);
    if (!rests_on_a_mistake(sanction, month)) continue;
    month.now.add(Happening::wrongly_sanctioned);
    month.lives.put(month.person, Mark::wrongly_hit, true);
  }
  bar_household(force, month);
}

}  // namespace credence
