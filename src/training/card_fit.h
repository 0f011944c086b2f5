#pragma once

#include <credence/points/polish.h>
#include <credence/regression/cell_model.h>
#include <credence/training/candidates.h>
#include <credence/training/pairs.h>
#include <credence/training/select.h>

namespace credence {

// A term before and after it is whole: of one candidate, or of a table of two.
struct FittedTerm {
  std::size_t candidate = 0;
  std::optional<PairTable> pair;
  std::vector<double> log_odds;  // of bad, per cell, as beta * woe or as the table was fitted
  CellTerm cells;                // for the fit of all cells together
};

// Everything of a card but its names.
struct FittedCard {
  std::vector<FittedTerm> terms;
  double intercept = 0;
  PointCard points;
  TrainingReport::Stage unrounded, rounded, whole;
  double lower_bound = 0;
  Polished polished;
  std::vector<std::string> notes;
};

struct CardFitOptions {
  bool lower_bound = true;  // costs a fit of its own
};

// Errors: training.range, training.points (the rules of one variable's points cannot all be kept).
Result<FittedCard> fit_card(const std::vector<Candidate>& candidates, const Selected& selected,
                            std::vector<PairTable> pairs, const History& history,
                            const TrainingPlan& plan, const CardFitOptions& options = {});

// The least mean log-loss that a fit without penalties leaves possible, by the quadratic model of
// its last step, with as much again to spare; 0 when the fit did not converge.
double least_log_loss(const CellFit& free, double weight);

// Log-odds of bad of each row by the single variables alone, as the search for tables starts from.
std::vector<double> additive_log_odds(const std::vector<Candidate>& candidates,
                                      const Selected& selected, const History& history,
                                      const TrainingPlan& plan);

// The real points of a card and its place in the range.
struct RealCard {
  std::vector<RealTerm> terms;
  std::vector<std::string> names;  // of the terms, for messages
  double base = 0;
  Scorecard::Scaling scaling;
  RangeSum sum;
};
// Log-odds per term and cell to points: with an anchor by its factor, else so that the extremes are
// those of the range.
Result<RealCard> scale_points(const CellFit& fit, std::vector<RealTerm> terms,
                              std::vector<std::string> names, const TrainingPlan::Scaling& scaling);

}  // namespace credence
