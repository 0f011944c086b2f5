#include <credence/advice/row_options.h>
#include <credence/scorecard/scoring.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace credence {

namespace {

Error bad_row(std::string message) {
  return {.code = "advice.row",
          .message = std::move(message),
          .help =
              "give one cell per variable of the card, in its order, and the values of those "
              "that time moves"};
}

std::int64_t in_millionths(double cost) {
  return std::llround(
      std::min(cost * Adviser::kOneCost, static_cast<double>(RecourseProblem::kMostCost)));
}

// Bins are [a, b): the one in which a value would be, whatever codes there are.
int bin_of(const Cells& cells, double value) {
  auto above = std::ranges::upper_bound(cells.edges(), value);
  return static_cast<int>(above - cells.edges().begin());
}

// Whether any value of the bin lies within the bounds.
bool is_within(const Cells& cells, int bin, const VariableActions& actions) {
  auto position = static_cast<std::size_t>(bin);
  bool has_end = position < cells.edges().size();
  if (actions.lowest && has_end && cells.edges()[position] <= *actions.lowest) return false;
  return !actions.highest || bin == 0 || cells.edges()[position - 1] <= *actions.highest;
}

double shift(const VariableActions& actions, const std::vector<double>& ranks, int from, int to) {
  if (ranks.empty()) return std::abs(to - from);
  double before = ranks[static_cast<std::size_t>(from)];
  double after = ranks[static_cast<std::size_t>(to)];
  if (actions.cost == MoveCost::percentile) return std::abs(after - before);
  // The middle of a bin is 1 only when every later bin and half of it are empty.
  constexpr double kSmallest = 1e-6;
  return std::abs(std::log(std::max(1 - before, kSmallest) / std::max(1 - after, kSmallest)));
}

}  // namespace

std::optional<Error> RowOptions::check_row() const {
  const auto& variables = adviser_.card_.variables;
  if (row_.cells.size() != variables.size()) {
    return bad_row(fmt::format("{} cells for {} variables", row_.cells.size(), variables.size()));
  }
  if (!row_.values.empty() && row_.values.size() != variables.size()) {
    return bad_row(fmt::format("{} values for {} variables", row_.values.size(), variables.size()));
  }
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const Cells& cells = variables[i].cells;
    if (row_.cells[i] >= cells.count()) {
      return bad_row(fmt::format("`{}` has no cell {}", variables[i].name, row_.cells[i]));
    }
    const auto& actions = adviser_.actions_[i];
    if (!actions || !actions->per_month || row_.cells[i] >= cells.bins()) continue;
    if (row_.values.empty() || std::isnan(row_.values[i])) {
      return bad_row(fmt::format("time moves `{}`, and its value is not given", variables[i].name));
    }
    if (bin_of(cells, row_.values[i]) != row_.cells[i]) {
      return bad_row(fmt::format("the value {} of `{}` does not lie in cell {}", row_.values[i],
                                 variables[i].name, row_.cells[i]));
    }
  }
  return std::nullopt;
}

std::optional<Error> RowOptions::build(int target) {
  if (auto error = check_row()) return error;
  const AdvicePlan& plan = adviser_.plan_;
  score_ = score_cells(adviser_.card_, row_.cells).score;
  // A target beyond the card's highest score is out of reach by however much it lies beyond.
  std::int64_t most = std::int64_t{adviser_.card_.highest()} - score_;
  std::int64_t need = std::min(std::int64_t{target} - score_, most + 1);
  constexpr std::int64_t kFar = 1'000'000'000;  // outside of every range: the solver says so
  problem_.need = static_cast<int>(std::clamp(need, -kFar, kFar));
  problem_.margin = plan.margin;
  problem_.most_changes = plan.most_changes;
  problem_.most_months = plan.most_months;
  problem_.most_effort = plan.most_effort;
  problem_.cost_per_month = in_millionths(plan.cost_per_month);
  problem_.cost_rule = plan.cost_rule;
  problem_.ways = plan.ways;
  problem_.diversity = plan.diversity;
  for (const Adviser::Group& group : adviser_.groups_) {
    if (auto error = build_group(group)) return error;
  }
  return std::nullopt;
}

