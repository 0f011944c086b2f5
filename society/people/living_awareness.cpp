#include <credence/people/living_habits.h>

namespace credence {

const RuleDescription& AwarenessHabit::description() {
  static const RuleDescription rule = {
      "awareness",
      "person",
      {"Knowing of the programme", "Connaître le programme"},
      {"Most people do not know that a programme watches or scores them. Each month some learn of "
       "it, so many that after a year the share is the one that the programme says. Who was asked "
       "for consent knows at once, and who is sanctioned, listed or named, or stopped on an alert, "
       "knows from then on.",
       "La plupart des gens ne savent pas qu'un programme les observe ou les note. Chaque mois, "
       "certains l'apprennent, de sorte qu'après un an la part est celle que dit le programme. Qui "
       "a donné son accord le sait aussitôt ; qui est sanctionné, listé, nommé ou arrêté sur une "
       "alerte le sait désormais."},
      "Kostka (2018/19): 11 % of people under a local pilot knew of it; the way they learn "
      "invented",
      {{"felt",
        1,
        0.5,
        1,
        "share",
        {"Of those hit who understand why", "Part des personnes touchées qui comprennent pourquoi"},
        "invented"}}};
  return rule;
}

AwarenessHabit::AwarenessHabit(const ParameterValues& values) : felt(values.at("awareness.felt")) {}

// A constant hazard h with (1 - h)^12 = 1 - awareness: luck < h is (1 - luck)^12 > 1 - awareness,
// which needs no root.
bool AwarenessHabit::hear(LifeMonth& month, double luck) const {
  std::uint32_t person = month.person;
  // The operator tells whom it enrols with consent.
  if (month.lives.has(person, Mark::aware)) return month.now.has(Happening::enrolled_now);
  bool knows = month.climate.asks_consent && month.lives.has(person, Mark::enrolled);
  if (month.climate.awareness > 0) {
    double stay = 1 - luck;
    double fourth = stay * stay * stay * stay;
    knows = knows || fourth * fourth * fourth > 1 - month.climate.awareness;
  }
  if (knows) month.lives.put(person, Mark::aware, true);
  return knows;
}

bool AwarenessHabit::feel(LifeMonth& month) const {
  constexpr std::uint64_t kBlows =
      bits_of({Happening::sanctioned, Happening::wrongly_sanctioned, Happening::put_on_black_list,
               Happening::name_published, Happening::true_alert, Happening::false_alert});
  if ((month.now.bits & kBlows) == 0) return false;
  if (month.draws.uniform(month.person, 0, Purpose::awareness, 1) >= felt) return false;
  month.lives.put(month.person, Mark::aware, true);
  return true;
}

}  // namespace credence
