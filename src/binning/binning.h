#pragma once

#include <credence/base/json.h>
#include <credence/base/result.h>
#include <credence/binning/attempt.h>
#include <credence/binning/cells.h>
#include <credence/binning/rules.h>
#include <credence/optimum/solve.h>

#include <span>
#include <string>
#include <vector>

namespace credence {

class Summary;
struct CountRoom;

// What is to be said of bins, and what it is about.
struct BinningNote {
  enum class About {
    data,         // how the bins came to be: fallbacks, texts, splits
    one_bin,      // why there is one alone
    no_bins,      // that no bins keep the rules
    broken_rules  // what these bins break
  };
  Text text;
  About about = About::data;
};

// One variable, binned. Weight of evidence is ln(share of goods / share of bads), smoothed: high is
// safe. Information value sums (q - p) * woe over all cells with the same smoothed shares.
// IV of a cell is of its own rows, also where a policy gives the cell another weight. Cells without
// records take no part in the smoothed shares.
struct Binning {
  struct Row {  // one per cell, in the order of `cells`
    Tally tally;
    double woe = 0;
    double iv = 0;          // of this cell
    bool fallback = false;  // too few records: the declared fallback holds
  };
  struct Candidate {  // of an automatic trend
    Trend trend = Trend::none;
    double objective = 0;
    double held_out_loss = 0;   // log-loss per unit of weight, the mean over the folds
    double standard_error = 0;  // of its difference from the least loss, fold by fold
    bool feasible = true;
  };
  std::string name;
  Cells cells;
  std::vector<Row> rows;
  double iv = 0;
  Trend trend = Trend::none;
  // One bin, because iv and js need both outcomes in each and the values tell the outcome apart.
  bool separates = false;
  BinningProblem problem;            // what was solved, for the checker
  std::vector<double> prebin_edges;  // of numbers: n - 1 cut points of n prebins
  Certificate certificate;
  std::vector<Candidate> candidates;
  std::vector<BinningNote> notes;  // relaxed limits, fallbacks, "best contiguous in rate order"
  std::vector<Text> given_up;      // the rules that gave way, where no bins keep them

  bool is_told(BinningNote::About about) const;  // whether a note is about it
  // In English, as docs/formats/binning.md has them: the notes; the limits of the certificate by
  // name, with what was given up.
  std::vector<std::string> note_texts() const;
  std::vector<std::string> binding_texts() const;
  double total_records() const;
};

// Prebinning, solving, tallies and weights of evidence, in one step. Deterministic: equal input
// gives equal bits, whatever the number of threads. Errors (each with the column's name and how to
// mend it): binning.one_class, binning.infinite, binning.all_missing, binning.infeasible,
// binning.rules, binning.weights, binning.length, binning.target, binning.too_many_rows. One bin,
// of a constant column or as the best answer, comes with a note. That no bins keep the rules is
// told in both languages.
Attempt<Binning> bin(const Column& column, const Outcome& outcome, const VariableRules& rules);
// The same for many variables in turn, which count in one room (prebin_counts.h).
Attempt<Binning> bin(const Column& column, const Outcome& outcome, const VariableRules& rules,
                     CountRoom& room);

// The same tallies and weights for bins that a person chose; the certificate then is of the merge
// the person made, with the optimum's objective as its bound (of texts: the optimum over joins of
// the person's groups). What the bins break of the rules is said in the notes, and an automatic
// trend asks for none. For overrides, imports and checks.
Result<Binning> bin_as(const Column& column, const Outcome& outcome, const Cells& cells,
                       const VariableRules& rules);

// The same from a summary of a stream (summary.h). Further error: binning.resolution.
Attempt<Binning> bin_summary(const Summary& summary, const VariableRules& rules);

struct ColumnRules {
  std::string column;
  VariableRules rules;
};
// bin() of each named column, on `threads` threads (at least 1), in the order of `rules`. Equal
// bits for any number of threads. Further error: binning.column, for a name that the table lacks.
std::vector<Attempt<Binning>> bin_all(const Table& table, const Outcome& outcome,
                                      std::span<const ColumnRules> rules, int threads);

Json to_json(const Binning& binning);  // docs/formats/binning.md

}  // namespace credence
