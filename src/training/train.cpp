#include <credence/training/assemble.h>
#include <credence/training/predict.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

std::optional<Error> bad_outcome(const Table& table, const Outcome& outcome) {
  if (outcome.bad.size() != table.rows())
    return Error{
        "binning.length",
        fmt::format("the table has {} rows, and the outcome {}", table.rows(), outcome.bad.size()),
        {},
        "give one outcome for each row"};
  if (!outcome.weights.empty() && outcome.weights.size() != outcome.bad.size())
    return Error{
        "binning.length",
        fmt::format("{} weights are given for {} rows", outcome.weights.size(), outcome.bad.size()),
        {},
        "give one weight for each row, or none"};
  for (double weight : outcome.weights)
    if (!(weight > 0) || !std::isfinite(weight))
      return Error{"binning.weights",
                   fmt::format("a weight of {} was given", weight),
                   {},
                   "weights are positive and finite; leave out rows that do not count"};
  auto bad = std::count_if(outcome.bad.begin(), outcome.bad.end(), [](auto b) { return b != 0; });
  if (bad == 0 || static_cast<std::size_t>(bad) == outcome.bad.size())
    return Error{"binning.one_class",
                 fmt::format("all {} rows are {}", outcome.bad.size(), bad == 0 ? "good" : "bad"),
                 {},
                 "a history needs rows of both outcomes; see that the right value counts as bad"};
  return std::nullopt;
}

std::optional<Error> bad_plan(const TrainingPlan& plan) {
  auto wrong = [](std::string message, std::string help) {
    return Error{"training.plan", std::move(message), {}, std::move(help)};
  };
  if (plan.scaling.lowest >= plan.scaling.highest)
    return wrong(
        fmt::format("the range goes from {} to {}", plan.scaling.lowest, plan.scaling.highest),
        "the lowest score must lie below the highest");
  if (plan.scaling.highest - plan.scaling.lowest > 10000 ||
      std::abs(static_cast<long>(plan.scaling.lowest)) > 1000000)
    return wrong("the range of scores is too wide", "at most 10000 points, within 1000000 of 0");
  if (plan.scaling.anchor) {
    const TrainingPlan::Scaling::Anchor& anchor = *plan.scaling.anchor;
    if (!(anchor.pdo > 0) || !(anchor.odds > 0) || !std::isfinite(anchor.pdo) ||
        !std::isfinite(anchor.odds) || !std::isfinite(anchor.points))
      return wrong("the anchor's odds and pdo must be positive and finite",
                   "for example points = 600, odds = 20, pdo = 50");
  }
  if (!(plan.ridge >= 0) || !(plan.cell_ridge > 0) || !(plan.pairs.ridge > 0))
    return wrong("a ridge is negative, or a ridge of cells is not positive",
                 "1, 20 and 10 are usual");
  if (plan.folds < 2 || plan.folds > 100)
    return wrong(fmt::format("{} folds were asked for", plan.folds), "between 2 and 100");
  if (plan.pairs.groups < 2 || plan.pairs.groups > 50)
    return wrong(fmt::format("{} groups of a table were asked for", plan.pairs.groups),
                 "between 2 and 50");
  return std::nullopt;
}

}  // namespace

std::optional<Error> unfit(const Table& table, const Outcome& outcome, const TrainingPlan& plan) {
  std::optional<Error> error = bad_plan(plan);
  return error ? error : bad_outcome(table, outcome);
}

Result<Trained> train_only(const Table& table, const Outcome& outcome, const TrainingPlan& plan,
                           const CardFitOptions& options, const OnProgress& progress) {
  if (std::optional<Error> error = unfit(table, outcome, plan)) return *error;
  History history(outcome);
  Result<Candidates> candidates = bin_candidates(table, outcome, history, plan, progress);
  if (!candidates) return candidates.error();
  Result<FittedPlan> fitted = fit_plan(std::move(*candidates), history, plan, options);
  if (!fitted) return fitted.error();
  return assemble(std::move(*fitted), history, plan);
}

Result<Trained> train(const Table& table, const Outcome& outcome, const TrainingPlan& plan,
                      const OnProgress& progress) {
  Result<Trained> out = train_only(table, outcome, plan, {}, progress);
  if (!out) return out;
  Result<std::vector<OverrideEffect>> effects =
      override_effects(table, outcome, History(outcome), plan);
  if (!effects) return effects.error();
  out->report.overrides = std::move(*effects);
  if (progress) progress(table.columns().size() + 1, table.columns().size() + 1);
  return out;
}

}  // namespace credence
