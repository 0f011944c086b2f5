#pragma once

#include <credence/explanation/explanation.h>

#include <optional>

namespace credence {

// The points of the answers, whether or not they are enough for a score: the same score(), told
// that enough is there. For comparisons between two sets of answers; nobody is given it as a score.
Score points_of_answers(Features features, const Card& card, const LawfulProgramme& programme);

// The nearest better answer to one term of `score`, and the day from which it comes by itself.
// Nothing when no better answer exists, or when the line is about who somebody is, which nobody is
// asked to change. REQUIRES: `features` were derived from `dossier`, and `score` from them with
// `card`.
struct WhatIfQuestion {
  const LawfulProgramme& programme;
  const Card& card;
  const Dossier& dossier;
  const Features& features;
  const Score& score;
};
std::optional<WhatIf> nearest_better(const WhatIfQuestion& question, std::size_t term);

}  // namespace credence
