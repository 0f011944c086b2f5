#include <credence/clockwork/functions.h>
#include <credence/people/living_habits.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr double kByte = 1.0 / 255;

// Rounds by luck, so that small changes are not lost in whole steps.
std::uint8_t to_byte(double share, double luck) {
  double steps = share * 255 + luck;
  if (!(steps > 0)) return 0;
  return static_cast<std::uint8_t>(std::min(steps, 255.0));
}

double conviction_of(const LifeMonth& month) {
  return month.population.conviction[month.person] * kByte;
}

std::vector<RuleParameter> numbers() {
  return {
      {"topic",
       0.4,
       0.1,
       0.8,
       "a month",
       {"Chance of something to criticise at full conviction",
        "Chance d'avoir à critiquer, conviction entière"},
       "invented"},
      {"willing",
       0.6,
       0.3,
       0.9,
       "share",
       {"Of it that is said when nobody watches", "Part qui est dite quand nul ne surveille"},
       "invented"},
      {"peak",
       0.5,
       0.3,
       0.7,
       "share",
       {"What falls silent at once among those who find surveillance justified",
        "Part tue aussitôt chez ceux qui trouvent la surveillance justifiée"},
       "calibrated: -20 to -30 % of all within a month of disclosure, Penney (2016)"},
      {"opponents",
       0.3,
       0,
       1,
       "share",
       {"Of that effect among its firmest opponents",
        "Part de cet effet chez ses opposants les plus fermes"},
       "direction: Stoycheff (2016); size invented"},
      {"half-life",
       10,
       4,
       36,
       "months",
       {"In which the fading part halves", "Durée de demi-effacement de la part passagère"},
       "calibrated: no full recovery in 14 months, Penney (2016)"},
      {"lasting",
       0.4,
       0,
       0.8,
       "share",
       {"Of the effect that stays while speech is watched",
        "Part de l'effet qui reste tant que la parole est surveillée"},
       "calibrated: as above"},
      {"conformity",
       0.5,
       0,
       1,
       "share",
       {"What entirely silent friends add", "Ce qu'ajoutent des amis tous muets"},
       "direction: Noelle-Neumann (1974), spiral of silence; size invented"},
      {"praise",
       0.3,
       0.05,
       0.6,
       "a month",
       {"Chance of praising where it pays fully", "Chance de louer là où cela paie entièrement"},
       "invented"}};
}

}  // namespace

const RuleDescription& SpeechHabit::description() {
  static const RuleDescription rule = {
      "speech",
      "person",
      {"Opinion and speech", "Opinion et parole"},
      {"The firmer a person's critical conviction, the more often there is something to criticise; "
       "part of it is said. Learning that speech is watched and costs something makes people hold "
       "back: most of all those who find surveillance justified, least those who oppose it. The "
       "effect jumps in the month of the news, fades by half in some months and leaves a rest as "
       "long as speech is watched. Silent friends add to it. Whoever is barred from speech cannot "
       "say it. Where praise pays, some praise.",
       "Plus la conviction critique d'une personne est ferme, plus souvent elle a quelque chose à "
       "critiquer ; une partie est dite. Apprendre que la parole est surveillée et coûte quelque "
       "chose pousse à se taire : surtout ceux qui trouvent la surveillance justifiée, le moins "
       "ceux qui s'y opposent. L'effet bondit le mois de la nouvelle, baisse de moitié en quelques "
       "mois et laisse un reste tant que la parole est surveillée. Des amis muets l'augmentent. "
       "Qui est interdit de parole ne peut rien dire. Là où la louange paie, certains louent."},
      "Penney (2016): a fifth to a third less at once, no full recovery in 14 months; Stoycheff "
      "(2016): those who find surveillance justified fall silent most; Noelle-Neumann (1974)",
      numbers()};
  return rule;
}

SpeechHabit::SpeechHabit(const ParameterValues& values)
    : topic(values.at("speech.topic")),
      willing(values.at("speech.willing")),
      peak(values.at("speech.peak")),
      opponents(values.at("speech.opponents")),
      half_life(std::max(0.1, values.at("speech.half-life"))),
      lasting(values.at("speech.lasting")),
      conformity(values.at("speech.conformity")),
      praise(values.at("speech.praise")),
      kept_(exact_power(0.5, 1 / half_life)) {}

// The will to speak that news of surveillance takes from this person, 0 to 1.
double SpeechHabit::disclosed(const LifeMonth& month) const {
  double cost = month.climate.speech_watched * month.climate.speech_cost;
  double justified = 1 - conviction_of(month);
  return peak * cost * (opponents + (1 - opponents) * justified);
}

void SpeechHabit::disclose(LifeMonth& month) const {
  std::uint8_t& chill = month.lives.chill[month.person];
  chill = std::max(chill, to_byte(disclosed(month), 0.5));
}

double SpeechHabit::pressure(const LifeMonth& month) const {
  double chill = month.lives.chill[month.person] * kByte;
  if (chill <= 0) return 0;
  auto friends = month.network.of(TieLayer::friends).of(month.person);
  if (friends.empty()) return chill;
  auto silent = std::count_if(friends.begin(), friends.end(), [&](std::uint32_t other) {
    return month.seen.has(other, Mark::silent);
  });
  double share = static_cast<double>(silent) / static_cast<double>(friends.size());
  return std::min(1.0, chill + conformity * share);
}

void SpeechHabit::fade(LifeMonth& month, double luck) const {
  std::uint8_t& chill = month.lives.chill[month.person];
  if (chill == 0) return;
  double rest = lasting * disclosed(month);
  chill = to_byte(rest + (chill * kByte - rest) * kept_, luck);
}

void SpeechHabit::live(LifeMonth& month, const Luck& luck) const {
  bool critical = luck[0] < topic * conviction_of(month);
  bool barred = month.lives.barred[month.person][static_cast<std::size_t>(Sphere::speech)] > 0;
  bool silent = false;
  if (critical) {
    month.now.add(Happening::critical);
    bool spoke = !barred && luck[1] < willing * (1 - pressure(month));
    silent = !spoke && luck[1] < willing;
    if (spoke) month.now.add(Happening::spoke);
    if (silent) month.now.add(Happening::held_back);
  } else if (!barred && month.climate.praise_pays > 0 &&
             month.lives.has(month.person, Mark::aware) &&
             luck[1] < praise * month.climate.praise_pays) {
    month.now.add(Happening::praised);
  }
  month.lives.put(month.person, Mark::silent, silent);
  fade(month, luck[3]);
}

}  // namespace credence
