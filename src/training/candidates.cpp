#include <credence/binning/prebin_counts.h>
#include <credence/regression/parallel.h>
#include <credence/training/candidates.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <optional>
#include <unordered_map>

namespace credence {

namespace {

// A plan with its variables by name.
struct IndexedPlan {
  const TrainingPlan& plan;
  PlanIndex index{plan};
};

TrainingPlan::Variable plan_of(const IndexedPlan& indexed, const Column& column) {
  const TrainingPlan::Variable* own = indexed.index.find(column.name());
  TrainingPlan::Variable variable = own ? *own : TrainingPlan::Variable{};
  variable.name = column.name();
  variable.rules = indexed.plan.rules_of(own, column.kind());
  return variable;
}

std::optional<Error> unknown_variable(const Table& table, const TrainingPlan& plan) {
  std::unordered_map<std::string_view, const Column*> columns;
  for (const Column& column : table.columns()) columns.emplace(column.name(), &column);
  for (const TrainingPlan::Variable& variable : plan.variables) {
    const auto found = columns.find(variable.name);
    const Column* column = found == columns.end() ? nullptr : found->second;
    if (!column) {
      std::vector<std::string> names;
      for (const Column& known : table.columns()) names.push_back(known.name());
      std::string near = nearest(variable.name, names);
      return Error{
          "training.variable",
          fmt::format("the plan speaks of `{}`, and the table has no such column", variable.name),
          {},
          near.empty() ? "take it out of the plan, or add the column"
                       : fmt::format("did you mean `{}`?", near)};
    }
    if (variable.kind && *variable.kind != column->kind() && !variable.leave_out) {
      bool number = *variable.kind == Column::Kind::number;
      return Error{
          "training.kind",
          fmt::format("the plan says that `{}` holds {}, and the column holds {}", variable.name,
                      number ? "numbers" : "texts", number ? "texts" : "numbers"),
          {},
          "read the column as the plan says, or change the plan's `kind`"};
    }
  }
  return std::nullopt;
}

// Reasons of one variable, which cost it its place and nobody else theirs.
std::optional<std::string> own_reason(const Error& error) {
  if (error.code == "binning.infeasible") return "infeasible";
  if (error.code == "binning.all_missing") return "missing";
  return std::nullopt;
}

int observed(const Candidate& candidate, std::size_t bin) {
  return candidate.woe[bin + 1] >= candidate.woe[bin] ? 1 : -1;
}

// The way of the points from each bin to the next: against the event rate.
std::vector<int> directions(const Candidate& candidate) {
  const Cells& cells = candidate.binning.cells;
  std::vector<int> out;
  for (std::size_t b = 0; b + 1 < static_cast<std::size_t>(cells.bins()); ++b) {
    int direction = 0;
    Trend trend = candidate.binning.trend;
    if (trend == Trend::ascending)
      direction = -1;
    else if (trend == Trend::descending)
      direction = 1;
    else if (trend != Trend::none && trend != Trend::automatic)
      direction = observed(candidate, b);
    // Bins that a person chose may go another way than the trend; their own way then holds.
    if (direction != 0 && candidate.plan.bins) direction = observed(candidate, b);
    if (direction == 0 && candidate.plan.min_gap > 0) direction = observed(candidate, b);
    out.push_back(cells.kind() == Column::Kind::text ? 0 : direction);
  }
  return out;
}

PointsRules points_rules(const Candidate& candidate, TrainingPlan::Absence absence) {
  PointsRules rules;
  rules.bins = candidate.binning.cells.bins();
  rules.direction = directions(candidate);
  rules.min_gap = candidate.plan.min_gap;
  rules.lowest = candidate.plan.lowest;
  rules.highest = candidate.plan.highest;
  rules.never_below_worst = absence == TrainingPlan::Absence::never_below_worst;
  if (!candidate.plan.fixed_points.empty())
    rules.fixed.resize(static_cast<std::size_t>(candidate.binning.cells.count()));
  for (const auto& fixed : candidate.plan.fixed_points)
    rules.fixed[static_cast<std::size_t>(fixed.cell)] = fixed.points;
  return rules;
}

bool is_declared(const Candidate& candidate, int cell) {
  const Cells& cells = candidate.binning.cells;
  if (cell < cells.bins()) return false;
  const VariableRules& rules = candidate.plan.rules;
  const Absence& absence = cell < cells.missing()    ? rules.special
                           : cell == cells.missing() ? rules.missing
                                                     : rules.unknown;
  return candidate.binning.rows[static_cast<std::size_t>(cell)].fallback ||
         absence.policy != AbsencePolicy::empirical;
}

// Of each cell, in the history's units.
std::vector<double> weights_of(const Binning& binning, const History& history) {
  std::vector<double> weights;
  for (const Binning::Row& row : binning.rows) weights.push_back(row.tally.weight());
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight *= history.total / sum;
  return weights;
}

void fill(Candidate& candidate, const Column& column, const History& history,
          TrainingPlan::Absence absence) {
  const Cells& cells = candidate.binning.cells;
  auto count = static_cast<std::size_t>(cells.count());
  auto bins = static_cast<std::ptrdiff_t>(cells.bins());
  candidate.rows.resize(column.size());
  cells.assign(column, candidate.rows);
  for (const Binning::Row& row : candidate.binning.rows) candidate.woe.push_back(row.woe);
  if (absence == TrainingPlan::Absence::never_below_worst) {
    double worst = *std::min_element(candidate.woe.begin(), candidate.woe.begin() + bins);
    for (std::size_t c = static_cast<std::size_t>(bins); c < count; ++c)
      candidate.woe[c] = std::max(candidate.woe[c], worst);
  }
  candidate.weights = weights_of(candidate.binning, history);
  for (int c = 0; c < cells.count(); ++c) candidate.declared.push_back(is_declared(candidate, c));
  candidate.rules = points_rules(candidate, absence);
}

std::optional<Error> unknown_cell(const Candidate& candidate) {
  for (const auto& fixed : candidate.plan.fixed_points)
    if (fixed.cell < 0 || fixed.cell >= candidate.binning.cells.count())
      return Error{"training.cell",
                   fmt::format("points are fixed for cell {} of `{}`, which has {} cells",
                               fixed.cell, candidate.name(), candidate.binning.cells.count()),
                   {},
                   "cells count from 0: the bins, the special codes, missing, unknown texts"};
  return std::nullopt;
}

bool is_constant(const Candidate& candidate) {
  return std::count_if(candidate.weights.begin(), candidate.weights.end(),
                       [](double weight) { return weight > 0; }) < 2;
}

struct Binned {
  std::optional<Candidate> candidate;
  std::optional<Error> error;
  std::optional<Dropped> dropped;
};

Binned bin_one(const Column& column, const Outcome& outcome, const History& history,
               const IndexedPlan& indexed, CountRoom& room) {
  TrainingPlan::Variable variable = plan_of(indexed, column);
  if (variable.leave_out) return {{}, {}, Dropped{column.name(), "left-out", "", 0, 0}};
  Result<Binning> binning = variable.bins ? bin_as(column, outcome, *variable.bins, variable.rules)
                                          : bin(column, outcome, variable.rules, room);
  if (!binning) {
    std::optional<std::string> reason = own_reason(binning.error());
    if (!reason) return {{}, binning.error(), {}};
    return {{}, {}, Dropped{column.name(), *reason, "", 0, 0}};
  }
  Binned out;
  out.candidate.emplace();
  out.candidate->plan = std::move(variable);
  out.candidate->binning = std::move(*binning);
  if ((out.error = unknown_cell(*out.candidate))) return out;
  fill(*out.candidate, column, history, indexed.plan.absence);
  if (is_constant(*out.candidate)) {
    const char* reason = out.candidate->binning.separates ? "separates" : "constant";
    out.dropped = Dropped{column.name(), reason, "", 0, 0};
  }
  return out;
}

}  // namespace

Result<Candidates> bin_candidates(const Table& table, const Outcome& outcome,
                                  const History& history, const TrainingPlan& plan,
                                  const OnProgress& progress) {
  if (std::optional<Error> error = unknown_variable(table, plan)) return *error;
  const std::vector<Column>& columns = table.columns();
  const IndexedPlan indexed{plan};
  std::vector<Binned> binned(columns.size());
  std::vector<CountRoom> rooms(std::max(1U, plan.threads));  // one for each thread
  // In batches, so that progress is told from this thread.
  std::size_t batch = std::max<std::size_t>(1, plan.threads) * (progress ? 1 : columns.size() + 1);
  for (std::size_t from = 0; from < columns.size(); from += batch) {
    std::size_t count = std::min(batch, columns.size() - from);
    std::atomic<std::size_t> next = 0;
    in_parallel(std::min(count, rooms.size()), plan.threads, [&](std::size_t thread) {
      for (std::size_t i = next++; i < count; i = next++)
        binned[from + i] = bin_one(columns[from + i], outcome, history, indexed, rooms[thread]);
    });
    if (progress) progress(from + count, columns.size() + 1);
  }
  Candidates out;
  for (Binned& one : binned) {
    if (one.error) return *one.error;
    if (one.dropped)
      out.dropped.push_back(*one.dropped);
    else
      out.usable.push_back(std::move(*one.candidate));
  }
  return out;
}

}  // namespace credence
