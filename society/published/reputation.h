#pragma once

#include <credence/published/published.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// Model G: people help those in good standing and refuse the others; each act changes the standing
// of who acts, by a norm, with errors (Nowak and Sigmund 1998, "Evolution of indirect reciprocity
// by image scoring"; Ohtsuki and Iwasa 2006, "The leading eight"). The norms differ in one clause:
// whether refusing somebody bad costs one's own standing.
enum class StandingNorm : std::uint8_t { image_scoring, standing, stern_judging, shunning };
inline constexpr std::size_t kStandingNorms = 4;

struct JudgingErrors {
  double slip = 0;       // chance that help intended is not given
  double misjudged = 0;  // chance that the new standing is the opposite of what the norm says
};

// Share of the people in good standing in the long run, in closed form.
double expected_good_standing(StandingNorm norm, const JudgingErrors& errors);

struct StandingRun {
  std::uint32_t people = 200;
  std::uint32_t interactions = 2'000'000;  // the first quarter is not counted
  // The rulebook without its clause: refusing somebody bad is judged as any refusal is.
  bool refusing_the_bad_is_free = true;
};

// The share in good standing over time for each pair of errors and each norm, all of them with the
// same luck: [pair * kStandingNorms + norm]. Draws: purpose 1000 (time: interaction; words: donor,
// recipient, slip, judgement). REQUIRES: at most 4 pairs; 2 people or more.
std::vector<double> good_standing(const StandingRun& run, std::span<const JudgingErrors> errors,
                                  const KeyedDraws& draws);

// Discriminators, who help all but those known as bad, against defectors.
struct HelpingGame {
  double benefit = 1, cost = .1;
  double known = .5;  // chance that a standing is known; unknown counts as good
};
// Share of discriminators from which on they win: cost (1 - known) / (known (benefit - cost)).
// Above 1: they never do. REQUIRES: known > 0, benefit > cost.
double invasion_threshold(const HelpingGame& game);
// Where the share ends by replicator dynamics in steps of .001; 0 or 1 where it comes within 1e-6
// of them, else where it is after `most_steps`.
double discriminators_in_the_end(const HelpingGame& game, double share,
                                 std::uint32_t most_steps = 20'000'000);

std::vector<PublishedCheck> check_reputation(const StandingRun& run,
                                             const PublishedSetting& setting, Crew& crew);

}  // namespace credence
