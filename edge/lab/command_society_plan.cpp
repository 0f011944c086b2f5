#include <credence/lab/interrupt.h>
#include <credence/lab/lab_commands.h>
#include <credence/lab/lab_numbers.h>
#include <credence/lab/means.h>
#include <credence/lab/parts.h>
#include <credence/lab/result_files.h>
#include <credence/lab/result_folder.h>
#include <credence/lab/society_files.h>
#include <credence/terminal/bars.h>
#include <credence/terminal/decimals.h>
#include <credence/terminal/files.h>
#include <credence/terminal/progress.h>
#include <credence/terminal/tongue.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace credence {

namespace {

struct PlanRun {
  const Arguments& arguments;
  Console& console;
  Tongue tongue{arguments.language()};
  Experiment experiment = {};
  NamedSociety named = {};
  std::string folder = arguments.one_or("out", "society-plan");
  PartOf part = {};
};

// A file that a plan names lies beside the plan.
std::string beside(const std::string& plan, const std::string& name) {
  std::filesystem::path path = std::filesystem::path{plan}.parent_path() / name;
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) ? path.string() : name;
}

std::optional<Exit> load(PlanRun& run) {
  const std::string& file = run.arguments.one("PLAN");
  auto text = read_text(file);
  if (!text) return fail(run.console, text.error());
  ReadExperiment read = read_experiment(*text, file);
  for (const Finding& finding : read.findings) {
    run.console.err(render(finding, *text, run.arguments.language()) + "\n");
  }
  if (!read.experiment) return Exit::bad_input;
  run.experiment = std::move(*read.experiment);
  std::vector<std::string> programmes;
  for (const std::string& name : run.experiment.programmes)
    programmes.push_back(beside(file, name));
  run.named = load_society(beside(file, run.experiment.world), programmes, run.arguments.language(),
                           run.console);
  if (!run.named.ready) return run.named.refused ? Exit::refused : Exit::bad_input;
  if (!run.arguments.has("part")) return std::nullopt;
  auto part = parse_part(run.arguments.one("part"));
  if (!part) return fail(run.console, part.error());
  run.part = *part;
  if (run.experiment.kind == DesignKind::calibration && run.part.of > 1) {
    return fail(run.console,
                {"usage.part",
                 "a calibration looks for its points one after another: it has no parts",
                 {},
                 "leave --part out"});
  }
  return std::nullopt;
}

// The largest world that the plan may live: what is varied can make it larger than its file says.
World largest_world(const PlanRun& run) {
  World world = *run.named.world;
  auto raise = [&](const DesignInput& input, const char* path, std::uint32_t& to) {
    if (input.path != path) return;
    double most = input.high;
    for (double value : input.values) most = std::max(most, value);
    to = static_cast<std::uint32_t>(std::clamp(std::ceil(most), 0.0, 1e9));
  };
  for (const DesignInput& input : run.experiment.inputs) {
    raise(input, "world.people", world.population.people);
    raise(input, "world.months", world.months);
    raise(input, "world.burn_in", world.burn_in);
  }
  return world;
}

std::optional<Error> announce(const PlanRun& run, std::size_t points, unsigned threads) {
  std::optional<double> most;
  if (run.arguments.has("most-minutes")) {
    auto minutes = parse_decimal("--most-minutes", run.arguments.one("most-minutes"), 1e-3, 1e7);
    if (!minutes) return minutes.error();
    most = *minutes;
  }
  World world = largest_world(run);
  double lives = static_cast<double>(points) * run.experiment.replicates;
  RunNeed need = need_of(world, run.named.programmes, lives, threads);
  const Text told = {"{1} points, {2} replicates each: {3}",
                     "{1} points, {2} répliques chacun : {3}"};
  run.console.err(run.tongue.say(told, {run.tongue.count(static_cast<double>(points)),
                                        run.tongue.count(run.experiment.replicates),
                                        to_text(need, run.tongue)}) +
                  "\n");
  return refuse_need(need, world, most, free_memory());
}

ResultTable sensitivity_table(const PlanRun& run, const ExperimentResult& result) {
  ResultTable table{.name = "sensitivity",
                    .columns = {{.name = "path", .words = {}, .numbers = {}}}};
  auto column = [&](const char* name, auto value, const auto& lines) {
    ResultColumn filled{.name = name, .words = {}, .numbers = {}};
    for (const auto& line : lines) filled.numbers.push_back(line.*value);
    table.columns.push_back(std::move(filled));
  };
  for (const DesignInput& input : run.experiment.inputs) {
    table.columns[0].words.push_back(input.path);
  }
  if (!result.morris.empty()) {
    column("mu", &MorrisEffect::mu, result.morris);
    column("mu_star", &MorrisEffect::mu_star, result.morris);
    column("sigma", &MorrisEffect::sigma, result.morris);
    column("mu_star_error", &MorrisEffect::error, result.morris);
  } else {
    column("first", &SobolIndex::first, result.sobol);
    column("first_error", &SobolIndex::first_error, result.sobol);
    column("total", &SobolIndex::total, result.sobol);
    column("total_error", &SobolIndex::total_error, result.sobol);
  }
  return table;
}

