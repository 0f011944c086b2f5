#pragma once

#include <credence/binning/binning.h>
#include <credence/binning/rules.h>

#include <string>
#include <vector>

namespace credence {

// A problem with the solution that holds for it, whatever way led there.
struct TrendChoice {
  BinningProblem problem;
  BinningSolution solution;
  std::vector<Binning::Candidate> candidates;
  std::vector<BinningNote> notes;
  std::vector<Text> given_up;  // where the rules gave way
};

// Solves for the trend of the rules. An automatic trend is chosen among ascending, descending,
// peak, valley, concave and convex, each solved exactly, by their log-loss on rows held out: for
// each fold, bins and smoothed rates come from the other folds, over the same prebins. Among the
// trends whose loss is within one standard error (of the difference from the least loss) the
// simplest holds: monotone before the four others, and then the least loss; where a simpler trend
// has the very same bins on all rows, it gives them its name. Rows are dealt to folds by a fixed
// hash of (prebin, outcome, count within both), which no order of the rows can change. When no bins
// keep the rules, `on_infeasible` decides; the notes and `given_up` tell. Errors:
// binning.infeasible, and those of solve().
Attempt<TrendChoice> choose(const std::string& variable, BinningProblem problem,
                            const VariableRules& rules);

// Everything in one bin, with `why` among the notes.
TrendChoice one_bin(BinningProblem problem, const Text& why);

// A trend on trial: its bins on all rows, and what they lose on each fold held out.
struct Trial {
  Trend trend = Trend::none;
  std::vector<int> last;       // also for folds whose other rows allow no bins
  std::vector<double> losses;  // in the units of Candidate::held_out_loss
};
// Fills in the losses. REQUIRES: a sensible problem.
void try_on_folds(const BinningProblem& problem, const VariableRules& rules,
                  std::vector<Trial>& trials);

}  // namespace credence
