#pragma once

#include <credence/feature/feature.h>
#include <credence/score/card.h>

#include <variant>
#include <vector>

namespace credence {

struct Term {
  int feature = 0;  // index into Programme::features
  int bin = 0;      // index into Card::Line::bins; -1 none; -2 - k special code k
  int points = 0;
};

// total == base + sum of the terms' points, exactly; inside the programme's range by construction.
struct Score {
  int total = 0;
  int base = 0;
  std::vector<Term> terms;  // one per line of the card, in its order
};

// Too little is known: an outcome of its own, never a low score (A15).
struct NotEnoughData {
  int facts = 0, facts_needed = 0;
  int days = 0, days_needed = 0;
};

using ScoreOutcome = std::variant<Score, NotEnoughData>;
ScoreOutcome score(const Features& features, const Card& card, const LawfulProgramme& programme);

}  // namespace credence
