#include <credence/training/assemble.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

// One manual change: the bins of a variable, or the points of one of its cells.
struct Override {
  std::size_t variable = 0;          // in the plan
  std::optional<std::size_t> fixed;  // which of its fixed points; none = its bins
};

std::vector<Override> overrides_of(const TrainingPlan& plan) {
  std::vector<Override> out;
  for (std::size_t v = 0; v < plan.variables.size(); ++v)
    if (plan.variables[v].bins && !plan.variables[v].leave_out) out.push_back({v, {}});
  for (std::size_t v = 0; v < plan.variables.size(); ++v)
    for (std::size_t f = 0; f < plan.variables[v].fixed_points.size(); ++f)
      if (!plan.variables[v].leave_out) out.push_back({v, f});
  return out;
}

// The plan with the first `count` overrides and without the others.
TrainingPlan with_first(const TrainingPlan& plan, const std::vector<Override>& overrides,
                        std::size_t count) {
  TrainingPlan out = plan;
  for (TrainingPlan::Variable& variable : out.variables) {
    variable.bins.reset();
    variable.fixed_points.clear();
  }
  for (std::size_t i = 0; i < count; ++i) {
    const TrainingPlan::Variable& from = plan.variables[overrides[i].variable];
    TrainingPlan::Variable& to = out.variables[overrides[i].variable];
    if (overrides[i].fixed)
      to.fixed_points.push_back(from.fixed_points[*overrides[i].fixed]);
    else
      to.bins = from.bins;
  }
  return out;
}

std::optional<int> points_at(const FittedPlan& fitted, const std::string& name, int cell) {
  for (std::size_t t = 0; t < fitted.card.terms.size(); ++t) {
    const FittedTerm& term = fitted.card.terms[t];
    if (term.pair || fitted.candidates.usable[term.candidate].name() != name) continue;
    const std::vector<int>& points = fitted.card.points.terms[t].points;
    if (static_cast<std::size_t>(cell) < points.size())
      return points[static_cast<std::size_t>(cell)];
  }
  return std::nullopt;
}

std::string number(double value) {
  return fmt::format("{}", value);
}

std::string name_of_cell(const Cells& cells, int cell) {
  if (cell == cells.missing()) return "missing";
  if (cell > cells.missing()) return "unknown";
  if (cell >= cells.bins())
    return cells.specials()[static_cast<std::size_t>(cell - cells.bins())].name;
  auto bin = static_cast<std::size_t>(cell);
  if (cells.kind() == Column::Kind::text)
    return fmt::format("{}", fmt::join(cells.groups()[bin], ", "));
  std::span<const double> edges = cells.edges();
  return fmt::format("[{}, {})", bin == 0 ? "-inf" : number(edges[bin - 1]),
                     bin == edges.size() ? "inf" : number(edges[bin]));
}

const Candidate* find(const FittedPlan& fitted, const std::string& name) {
  for (const Candidate& candidate : fitted.candidates.usable)
    if (candidate.name() == name) return &candidate;
  return nullptr;
}

OverrideEffect effect(const TrainingPlan& plan, const Override& made, const FittedPlan& before,
                      const FittedPlan& after) {
  const TrainingPlan::Variable& variable = plan.variables[made.variable];
  OverrideEffect out;
  out.variable = variable.name;
  out.log_loss_before = before.card.whole.log_loss;
  out.log_loss_after = after.card.whole.log_loss;
  out.auc_before = before.card.whole.auc;
  out.auc_after = after.card.whole.auc;
  if (!made.fixed) {
    out.because = variable.bins_because;
    return out;
  }
  const TrainingPlan::Variable::FixedPoints& fixed = variable.fixed_points[*made.fixed];
  out.because = fixed.because;
  if (const Candidate* candidate = find(after, variable.name))
    out.bin = name_of_cell(candidate->binning.cells, fixed.cell);
  out.points_before = points_at(before, variable.name, fixed.cell).value_or(0);
  out.points_after = points_at(after, variable.name, fixed.cell).value_or(0);
  return out;
}

}  // namespace

Result<std::vector<OverrideEffect>> override_effects(const Table& table, const Outcome& outcome,
                                                     const History& history,
                                                     const TrainingPlan& plan) {
  std::vector<Override> overrides = overrides_of(plan);
  std::vector<OverrideEffect> out;
  std::optional<FittedPlan> before;
  for (std::size_t count = 0; count <= overrides.size() && !overrides.empty(); ++count) {
    TrainingPlan step = with_first(plan, overrides, count);
    Result<Candidates> candidates = bin_candidates(table, outcome, history, step, {});
    if (!candidates) return candidates.error();
    Result<FittedPlan> fitted =
        fit_plan(std::move(*candidates), history, step, {.lower_bound = false});
    if (!fitted) return fitted.error();
    if (before) out.push_back(effect(plan, overrides[count - 1], *before, *fitted));
    before = std::move(*fitted);
  }
  return out;
}

}  // namespace credence
