#include <credence/training/predict.h>
#include <credence/regression/auc.h>
#include <credence/training/train.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

struct FoldResult {
  double auc = 0, brier = 0, weight = 0;
};

Result<FoldResult> run_fold(const Table& table, const Outcome& outcome, const FoldRows& rows,
                            const TrainingPlan& plan) {
  Result<Trained> trained = train_only(take(table, rows.inside), take(outcome, rows.inside), plan,
                                       {.lower_bound = false});
  if (!trained) return trained.error();
  Outcome held_out = take(outcome, rows.outside);
  History truth(held_out);
  std::vector<int> scores = scores_of(trained->card, take(table, rows.outside));
  std::vector<double> log_odds = log_odds_of(scores, *trained->card.scaling);
  double weight = 0;
  for (std::size_t row = 0; row < held_out.bad.size(); ++row) weight += held_out.weight(row);
  return FoldResult{auc(truth, log_odds), mean_brier(truth, log_odds), weight};
}

TrainingReport::CrossValidated summarise(const std::vector<FoldResult>& folds) {
  TrainingReport::CrossValidated out;
  double weight = 0;
  for (const FoldResult& fold : folds) {
    out.auc.push_back(fold.auc);
    out.mean += fold.auc / static_cast<double>(folds.size());
    out.brier += fold.brier * fold.weight;
    weight += fold.weight;
  }
  out.brier /= weight;
  double squares = 0;
  for (double one : out.auc) squares += (one - out.mean) * (one - out.mean);
  out.standard_deviation = std::sqrt(squares / static_cast<double>(folds.size()));
  return out;
}

}  // namespace

std::vector<int> scores_of(const Scorecard& card, const Table& table) {
  std::vector<int> scores(table.rows(), card.base);
  std::vector<std::vector<std::uint16_t>> cells;
  for (const Scorecard::Variable& variable : card.variables) {
    const Column* column = table.find(variable.name);
    expects(column != nullptr, "a card over columns that the table lacks");
    cells.emplace_back(table.rows());
    variable.cells.assign(*column, cells.back());
  }
  for (const Scorecard::Term& term : card.terms) {
    const std::vector<std::uint16_t>& first = cells[static_cast<std::size_t>(term.variables[0])];
    bool single = term.variables.size() == 1;
    std::size_t second_index = static_cast<std::size_t>(term.variables.back());
    const std::vector<std::uint16_t>& second = cells[second_index];
    auto width = static_cast<std::size_t>(card.variables[second_index].cells.count());
    for (std::size_t row = 0; row < scores.size(); ++row)
      scores[row] += term.points[single ? first[row] : first[row] * width + second[row]];
  }
  return scores;
}

Result<TrainingReport::CrossValidated> cross_validate(const Table& table, const Outcome& outcome,
                                                      const TrainingPlan& plan,
                                                      const OnProgress& progress) {
  if (std::optional<Error> error = unfit(table, outcome, plan)) return *error;
  auto bad = std::count_if(outcome.bad.begin(), outcome.bad.end(), [](auto b) { return b != 0; });
  auto rarer = std::min<std::ptrdiff_t>(bad, std::ssize(outcome.bad) - bad);
  if (rarer < plan.folds)
    return Error{"training.folds",
                 fmt::format("{} folds need as many rows of each outcome, and the rarer has {}",
                             plan.folds, rarer),
                 {},
                 "ask for fewer folds"};
  std::vector<std::uint8_t> folds = stratified_folds(outcome.bad, plan.folds, plan.seed);
  std::vector<FoldResult> results;
  for (int fold = 0; fold < plan.folds; ++fold) {
    Result<FoldResult> result = run_fold(table, outcome, rows_of_fold(folds, fold), plan);
    if (!result) return result.error();
    results.push_back(*result);
    if (progress) progress(results.size(), static_cast<std::size_t>(plan.folds));
  }
  return summarise(results);
}

}  // namespace credence
