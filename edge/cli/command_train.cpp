#include <credence/cli/binning_rules.h>
#include <credence/cli/commands.h>
#include <credence/cli/history.h>
#include <credence/cli/inputs.h>
#include <credence/cli/planning.h>
#include <credence/cli/river_card.h>
#include <credence/cli/training_view.h>
#include <credence/scorecard/scoring.h>
#include <credence/terminal/files.h>
#include <credence/terminal/progress.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace credence {

namespace {

// Everything that a training was asked for.
struct TrainRun {
  const Arguments& arguments;
  Console& console;
  IntakeTable history = {};
  Outcome outcome = {};
  Table inputs = {};
  TrainingPlan plan = {};
  std::optional<LoadedProgramme> programme = {};
  std::optional<RejectResult> rejects = {};

  Tongue tongue() const { return Tongue{arguments.language()}; }
  OnProgress bar(ProgressBar& progress) const {
    return [&progress](std::size_t done, std::size_t total) { progress.show(done, total); };
  }
};

Result<Done> read_inputs(TrainRun& run) {
  auto options = intake_options(run.arguments);
  if (!options) return options.error();
  auto plan = read_training_plan(run.arguments, run.console);
  if (!plan) return plan.error();
  run.plan = *std::move(plan);
  for (const TrainingPlan::Variable& variable : run.plan.variables) {
    if (variable.kind == Column::Kind::text) options->text_columns.push_back(variable.name);
  }
  auto history = read_history(run.arguments, run.arguments.one("TABLE"), run.console, *options);
  if (!history) return history.error();
  run.history = *std::move(history);
  auto outcome = read_outcome(run.history, run.arguments);
  if (!outcome) return outcome.error();
  run.outcome = *std::move(outcome);
  return Done{};
}

// The columns that may be inputs. What the charter keeps out stays out, whatever a plan names.
Result<Done> choose_inputs(TrainRun& run) {
  std::set<std::string> apart = {run.arguments.one("target")};
  for (const char* option : {"weight", "groups", "leave-out"}) {
    for (const std::string& name : run.arguments.all(option)) {
      if (auto column = run.history.require(name); !column) return column.error();
      apart.insert(name);
    }
  }
  Table candidates = without(run.history.table, apart);
  for (const IntakeTable::LeftOut& out : run.history.left_out)
    run.console.err(run.tongue().say(
        {"left out: column `{1}`: {2}\n", "laissée de côté : la colonne « {1} » : {2}\n"},
        {out.name, out.reason}));
  for (const NoInput& marker : row_markers(candidates)) {
    if (run.plan.find(marker.column) != nullptr) continue;
    run.console.err(say(marker, run.tongue()));
    apart.insert(marker.column);
  }
  if (!run.programme) {
    candidates = without(candidates, apart);
    for (const NoInput& found : betrayed_columns(candidates, Charter::builtin().catalogue())) {
      run.console.err(say(found, run.tongue()));
      apart.insert(found.column);
    }
  }
  run.inputs = without(run.history.table, apart);
  if (run.inputs.columns().empty()) {
    return Error{"training.nothing",
                 "no column may be an input: each is the target, left out or set apart",
                 {},
                 "bring columns that say what a person did"};
  }
  return Done{};
}

Result<Trained> train_once(TrainRun& run) {
  ProgressBar progress(run.console, "training", "steps");
  if (!run.arguments.has("rejects"))
    return train(run.inputs, run.outcome, run.plan, run.bar(progress));
  auto plan = read_reject_plan(run.arguments);
  if (!plan) return plan.error();
  auto options = intake_options(run.arguments);
  if (!options) return options.error();
  for (const Column& column : run.inputs.columns()) {
    options->columns.push_back(column.name());
    if (column.kind() == Column::Kind::text) options->text_columns.push_back(column.name());
  }
  auto rejected = read_history(run.arguments, run.arguments.one("rejects"), run.console, *options);
  if (!rejected) return rejected.error();
  auto result =
      infer_rejects(run.inputs, run.outcome, rejected->table, run.plan, *plan, run.bar(progress));
  if (!result) return result.error();
  run.rejects = *std::move(result);
  return run.rejects->inferred;
}

Result<Done> cross_validate_it(TrainRun& run, Trained& trained) {
  if (!run.arguments.has("cross-validate")) return Done{};
  ProgressBar progress(run.console, "cross-validating", "steps");
  auto validated = cross_validate(run.inputs, run.outcome, run.plan, run.bar(progress));
  if (!validated) return validated.error();
  trained.report.cross_validated = *std::move(validated);
  return Done{};
}

// Who is in the groups that are kept for the audit, and what the card says of them.
std::string groups_text(const TrainRun& run, const std::vector<std::int32_t>& scores) {
  Tongue tongue = run.tongue();
  std::string out;
  for (const std::string& name : run.arguments.all("groups")) {
    const Column* column = run.history.table.find(name);
    struct Part {
      double rows = 0, bad = 0, score = 0;
    };
    std::map<std::string, Part> parts;
    std::vector<double> numbers;
    if (column->kind() == Column::Kind::number) {
      numbers.resize(column->size());
      column->read(0, numbers);
    }
    for (std::size_t row = 0; row < scores.size(); ++row) {
      std::string group = tongue.say({"not known", "inconnu"});
      if (!numbers.empty() && numbers[row] == numbers[row]) group = tongue.shortest(numbers[row]);
      if (numbers.empty() && column->codes()[row] >= 0)
        group = column->dictionary()[static_cast<std::size_t>(column->codes()[row])];
      Part& part = parts[group];
      ++part.rows;
      part.bad += run.outcome.bad[row];
      part.score += scores[row];
    }
    out += tongue.say({"\nkept for the audit: {1}\n", "\ngardée pour l'audit : {1}\n"}, {name});
    if (parts.size() > 50) {
      out += tongue.say(
          {"  {1} values; group them first\n", "  {1} valeurs ; regroupez-les d'abord\n"},
          {std::to_string(parts.size())});
      continue;
    }
    for (const auto& [group, part] : parts)
      out += fmt::format(
          "  {:<24}  {:>8} {}  {} {:>7}  {} {:>5}\n", group, tongue.number(part.rows, 0),
          tongue.say({"rows", "lignes"}), tongue.say({"bad", "défauts"}),
          tongue.in_percent(100 * part.bad / part.rows), tongue.say({"mean score", "score moyen"}),
          tongue.number(part.score / part.rows, 1));
  }
  return out;
}

Result<std::string> card_text(TrainRun& run, const Trained& trained) {
  if (!run.programme) return to_toml(trained.card);
  return river_card(trained.card, *run.programme->lawful);
}

Json answer(const TrainRun& run, const Trained& trained) {
  Json json = training_json(trained);
  Json::Object& object = *json.object();
  object["card"] = trained.card.id;
  if (run.rejects) object["rejects"] = rejects_json(*run.rejects);
  return json;
}

Result<Done> write_answers(TrainRun& run, const Trained& trained, const std::string& card) {
  std::string wrote;
  if (run.arguments.has("out")) {
    const std::string& path = run.arguments.one("out");
    if (auto written = write_file(path, card); !written) return written.error();
    wrote += run.tongue().say({"{1}: the card\n", "{1} : la grille\n"}, {path});
  }
  if (run.arguments.has("report")) {
    const std::string& path = run.arguments.one("report");
    auto written = write_file(path, to_pretty_json(answer(run, trained)) + "\n");
    if (!written) return written.error();
    wrote += run.tongue().say({"{1}: the report, with every bin and its certificate\n",
                               "{1} : le rapport, avec chaque classe et son certificat\n"},
                              {path});
  }
  if (run.arguments.has("json"))
    run.console.out(to_pretty_json(answer(run, trained)) + "\n");
  else
    run.console.out(wrote.empty()
                        ? run.tongue().say({"nothing was written; --out FILE keeps the card\n",
                                            "rien n'a été écrit ; --out FILE garde la grille\n"})
                        : wrote);
  return Done{};
}

Result<Done> train_and_tell(TrainRun& run) {
  auto trained = train_once(run);
  if (!trained) return trained.error();
  if (auto done = cross_validate_it(run, *trained); !done) return done.error();
  auto card = card_text(run, *trained);
  if (!card) return card.error();
  if (!run.arguments.has("json")) {
    Tongue tongue = run.tongue();
    run.console.out(tongue.say(
        {"{1}: {2} rows, {3} bad; columns that may be inputs: {4}\n\n",
         "{1} : {2} lignes, {3} de défauts ; colonnes qui peuvent être lues : {4}\n\n"},
        {run.history.file, tongue.number(static_cast<double>(run.history.table.rows()), 0),
         tongue.percent(share_of_bad(run.outcome)), std::to_string(run.inputs.columns().size())}));
    run.console.out(view(*trained, tongue));
    if (run.rejects) run.console.out(view(*run.rejects, tongue));
    if (run.arguments.has("groups")) {
      auto scored = score_table(trained->card, run.history.table, {.threads = run.plan.threads});
      if (!scored) return scored.error();
      run.console.out(groups_text(run, scored->scores));
    }
    run.console.out("\n");
  }
  return write_answers(run, *trained, *card);
}

// Asked before the work, which may be long, so that its answers find their place.
Result<Done> can_write_answers(const Arguments& arguments) {
  for (const char* option : {"out", "report"}) {
    if (!arguments.has(option)) continue;
    auto writable = can_write(arguments.one(option),
                              {arguments.one("TABLE"), arguments.one_or("plan", ""),
                               arguments.one_or("rejects", ""), arguments.one_or("programme", "")});
    if (!writable) return writable;
  }
  if (!arguments.has("out") || !arguments.has("report")) return Done{};
  if (!is_one_place(arguments.one("out"), arguments.one("report"))) return Done{};
  return Error{"usage.out",
               "the card and the report would be written to the same file",
               {arguments.one("report")},
               "name another file"};
}

Exit run_train(const Arguments& arguments, Console& console) {
  TrainRun run{arguments, console};
  if (auto writable = can_write_answers(arguments); !writable)
    return fail(console, writable.error());
  if (arguments.has("programme")) {
    auto loaded = load_programme_alone(arguments.one("programme"));
    if (!loaded) return fail(console, loaded.error());
    if (!loaded->lawful) {
      console.err(render_findings(*loaded, arguments.language()));
      return is_refused(loaded->findings) ? Exit::refused : Exit::bad_input;
    }
    run.programme = *std::move(loaded);
  }
  if (auto read = read_inputs(run); !read) return fail(console, read.error());
  if (auto chosen = choose_inputs(run); !chosen) return fail(console, chosen.error());
  if (run.programme) {
    auto features = feature_table(run.inputs, *run.programme->lawful, run.plan);
    if (!features) return fail(console, features.error());
    run.inputs = *std::move(features);
  }
  auto codes = give_special_codes(run.plan, run.inputs, arguments);
  if (!codes) return fail(console, codes.error());
  if (auto done = train_and_tell(run); !done) return fail(console, done.error());
  return Exit::yes;
}

}  // namespace

