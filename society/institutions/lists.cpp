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
           "another on a red one. People stay on a list for its months at least, and as long as "
           "its reason lasts; one without months is never left. Sanctions bar spheres of life "
           "for their months and begin again while their reason lasts; an alert of the matcher "
           "can be reason enough, false or not. Names may be published; then ties shun them. A "
           "listed relative may bar the household. What would not be imposed without a fault of "
           "the record, or without a false alert, rests on a mistake. Points beyond the engine's "
           "return to nought in equal steps, so that the largest deed is forgotten after the "
           "programme's months.",
           "Des points sous un seuil, ou un prêt en défaut, inscrivent sur une liste noire ; "
           "au-dessus d'un autre, sur une rouge. On y reste au moins les mois prévus, et tant "
           "que dure la cause ; une liste sans durée ne se quitte pas. Les sanctions ferment des "
           "domaines de la vie pour leur durée et reprennent tant que dure leur cause ; une "
           "alerte du logiciel peut suffire, vraie ou fausse. Les noms peuvent être publiés ; "
           "des proches s'en détournent alors. Un parent inscrit peut exclure le ménage. Ce qui "
           "ne le serait pas sans une erreur du dossier, ou sans une fausse alerte, repose sur "
           "une erreur. Les points ajoutés reviennent à zéro par pas égaux, le plus grand acte "
           "s'effaçant au bout des mois prévus."},
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

// Below the line, and not by a fault of the record alone.
bool is_rightly_below(const LifeMonth& month, std::optional<int> line) {
  int sound = month.lives.points[month.person] - month.now.points_through_fault;
  return is_below(month, line) && sound < *line;
}

bool is_beyond(const ListRule& rule, std::int16_t points) {
  if (points == kNoPoints) return false;
  return (rule.below && points < *rule.below) || (rule.from && points >= *rule.from);
}

void put_on(const ProgrammeInForce& force, LifeMonth& month, Mark list, Happening happened) {
  month.lives.put(month.person, list, true);
  month.now.add(happened);
  const auto& publication = force.constructs().publication;
  bool black = list == Mark::black;
  if (!publication || !(black ? publication->black_list : publication->red_list)) return;
  // A name on a red list is shown as well, but nobody shuns it.
  if (black) month.lives.put(month.person, Mark::named, true);
  month.now.add(Happening::name_published);
}

void take_off(LifeMonth& month, Mark list) {
  month.lives.put(month.person, list, false);
  if (list == Mark::red) return;
  for (Mark with_it : {Mark::named, Mark::wrongly_listed}) {
    month.lives.put(month.person, with_it, false);
  }
}

// The months of a rule begin when its reason does: with a default, or with points that stand beyond
// its line and did not last month. Whoever is put on a list anew begins them anew.
void keep_list(const ProgrammeInForce& force, LifeMonth& month, ListRule::Colour colour) {
  bool black = colour == ListRule::Colour::black;
  Mark mark = black ? Mark::black : Mark::red;
  bool was_on = month.lives.has(month.person, mark), called = false, rightly = false;
  std::uint8_t left = was_on ? month.lives.listed[month.person] : std::uint8_t{0};
  for (const ListRule& rule : force.constructs().lists) {
    if (rule.colour != colour) continue;
    bool defaulted = rule.on_default && month.now.has(Happening::defaulted);
    if (!defaulted && !is_beyond(rule, month.lives.points[month.person])) continue;
    called = true;
    rightly = rightly || defaulted || !rule.below || is_rightly_below(month, rule.below);
    bool begins = !was_on || defaulted || !is_beyond(rule, month.seen.points[month.person]);
    if (begins) left = std::max(left, months_of(rule.months));
  }
  if (called || was_on) month.lives.listed[month.person] = left;
  if (called && !was_on) {
    put_on(force, month, mark, black ? Happening::put_on_black_list : Happening::put_on_red_list);
    if (!rightly) month.lives.put(month.person, Mark::wrongly_hit, true);
  }
  if (called && (rightly || !was_on)) month.lives.put(month.person, Mark::wrongly_listed, !rightly);
  if (was_on && !called && left == 0) take_off(month, mark);
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
  bool by_points = is_rightly_below(month, sanction.below);
  bool by_list = sanction.black_list && month.lives.has(month.person, Mark::black) &&
                 !month.lives.has(month.person, Mark::wrongly_listed);
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
  auto one_less = [](std::uint8_t& left) {
    if (left > 0 && left < kForEver) --left;
  };
  std::ranges::for_each(month.lives.barred[month.person], one_less);
  one_less(month.lives.listed[month.person]);
  forget_mistakes(month);
}

void forget_mistakes(LifeMonth& month) {
  const auto& barred = month.lives.barred[month.person];
  bool runs = month.lives.has(month.person, Mark::black) ||
              std::ranges::any_of(barred, [](std::uint8_t left) { return left > 0; });
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
