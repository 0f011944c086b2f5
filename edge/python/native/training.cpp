#include <credence/native/binnings.h>
#include <credence/native/cards.h>
#include <credence/native/errors.h>
#include <credence/native/rules.h>
#include <credence/native/tables.h>
#include <credence/native/training.h>
#include <credence/native/training_plan.h>
#include <credence/training/rejects.h>
#include <credence/training/train.h>
#include <fmt/format.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace credence {

namespace nb = nanobind;

namespace {

constexpr std::pair<std::string_view, RejectMethod> kMethods[] = {
    {"none", RejectMethod::none},
    {"reweighting", RejectMethod::reweighting},
    {"extrapolation", RejectMethod::extrapolation},
    {"parcelling", RejectMethod::parcelling},
    {"fuzzy", RejectMethod::fuzzy}};

// Training tells its progress after each step, and every tenth of a second Python is then asked for
// signals: Ctrl-C ends it within a step. It runs on the caller's thread, for one of its own would
// add 0.06 ms, where a card of a thousand rows is made in 1.7 ms.
void run_training(const std::function<void(const OnProgress&)>& work) {
  using Clock = std::chrono::steady_clock;
  const nb::gil_scoped_release released;
  Clock::time_point asked = Clock::now();
  work([&](std::size_t, std::size_t) {
    const Clock::time_point now = Clock::now();
    if (now - asked < std::chrono::milliseconds(100)) return;
    asked = now;
    const nb::gil_scoped_acquire held;
    if (PyErr_CheckSignals() != 0) throw nb::python_error();
  });
}

// What training found goes to Python as it is, and becomes plain data part by part when it is asked
// for: for 23 variables all of it takes half a millisecond.
nb::object handed_over(Trained trained) {
  const std::vector<Error> wrong = defects(trained.card);
  if (!wrong.empty()) raise(wrong.front());
  return nb::cast(std::move(trained));
}

nb::list binnings_of(const Trained& trained) {
  nb::list binnings;
  for (const Binning& binning : trained.binnings) binnings.append(to_dict(binning));
  return binnings;
}

nb::object train_card(const Table& table, const ByteArray& bad, const nb::object& weights,
                      const nb::dict& settings) {
  const TrainingPlan plan = training_plan_of(Settings{settings}, table);
  const Outcome outcome = outcome_of(table.rows(), bad, weights);
  std::optional<Result<Trained>> trained;
  run_training(
      [&](const OnProgress& progress) { trained = train(table, outcome, plan, progress); });
  return handed_over(value_or_raise(*std::move(trained)));
}

nb::dict cross_validate_card(const Table& table, const ByteArray& bad, const nb::object& weights,
                             const nb::dict& settings) {
  using CrossValidated = TrainingReport::CrossValidated;
  const TrainingPlan plan = training_plan_of(Settings{settings}, table);
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

nb::dict to_dict(RejectResult result) {
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
  out["accepted_only"] = handed_over(std::move(result.accepted_only));
  out["inferred"] = handed_over(std::move(result.inferred));
  out["optimistic"] = handed_over(std::move(result.optimistic));
  out["pessimistic"] = handed_over(std::move(result.pessimistic));
  out["bands"] = bands;
  out["expected"] = expected;
  out["swapped_in"] = result.swapped_in;
  out["swapped_out"] = result.swapped_out;
  out["assumption"] = assumption;
  return out;
}

nb::dict infer(const Table& accepted, const ByteArray& bad, const nb::object& weights,
               const Table& rejected, const nb::dict& settings, const nb::dict& rejects) {
  const TrainingPlan plan = training_plan_of(Settings{settings}, accepted);
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
  nb::class_<Trained>(module, "Trained", "What training found; plain data when it is asked for.")
      .def_ro("card", &Trained::card)
      .def_ro("report", &Trained::report)
      .def("binnings", &binnings_of, "The bins of every usable variable, as dicts.")
      .def("report_json",
           [](const Trained& trained) { return to_canonical_json(to_json(trained.report)); });
  module.def("train", &train_card, nb::arg("table"), nb::arg("bad"), nb::arg("weights").none(),
             nb::arg("plan"), "History in, card out.");
  module.def("cross_validate", &cross_validate_card, nb::arg("table"), nb::arg("bad"),
             nb::arg("weights").none(), nb::arg("plan"), "All of training refitted in each fold.");
  module.def("infer_rejects", &infer, nb::arg("accepted"), nb::arg("bad"),
             nb::arg("weights").none(), nb::arg("rejected"), nb::arg("plan"), nb::arg("rejects"));
}

}  // namespace credence
