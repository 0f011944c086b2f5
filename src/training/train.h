#pragma once

#include <credence/base/json.h>
#include <credence/binning/binning.h>
#include <credence/scorecard/scorecard.h>
#include <credence/training/plan.h>

#include <functional>
#include <string>
#include <vector>

namespace credence {

// A variable that is not in the card, and the machine-readable reason: `iv`, `correlation`, `vif`,
// `sign`, `p-value`, `limit`, `left-out`, `constant`, `separates` (its values tell the good rows
// from the bad by themselves, so no bin has both: Binning::separates), `missing`, `infeasible`,
// `points` (all of its points became equal), with the figure and its limit.
struct Dropped {
  std::string variable, reason, beside;  // `beside`: the variable that stayed instead, if any
  double figure = 0, limit = 0;
};

struct Coefficient {
  std::string variable;  // or "a x b"
  double beta = 0, standard_error = 0, wald_p = 0, vif = 0, iv = 0;
};

// A manual change and what it did.
struct OverrideEffect {
  std::string variable, bin, because;
  int points_before = 0, points_after = 0;
  double log_loss_before = 0, log_loss_after = 0, auc_before = 0, auc_after = 0;
};

struct TrainingReport {
  std::size_t rows = 0, bad = 0;
  double intercept = 0;
  std::vector<Coefficient> coefficients;
  std::vector<Dropped> dropped;
  std::vector<OverrideEffect> overrides;
  double condition_number = 0;
  // Mean log-loss and AUC on the training rows: of the unrounded model, of its best rounding, and
  // of the whole points that were fitted jointly.
  struct Stage {
    double log_loss = 0, auc = 0;
  };
  Stage unrounded, rounded, whole;
  // About the least log-loss of any card over these bins (and tables) whose points go the way of
  // the trends: of a converged fit of real points, less what its last step says is left. An
  // estimate and no proof; 0 = not computed (as without whole_points_jointly), or the fit did not
  // converge.
  double lower_bound = 0;
  struct CrossValidated {
    std::vector<double> auc;  // per fold; everything, binning included, refitted in each
    double mean = 0, standard_deviation = 0, brier = 0;
  };
  std::optional<CrossValidated> cross_validated;
  std::vector<std::string> notes;
};

struct Trained {
  Scorecard card;
  std::vector<Binning> binnings;  // of every usable variable, also of those that were dropped
  TrainingReport report;
};

// Called with how much of the work is done, from one thread.
using OnProgress = std::function<void(std::size_t done, std::size_t total)>;

// History in, card out. Every column of `table` is a candidate. Errors: those of bin() for the
// outcome (one class, weights); training.nothing (no variable is left: the report's reasons are in
// the message); training.range (the points do not fit the range: by how much); training.points (the
// rules of one variable's points contradict each other); training.variable, training.kind,
// training.cell (the plan speaks of what the table lacks); training.plan (a number or a name of the
// plan lies outside of what docs/formats/plan.md allows).
Result<Trained> train(const Table& table, const Outcome& outcome, const TrainingPlan& plan,
                      const OnProgress& progress = {});

// The whole of train() refitted in each fold (stratified, shuffled by the plan's seed). Further
// error: training.folds (fewer rows of the rarer outcome than folds).
Result<TrainingReport::CrossValidated> cross_validate(const Table& table, const Outcome& outcome,
                                                      const TrainingPlan& plan,
                                                      const OnProgress& progress = {});

Json to_json(const TrainingReport& report);

}  // namespace credence
