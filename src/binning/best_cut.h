#pragma once

#include <credence/binning/binning.h>

#include <optional>
#include <string>
#include <vector>

namespace credence {

// The best way to cut one bin in two while all others stay: the exact optimum of one bin more under
// the rules, over every place between neighbouring values of the bin (texts in the order of their
// rates). Of a bin with more values than kMostPlaces, neighbours are counted together until so many
// parts of like size are left.
struct BestCut {
  static constexpr std::size_t kMostPlaces = 500;

  double at = 0;                               // of numbers: the new edge
  std::vector<std::string> below, above = {};  // of texts: the two groups
  bool thinned = false;                        // neighbouring values were counted together
};
// `bin` counts from 0. No cut: the bin holds one value, or no cut keeps the rules. Errors: those of
// bin_as(), of solve(), and binning.cut with the reason why there is none.
Result<BestCut> best_cut(const Column& column, const Outcome& outcome, const Cells& cells, int bin,
                         const VariableRules& rules);

}  // namespace credence
