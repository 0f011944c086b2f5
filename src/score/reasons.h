#pragma once

#include <credence/score/score.h>

#include <vector>

namespace credence {

// Why a score is not higher: a factor of the trace that made it, with the points between its
// baseline and what it got. Semantics of PMML Scorecard's `pointsBelow`, with two differences on
// purpose: a factor that lost nothing is no reason, and ties have an order.
struct Reason {
  int line = 0;      // index into Card::lines and Score::terms
  int feature = 0;   // index into Programme::features
  int points = 0;    // what the factor got
  int baseline = 0;  // what it is measured against
  int lost() const { return baseline - points; }

  bool operator==(const Reason&) const = default;
};

// The points that a line is measured against: its best answer, its declared mean, or what the
// policy expects.
int baseline_of(const Card::Line& line, Baseline baseline);

// Every factor that lost points: most first; of equals the one that can lose more, then the card's
// order. REQUIRES: the score was made by this card.
std::vector<Reason> adverse_reasons(const Score& score, const Card& card, Baseline baseline);

// The first `rules.max_reasons` of them.
std::vector<Reason> adverse_reasons(const Score& score, const Card& card,
                                    const ExplanationRules& rules);

}  // namespace credence