// The ranking as bars: mu* or the total share.
void show_sensitivity(PlanRun& run, const ExperimentResult& result) {
  struct Ranked {
    std::string path;
    double size, error;
  };
  std::vector<Ranked> ranked;
  for (std::size_t i = 0; i < run.experiment.inputs.size(); ++i) {
    bool morris = !result.morris.empty();
    ranked.push_back({run.experiment.inputs[i].path,
                      morris ? result.morris[i].mu_star : result.sobol[i].total,
                      morris ? result.morris[i].error : result.sobol[i].total_error});
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Ranked& a, const Ranked& b) { return a.size > b.size; });
  double most = ranked.empty() ? 0 : ranked.front().size;
  for (const Ranked& line : ranked) {
    run.console.out(fmt::format("{} {} {} ± {}\n", left_aligned(line.path, 44),
                                left_aligned(bar(most > 0 ? line.size / most : 0, 24), 24),
                                run.tongue.shortest(std::round(line.size * 1e5) / 1e5),
                                run.tongue.shortest(std::round(line.error * 1e5) / 1e5)));
  }
}

void show_calibration(PlanRun& run, const ExperimentResult& result) {
  for (std::size_t i = 0; i < result.best.size(); ++i) {
    run.console.out(fmt::format("{} = {}\n", run.experiment.inputs[i].path,
                                run.tongue.shortest(result.best[i])));
  }
  if (!std::isfinite(result.distance)) {
    const Text none = {"no point has all the measures of the targets\n",
                       "aucun point n'a toutes les mesures des cibles\n"};
    run.console.out(run.tongue.say(none));
    return;
  }
  const Text far = {"the farthest target is {1} tolerances away\n",
                    "la cible la plus lointaine est à {1} tolérances\n"};
  run.console.out(run.tongue.say(far, {run.tongue.number(result.distance, 2)}));
}

Exit write_down(PlanRun& run, const ExperimentResult& result) {
  ResultFormat format = result_format(run.arguments.one_or("format", "csv"));
  auto points =
      write_result(run.folder, points_name(run.part), table_of(result, run.experiment), format);
  if (!points) return fail(run.console, points.error());
  run.console.err(fmt::format("{}\n", *points));
  if (!result.morris.empty() || !result.sobol.empty()) {
    auto ranking = write_result(run.folder, "sensitivity", sensitivity_table(run, result), format);
    if (!ranking) return fail(run.console, ranking.error());
    show_sensitivity(run, result);
  }
  if (run.experiment.kind == DesignKind::calibration && !result.interrupted) {
    show_calibration(run, result);
  }
  if (!result.interrupted) return Exit::yes;
  const Text partial = {"stopped on request: the points that were whole are kept\n",
                        "arrêt demandé : les points entiers sont gardés\n"};
  run.console.err(run.tongue.say(partial));
  return Exit::no;
}

Exit run_plan(const Arguments& arguments, Console& console) {
  PlanRun run{.arguments = arguments, .console = console};
  if (auto code = load(run)) return *code;
  if (auto folder = open_result_folder(run.folder); !folder) return fail(console, folder.error());
  if (arguments.has("merge")) {
    if (arguments.has("part")) {
      return fail(console,
                  {"usage.part", "--part runs, and --merge puts together", {}, "give one of them"});
    }
    auto merged =
        merge_parts(arguments.all("merge"), run.experiment, *run.named.world, run.named.programmes);
    if (!merged) return fail(console, merged.error());
    return write_down(run, *merged);
  }
  auto threads = parse_between("threads", arguments.one_or("threads", "0"), 0, 256);
  if (!threads) return fail(console, threads.error());
  auto points = points_of(run.experiment, *run.named.world);
  if (!points) return fail(console, points.error());
  ExperimentPart share = share_of(run.part, *points);
  auto used = static_cast<unsigned>(*threads);
  if (auto error = announce(run, share.last - share.first, used)) return fail(console, *error);
  Crew crew(used);
  ProgressBar bar(console, run.experiment.id, "points");
  InterruptWatch interrupt;
  run.experiment.options.stop = &interrupt.asked();
  auto result = run_experiment(run.experiment, *run.named.world, run.named.programmes, share, crew,
                               [&](std::size_t done, std::size_t of) { bar.show(done, of); });
  bar.finish();
  if (!result) return fail(console, result.error());
  return write_down(run, *result);
}

}  // namespace

Command society_plan_command() {
  return {
      "society plan",
      "run a plan: grids, Latin hypercubes, Morris, Sobol, calibration",
      "credence society plan cameras.toml --out cameras",
      {{"PLAN", "", "the plan's file (docs/formats/plan-of-runs.md)", true},
       {"out", "DIR", "the folder for the tables (society-plan)"},
       {"part", "I/N", "this machine's share of the points, as 2/8"},
       {"merge", "FILE", "tables of all parts, to be analysed together", false, true},
       {"threads", "N", "as many as processors when left out"},
       {"most-minutes", "M", "do not begin what would take longer"},
       {"format", "csv|jsonl|parquet", "of the tables", false, false, {"csv", "jsonl", "parquet"}},
       lang_option()},
      run_plan};
}

}  // namespace credence
