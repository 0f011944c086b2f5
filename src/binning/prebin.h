#pragma once

#include <credence/base/result.h>
#include <credence/base/text.h>
#include <credence/binning/prebin_counts.h>
#include <credence/binning/rules.h>

#include <span>
#include <string>
#include <vector>

namespace credence {

// The ordered prebins of one variable, each with records, from which solve() joins bins.
struct Prebins {
  std::vector<std::size_t> last;  // the last entry of each prebin in the counts
  std::vector<Tally> tallies;
  std::vector<double> edges;                     // of numbers: between neighbours, ascending
  std::vector<std::vector<std::string>> groups;  // of texts
  std::vector<bool> fixed_after;                 // per prebin but the last; empty = none
  std::vector<Text> notes;
};

// Errors: binning.rules (a fixed split with no records on one side), binning.resolution (a fixed
// split that a summary can no longer count exactly). Splits of the user are kept, whatever the
// method; one without records on a side is left out, with a note.
Result<Prebins> prebin(const VariableCounts& counts, const PrebinRules& rules, SizeBasis basis);

// A representable number above `left` and at most `right`, half way where there is one.
// REQUIRES: left < right, both finite.
double cut_between(double left, double right);

// What the methods below are asked: indices of the last entry of each part but the final one,
// ascending, `kept` among them.
struct Parting {
  const OrderedCounts& counts;
  std::vector<std::size_t> kept;  // ends of parts that must stay
  std::size_t most = 50;          // parts
  double least_size = 0;          // of a part, but for kept ends
  SizeBasis basis = SizeBasis::records;
};

// Best first: of all parts, the one whose best split lowers the Gini impurity (times the weight)
// most is split, until there are enough parts or none gains. The best split is found exactly, over
// every pair of neighbouring values; of equal gains (relative 1e-12) the smaller value wins.
// Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees", 1984.
std::vector<std::size_t> part_by_cart(const Parting& parting);

// The same with entropy, and a split only where it pays for its own description: gain > (log2(N -
// 1)
// + log2(3^k - 2) - (k H - k1 H1 - k2 H2)) / N. With weights, N is the sum of weights that are
// scaled to mean 1. Fayyad and Irani, "Multi-interval discretization of continuous-valued
// attributes for classification learning", 1993.
std::vector<std::size_t> part_by_mdlp(const Parting& parting);

}  // namespace credence
