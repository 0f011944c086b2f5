#include <credence/points/polish_moves.h>

namespace credence {

namespace {

// Takes the neighbours into the move that must go along; false when one of them may not.
bool take_neighbours(const PointTerm& term, PointMove& move) {
  auto bins = static_cast<std::size_t>(term.rules.bins);
  auto blocked = [&](std::size_t a, std::size_t b, int change_a, int change_b) {
    int direction = term.rules.direction[a];
    return direction != 0 &&
           direction * (term.points[b] + change_b - term.points[a] - change_a) < term.rules.min_gap;
  };
  if (move.first < bins) {
    while (move.last + 1 < bins && blocked(move.last, move.last + 1, move.step, 0)) ++move.last;
    while (move.first > 0 && blocked(move.first - 1, move.first, 0, move.step)) --move.first;
  }
  for (std::size_t c = move.first; c <= move.last; ++c) {
    int to = term.points[c] + move.step;
    if (to < term.least[c] || to > term.most[c]) return false;
  }
  return true;
}

}  // namespace

std::vector<PointMove> moves_of(const PointTerm& term, std::size_t index) {
  std::vector<PointMove> moves;
  if (term.points.empty()) return moves;
  moves.reserve(2 * term.points.size());
  const Extremes was = extremes(term.points);
  std::vector<int> after = term.points;
  for (std::size_t cell = 0; cell < term.points.size(); ++cell) {
    for (int step : {1, -1}) {
      PointMove move{index, step, cell, cell, 0, 0, 0, 0};
      if (!take_neighbours(term, move)) continue;
      for (std::size_t c = move.first; c <= move.last; ++c) after[c] += step;
      if (keeps(term.rules, after)) {
        const Extremes is = extremes(after);
        move.low = is.lowest - was.lowest;
        move.high = is.highest - was.highest;
        moves.push_back(move);
      }
      for (std::size_t c = move.first; c <= move.last; ++c) after[c] -= step;
    }
  }
  return moves;
}

}  // namespace credence
