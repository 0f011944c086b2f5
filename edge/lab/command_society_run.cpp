#include <credence/lab/headline.h>
#include <credence/lab/interrupt.h>
#include <credence/lab/lab_commands.h>
#include <credence/lab/lab_numbers.h>
#include <credence/lab/live_view.h>
#include <credence/lab/means.h>
#include <credence/lab/result_files.h>
#include <credence/lab/society_files.h>
#include <credence/plans/ensemble_file.h>
#include <credence/report/report.h>
#include <credence/terminal/decimals.h>
#include <credence/terminal/files.h>
#include <credence/terminal/progress.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

const Text kNeed = {"{1} people, {2} months, {3} replicates: {4}",
                    "{1} personnes, {2} mois, {3} répliques : {4}"};
const Text kInterrupted = {
    "stopped on request after {1} whole replicates; what they say is in the report, which says "
    "that "
    "it is partial; go on with --resume {2}",
    "arrêt demandé après {1} répliques entières ; ce qu'elles disent est dans le rapport, qui se "
    "dit "
    "partiel ; reprenez avec --resume {2}"};
const Text kNothingWhole = {
    "stopped on request before one replicate was whole, so there is no report; go on with --resume "
    "{1}",
    "arrêt demandé avant qu'une réplique soit entière, donc sans rapport ; reprenez avec --resume "
    "{1}"};
const Text kEarly = {"stopped after {1} replicates: the interval is as narrow as asked",
                     "arrêt après {1} répliques : l'intervalle est aussi étroit que demandé"};
const Text kWritten = {"{1}: open it in a browser", "{1} : à ouvrir dans un navigateur"};

struct SocietyRun {
  const Arguments& arguments;
  Console& console;
  Tongue tongue{arguments.language()};
  NamedSociety named = {};
  EnsembleOptions options = {};
  unsigned threads = 0;
  std::string folder = arguments.one_or("out", "society-run");
  EnsembleResult earlier = {};  // what a run that is resumed had done
};

