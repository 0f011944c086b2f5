#include <credence/charter/charter.h>
#include <credence/cli/desk_lines.h>
#include <credence/cli/desk_opening.h>
#include <credence/cli/history.h>
#include <credence/cli/inputs.h>
#include <credence/cli/planning.h>
#include <credence/terminal/files.h>
#include <credence/terminal/keyboard.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace credence {

namespace {

// What a desk is opened with.
struct Opening {
  const Arguments& arguments;
  Console& console;
  DeskPlan file = {};
  TrainingPlan plan = {};
  IntakeTable history = {};
  Outcome outcome = {};
  Table columns = {};

  Tongue tongue() const { return Tongue{arguments.language()}; }
};

Error misplaced(std::string message, std::string help) {
  return {"usage.interactive", std::move(message), {}, std::move(help)};
}

std::optional<Error> contradiction(const Arguments& arguments) {
  if (arguments.one("TABLE") == "-")
    return misplaced("the table and the commands cannot both come from standard input",
                     "write the table to a file first");
  for (const char* option : {"streaming", "json"})
    if (arguments.has(option))
      return misplaced(fmt::format("--{} and --interactive exclude each other", option),
                       "take one of the two away");
  return std::nullopt;
}

Result<Done> read_plan_of(Opening& opening) {
  Arguments arguments = opening.arguments;
  DeskPlan& file = opening.file;
  file.path = arguments.one_or("plan", "");
  std::error_code error;
  // A place that cannot be looked at is no plan to be begun: reading it says why.
  const auto status = std::filesystem::status(file.path, error);
  file.exists = !file.path.empty() && status.type() != std::filesystem::file_type::not_found;
  if (!file.exists) {
    arguments.values.erase("plan");
    if (!file.path.empty())
      opening.console.err(opening.tongue().say({"{1} is not there yet: `write` makes it\n",
                                                "{1} n'existe pas encore : « écrire » le "
                                                "fera\n"},
                                               {file.path}));
  } else {
    auto text = read_text(file.path);
    if (!text) return text.error();
    file.text = *std::move(text);
  }
  auto plan = read_training_plan(arguments, opening.console);
  if (!plan) return plan.error();
  opening.plan = *std::move(plan);
  return Done{};
}

// Only what is asked about is read: a file of many columns may hold some that cannot be.
void choose_columns(const Opening& opening, IntakeOptions& options) {
  for (const TrainingPlan::Variable& variable : opening.plan.variables)
    if (variable.kind == Column::Kind::text) options.text_columns.push_back(variable.name);
  options.columns = opening.arguments.all("variable");
  for (const char* name : {"target", "weight"}) {
    if (!opening.arguments.has(name) || options.columns.empty()) continue;
    const std::string& column = opening.arguments.one(name);
    if (std::ranges::count(options.columns, column) == 0) options.columns.push_back(column);
  }
}

Result<Done> read_rows(Opening& opening) {
  const Arguments& arguments = opening.arguments;
  auto options = intake_options(arguments);
  if (!options) return options.error();
  choose_columns(opening, *options);
  auto history = read_history(arguments, arguments.one("TABLE"), opening.console, *options);
  if (!history) return history.error();
  opening.history = *std::move(history);
  auto outcome = read_outcome(opening.history, arguments);
  if (!outcome) return outcome.error();
  opening.outcome = *std::move(outcome);
  return Done{};
}

// As a training has it: what no card may read has no bins to decide about.
Result<Done> choose_inputs(Opening& opening) {
  const Arguments& arguments = opening.arguments;
  const Tongue tongue = opening.tongue();
  std::set<std::string> apart = {arguments.one("target"), arguments.one_or("weight", "")};
  Table candidates = without(opening.history.table, apart);
  for (const NoInput& marker : row_markers(candidates)) {
    const bool is_named = opening.plan.find(marker.column) != nullptr || arguments.has("variable");
    if (is_named) continue;
    opening.console.err(say(marker, tongue));
    apart.insert(marker.column);
  }
  candidates = without(candidates, apart);
  for (const NoInput& found : betrayed_columns(candidates, Charter::builtin().catalogue())) {
    opening.console.err(say(found, tongue));
    apart.insert(found.column);
  }
  opening.columns = without(candidates, apart);
  if (!opening.columns.columns().empty())
    return give_special_codes(opening.plan, opening.columns, arguments);
  return Error{"training.nothing",
               "no column may be an input: each is the target, left out or set apart",
               {},
               "bring columns that say what a person did"};
}

// Bins of a plan with the codes that hold now: those of the command line are codes here too.
Cells with_codes(const Cells& bins, const std::vector<SpecialCode>& codes) {
  if (bins.kind() == Column::Kind::number)
    return Cells::of_numbers({bins.edges().begin(), bins.edges().end()}, codes);
  for (const SpecialCode& code : codes)
    for (const auto& group : bins.groups())
      for (const std::string& text : group)
        if (std::ranges::count(code.texts, text) > 0) return bins;
  return Cells::of_texts({bins.groups().begin(), bins.groups().end()}, codes);
}

BinDesk::Input input_of(const Column& column, const TrainingPlan& plan,
                        const TrainingPlan::Variable* own) {
  BinDesk::Input input{.column = column, .rules = plan.rules_of(own, column.kind())};
  if (own == nullptr) return input;
  if (own->leave_out) input.place = BinDesk::Place::left_out;
  if (own->keep) input.place = BinDesk::Place::kept;
  if (own->bins) input.bins = with_codes(*own->bins, input.rules.specials);
  input.because = own->bins_because;
  return input;
}

Result<DeskSession> open_session(const Arguments& arguments, Console& console) {
  Opening opening{arguments, console};
  if (auto read = read_plan_of(opening); !read) return read.error();
  if (auto read = read_rows(opening); !read) return read.error();
  if (auto chosen = choose_inputs(opening); !chosen) return chosen.error();
  std::vector<BinDesk::Input> inputs;
  const PlanIndex index{opening.plan};
  for (const Column& column : opening.columns.columns())
    inputs.push_back(input_of(column, opening.plan, index.find(column.name())));
  BinDesk desk(std::move(inputs), std::move(opening.outcome),
               static_cast<int>(threads_from(arguments)));
  return DeskSession{std::move(desk), std::move(opening.file), opening.tongue()};
}

}  // namespace

Exit run_desk(const Arguments& arguments, Console& console) {
  if (auto error = contradiction(arguments)) return fail(console, *error);
  auto session = open_session(arguments, console);
  if (!session) return fail(console, session.error());
  const bool by_keys = !arguments.has("lines") && KeyTerminal::is_there();
  return by_keys ? run_desk_keys(*session, console) : run_desk_lines(*session, console);
}

std::vector<Option> desk_options() {
  return {{"interactive", "",
           "change bins by hand, each consequence shown at once: keys on a terminal, otherwise "
           "commands line by line (`help` lists them)"},
          {"lines", "", "with --interactive: commands line by line on a terminal too"},
          {"plan", "FILE",
           "with --interactive: the plan that decisions are read from and written to, for "
           "`credence train --plan`"}};
}

std::optional<Error> misplaced_desk_option(const Arguments& arguments) {
  for (const char* option : {"lines", "plan"})
    if (arguments.has(option) && !arguments.has("interactive"))
      return misplaced(fmt::format("--{} belongs to --interactive", option),
                       "add --interactive, or take it away");
  return std::nullopt;
}

}  // namespace credence
