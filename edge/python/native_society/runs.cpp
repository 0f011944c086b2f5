#include <credence/native/errors.h>
#include <credence/native_society/findings.h>
#include <credence/native_society/prototypes.h>
#include <credence/native_society/runs.h>
#include <credence/native_society/stopping.h>
#include <credence/plans/ensemble_file.h>
#include <credence/plans/result_tables.h>
#include <credence/report/report.h>
#include <fmt/format.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

// A result with what it is a result of.
struct SocietyRun {
  World world;
  std::vector<SocietyProgramme> programmes;
  EnsembleResult result;
  bool changed_by_prototype = false;
};

struct RunSettings {
  std::uint32_t replicates = 0, first_replicate = 0;
  unsigned threads = 0;
  std::optional<double> until_width;
  std::string until_measure;
};

RunSettings settings_of(const nb::dict& given) {
  return {.replicates = nb::cast<std::uint32_t>(given["replicates"]),
          .first_replicate = nb::cast<std::uint32_t>(given["first_replicate"]),
          .threads = std::min(256U, nb::cast<unsigned>(given["threads"])),
          .until_width = nb::cast<std::optional<double>>(given["until_width"]),
          .until_measure = nb::cast<std::string>(given["until_measure"])};
}

// Lets Python handle its signals and tells it how far the run is, after each month.
EnsembleWatch watch_of(const nb::object& progress) {
  return [&progress](const EnsembleProgress& now) {
    const nb::gil_scoped_acquire gil;
    if (PyErr_CheckSignals() != 0) throw nb::python_error();
    if (!progress.is_none()) progress(now.replicate, now.month, now.months);
  };
}

SocietyRun run(const World& world, const std::vector<SocietyProgramme>& programmes,
               const nb::dict& given, const nb::bytes& resume, const StopFlag& stop,
               const nb::object& progress, const nb::object& rule) {
  const RunSettings settings = settings_of(given);
  const EnsembleOptions options{.replicates = settings.replicates,
                                .first_replicate = settings.first_replicate,
                                .until_width = settings.until_width,
                                .until_measure = settings.until_measure,
                                .stop = &stop.asked,
                                .resume = {resume.c_str(), resume.size()}};
  const LifeChange change = rule.is_none() ? LifeChange{} : change_of(rule);
  SocietyRun done{.world = world, .programmes = programmes, .result = {}};
  done.result = value_or_raise(without_gil([&] {
    Crew crew(settings.threads);
    return run_ensemble(world, done.programmes, options, crew, watch_of(progress), change);
  }));
  done.changed_by_prototype = !rule.is_none();
  return done;
}

std::vector<std::string> group_ids(const World& world) {
  std::vector<std::string> ids;
  for (const TraitCategory& group :
       world.population.categories[static_cast<std::size_t>(Trait::group)]) {
    ids.push_back(group.id);
  }
  return ids;
}

// REQUIRES of the results, checked: their breach would end the process.
void check_request(const SocietyRun& run, std::size_t arm, const std::string& measure,
                   std::optional<std::size_t> group) {
  if (arm >= run.result.arms.size()) throw nb::index_error("no such arm");
  if (group && *group >= group_ids(run.world).size()) throw nb::index_error("no such group");
  if (find_harm_measure(measure) != nullptr) return;
  std::vector<std::string_view> known;
  for (const HarmMeasure& each : harm_measures()) known.push_back(each.id);
  const std::string near = nearest(measure, known);
  raise(Error{.code = "ensemble.measure",
              .message = "there is no measure '" + measure + "'",
              .help = near.empty() ? "measures() lists them" : "did you mean '" + near + "'?"});
}

nb::object to_array(std::vector<double> values, std::size_t rows, std::size_t columns) {
  auto [data, owner] = given_away(std::move(values));
  return nb::ndarray<nb::numpy, const double, nb::ndim<2>>(data, {rows, columns}, owner).cast();
}

std::vector<double> values(const SocietyRun& run, std::size_t arm, const std::string& measure,
                           std::optional<std::size_t> group) {
  check_request(run, arm, measure, group);
  return run.result.values(arm, measure, group);
}

nb::object values_by_month(const SocietyRun& run, std::size_t arm, const std::string& measure) {
  check_request(run, arm, measure, {});
  const std::size_t months = run.world.months, replicates = run.result.replicates.size();
  std::vector<double> all(months * replicates);
  for (std::uint32_t month = 0; month < months; ++month) {
    const std::vector<double> now = run.result.values_in_month(arm, measure, month);
    for (std::size_t i = 0; i < replicates; ++i) all[i * months + month] = now[i];
  }
  return to_array(std::move(all), replicates, months);
}