Command train_command() {
  Command command{
      "train",
      "make a points card from a table of history: optimal bins, whole points, every loss shown",
      "credence train applicants.csv --target bad --groups sex --out card.toml",
      {{"TABLE", "TABLE", "history: CSV, JSON Lines, Parquet or Arrow", true},
       {"out", "FILE", "where the card goes"},
       {"report", "FILE", "where everything about the training goes, as JSON"},
       {"plan", "FILE", "what the modeller decides, a TOML file (docs/formats/plan.md)"},
       {"programme", "FILE",
        "make the card of this programme: its features, directions, families and range"},
       {"groups", "COLUMN", "kept apart for the audit; never an input", false, true},
       {"leave-out", "COLUMN", "no inputs either", false, true},
       {"cross-validate", "", "refit everything in each fold and tell the AUC on the rest"},
       {"pairs", "N", "two-way tables of points at most, where they earn their place (0)"},
       {"rejects", "TABLE", "applicants who were rejected: reject inference"},
       {"reject-method", "NAME", "how the outcome of the rejected is assumed (fuzzy)", false, false,
        reject_method_names()},
       {"threads", "N", "never changes the result (as many as the machine has)"}},
      run_train};
  for (const auto& more : {outcome_options(), binning_options(),
                           std::vector<Option>{special_option()}, table_options()})
    command.options.insert(command.options.end(), more.begin(), more.end());
  command.options.push_back(json_option());
  command.options.push_back(lang_option());
  return command;
}

}  // namespace credence
