#pragma once

#include <credence/binning/binning.h>

#include <span>
#include <string>
#include <vector>

namespace credence {

// A problem with the solution that holds for it, whatever way led there.
struct Choice {
  BinningProblem problem;
  BinningSolution solution;
  std::vector<Binning::Candidate> candidates;
  std::vector<std::string> notes;
};

// Solves for the trend of the rules. An automatic trend is chosen among ascending, descending,
// peak, valley, concave and convex, each solved exactly, by their log-loss on rows held out: for
// each fold, bins and smoothed rates come from the other folds, over the same prebins. Among the
// trends whose loss is within one standard error (of the difference from the least loss) the
// simplest holds: monotone before the four others, and then the least loss. Rows are dealt to folds
// by a fixed hash of (prebin, outcome, count within both), which no order of the rows can change.
// When no bins keep the rules, `on_infeasible` decides; the notes and `binding` of the certificate
// tell. Errors: binning.infeasible, and those of solve().
Result<Choice> choose(const std::string& variable, BinningProblem problem,
                      const VariableRules& rules);

// Everything in one bin, with `why` among the notes.
Choice one_bin(BinningProblem problem, std::string why);

// The losses of `trend` per fold, in the units of Candidate::held_out_loss. `last` are the bins of
// the whole, for folds in which the trend finds none.
std::vector<double> fold_losses(const BinningProblem& problem, std::span<const int> last,
                                const VariableRules& rules);

}  // namespace credence
