#include <credence/binning/special_codes.h>
#include <credence/native/errors.h>
#include <credence/native/training_plan.h>
#include <fmt/format.h>
#include <nanobind/stl/string.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

constexpr double kMostPoints = 100'000;  // of anything, as in the file of a plan

constexpr std::pair<std::string_view, TrainingPlan::Absence> kAbsences[] = {
    {"empirical", TrainingPlan::Absence::empirical},
    {"never-below-worst", TrainingPlan::Absence::never_below_worst},
    {"never_below_worst", TrainingPlan::Absence::never_below_worst}};
constexpr std::pair<std::string_view, Column::Kind> kKinds[] = {{"number", Column::Kind::number},
                                                                {"text", Column::Kind::text}};

Settings part_of(const Settings& settings, const char* key) {
  const nb::object given = settings.find(key);
  if (given.is_none()) return Settings{nb::dict{}};
  if (nb::isinstance<nb::dict>(given)) return Settings{nb::borrow<nb::dict>(given)};
  throw nb::type_error(fmt::format("{} must be a dict", key).c_str());
}

void read_fixed_points(const Settings& settings, TrainingPlan::Variable& variable) {
  const nb::object given = settings.find("fixed_points");
  if (given.is_none()) return;
  if (!nb::isinstance<nb::list>(given))
    throw nb::type_error("fixed_points must be a list of dicts");
  for (const nb::handle each : nb::borrow<nb::list>(given)) {
    if (!nb::isinstance<nb::dict>(each)) {
      throw nb::type_error("fixed_points must be a list of dicts");
    }
    const Settings one{nb::cast<nb::dict>(each)};
    TrainingPlan::Variable::FixedPoints fixed;
    one.read("cell", fixed.cell, 0, 65535);
    one.read("points", fixed.points, -kMostPoints, kMostPoints);
    one.read("because", fixed.because);
    variable.fixed_points.push_back(std::move(fixed));
  }
}

// Codes of its own a column takes as it takes shared ones. With None it keeps those that the plan's
// text tells, and has no part in those that Python shares.
void read_own_codes(const Settings& settings, const TrainingPlan& of_text, Column::Kind kind,
                    TrainingPlan::Variable& variable) {
  if (!settings.has("special_codes")) return;
  std::vector<SpecialCode>& codes = variable.rules.specials;
  codes = settings.find("special_codes").is_none() ? of_text.rules_of(variable.name, kind).specials
                                                   : codes_of_kind(codes, kind);
}

void read_variable(const Settings& settings, const TrainingPlan& of_text, Column::Kind kind,
                   TrainingPlan::Variable& variable) {
  settings.read("leave_out", variable.leave_out);
  settings.read("keep", variable.keep);
  if (!settings.find("kind").is_none()) {
    variable.kind = choice_of(settings, "kind", Column::Kind::number, kKinds);
  }
  variable.rules = rules_of(settings, variable.rules);
  read_own_codes(settings, of_text, variable.kind.value_or(kind), variable);
  settings.read("family", variable.family);
  const Settings title = part_of(settings, "title");
  title.read("en", variable.title.en);
  title.read("fr", variable.title.fr);
  settings.read("min_gap", variable.min_gap, 0, 1000);
  settings.read("lowest", variable.lowest, -kMostPoints, kMostPoints);
  settings.read("highest", variable.highest, -kMostPoints, kMostPoints);
  if (!settings.find("bins").is_none()) variable.bins = cells_of(part_of(settings, "bins"));
  settings.read("bins_because", variable.bins_because);
  read_fixed_points(settings, variable);
}

TrainingPlan::Variable variable_called(const std::string& name, const VariableRules& defaults) {
  TrainingPlan::Variable variable;
  variable.name = name;
  variable.rules = defaults;
  variable.title = {name, name};
  return variable;
}

