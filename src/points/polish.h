#pragma once

#include <credence/points/score_groups.h>
#include <credence/points/whole_points.h>

#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// A card in whole points over rows whose cells are known.
struct PointTerm {
  std::span<const std::uint16_t> rows;  // the cell of each row
  std::vector<int> points;              // per cell
  PointsRules rules;
  std::vector<int> least, most;  // how far each cell may go
};

struct PointCard {
  int base = 0;
  std::vector<PointTerm> terms;
  Scorecard::Scaling scaling;
};

std::vector<int> scores_of(const PointCard& card, std::size_t rows);
// Log-odds of bad that the scaling gives to scores: (offset - score) / factor.
std::vector<double> log_odds_of(std::span<const int> scores, const Scorecard::Scaling& scaling);

struct PolishRules {
  RangeSum sum;               // of base and the terms' extremes
  bool refit_scaling = true;  // not when an anchor says what the points mean
  int most_steps = 20000;
};
struct Polished {
  std::size_t moves = 0, pairs = 0;
};

// Moves points by one, singly or in pairs of terms whose changes of the extremes cancel, as long as
// the log-loss falls and every rule is kept. A move that the order forbids takes the neighbours
// along that stand in its way. Ends where no single move and no pair of the looked-at moves (the
// best few of each term and kind) is better. The order of moves is fixed.
Polished polish(PointCard& card, const History& history, const PolishRules& rules);

}  // namespace credence
