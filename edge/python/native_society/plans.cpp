#include <credence/native/errors.h>
#include <credence/native_society/findings.h>
#include <credence/native_society/plans.h>
#include <credence/native_society/stopping.h>
#include <credence/plans/experiment.h>
#include <credence/plans/result_tables.h>
#include <fmt/format.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

struct PlannedRun {
  Experiment experiment;
  World world;
  ExperimentResult result;
};

constexpr std::string_view kKinds[] = {"replicates", "grid",  "latin-hypercube",
                                       "morris",     "sobol", "calibration"};

nb::tuple read_plan(const std::string& text, const std::string& file) {
  ReadExperiment read = without_gil([&] { return read_experiment(text, file); });
  nb::object plan = read.experiment ? nb::cast(std::move(*read.experiment)) : nb::none();
  return nb::make_tuple(plan, to_list(read.findings));
}

struct PlanOutcome {
  std::optional<Result<ExperimentResult>> result;
  std::exception_ptr thrown;
  std::atomic<std::size_t> done = 0, of = 0;
};

PlannedRun run_plan(const Experiment& experiment, const World& world,
                    const std::vector<SocietyProgramme>& programmes,
                    const std::tuple<std::size_t, std::size_t>& points, unsigned threads,
                    StopFlag& stop, const nb::object& progress) {
  PlannedRun run{.experiment = experiment, .world = world, .result = {}};
  Experiment stoppable = experiment;
  stoppable.options.stop = &stop.asked;
  const auto [first, last] = points;
  PlanOutcome outcome;
  std::size_t told = 0;
  run_watched(
      stop,
      [&] {
        try {
          Crew crew(std::min(256U, threads));
          outcome.result = run_experiment(stoppable, world, programmes, {first, last}, crew,
                                          [&](std::size_t done, std::size_t of) {
                                            outcome.of = of;
                                            outcome.done = done;
                                          });
        } catch (...) {
          outcome.thrown = std::current_exception();
        }
      },
      [&] {
        const std::size_t done = outcome.done;
        if (progress.is_none() || done == told) return;
        told = done;
        progress(done, outcome.of.load());
      });
  if (outcome.thrown) std::rethrow_exception(outcome.thrown);
  run.result = value_or_raise(*std::move(outcome.result));
  return run;
}

[[noreturn]] void raise_parts(std::string message, std::string help) {
  raise(Error{.code = "plan.parts", .message = std::move(message), .help = std::move(help)});
}

// Every point in exactly one part, each with the same replicates of the same arms as every other.
void check_parts(const std::vector<ExperimentRow>& rows, const Design& design, std::size_t points) {
  std::set<std::tuple<std::size_t, std::uint32_t, std::string>> seen;
  std::vector<bool> there(points);
  for (const ExperimentRow& row : rows) {
    if (row.point >= points) {
      raise_parts(fmt::format("point {} is not of this plan", row.point),
                  "give the parts of one plan");
    }
    there[row.point] = true;
    if (!seen.insert({row.point, row.replicate, row.arm}).second) {
      raise_parts(fmt::format("point {} is there twice", row.point), "give each part once");
    }
    if (design.inputs > 0 && !std::ranges::equal(row.inputs, design.point(row.point))) {
      raise_parts(fmt::format("point {} was run with other inputs", row.point),
                  "give parts of one plan and one seed");
    }
  }
  const auto missing = std::ranges::find(there, false);
  if (missing == there.end()) return;
  raise_parts(fmt::format("point {} is in none of the parts", missing - there.begin()),
              "run the part that has it");
}

PlannedRun merge(const std::vector<PlannedRun>& parts) {
  if (parts.empty()) raise_parts("there is no part", "give the results of all parts");
  PlannedRun whole{.experiment = parts[0].experiment, .world = parts[0].world, .result = {}};
  whole.result.design = value_or_raise(design_of(whole.experiment, whole.world));
  for (const PlannedRun& part : parts) {
    whole.result.rows.insert(whole.result.rows.end(), part.result.rows.begin(),
                             part.result.rows.end());
  }
  const std::size_t points = value_or_raise(points_of(whole.experiment, whole.world));
  check_parts(whole.result.rows, whole.result.design, points);
  std::ranges::stable_sort(whole.result.rows, {}, &ExperimentRow::point);
  without_gil([&] { analyse(whole.result, whole.experiment, whole.world); });
  return whole;
}

