#include <credence/charter/charter.h>
#include <credence/cli/binning_rules.h>
#include <credence/cli/binning_view.h>
#include <credence/cli/commands.h>
#include <credence/cli/desk_opening.h>
#include <credence/cli/history.h>
#include <credence/cli/inputs.h>
#include <credence/cli/planning.h>
#include <credence/cli/summaries.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

// What was looked at, with what betrays in it.
struct Looked {
  std::vector<StreamedBinning> variables;
  std::vector<NoInput> betrayed;
};

// A look at history makes no score, so any column may be looked at; but not without a word.
void say_what_betrays(const std::vector<NoInput>& columns, Console& console, const Tongue& tongue) {
  for (const NoInput& column : columns) {
    console.err(tongue.say(
        {"note[{1}]: column `{2}` betrays {3}; it may be looked at here, and no card may read it\n",
         "remarque[{1}] : la colonne « {2} » trahit {3} ; on peut la regarder ici, aucune grille "
         "ne la lit\n"},
        {column.rule->article, column.column, column.rule->betrays.in(tongue.language())}));
  }
}

// What is not asked about is not read: a file of many columns may hold some that cannot be.
void choose_columns(const Arguments& arguments, IntakeOptions& options) {
  options.columns = arguments.all("variable");
  for (const char* name : {"target", "weight"}) {
    if (!arguments.has(name) || options.columns.empty()) continue;
    const std::string& column = arguments.one(name);
    bool named =
        std::find(options.columns.begin(), options.columns.end(), column) != options.columns.end();
    if (!named) options.columns.push_back(column);
  }
}

Table columns_to_look_at(const IntakeTable& history, const Arguments& arguments, Console& console) {
  std::set<std::string> others = {arguments.one("target"), arguments.one_or("weight", "")};
  if (arguments.has("variable")) return without(history.table, others);
  for (const NoInput& marker : row_markers(history.table)) {
    if (others.insert(marker.column).second) console.err(say(marker, Tongue{arguments.language()}));
  }
  return without(history.table, others);
}

Result<Looked> look(const Arguments& arguments, Console& console, const VariableRules& rules) {
  auto options = intake_options(arguments);
  if (!options) return options.error();
  choose_columns(arguments, *options);
  auto history = read_history(arguments, arguments.one("TABLE"), console, *options);
  if (!history) return history.error();
  auto outcome = read_outcome(*history, arguments);
  if (!outcome) return outcome.error();
  Table table = columns_to_look_at(*history, arguments, console);
  std::vector<ColumnRules> all;
  for (const Column& column : table.columns()) {
    auto codes = special_codes(arguments, column.kind());
    if (!codes) return codes.error();
    all.push_back({column.name(), rules});
    all.back().rules.specials = *std::move(codes);
  }
  auto binnings = bin_all(table, *outcome, all, static_cast<int>(threads_from(arguments)));
  Looked looked{{}, betrayed_columns(table, Charter::builtin().catalogue())};
  for (std::size_t i = 0; i < all.size(); ++i)
    looked.variables.push_back({all[i].column, std::move(binnings[i])});
  return looked;
}

Result<Looked> look_at_stream(const Arguments& arguments, Console& console,
                              const VariableRules& rules) {
  auto streamed = bin_stream(arguments, console, rules);
  if (!streamed) return streamed.error();
  Looked looked{*std::move(streamed), {}};
  std::vector<Column> names;
  for (const StreamedBinning& one : looked.variables)
    names.push_back(Column::of_numbers(one.name, {}));
  looked.betrayed = betrayed_columns(Table(0, std::move(names)), Charter::builtin().catalogue());
  return looked;
}

RankedVariable ranked(const StreamedBinning& variable) {
  RankedVariable one{.name = variable.name, .note = {}};
  if (!variable.binning) {
    one.note = variable.binning.told(variable.name).message;
    return one;
  }
  const Binning& binning = *variable.binning;
  one.iv = binning.iv;
  one.trend = binning.trend;
  one.bins = binning.cells.bins();
  if (!binning.notes.empty()) one.note = binning.notes.front().text;
  return one;
}

// Why there is no binning, in the language of the answer. REQUIRES: there is none.
Exit fail(Console& console, const Tongue& tongue, const StreamedBinning& one) {
  return fail(console, one.binning.told(one.name), tongue.language());
}

Exit show_each(const Looked& looked, Console& console, const Tongue& tongue) {
  for (const StreamedBinning& one : looked.variables) {
    if (!one.binning) return fail(console, tongue, one);
    console.out(view(*one.binning, tongue));
  }
  return Exit::yes;
}

Exit show_ranking(const Looked& looked, Console& console, const Tongue& tongue) {
  std::vector<RankedVariable> all;
  for (const StreamedBinning& one : looked.variables) {
    if (!one.binning && one.binning.error().code == "binning.rules")
      return fail(console, tongue, one);
    all.push_back(ranked(one));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const RankedVariable& a, const RankedVariable& b) { return a.iv > b.iv; });
  console.out(view(all, tongue));
  return Exit::yes;
}

Exit run_bin(const Arguments& arguments, Console& console) {
  if (auto error = misplaced_desk_option(arguments)) return fail(console, *error);
  if (arguments.has("interactive")) return run_desk(arguments, console);
  auto rules = with_options({}, arguments);
  if (!rules) return fail(console, rules.error());
  auto looked = arguments.has("streaming") ? look_at_stream(arguments, console, *rules)
                                           : look(arguments, console, *rules);
  if (!looked) return fail(console, looked.error());
  Exit code = Exit::yes;
  Tongue tongue{arguments.language()};
  if (arguments.has("json")) {
    Json::Array all;
    for (const StreamedBinning& one : looked->variables) {
      if (one.binning) all.push_back(to_json(*one.binning));
    }
    console.out(to_pretty_json(all) + "\n");
  } else {
    code = arguments.has("variable") ? show_each(*looked, console, tongue)
                                     : show_ranking(*looked, console, tongue);
  }
  say_what_betrays(looked->betrayed, console, tongue);
  return code;
}

}  // namespace

Command bin_command() {
  Command command{
      "bin",
      "cut a variable into its best bins, with the proof, or rank all variables",
      "credence bin applicants.csv --target bad --variable utilisation",
      {{"TABLE", "TABLE", "history: CSV, JSON Lines, Parquet or Arrow", true},
       {"variable", "COLUMN", "the columns to show (otherwise all are ranked)", false, true},
       {"streaming", "", "read the file once, in memory that does not grow with it"},
       {"threads", "N", "never changes the result (as many as the machine has)"}},
      run_bin};
  for (const auto& more : {desk_options(), outcome_options(), binning_options(),
                           std::vector<Option>{special_option()}, table_options()})
    command.options.insert(command.options.end(), more.begin(), more.end());
  command.options.push_back(json_option());
  command.options.push_back(lang_option());
  return command;
}

}  // namespace credence