void read_variables(const Settings& settings, const TrainingPlan& of_text, const Table& table,
                    TrainingPlan& plan) {
  const nb::object variables = settings.find("variables");
  if (variables.is_none()) return;
  std::unordered_map<std::string, std::size_t> places;
  for (const auto& variable : plan.variables) places.emplace(variable.name, places.size());
  std::unordered_map<std::string_view, Column::Kind> kinds;
  for (const Column& column : table.columns()) kinds.emplace(column.name(), column.kind());
  for (const auto& [key, own] : nb::cast<nb::dict>(variables)) {
    const auto name = nb::cast<std::string>(key);
    const auto [place, is_new] = places.try_emplace(name, plan.variables.size());
    if (is_new) plan.variables.push_back(variable_called(name, plan.defaults));
    const auto kind = kinds.find(name);
    read_variable(Settings{nb::cast<nb::dict>(own)}, of_text,
                  kind == kinds.end() ? Column::Kind::number : kind->second,
                  plan.variables[place->second]);
  }
}

void read_selection(const Settings& settings, TrainingPlan::Selection& selection) {
  settings.read("min_iv", selection.min_iv, 0, 100);
  settings.read("max_correlation", selection.max_correlation, 0, 1);
  settings.read("max_vif", selection.max_vif, 1, 1e12);
  settings.read("max_coefficient_p_value", selection.max_p_value, 0, 1);
  settings.read("max_variables", selection.max_variables, 1, 10'000);
}

void read_scaling(const Settings& settings, TrainingPlan::Scaling& scaling) {
  settings.read("lowest", scaling.lowest, -kMostPoints, kMostPoints);
  settings.read("highest", scaling.highest, -kMostPoints, kMostPoints);
  if (settings.find("anchor").is_none()) return;
  const Settings given = part_of(settings, "anchor");
  TrainingPlan::Scaling::Anchor anchor;
  given.read("points", anchor.points);
  given.read("odds", anchor.odds);
  given.read("pdo", anchor.pdo);
  scaling.anchor = anchor;
}

TrainingPlan plan_in_text(const Settings& settings) {
  std::string text;
  settings.read("plan", text);
  if (text.empty()) return {};
  ReadPlan read = read_plan(text, "plan");
  if (!read.plan) raise(read.findings);
  return *std::move(read.plan);
}

// Rules of all variables. Shared special codes are shared with the variables of the text too.
void read_shared_rules(const Settings& shared, TrainingPlan& plan) {
  plan.defaults = rules_of(shared, plan.defaults);
  if (shared.find("special_codes").is_none()) return;
  for (auto& variable : plan.variables) variable.rules.specials = plan.defaults.specials;
}

void read_fit(const Settings& settings, TrainingPlan& plan) {
  settings.read("pairs", plan.pairs.most, 0, 100);
  settings.read("min_pair_gain", plan.pairs.min_gain, 0, 1);
  settings.read("pair_ridge", plan.pairs.ridge);
  settings.read("pair_groups", plan.pairs.groups);
  plan.absence = choice_of(settings, "absence", plan.absence, kAbsences);
  settings.read("ridge", plan.ridge);
  settings.read("cell_ridge", plan.cell_ridge);
  settings.read("whole_points", plan.whole_points_jointly);
  settings.read("folds", plan.folds);
  std::size_t number = plan.seed;
  settings.read("seed", number);
  plan.seed = number;
  number = plan.threads;
  settings.read("threads", number);
  plan.threads = static_cast<unsigned>(std::clamp<std::size_t>(number, 1, 256));
}

}  // namespace

TrainingPlan training_plan_of(const Settings& settings, const Table& table) {
  const TrainingPlan of_text = plan_in_text(settings);
  TrainingPlan plan = of_text;
  settings.read("id", plan.id);
  read_shared_rules(part_of(settings, "binning"), plan);
  read_selection(settings, plan.selection);
  read_scaling(settings, plan.scaling);
  read_fit(settings, plan);
  read_variables(settings, of_text, table, plan);
  return plan;
}

}  // namespace credence
