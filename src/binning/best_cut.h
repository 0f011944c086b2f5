#pragma once

#include <credence/binning/binning.h>
#include <credence/binning/rules.h>

#include <string>
#include <variant>
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
// Why a bin is not cut.
struct NoCut {
  bool one_value = false;  // all of its records have the same one
  // Otherwise no cut keeps the rules; each of these alone would let one be, nearest first.
  std::vector<Infeasibility::Relaxation> relaxations = {};
};
using CutAnswer = std::variant<BestCut, NoCut>;

// `bin` counts from 0. REQUIRES: the trend is not automatic. Errors: those of bin_as() and of
// solve().
Result<CutAnswer> best_cut(const Column& column, const Outcome& outcome, const Cells& cells,
                           int bin, const VariableRules& rules);

}  // namespace credence