// What the command line changes of the world's own numbers.
std::optional<Error> change_world(SocietyRun& run) {
  World& world = *run.named.world;
  auto change = [&](const char* name, std::uint32_t& to, std::uint64_t least,
                    std::uint64_t most) -> std::optional<Error> {
    if (!run.arguments.has(name)) return std::nullopt;
    auto value = parse_between(name, run.arguments.one(name), least, most);
    if (!value) return value.error();
    to = static_cast<std::uint32_t>(*value);
    return std::nullopt;
  };
  if (auto error = change("people", world.population.people, 1, 100'000'000)) return error;
  if (auto error = change("months", world.months, 1, 600)) return error;
  if (auto error = change("burn-in", world.burn_in, 0, 600)) return error;
  if (auto error = change("seed", world.seed, 0, UINT32_MAX)) return error;
  if (auto error = change("replicates", world.replicates, 1, 100'000)) return error;
  if (auto error = change("threads", run.threads, 1, 256)) return error;
  run.options.replicates = world.replicates;
  if (!run.arguments.has("until-width")) return std::nullopt;
  auto width = parse_decimal("--until-width", run.arguments.one("until-width"), 1e-12, 1e12);
  if (!width) return width.error();
  run.options.until_width = *width;
  run.options.until_measure = run.arguments.one_or("measure", run.options.until_measure);
  return std::nullopt;
}

std::optional<Error> take_up(SocietyRun& run) {
  if (!run.arguments.has("resume")) return std::nullopt;
  auto text = read_text(run.arguments.one("resume"), std::size_t{1} << 34);
  if (!text) return text.error();
  auto kept = read_ensemble(*text, *run.named.world, run.named.programmes);
  if (!kept) return kept.error();
  run.earlier = std::move(*kept);
  auto done = static_cast<std::uint32_t>(run.earlier.replicates.size());
  run.options.resume = run.earlier.checkpoint;
  run.options.first_replicate = done;
  run.options.replicates = run.options.replicates > done ? run.options.replicates - done : 0;
  if (run.options.replicates > 0) return std::nullopt;
  return Error{"society.resume",
               fmt::format("all {} replicates were lived already", done),
               {},
               "ask for more with --replicates"};
}

std::optional<Error> announce(SocietyRun& run) {
  const World& world = *run.named.world;
  std::optional<double> most;
  if (run.arguments.has("most-minutes")) {
    auto minutes = parse_decimal("--most-minutes", run.arguments.one("most-minutes"), 1e-3, 1e7);
    if (!minutes) return minutes.error();
    most = *minutes;
  }
  RunNeed need = need_of(world, run.named.programmes, run.options.replicates, run.threads);
  run.console.err(run.tongue.say(kNeed, {run.tongue.count(world.population.people),
                                         run.tongue.count(world.months),
                                         run.tongue.count(run.options.replicates), to_text(need)}) +
                  "\n");
  return refuse_need(need, world, most);
}

Result<EnsembleResult> live(SocietyRun& run, Crew& crew) {
  std::vector<std::string> arms{"no-programme"};
  for (const SocietyProgramme& programme : run.named.programmes) arms.push_back(programme.id);
  LiveView view(run.console, run.tongue, arms,
                run.options.first_replicate + run.options.replicates);
  InterruptWatch interrupt;
  run.options.stop = &interrupt.asked();
  auto lived = run_ensemble(*run.named.world, run.named.programmes, run.options, crew,
                            [&](const EnsembleProgress& progress) { view.show(progress); });
  if (!lived) return lived;
  return joined(std::move(run.earlier), std::move(*lived));
}

Result<Done> write_tables(const SocietyRun& run, const EnsembleResult& result) {
  ResultFormat format = result_format(run.arguments.one_or("format", "csv"));
  for (const ResultTable& table : tables_of(result, *run.named.world)) {
    auto path = write_result(run.folder, table.name, table, format);
    if (!path) return path.error();
  }
  return Done{};
}

// The ranking of parameters is lived on a smaller world; it is not made when the run was stopped.
Result<std::vector<SensitivityLine>> rank(SocietyRun& run, const EnsembleResult& result,
                                          Crew& crew) {
  auto trajectories =
      parse_between("sensitivity", run.arguments.one_or("sensitivity", "0"), 0, 1000);
  if (!trajectories) return trajectories.error();
  if (*trajectories == 0 || result.interrupted) return std::vector<SensitivityLine>{};
  ProgressBar bar(run.console, "sensitivity", "points");
  return rank_parameters(*run.named.world, run.named.programmes,
                         run.arguments.one_or("measure", "excluded-share"), *trajectories, crew,
                         [&](std::size_t done, std::size_t of) { bar.show(done, of); });
}

std::string command_text(const SocietyRun& run) {
  std::string text = "credence society run " + run.arguments.one_or("WORLD", "town");
  for (const char* name : {"programme", "versus"}) {
    for (const std::string& value : run.arguments.all(name)) {
      text += fmt::format(" --{} {}", name, value);
    }
  }
  const World& world = *run.named.world;
  return text + fmt::format(" --people {} --months {} --replicates {} --seed {}",
                            world.population.people, world.months, world.replicates, world.seed);
}

Exit write_down(SocietyRun& run, const EnsembleResult& result, Crew& crew) {
  std::string checkpoint = run.folder + "/run.checkpoint";
  if (auto made = make_folder(run.folder); !made) return fail(run.console, made.error());
  if (result.interrupted) {
    auto kept =
        write_file(checkpoint, ensemble_text(result, *run.named.world, run.named.programmes));
    if (!kept) return fail(run.console, kept.error());
    if (result.replicates.empty()) {
      run.console.err(run.tongue.say(kNothingWhole, {checkpoint}) + "\n");
      return Exit::no;
    }
  }
  auto sensitivity = rank(run, result, crew);
  if (!sensitivity) return fail(run.console, sensitivity.error());
  SocietyReportInput input{.world = &*run.named.world,
                           .programmes = run.named.programmes,
                           .result = &result,
                           .sensitivity = std::move(*sensitivity),
                           .sensitivity_measure = run.arguments.one_or("measure", "excluded-share"),
                           .command = command_text(run),
                           .made = "Credence " CREDENCE_VERSION,
                           .changed_by_prototype = false};
  std::string report = run.folder + "/report.html";
  auto written = write_file(report, society_report(input, run.tongue.language()));
  if (!written) return fail(run.console, written.error());
  if (auto tables = write_tables(run, result); !tables) return fail(run.console, tables.error());
  run.console.out(run.arguments.has("json")
                      ? to_canonical_json(headline_json(result)) + "\n"
                      : headline_table(result, run.tongue, run.named.world->currency));
  if (result.interrupted) {
    run.console.err(run.tongue.say(kInterrupted,
                                   {run.tongue.count(static_cast<double>(result.replicates.size())),
                                    checkpoint}) +
                    "\n");
    return Exit::no;
  }
  if (result.stopped_early) {
    run.console.err(
        run.tongue.say(kEarly, {run.tongue.count(static_cast<double>(result.replicates.size()))}) +
        "\n");
  }
  run.console.err(run.tongue.say(kWritten, {report}) + "\n");
  return Exit::yes;
}

Exit run_society(const Arguments& arguments, Console& console) {
  SocietyRun run{.arguments = arguments, .console = console};
  std::vector<std::string> programmes = arguments.all("programme");
  for (const std::string& versus : arguments.all("versus")) programmes.push_back(versus);
  run.named =
      load_society(arguments.one_or("WORLD", "town"), programmes, arguments.language(), console);
  if (!run.named.ready) return run.named.refused ? Exit::refused : Exit::bad_input;
  if (auto error = change_world(run)) return fail(console, *error);
  if (auto error = take_up(run)) return fail(console, *error);
  if (auto error = announce(run)) return fail(console, *error);
  Crew crew(run.threads);
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
