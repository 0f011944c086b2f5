#include <credence/lab/headline.h>
#include <credence/lab/interrupt.h>
#include <credence/lab/lab_commands.h>
#include <credence/lab/live_view.h>
#include <credence/lab/means.h>
#include <credence/lab/result_files.h>
#include <credence/lab/result_folder.h>
#include <credence/lab/run_setting.h>
#include <credence/report/report.h>
#include <credence/terminal/files.h>
#include <credence/terminal/progress.h>
#include <fmt/format.h>

#include <cstdio>

namespace credence {

namespace {

const Text kNeed = {"{1} people, {2} months, {3} replicates: {4}",
                    "{1} personnes, {2} mois, {3} répliques : {4}"};
const Text kInterrupted = {
    "stopped on request after {1} whole replicates; the report says what they show, and that it is "
    "partial\n  = help: go on with {2} --resume {3}",
    "arrêt demandé après {1} répliques entières ; le rapport dit ce qu'elles montrent, et qu'il "
    "est "
    "partiel\n  = aide : reprenez avec {2} --resume {3}"};
const Text kNothingWhole = {
    "stopped on request before one replicate was whole, so there is no report\n"
    "  = help: go on with {1} --resume {2}",
    "arrêt demandé avant qu'une réplique soit entière, donc sans rapport\n"
    "  = aide : reprenez avec {1} --resume {2}"};
const Text kEarly = {"stopped after {1} replicates: the interval is as narrow as asked",
                     "arrêt après {1} répliques : l'intervalle est aussi étroit que demandé"};
const Text kWritten = {"{1}: open it in a browser", "{1} : à ouvrir dans un navigateur"};

struct SocietyRun {
  const Arguments& arguments;
  Console& console;
  Tongue tongue{arguments.language()};
  RunSetting setting = {};

