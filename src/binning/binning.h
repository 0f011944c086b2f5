#pragma once

#include <credence/base/json.h>
#include <credence/base/result.h>
#include <credence/binning/cells.h>
#include <credence/binning/solve.h>

#include <optional>
#include <string>
#include <vector>

namespace credence {

// One variable, binned. Weight of evidence is ln(share of goods / share of bads), smoothed: high is
// safe. Information value sums (q - p) * woe over all cells with the same smoothed shares.
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
    double held_out_loss = 0, standard_error = 0;  // log-loss per unit of weight over the folds
    bool feasible = true;
  };
  std::string name;
  Cells cells;
  std::vector<Row> rows;
  double iv = 0;
  Trend trend = Trend::none;
  BinningProblem problem;            // what was solved, for the checker
  std::vector<double> prebin_edges;  // of numbers: n - 1 cut points of n prebins
  Certificate certificate;
  std::vector<Candidate> candidates;
  std::vector<std::string> notes;  // relaxed limits, fallbacks, "best contiguous in rate order"

  double total_records() const;
};

// Prebinning, solving, tallies and weights of evidence, in one step. Deterministic: equal input
// gives equal bits, whatever the number of threads. Errors (each with the column's name and how to
// mend it): binning.one_class, binning.infinite, binning.all_missing, binning.infeasible,
// binning.rules, binning.weights, binning.length. A constant column is one bin, with a note.
Result<Binning> bin(const Column& column, const Outcome& outcome, const VariableRules& rules);

// The same tallies and weights for bins that a person chose; the certificate then is of the merge
// the person made, with the optimum's objective as its bound. For overrides, imports and checks.
Result<Binning> bin_as(const Column& column, const Outcome& outcome, const Cells& cells,
                       const VariableRules& rules);

Json to_json(const Binning& binning);  // table, certificate, candidates, notes

}  // namespace credence
