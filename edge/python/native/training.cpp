#include <credence/native/binnings.h>
#include <credence/native/cards.h>
#include <credence/native/errors.h>
#include <credence/native/interrupt.h>
#include <credence/native/rules.h>
#include <credence/native/tables.h>
#include <credence/native/training.h>
#include <credence/training/rejects.h>
#include <credence/training/train.h>
#include <fmt/format.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace credence {

namespace nb = nanobind;

namespace {

constexpr double kMostPoints = 100'000;  // of anything, as in the file of a plan

constexpr std::pair<std::string_view, TrainingPlan::Absence> kAbsences[] = {
    {"empirical", TrainingPlan::Absence::empirical},
    {"never-below-worst", TrainingPlan::Absence::never_below_worst},
    {"never_below_worst", TrainingPlan::Absence::never_below_worst}};
constexpr std::pair<std::string_view, RejectMethod> kMethods[] = {
    {"none", RejectMethod::none},
    {"reweighting", RejectMethod::reweighting},
    {"extrapolation", RejectMethod::extrapolation},
    {"parcelling", RejectMethod::parcelling},
    {"fuzzy", RejectMethod::fuzzy}};
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

void read_variable(const std::string& name, const Settings& settings, TrainingPlan& plan) {
  TrainingPlan::Variable variable;
  if (const TrainingPlan::Variable* known = plan.find(name)) {
    variable = *known;
  } else {
    variable.name = name;
    variable.rules = plan.defaults;
    variable.title = {name, name};
  }
  settings.read("leave_out", variable.leave_out);
  settings.read("keep", variable.keep);
  if (!settings.find("kind").is_none()) {
    variable.kind = choice_of(settings, "kind", Column::Kind::number, kKinds);
  }
  variable.rules = rules_of(settings, variable.rules);
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
  std::erase_if(plan.variables, [&](const auto& other) { return other.name == name; });
  plan.variables.push_back(std::move(variable));
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

// What Python says over what the plan's text says over the defaults.
TrainingPlan plan_of(const Settings& settings) {
  TrainingPlan plan;
  std::string text;
  settings.read("plan", text);
  if (!text.empty()) {
    ReadPlan read = read_plan(text, "plan");
    if (!read.plan) raise(read.findings);
    plan = *std::move(read.plan);
  }
  settings.read("id", plan.id);
  plan.defaults = rules_of(part_of(settings, "binning"), plan.defaults);
  read_selection(settings, plan.selection);
  read_scaling(settings, plan.scaling);
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
  const nb::object variables = settings.find("variables");
  if (variables.is_none()) return plan;
  for (const auto& [name, own] : nb::cast<nb::dict>(variables)) {
    read_variable(nb::cast<std::string>(name), Settings{nb::cast<nb::dict>(own)}, plan);
  }
  return plan;
}

struct Stopped {};  // thrown from a progress call, to leave training early

// Training asks now and then whether to go on: Ctrl-C ends it within a step.
void run_training(const std::function<void(const OnProgress&)>& work) {
  run_interruptibly([&](const std::atomic<bool>& stop) {
    try {
      work([&](std::size_t, std::size_t) {
        if (stop) throw Stopped{};
      });
    } catch (const Stopped&) {
      // The exception of the person's signal is raised in place of this one.
    }
  });
}

// Everything that training tells, by name.
nb::dict to_dict(const Trained& trained) {
  const std::vector<Error> wrong = defects(trained.card);
  if (!wrong.empty()) raise(wrong.front());
  nb::list binnings;
  for (const Binning& binning : trained.binnings) binnings.append(to_dict(binning));
  nb::dict out;
  out["card"] = nb::cast(trained.card);
  out["binnings"] = binnings;
  out["report"] = to_canonical_json(to_json(trained.report));
  out["training"] = nb::cast(trained.report);
  return out;
}

nb::dict train_card(const Table& table, const ByteArray& bad, const nb::object& weights,
                    const nb::dict& settings) {
  const TrainingPlan plan = plan_of(Settings{settings});
  const Outcome outcome = outcome_of(table.rows(), bad, weights);
  std::optional<Result<Trained>> trained;
  run_training(
      [&](const OnProgress& progress) { trained = train(table, outcome, plan, progress); });
  return to_dict(value_or_raise(*std::move(trained)));
}

nb::dict cross_validate_card(const Table& table, const ByteArray& bad, const nb::object& weights,
                             const nb::dict& settings) {
  using CrossValidated = TrainingReport::CrossValidated;
  const TrainingPlan plan = plan_of(Settings{settings});
  const Outcome outcome = outcome_of(table.rows(), bad, weights);
  std::optional<Result<CrossValidated>> result;
  run_training(
      [&](const OnProgress& progress) { result = cross_validate(table, outcome, plan, progress); });
  const CrossValidated folds = value_or_raise(*std::move(result));
  nb::dict out;
  out["auc"] = folds.auc;
  out["mean"] = folds.mean;
  out["standard_deviation"] = folds.standard_deviation;
  out["brier"] = folds.brier;
  return out;
}

RejectPlan reject_plan_of(const Settings& settings) {
  RejectPlan plan;
  plan.method = choice_of(settings, "method", plan.method, kMethods);
  settings.read("bands", plan.bands);
  settings.read("tau", plan.tau);
  settings.read("tau_optimistic", plan.tau_optimistic);
  settings.read("tau_pessimistic", plan.tau_pessimistic);
  settings.read("accept_share", plan.accept_share);
  std::size_t seed = plan.seed;
  settings.read("seed", seed);
  plan.seed = seed;
  return plan;
}

nb::dict to_dict(const RejectBand& band) {
  nb::dict out;
  out["from"] = band.from;
  out["accepted"] = band.accepted;
  out["accepted_bad"] = band.accepted_bad;
  out["rejected"] = band.rejected;
  out["assumed_bad"] = band.assumed_bad;
  return out;
}

nb::dict to_dict(const RejectResult& result) {
  nb::list bands;
  for (const RejectBand& band : result.bands) bands.append(to_dict(band));
  nb::dict expected, assumption, out;
  expected["optimistic"] = result.expected.optimistic;
  expected["chosen"] = result.expected.chosen;
  expected["pessimistic"] = result.expected.pessimistic;
  expected["worst_low"] = result.expected.worst_low;
  expected["worst_high"] = result.expected.worst_high;
  assumption["en"] = result.assumption.en;
  assumption["fr"] = result.assumption.fr;
  out["accepted_only"] = to_dict(result.accepted_only);
  out["inferred"] = to_dict(result.inferred);
  out["optimistic"] = to_dict(result.optimistic);
  out["pessimistic"] = to_dict(result.pessimistic);
  out["bands"] = bands;
  out["expected"] = expected;
  out["swapped_in"] = result.swapped_in;
  out["swapped_out"] = result.swapped_out;
  out["assumption"] = assumption;
  return out;
}

nb::dict infer(const Table& accepted, const ByteArray& bad, const nb::object& weights,
               const Table& rejected, const nb::dict& settings, const nb::dict& rejects) {
  const TrainingPlan plan = plan_of(Settings{settings});
  const RejectPlan reject_plan = reject_plan_of(Settings{rejects});
  const Outcome outcome = outcome_of(accepted.rows(), bad, weights);
  std::optional<Result<RejectResult>> result;
  run_training([&](const OnProgress& progress) {
    result = infer_rejects(accepted, outcome, rejected, plan, reject_plan, progress);
  });
  return to_dict(value_or_raise(*std::move(result)));
}

}  // namespace

void bind_training(nb::module_& module) {
  nb::class_<TrainingReport>(module, "TrainingReport",
                             "What training found, for validation packs.");
  module.def("train", &train_card, nb::arg("table"), nb::arg("bad"), nb::arg("weights").none(),
             nb::arg("plan"), "History in, card out.");
  module.def("cross_validate", &cross_validate_card, nb::arg("table"), nb::arg("bad"),
             nb::arg("weights").none(), nb::arg("plan"), "All of training refitted in each fold.");
  module.def("infer_rejects", &infer, nb::arg("accepted"), nb::arg("bad"),
             nb::arg("weights").none(), nb::arg("rejected"), nb::arg("plan"), nb::arg("rejects"));
}

}  // namespace credence