  const World& world() const { return *setting.named.world; }
  std::string checkpoint() const { return setting.folder + "/run.checkpoint"; }
  void tell(const Text& text, std::initializer_list<std::string> values) const {
    console.err(tongue.say(text, values) + "\n");
  }
};

std::string count_of(const SocietyRun& run, const EnsembleResult& result) {
  return run.tongue.count(static_cast<double>(result.replicates.size()));
}

std::optional<Error> announce(const SocietyRun& run) {
  const RunSetting& setting = run.setting;
  RunNeed need =
      need_of(run.world(), setting.named.programmes, setting.options.replicates, setting.threads);
  run.tell(kNeed,
           {run.tongue.count(run.world().population.people), run.tongue.count(run.world().months),
            run.tongue.count(setting.options.replicates), to_text(need, run.tongue)});
  return refuse_need(need, run.world(), setting.most_minutes, free_memory());
}

Result<EnsembleResult> live(SocietyRun& run, Crew& crew) {
  RunSetting& setting = run.setting;
  std::vector<std::string> arms{"no-programme"};
  for (const SocietyProgramme& programme : setting.named.programmes) arms.push_back(programme.id);
  LiveView view(run.console, run.tongue, arms,
                setting.options.first_replicate + setting.options.replicates);
  InterruptWatch interrupt;
  setting.options.stop = &interrupt.asked();
  auto lived = run_ensemble(run.world(), setting.named.programmes, setting.options, crew,
                            [&](const EnsembleProgress& progress) { view.show(progress); });
  if (!lived) return lived;
  return joined(std::move(setting.earlier), std::move(*lived));
}

Result<Done> write_tables(const SocietyRun& run, const EnsembleResult& result) {
  ResultFormat format = result_format(run.arguments.one_or("format", "csv"));
  for (const ResultTable& table : tables_of(result, run.world())) {
    auto path = write_result(run.setting.folder, table.name, table, format);
    if (!path) return path.error();
  }
  return Done{};
}

Result<Done> write_report(const SocietyRun& run, const EnsembleResult& result,
                          std::vector<SensitivityLine> sensitivity) {
  SocietyReportInput input{.world = &run.world(),
                           .programmes = run.setting.named.programmes,
                           .result = &result,
                           .sensitivity = std::move(sensitivity),
                           .sensitivity_measure = run.setting.measure,
                           .command = command_text(run.arguments, run.world()),
                           .made = "Credence " CREDENCE_VERSION,
                           .changed_by_prototype = false};
  return write_file(run.setting.folder + "/report.html",
                    society_report(input, run.tongue.language()));
}

// The ranking of parameters is lived on a smaller world, after the report is on the disk: who ends
// the program meanwhile loses the ranking alone.
Result<Done> add_ranking(const SocietyRun& run, const EnsembleResult& result, Crew& crew) {
  ProgressBar bar(run.console, "sensitivity", "points");
  auto lines = rank_parameters(run.world(), run.setting.named.programmes, run.setting.measure,
                               run.setting.trajectories, crew,
                               [&](std::size_t done, std::size_t of) { bar.show(done, of); });
  bar.finish();
  if (!lines) return lines.error();
  return write_report(run, result, std::move(*lines));
}

Exit stop_here(const SocietyRun& run, const EnsembleResult& result) {
  std::string again =
      fmt::format("{} --out {}", command_text(run.arguments, run.world()), run.setting.folder);
  if (result.replicates.empty()) {
    run.tell(kNothingWhole, {again, run.checkpoint()});
  } else {
    run.tell(kInterrupted, {count_of(run, result), again, run.checkpoint()});
  }
  return Exit::no;
}

Exit write_down(const SocietyRun& run, const EnsembleResult& result, Crew& crew) {
  auto failed = [&](const Result<Done>& done) { return fail(run.console, done.error()); };
  if (result.interrupted) {
    std::string text = ensemble_text(result, run.world(), run.setting.named.programmes);
    if (auto kept = write_file(run.checkpoint(), text); !kept) return failed(kept);
    if (result.replicates.empty()) return stop_here(run, result);
  }
  if (auto tables = write_tables(run, result); !tables) return failed(tables);
  if (auto report = write_report(run, result, {}); !report) return failed(report);
  run.console.out(run.arguments.has("json")
                      ? to_canonical_json(headline_json(result)) + "\n"
                      : headline_table(result, run.tongue, run.world().currency));
  if (result.interrupted) return stop_here(run, result);
  // What was lived to the end is not to be taken up again.
  std::remove(run.checkpoint().c_str());
  if (result.stopped_early) run.tell(kEarly, {count_of(run, result)});
  if (run.setting.trajectories > 0) {
    if (auto ranked = add_ranking(run, result, crew); !ranked) return failed(ranked);
  }
  run.tell(kWritten, {run.setting.folder + "/report.html"});
  return Exit::yes;
}

Exit run_society(const Arguments& arguments, Console& console) {
  SocietyRun run{.arguments = arguments, .console = console};
  std::vector<std::string> programmes = arguments.all("programme");
  for (const std::string& versus : arguments.all("versus")) programmes.push_back(versus);
  NamedSociety& named = run.setting.named;
  named =
      load_society(arguments.one_or("WORLD", "town"), programmes, arguments.language(), console);
  if (!named.ready) return named.refused ? Exit::refused : Exit::bad_input;
  if (auto error = take_options(arguments, run.setting)) return fail(console, *error);
  if (auto folder = open_result_folder(run.setting.folder); !folder) {
    return fail(console, folder.error());
  }
  if (auto error = announce(run)) return fail(console, *error);
  Crew crew(run.setting.threads);
  auto result = live(run, crew);
  if (!result) return fail(console, result.error());
  return write_down(run, *result, crew);
}

}  // namespace

Command society_run_command() {
  return {
      "society run",
      "live a world of people who do not exist under programmes, and see what they do to them",
      "credence society run town --programme sesame-credit --versus lawful-open --out demo",
      {{"WORLD", "", "a built-in world or a file (town)"},
       {"programme", "NAME", "a built-in programme or a file", false, true},
       {"versus", "NAME", "another one, beside it", false, true},
       {"out", "DIR", "the folder for report.html and the tables (society-run)"},
       {"people", "N", "instead of the world's own number"},
       {"months", "N", "with programmes, instead of the world's own"},
       {"burn-in", "N", "months before any programme, the twins' common past"},
       {"replicates", "N", "lives of the same world with other luck"},
       {"seed", "N", "the same seed gives the same bits, whatever the machine"},
       {"threads", "N", "as many as processors when left out; results do not depend on it"},
       {"until-width", "W", "stop when the 95 % interval of --measure is this narrow"},
       {"measure", "ID", "what --until-width and --sensitivity look at (excluded-share)"},
       {"sensitivity", "N", "trajectories of Morris' method over every rule's parameters (0)"},
       {"most-minutes", "M", "do not begin what would take longer"},
       {"resume", "FILE", "go on from run.checkpoint of a run that was stopped"},
       {"format", "csv|jsonl|parquet", "of the tables", false, false, {"csv", "jsonl", "parquet"}},
       lang_option(),
       json_option()},
      run_society};
}

}  // namespace credence
