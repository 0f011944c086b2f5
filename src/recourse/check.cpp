#include <credence/recourse/check.h>
#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace credence {

namespace {

// A number, its range, and how people name it.
struct Bounded {
  std::string_view name;
  std::int64_t value = 0, lowest = 0, highest = 0;
};

std::optional<Error> first_outside(std::span<const Bounded> numbers, std::string_view place) {
  for (const Bounded& number : numbers) {
    if (number.value >= number.lowest && number.value <= number.highest) continue;
    return Error{.code = "recourse.limit",
                 .message = fmt::format("{}the {} {} is not between {} and {}", place, number.name,
                                        number.value, number.lowest, number.highest)};
  }
  return std::nullopt;
}

std::optional<Error> defect_of(const RecourseOption& option, std::size_t variable,
                               std::size_t position) {
  constexpr int kMostMonths = RecourseProblem::kMostMonths;
  const Bounded numbers[] = {
      {"gain", option.gain, -RecourseProblem::kMostGain, RecourseProblem::kMostGain},
      {"cost", option.cost, 0, RecourseProblem::kMostCost},
      {"number of months", option.months, 0, kMostMonths},
      {"last month", option.until.value_or(kMostMonths), option.months, kMostMonths},
      {"effort", option.effort, 0, RecourseProblem::kMostEffort},
      {"number of changes", option.changes, 1, RecourseProblem::kMostChanges}};
  auto is_outside = [](const Bounded& number) {
    return number.value < number.lowest || number.value > number.highest;
  };
  // The place is only written for a number that is wrong: books have millions that are right.
  if (std::ranges::none_of(numbers, is_outside)) return std::nullopt;
  return first_outside(numbers, fmt::format("variable {}, option {}: ", variable, position));
}

std::optional<Error> defect_of(const RecourseVariable& variable, std::size_t position) {
  for (std::size_t i = 0; i < variable.options.size(); ++i) {
    if (auto defect = defect_of(variable.options[i], position, i)) return defect;
  }
  int before = 0;
  for (const Passing& passing : variable.passing) {
    const Bounded numbers[] = {
        {"month of a passing step", passing.months, before + 1, RecourseProblem::kMostMonths},
        {"passing gain", passing.gain, -RecourseProblem::kMostGain, RecourseProblem::kMostGain}};
    if (auto defect = first_outside(numbers, fmt::format("variable {}: ", position))) return defect;
    before = passing.months;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> defect_of(const RecourseProblem& problem) {
  std::size_t options = 0;
  for (const RecourseVariable& variable : problem.variables) options += variable.options.size();
  constexpr std::int64_t kFarBelow = -1'000'000'000;
  auto as_number = [](std::size_t size) { return static_cast<std::int64_t>(size); };
  const Bounded numbers[] = {
      {"need", problem.need, kFarBelow, RecourseProblem::kMostNeed},
      {"margin", problem.margin, 0, RecourseProblem::kMostNeed},
      {"need with its margin", std::int64_t{problem.need} + problem.margin, kFarBelow,
       RecourseProblem::kMostNeed},
      {"limit of changes", problem.most_changes, 0, RecourseProblem::kMostChanges},
      {"limit of months", problem.most_months.value_or(0), 0, RecourseProblem::kMostMonths},
      {"budget of effort", problem.most_effort.value_or(0), 0, RecourseProblem::kMostEffort},
      {"cost of a month", problem.cost_per_month, 0, RecourseProblem::kMostCost},
      {"number of ways", problem.ways, 1, RecourseProblem::kMostWays},
      {"number of variables", as_number(problem.variables.size()), 0,
       as_number(RecourseProblem::kMostVariables)},
      {"number of options", as_number(options), 0, as_number(RecourseProblem::kMostOptions)}};
  if (auto defect = first_outside(numbers, "")) return defect;
  for (std::size_t i = 0; i < problem.variables.size(); ++i) {
    if (auto defect = defect_of(problem.variables[i], i)) return defect;
  }
  return std::nullopt;
}

}  // namespace credence
