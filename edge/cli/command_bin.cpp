#include <credence/charter/charter.h>
#include <credence/cli/binning_rules.h>
#include <credence/cli/binning_view.h>
#include <credence/cli/commands.h>
#include <credence/cli/history.h>
#include <credence/cli/inputs.h>
#include <credence/cli/progress.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

VariableRules rules_for(VariableRules rules, const Arguments& arguments, const Column& column) {
  auto codes = special_codes(arguments, column.kind());
  expects(bool(codes), "special_codes: of any text");
  rules.specials = *std::move(codes);
  return rules;
}

// A look at history makes no score, so any column may be looked at; but not without a word.
void say_what_betrays(const Table& table, Console& console) {
  for (const NoInput& column : betrayed_columns(table, Charter::builtin().catalogue())) {
    console.err(
        fmt::format("note[{}]: column `{}` betrays {}; it may be looked at here, and no "
                    "card may read it\n",
                    column.rule->article, column.column, column.rule->betrays.en));
  }
}

Exit bin_some(const IntakeTable& history, const Outcome& outcome, const VariableRules& rules,
              const Arguments& arguments, Console& console) {
  Json::Array all;
  std::vector<Column> columns;
  for (const std::string& name : arguments.all("variable")) {
    auto column = history.require(name);
    if (!column) return fail(console, column.error());
    columns.push_back(**column);
    auto binning = bin(**column, outcome, rules_for(rules, arguments, **column));
    if (!binning) return fail(console, binning.error());
    if (arguments.has("json"))
      all.push_back(to_json(*binning));
    else
      console.out(view(*binning));
  }
  if (arguments.has("json")) console.out(to_pretty_json(all) + "\n");
  say_what_betrays(Table(history.table.rows(), std::move(columns)), console);
  return Exit::yes;
}

RankedVariable ranked(const Column& column, const Result<Binning>& binning) {
  RankedVariable one{.name = column.name(), .trend = {}, .note = {}};
  if (!binning) {
    one.note = binning.error().message;
    return one;
  }
  one.iv = binning->iv;
  one.trend = to_text(binning->trend);
  one.bins = binning->cells.bins();
  if (!binning->notes.empty()) one.note = binning->notes.front();
  return one;
}

Exit bin_all_columns(const IntakeTable& history, const Outcome& outcome, const VariableRules& rules,
                     const Arguments& arguments, Console& console) {
  std::set<std::string> others = {arguments.one("target"), arguments.one_or("weight", "")};
  for (const NoInput& marker : row_markers(history.table)) {
    if (!others.contains(marker.column)) console.err(say(marker));
    others.insert(marker.column);
  }
  Table table = without(history.table, others);
  ProgressBar progress(console, "binning", "variables");
  std::vector<RankedVariable> all;
  Json::Array json;
  for (const Column& column : table.columns()) {
    auto binning = bin(column, outcome, rules_for(rules, arguments, column));
    if (!binning && binning.error().code == "binning.rules") return fail(console, binning.error());
    all.push_back(ranked(column, binning));
    if (binning) json.push_back(to_json(*binning));
    progress.show(all.size(), table.columns().size());
  }
  progress.finish();
  std::stable_sort(all.begin(), all.end(),
                   [](const RankedVariable& a, const RankedVariable& b) { return a.iv > b.iv; });
  if (arguments.has("json"))
    console.out(to_pretty_json(json) + "\n");
  else
    console.out(view(all));
  say_what_betrays(table, console);
  return Exit::yes;
}

Exit run_bin(const Arguments& arguments, Console& console) {
  auto rules = with_options({}, arguments);
  if (!rules) return fail(console, rules.error());
  auto options = intake_options(arguments);
  if (!options) return fail(console, options.error());
  // What is not asked about is not read: a file of many columns may hold some that cannot be.
  if (arguments.has("variable")) {
    options->columns = arguments.all("variable");
    for (const char* name : {"target", "weight"}) {
      bool named =
          arguments.has(name) && std::find(options->columns.begin(), options->columns.end(),
                                           arguments.one(name)) == options->columns.end();
      if (named) options->columns.push_back(arguments.one(name));
    }
  }
  auto history = read_history(arguments, arguments.one("TABLE"), console, *options);
  if (!history) return fail(console, history.error());
  auto outcome = read_outcome(*history, arguments);
  if (!outcome) return fail(console, outcome.error());
  return arguments.has("variable")
             ? bin_some(*history, *outcome, *rules, arguments, console)
             : bin_all_columns(*history, *outcome, *rules, arguments, console);
}

}  // namespace

Command bin_command() {
  Command command{
      "bin",
      "cut a variable into its best bins, with the proof, or rank all variables",
      "credence bin applicants.csv --target bad --variable utilisation",
      {{"TABLE", "TABLE", "history: CSV, JSON Lines, Parquet or Arrow", true},
       {"variable", "COLUMN", "the columns to show (otherwise all are ranked)", false, true}},
      run_bin};
  for (const auto& more : {outcome_options(), binning_options(),
                           std::vector<Option>{special_option()}, table_options()})
    command.options.insert(command.options.end(), more.begin(), more.end());
  command.options.push_back(json_option());
  return command;
}

}  // namespace credence