std::uint16_t RowOptions::cell_at(int variable, int months) const {
  auto position = static_cast<std::size_t>(variable);
  std::uint16_t cell = row_.cells[position];
  const auto& actions = adviser_.actions_[position];
  const Cells& cells = adviser_.card_.variables[position].cells;
  if (!actions || !actions->per_month || cell >= cells.bins()) return cell;
  double value = row_.values[position] + *actions->per_month * months;
  return static_cast<std::uint16_t>(bin_of(cells, value));
}

std::vector<RowOptions::Interval> RowOptions::intervals(const Adviser::Group& group) const {
  auto cells_at = [&](int months) {
    CellList cells;
    for (int variable : group.variables) cells.push_back(cell_at(variable, months));
    return cells;
  };
  std::vector<Interval> intervals = {{0, cells_at(0)}};
  bool passes = std::ranges::any_of(group.variables, [&](int variable) {
    const auto& actions = adviser_.actions_[static_cast<std::size_t>(variable)];
    return actions && actions->per_month;
  });
  if (!passes) return intervals;
  for (int months = 1; months <= adviser_.plan_.most_months; ++months) {
    CellList cells = cells_at(months);
    if (cells != intervals.back().cells) intervals.push_back({months, std::move(cells)});
  }
  return intervals;
}

std::vector<RowOptions::Goal> RowOptions::goals(int variable, std::uint16_t stays_in) const {
  auto position = static_cast<std::size_t>(variable);
  std::vector<Goal> goals = {{.cell = stays_in, .moves = false}};
  const auto& actions = adviser_.actions_[position];
  const Cells& cells = adviser_.card_.variables[position].cells;
  int from = row_.cells[position];
  if (!actions || actions->per_month || from >= cells.bins()) return goals;
  bool is_text = cells.kind() == Column::Kind::text;
  for (int to = 0; to < cells.bins(); ++to) {
    if (to == from || (!is_text && !is_within(cells, to, *actions))) continue;
    bool may = is_text ? actions->may_rise || actions->may_fall
                       : (to > from ? actions->may_rise : actions->may_fall);
    std::int64_t steps = is_text ? 1 : std::abs(to - from);
    if (!may || (actions->most_steps && steps > *actions->most_steps)) continue;
    double cost = is_text ? 1 : shift(*actions, adviser_.ranks_[position], from, to);
    goals.push_back({.cell = static_cast<std::uint16_t>(to),
                     .cost = in_millionths(actions->weight * cost),
                     .months = actions->months + actions->months_per_step * steps,
                     .effort = actions->effort_per_step * steps});
  }
  return goals;
}

int RowOptions::points(const Adviser::Group& group, const CellList& cells) const {
  int sum = 0;
  auto cell_of = [&](int variable) {
    auto found = std::ranges::lower_bound(group.variables, variable);
    return static_cast<std::size_t>(
        cells[static_cast<std::size_t>(found - group.variables.begin())]);
  };
  for (int index : group.terms) {
    const Scorecard::Term& term = adviser_.card_.terms[static_cast<std::size_t>(index)];
    std::size_t cell = cell_of(term.variables.front());
    if (term.variables.size() == 2) {
      const auto& second = adviser_.card_.variables[static_cast<std::size_t>(term.variables[1])];
      cell = cell * static_cast<std::size_t>(second.cells.count()) + cell_of(term.variables[1]);
    }
    sum += term.points[cell];
  }
  return sum;
}

