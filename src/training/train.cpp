#include <credence/training/assemble.h>
#include <credence/training/plan_check.h>
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

}  // namespace

std::optional<Error> unfit(const Table& table, const Outcome& outcome, const TrainingPlan& plan) {
  std::optional<Error> error = defect_of(plan);
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
