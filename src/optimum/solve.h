#pragma once

#include <credence/base/result.h>
#include <credence/base/text.h>
#include <credence/optimum/rules.h>
#include <credence/optimum/tally.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace credence {

// An ordered row of prebins to be joined into bins.
struct BinningProblem {
  std::vector<Tally> prebins;     // clean rows only; each has records
  std::vector<bool> fixed_after;  // per prebin but the last: an edge must stay (empty = none)
  double total = 0;               // size of all rows, missing and special included, in the basis
  BinningRules rules;             // trend is not automatic
};

enum class Optimality {
  optimal,  // no bins that keep the rules are better
  feasible  // the best known; `bound` says how much better any could be (p-value policy `all`)
};

// What a solve proves. Anyone can check it with check() below, which shares no code with solve().
struct Certificate {
  Optimality optimality = Optimality::optimal;
  double objective = 0, bound = 0;
  Trend trend = Trend::none;
  // Limits without which the optimum would be better, by name: those of BinningRules, and "fixed".
  std::vector<std::string> binding;
  std::uint64_t work = 0;    // bins and edges looked at
  std::string problem_hash;  // SHA-256 of the problem in canonical form, hex
};

struct BinningSolution {
  std::vector<int> last;  // the last prebin of each bin, ascending; the final one is n - 1
  Certificate certificate;
};

// Why no bins keep the rules, found by relaxing one family of limits at a time. The reason names a
// smallest set of limits that contradict each other; where the search for it had to be cut short
// (policy `all` of many prebins), it says so.
struct Infeasibility {
  struct Relaxation {
    std::string limit;              // "max_bin_share"
    Text from, to;                  // to: at most 6 digits, with which bins exist as well
    BinningRules rules;             // with the nearest value with which bins exist
    std::vector<bool> fixed_after;  // as in the problem; fewer where the limit is "fixed"
    bool without_trend = false;     // of an automatic trend: it has to go beside the limit
  };
  Text reason;                          // what cannot be kept
  std::vector<Relaxation> relaxations;  // nearest first; each alone makes it feasible
};

struct BinningOutcome {
  std::optional<BinningSolution> solution;
  std::optional<Infeasibility> infeasible;  // exactly one of the two
};

// The exact dynamic program. Of equal objectives (relative 1e-12) the one with fewer bins, then the
// lexicographically smallest `last`. Rates that differ by at most 1e-12 are equal. Shares of
// weights are limits as they are; those of records are rounded up to whole ones. `strict_shape`
// says something of concave and convex only.
// Errors: binning.prebins (none, above 2,000, too many for so many bins), binning.tally (negative,
// not finite, above 1e15, empty), binning.one_class, binning.total, binning.fixed, binning.rules (a
// share outside [0, 1], min above max, automatic trend), binning.work (neither bins nor a proof
// that there are none, in the work that a solve may take: policy `all`, gamma, strict shapes).
Result<BinningOutcome> solve(const BinningProblem& problem);

// A checker of its own: whether `solution` keeps every rule, has the objective it claims, and (for
// at most 16 prebins) whether enumeration of all partitions finds no better one. Nothing but the
// canonical form of the hash is shared with solve(). Errors: binning.check, which says what claim
// is false; those of solve() where the problem makes no sense.
Result<Done> check(const BinningProblem& problem, const BinningSolution& solution);

// What the bins break of the rules of their problem; none where they keep all of them.
std::optional<Text> broken_rule(const BinningProblem& problem, const std::vector<int>& last);

std::string to_text(Trend trend);
std::string to_text(Divergence divergence);

}  // namespace credence