void RowOptions::add_options(const Adviser::Group& group, const Interval& interval,
                             std::optional<int> until, int now, RecourseVariable& variable,
                             Meaning& meaning) const {
  std::size_t size = group.variables.size();
  std::vector<std::vector<Goal>> choices;
  for (std::size_t i = 0; i < size; ++i) {
    choices.push_back(goals(group.variables[i], interval.cells[i]));
  }
  int waiting = points(group, interval.cells);
  auto is_joint = [&](const std::vector<const Goal*>& chosen) {
    return std::ranges::all_of(group.together, [&](const std::vector<std::size_t>& places) {
      auto moved = std::ranges::count_if(places, [&](std::size_t i) { return chosen[i]->moves; });
      return moved == 0 || moved == static_cast<std::ptrdiff_t>(places.size());
    });
  };
  std::vector<std::size_t> digits(size, 0);
  while (true) {
    // The next combination, the last variable fastest.
    std::size_t place = size;
    while (place > 0 && ++digits[place - 1] == choices[place - 1].size()) digits[--place] = 0;
    if (place == 0) return;
    std::vector<const Goal*> chosen;
    CellList cells;
    std::int64_t cost = 0, months = interval.months, effort = 0;
    int changes = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const Goal& goal = choices[i][digits[i]];
      chosen.push_back(&goal);
      cells.push_back(goal.cell);
      cost += goal.cost;
      months = std::max(months, goal.months);
      effort += goal.effort;
      changes += goal.moves;
    }
    int after = points(group, cells);
    if (after <= waiting || !is_joint(chosen)) continue;
    if (months > until.value_or(RecourseProblem::kMostMonths)) continue;
    if (effort > RecourseProblem::kMostEffort || changes > RecourseProblem::kMostChanges) continue;
    variable.options.push_back({.gain = after - now,
                                .cost = std::min(cost, RecourseProblem::kMostCost),
                                .months = static_cast<int>(months),
                                .until = until,
                                .effort = static_cast<int>(effort),
                                .changes = changes});
    meaning.cells.push_back(std::move(cells));
  }
}

std::optional<Error> RowOptions::build_group(const Adviser::Group& group) {
  std::vector<Interval> steps = intervals(group);
  std::size_t combinations = steps.size();
  for (int variable : group.variables) {
    combinations *= goals(variable, 0).size();
    if (combinations > Adviser::kMostCombinations) {
      const auto& first = adviser_.card_.variables[static_cast<std::size_t>(group.variables[0])];
      return Error{.code = "advice.size",
                   .message = fmt::format("`{}` and the variables that hang together with it by "
                                          "pairs have more than {} combinations",
                                          first.name, Adviser::kMostCombinations),
                   .help = "limit the steps of these variables, or let some of them stay"};
    }
  }
  RecourseVariable variable;
  Meaning meaning;
  int now = points(group, steps.front().cells);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    std::optional<int> until;
    if (i + 1 < steps.size()) until = steps[i + 1].months - 1;
    if (i > 0) variable.passing.push_back({steps[i].months, points(group, steps[i].cells) - now});
    add_options(group, steps[i], until, now, variable, meaning);
  }
  problem_.variables.push_back(std::move(variable));
  meanings_.push_back(std::move(meaning));
  return std::nullopt;
}

Advice RowOptions::advice(const Way& way) const {
  CellList cells(row_.cells.begin(), row_.cells.end());
  Advice advice{.months = way.months, .effort = way.effort};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i] = cell_at(static_cast<int>(i), way.months);
    if (cells[i] == row_.cells[i]) continue;
    advice.passing.push_back({static_cast<int>(i), row_.cells[i], cells[i]});
  }
  for (const Choice& choice : way.choices) {
    auto position = static_cast<std::size_t>(choice.variable);
    const Adviser::Group& group = adviser_.groups_[position];
    const CellList& then = meanings_[position].cells[static_cast<std::size_t>(choice.option)];
    for (std::size_t i = 0; i < then.size(); ++i) {
      auto variable = static_cast<std::size_t>(group.variables[i]);
      if (then[i] == cells[variable]) continue;
      advice.moves.push_back({group.variables[i], row_.cells[variable], then[i]});
      cells[variable] = then[i];
    }
  }
  std::ranges::sort(advice.moves, {}, &AdvisedMove::variable);
  advice.cost = static_cast<double>(way.cost) / Adviser::kOneCost;
  advice.score = score_cells(adviser_.card_, cells).score;
  return advice;
}

}  // namespace credence
