#pragma once

#include <credence/points/polish.h>

#include <vector>

namespace credence {

// A change of one term: the cells from `first` to `last` go up or down by one point.
struct PointMove {
  std::size_t term = 0;
  int step = 1;
  std::size_t first = 0, last = 0;
  int low = 0, high = 0;  // change of the term's extremes
  double gain = 0;        // change of the summed log-loss; negative is better
  double bend = 0;        // the gain and that of the same move the other way: never negative
};

// Each cell of a term up and down by one point, as far as its rules and limits allow. A move that
// the order forbids takes the neighbours along that stand in its way. Without gains, for these
// depend on the rows and not on the term.
std::vector<PointMove> moves_of(const PointTerm& term, std::size_t index);

}  // namespace credence
