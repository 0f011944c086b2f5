#include <credence/people/living_habits.h>

namespace credence {

namespace {

constexpr std::uint64_t kRefusals =
    bits_of({Happening::loan_refused, Happening::home_refused, Happening::trip_refused,
             Happening::job_refused, Happening::school_refused, Happening::sanctioned,
             Happening::wrongly_sanctioned, Happening::put_on_black_list});

bool is_struck(const LifeMonth& month) {
  if (month.lives.has(month.person, Mark::black)) return true;
  for (std::uint8_t months : month.lives.barred[month.person]) {
    if (months > 0) return true;
  }
  return false;
}

}  // namespace

const RuleDescription& ContestingHabit::description() {
  static const RuleDescription rule = {
      "contesting",
      "person",
      {"Finding faults and contesting", "Trouver des erreurs et contester"},
      {"A fault in one's record is seldom noticed while nothing happens, and more often in a month "
       "with a refusal or a sanction. Who is hit by mistake notices at the same rate as after a "
       "refusal. Some of those who notice appeal to the review board. A few contest a sanction "
       "that rests on no mistake. Nobody has two appeals at a time.",
       "Une erreur au dossier se remarque rarement tant que rien n'arrive, et plus souvent un mois "
       "de refus ou de sanction. Qui est touché par erreur le remarque comme après un refus. Une "
       "partie de ceux qui remarquent saisit la commission. Quelques-uns contestent une sanction "
       "sans erreur. Nul n'a deux recours à la fois."},
      "that faults are common: Federal Trade Commission (2012); rates invented",
      {{"notice",
        0.02,
        0.005,
        0.1,
        "a month",
        {"Chance of noticing a fault without cause", "Chance de remarquer une erreur sans raison"},
        "invented"},
       {"notice-refused",
        0.3,
        0.1,
        0.6,
        "a month",
        {"Chance of noticing it when refused or hit",
         "Chance de la remarquer après un refus ou un coup"},
        "invented"},
       {"contest",
        0.5,
        0.2,
        0.8,
        "share",
        {"Of those who notice, who appeal", "Part de ceux qui remarquent et contestent"},
        "invented"},
       {"unfounded",
        0.02,
        0,
        0.1,
        "a month",
        {"Chance of contesting a sanction without mistake",
         "Chance de contester une sanction sans erreur"},
        "invented"}}};
  return rule;
}

ContestingHabit::ContestingHabit(const ParameterValues& values)
    : notice(values.at("contesting.notice")),
      notice_refused(values.at("contesting.notice-refused")),
      contest(values.at("contesting.contest")),
      unfounded(values.at("contesting.unfounded")) {}

void ContestingHabit::live(LifeMonth& month) const {
  std::uint32_t person = month.person;
  if (month.lives.appeal[person] != 0) return;
  bool fault = month.lives.fault[person] != 0;
  bool mistaken = month.lives.has(person, Mark::wrongly_hit);
  double chance = 0;
  if (fault || mistaken) {
    bool hit = mistaken || (month.now.bits & kRefusals) != 0;
    chance = contest * (hit ? notice_refused : notice);
  } else if (is_struck(month)) {
    chance = unfounded;
  }
  if (chance <= 0) return;
  if (!month.draws.chance(chance, person, month.month, Purpose::discovery)) return;
  month.lives.appeal[person] = 1;
  month.now.add(Happening::appeal_opened);
  if (fault) month.now.add(Happening::fault_found);
}

}  // namespace credence