ResultTable sensitivity(const PlannedRun& run) {
  ResultTable table{.name = "sensitivity", .columns = {}};
  auto add = [&](const char* name) -> ResultColumn& {
    table.columns.push_back({.name = name, .words = {}, .numbers = {}});
    return table.columns.back();
  };
  auto numbers = [&](const char* name, const auto& lines, auto value) {
    ResultColumn& column = add(name);
    for (const auto& line : lines) column.numbers.push_back(line.*value);
  };
  const bool analysed = !run.result.morris.empty() || !run.result.sobol.empty();
  ResultColumn& paths = add("path");
  for (const DesignInput& input : run.experiment.inputs) {
    if (analysed) paths.words.push_back(input.path);
  }
  if (run.experiment.kind == DesignKind::morris) {
    numbers("mu", run.result.morris, &MorrisEffect::mu);
    numbers("mu_star", run.result.morris, &MorrisEffect::mu_star);
    numbers("sigma", run.result.morris, &MorrisEffect::sigma);
    numbers("mu_star_error", run.result.morris, &MorrisEffect::error);
  } else if (run.experiment.kind == DesignKind::sobol) {
    numbers("first", run.result.sobol, &SobolIndex::first);
    numbers("first_error", run.result.sobol, &SobolIndex::first_error);
    numbers("total", run.result.sobol, &SobolIndex::total);
    numbers("total_error", run.result.sobol, &SobolIndex::total_error);
  }
  return table;
}

nb::dict best(const PlannedRun& run) {
  nb::dict out;
  for (std::size_t i = 0; i < run.result.best.size(); ++i) {
    out[run.experiment.inputs[i].path.c_str()] = run.result.best[i];
  }
  return out;
}

using RowState = std::tuple<std::size_t, std::uint32_t, std::string, std::vector<double>,
                            std::vector<double>, std::vector<double>>;

// What came out, to be sent to another process: the plan and the world make the rest again.
nb::tuple state_of(const PlannedRun& run) {
  std::vector<RowState> rows;
  for (const ExperimentRow& row : run.result.rows) {
    rows.emplace_back(row.point, row.replicate, row.arm, row.inputs, row.measures, row.differences);
  }
  return nb::make_tuple(rows, run.result.design.points, run.result.best, run.result.distance,
                        run.result.interrupted);
}

PlannedRun run_of_state(const Experiment& experiment, const World& world,
                        const std::vector<RowState>& rows, std::vector<double> points,
                        std::vector<double> best_inputs, double distance, bool interrupted) {
  PlannedRun run{.experiment = experiment, .world = world, .result = {}};
  const std::size_t inputs = experiment.inputs.size(), measures = harm_measures().size();
  auto refuse = [] {
    raise_parts("the stored result does not fit its plan", "run the plan again");
  };
  if (points.size() % std::max<std::size_t>(1, inputs) != 0) refuse();
  run.result.design = {.inputs = inputs, .points = std::move(points)};
  const std::size_t count = inputs == 0 ? 1 : run.result.design.size();
  for (const auto& [point, replicate, arm, values, own, differences] : rows) {
    if (point >= count || values.size() != inputs || own.size() != measures ||
        differences.size() != measures) {
      refuse();
    }
    run.result.rows.push_back({point, replicate, arm, values, own, differences});
  }
  if (!best_inputs.empty() && best_inputs.size() != inputs) refuse();
  run.result.best = std::move(best_inputs);
  run.result.distance = distance;
  run.result.interrupted = interrupted;
  std::set<std::size_t> there;
  for (const ExperimentRow& row : run.result.rows) there.insert(row.point);
  if (!interrupted && there.size() == count) {
    without_gil([&] { analyse(run.result, run.experiment, run.world); });
  }
  return run;
}

}  // namespace

void bind_plans(nb::module_& module) {
  nb::class_<Experiment>(module, "Plan")
      .def_ro("id", &Experiment::id)
      .def_prop_ro("title", [](const Experiment& plan) { return to_dict(plan.title); })
      .def_ro("world", &Experiment::world)
      .def_ro("programmes", &Experiment::programmes)
      .def_ro("measure", &Experiment::measure)
      .def_ro("replicates", &Experiment::replicates)
      .def_prop_ro("kind",
                   [](const Experiment& plan) {
                     return std::string{kKinds[static_cast<std::size_t>(plan.kind)]};
                   })
      .def(
          "points",
          [](const Experiment& plan, const World& world) {
            return value_or_raise(points_of(plan, world));
          },
          nb::arg("world"));
  nb::class_<PlannedRun>(module, "PlannedRun")
      .def_prop_ro("interrupted", [](const PlannedRun& run) { return run.result.interrupted; })
      .def_prop_ro("distance", [](const PlannedRun& run) { return run.result.distance; })
      .def_prop_ro("best", &best)
      .def("rows", [](const PlannedRun& run) { return table_of(run.result, run.experiment); })
      .def("sensitivity", &sensitivity)
      .def("state", &state_of);
  module.def("read_plan", &read_plan, nb::arg("text"), nb::arg("file"));
  module.def("run_plan", &run_plan, nb::arg("plan"), nb::arg("world"), nb::arg("programmes"),
             nb::arg("points"), nb::arg("threads"), nb::arg("stop"), nb::arg("progress").none());
  module.def("plan_of_state", &run_of_state, nb::arg("plan"), nb::arg("world"), nb::arg("rows"),
             nb::arg("points"), nb::arg("best"), nb::arg("distance"), nb::arg("interrupted"));
  module.def("merge", &merge, nb::arg("parts"));
}

}  // namespace credence