nb::dict spread(const std::vector<double>& replicates) {
  const ReplicateSpread found = spread_of(replicates);
  nb::dict out;
  out["count"] = found.count;
  out["mean"] = found.mean;
  out["deviation"] = found.deviation;
  out["low"] = found.low;
  out["high"] = found.high;
  out["error"] = found.error;
  return out;
}

std::vector<ResultTable> tables(const SocietyRun& run) {
  return without_gil([&] { return tables_of(run.result, run.world); });
}

std::map<std::uint32_t, std::string> hashes(const SocietyRun& run) {
  std::map<std::uint32_t, std::string> out;
  for (const ReplicateResult& replicate : run.result.replicates) {
    out[replicate.replicate] = to_hex(replicate.hash);
  }
  return out;
}

using SensitivityRow = std::tuple<std::string, double, double, double, double>;

std::string report(const SocietyRun& run, bool french, const std::string& command,
                   const std::vector<SensitivityRow>& sensitivity, const std::string& measure) {
  SocietyReportInput input{.world = &run.world,
                           .programmes = run.programmes,
                           .result = &run.result,
                           .sensitivity = {},
                           .sensitivity_measure = measure,
                           .command = command,
                           .made = CREDENCE_VERSION,
                           .changed_by_prototype = run.changed_by_prototype};
  for (const auto& [path, mu, mu_star, sigma, error] : sensitivity) {
    input.sensitivity.push_back(
        {path, {.mu = mu, .mu_star = mu_star, .sigma = sigma, .error = error}});
  }
  return without_gil([&] { return society_report(input, french ? Language::fr : Language::en); });
}

nb::tuple state_of(const SocietyRun& run) {
  const std::string text =
      without_gil([&] { return ensemble_text(run.result, run.world, run.programmes); });
  return nb::make_tuple(nb::bytes(text.data(), text.size()), run.result.interrupted,
                        run.result.stopped_early, run.changed_by_prototype);
}

SocietyRun run_of_state(const World& world, const std::vector<SocietyProgramme>& programmes,
                        const nb::bytes& text, bool interrupted, bool stopped_early,
                        bool changed_by_prototype) {
  const std::string_view view(text.c_str(), text.size());
  SocietyRun run{.world = world, .programmes = programmes, .result = {}};
  run.result =
      value_or_raise(without_gil([&] { return read_ensemble(view, world, run.programmes); }));
  run.result.interrupted = interrupted;
  run.result.stopped_early = stopped_early;
  run.changed_by_prototype = changed_by_prototype;
  return run;
}

// One after another. REQUIRES: of one world and its programmes, which Python has checked.
SocietyRun join(const SocietyRun& earlier, const SocietyRun& later) {
  SocietyRun both = earlier;
  both.result = joined(earlier.result, later.result);
  both.changed_by_prototype = earlier.changed_by_prototype || later.changed_by_prototype;
  return both;
}

}  // namespace

void bind_runs(nb::module_& module) {
  nb::class_<SocietyRun>(module, "Run")
      .def_prop_ro("arms", [](const SocietyRun& run) { return run.result.arms; })
      .def_prop_ro("groups", [](const SocietyRun& run) { return group_ids(run.world); })
      .def_prop_ro("hashes", &hashes)
      .def_prop_ro("interrupted", [](const SocietyRun& run) { return run.result.interrupted; })
      .def_prop_ro("stopped_early", [](const SocietyRun& run) { return run.result.stopped_early; })
      .def_ro("changed_by_prototype", &SocietyRun::changed_by_prototype)
      .def_prop_ro("checkpoint",
                   [](const SocietyRun& run) {
                     const std::string& text = run.result.checkpoint;
                     return nb::bytes(text.data(), text.size());
                   })
      .def("tables", &tables)
      .def("values", &values, nb::arg("arm"), nb::arg("measure"), nb::arg("group").none())
      .def("values_by_month", &values_by_month, nb::arg("arm"), nb::arg("measure"))
      .def("report", &report, nb::arg("french"), nb::arg("command"), nb::arg("sensitivity"),
           nb::arg("measure"))
      .def("state", &state_of);
  module.def("run", &run, nb::arg("world"), nb::arg("programmes"), nb::arg("settings"),
             nb::arg("resume"), nb::arg("stop"), nb::arg("progress").none(),
             nb::arg("rule").none());
  module.def("run_of_state", &run_of_state, nb::arg("world"), nb::arg("programmes"),
             nb::arg("text"), nb::arg("interrupted"), nb::arg("stopped_early"),
             nb::arg("changed_by_prototype"));
  module.def("join", &join, nb::arg("earlier"), nb::arg("later"));
  module.def("spread", &spread, nb::arg("replicates"));
}

}  // namespace credence
