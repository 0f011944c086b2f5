#include <credence/binning/special_codes.h>
#include <credence/training/plan_check.h>
#include <fmt/format.h>

#include <cstdint>
#include <set>
#include <span>

namespace credence {

namespace {

constexpr int kMostPoints = 100'000;
constexpr int kMostScore = 1'000'000;
constexpr int kWidestRange = 10'000;

Error wrong(std::string message, std::string help) {
  return {"training.plan", std::move(message), {}, std::move(help)};
}

// NaN lies outside of every range.
struct Bounded {
  const char* name;
  double value, least, most;
};

std::optional<Error> first_outside(std::span<const Bounded> numbers, const std::string& place) {
  for (const Bounded& number : numbers) {
    if (number.value >= number.least && number.value <= number.most) continue;
    return wrong(fmt::format("{}`{}` is {}", place, number.name, number.value),
                 fmt::format("it lies between {} and {}", number.least, number.most));
  }
  return std::nullopt;
}

std::optional<Error> defect_of(const TrainingPlan::Scaling& scaling) {
  const Bounded ends[] = {
      {"lowest", static_cast<double>(scaling.lowest), -kMostScore, kMostScore},
      {"highest", static_cast<double>(scaling.highest), -kMostScore, kMostScore}};
  if (auto error = first_outside(ends, "scaling: ")) return error;
  if (scaling.lowest >= scaling.highest)
    return wrong(fmt::format("the range goes from {} to {}", scaling.lowest, scaling.highest),
                 "the lowest score must lie below the highest");
  if (scaling.highest - scaling.lowest > kWidestRange)
    return wrong("the range of scores is too wide", fmt::format("at most {} points", kWidestRange));
  if (!scaling.anchor) return std::nullopt;
  const Bounded anchor[] = {{"points", scaling.anchor->points, -kMostScore, kMostScore},
                            {"odds", scaling.anchor->odds, 1e-9, 1e9},
                            {"pdo", scaling.anchor->pdo, 1e-3, 1e5}};
  return first_outside(anchor, "anchor: ");
}

std::optional<Error> defect_of(const TrainingPlan::Variable& variable) {
  if (!is_one_line(variable.name))
    return wrong("a variable of the plan has no name of one line of UTF-8",
                 "give it the name of its column");
  const std::string place = fmt::format("`{}`: ", variable.name);
  const Bounded numbers[] = {
      {"min_gap", static_cast<double>(variable.min_gap), 0, 1000},
      {"lowest", static_cast<double>(variable.lowest.value_or(0)), -kMostPoints, kMostPoints},
      {"highest", static_cast<double>(variable.highest.value_or(0)), -kMostPoints, kMostPoints}};
  if (auto error = first_outside(numbers, place)) return error;
  if (variable.lowest && variable.highest && *variable.lowest > *variable.highest)
    return wrong(place + "`lowest` lies above `highest`", "lower the one or raise the other");
  if (variable.keep && variable.leave_out)
    return wrong(place + "it is both kept and left out", "take one of the two back");
  std::set<int> cells;
  for (const auto& fixed : variable.fixed_points) {
    const Bounded points[] = {
        {"fixed_points", static_cast<double>(fixed.points), -kMostPoints, kMostPoints}};
    if (auto error = first_outside(points, place)) return error;
    if (!cells.insert(fixed.cell).second)
      return wrong(fmt::format("{}points of cell {} are fixed twice", place, fixed.cell),
                   "once for each cell");
  }
  return std::nullopt;
}

std::optional<Error> defect_of_numbers(const TrainingPlan& plan) {
  const TrainingPlan::Selection& selection = plan.selection;
  const Bounded numbers[] = {
      {"ridge", plan.ridge, 0, 1e9},
      {"cell_ridge", plan.cell_ridge, 1e-6, 1e9},
      {"folds", static_cast<double>(plan.folds), 2, 100},
      {"threads", static_cast<double>(plan.threads), 0, 1024},
      {"selection.min_iv", selection.min_iv, 0, 100},
      {"selection.max_correlation", selection.max_correlation, 0, 1},
      {"selection.max_vif", selection.max_vif, 1, 1e12},
      {"selection.max_p_value", selection.max_p_value, 0, 1},
      {"selection.max_variables", static_cast<double>(selection.max_variables.value_or(1)), 1, 1e4},
      {"pairs.most", static_cast<double>(plan.pairs.most), 0, 1000},
      {"pairs.min_gain", plan.pairs.min_gain, 0, 1},
      {"pairs.ridge", plan.pairs.ridge, 1e-6, 1e9},
      {"pairs.groups", static_cast<double>(plan.pairs.groups), 2, 50}};
  return first_outside(numbers, "");
}

}  // namespace

std::optional<Error> defect_of(const TrainingPlan& plan) {
  if (!plan.id.empty() && !is_one_line(plan.id))
    return wrong("the plan's id is no text of one line",
                 "write it in UTF-8, without control characters");
  if (auto error = defect_of_numbers(plan)) return error;
  if (auto error = defect_of(plan.scaling)) return error;
  std::set<std::string_view> names;
  for (const TrainingPlan::Variable& variable : plan.variables) {
    if (auto error = defect_of(variable)) return error;
    if (!names.insert(variable.name).second)
      return wrong(fmt::format("the variable `{}` stands twice", variable.name),
                   "say everything about it in one place");
  }
  return std::nullopt;
}

}  // namespace credence
