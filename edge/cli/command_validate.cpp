#include <credence/cli/card_file.h>
#include <credence/cli/commands.h>
#include <credence/cli/history.h>
#include <credence/cli/packing.h>
#include <credence/cli/planning.h>
#include <credence/terminal/files.h>
#include <credence/terminal/numbers.h>
#include <credence/validation/validation.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace credence {

namespace {

using Role = ValidationSample::Role;

// A table with its outcomes, as the pack wants it.
Result<ValidationSample> read_sample(const Scorecard& card, const std::string& path, Role role,
                                     const Arguments& arguments, Console& console) {
  auto options = intake_options(arguments);
  if (!options) return options.error();
  for (const Scorecard::Variable& variable : card.variables) {
    if (variable.cells.kind() == Column::Kind::text) options->text_columns.push_back(variable.name);
  }
  auto history = read_history(arguments, path, console, *options);
  if (!history) return history.error();
  auto outcome = read_outcome(*history, arguments);
  if (!outcome) return outcome.error();
  SampleColumns columns;
  columns.role = role;
  columns.name = std::filesystem::path(path).filename().string();
  columns.date = arguments.one_or("date", "");
  columns.groups = arguments.all("groups");
  columns.references = arguments.all("reference");
  columns.threads = threads_from(arguments);
  return sample_of(card, history->table, *std::move(outcome), columns);
}

// The rows since --from are out of time.
Result<Done> split_out_of_time(ValidationInput& input, const Arguments& arguments) {
  if (!arguments.has("from")) return Done{};
  auto from = parse_date(arguments.one("from"));
  if (!from || !arguments.has("date"))
    return Error{"usage.date",
                 "--from needs a day and the column of --date",
                 {},
                 "as in --date opened --from 2026-01-01"};
  auto [before, after] = split_by_date(input.samples.back(), *from);
  if (before.scores.empty() || after.scores.empty())
    return Error{"validation.date",
                 fmt::format("no row lies {} {}", after.scores.empty() ? "on or after" : "before",
                             arguments.one("from")),
                 {},
                 "choose a day within the table"};
  after.role = Role::out_of_time;
  input.samples.back() = std::move(before);
  input.samples.push_back(std::move(after));
  return Done{};
}

Result<ValidationInput> read_samples(const Scorecard& card, const Arguments& arguments,
                                     Console& console) {
  ValidationInput input;
  input.card = card;
  if (arguments.has("development")) {
    auto development =
        read_sample(card, arguments.one("development"), Role::development, arguments, console);
    if (!development) return development.error();
    input.samples.push_back(*std::move(development));
  }
  auto sample = read_sample(card, arguments.one("TABLE"), Role::test, arguments, console);
  if (!sample) return sample.error();
  input.samples.push_back(*std::move(sample));
  if (auto split = split_out_of_time(input, arguments); !split) return split.error();
  if (arguments.has("cutoff")) {
    auto cut_off = parse_number("cutoff", arguments.one("cutoff"), 1'000'000);
    if (!cut_off) return cut_off.error();
    input.cut_off = static_cast<int>(*cut_off);
  }
  auto bands = parse_number("bands", arguments.one_or("bands", "10"), 50);
  if (!bands) return bands.error();
  input.bands = static_cast<int>(*bands);
  input.prepared_on = arguments.one_or("on", "");
  input.prepared_by = arguments.one_or("by", "");
  return input;
}

std::string verdicts(const ValidationPack& pack, Language language) {
  std::string out;
  if (pack.sections.empty()) return out;
  for (const PackBlock& block : pack.sections.front().blocks) {
    const Verdict* verdict = std::get_if<Verdict>(&block);
    if (verdict == nullptr) continue;
    out += fmt::format("{}: {}: {}\n", to_text(verdict->level).in(language),
                       verdict->subject.in(language), verdict->meaning.in(language));
  }
  return out;
}

Exit run_validate(const Arguments& arguments, Console& console) {
  auto card = read_card_file(arguments.one("card"), arguments.language(), console);
  if (!card) return fail(console, card.error());
  auto targets = pack_files(arguments);
  if (!targets) return fail(console, targets.error());
  for (const PackFile& target : *targets) {
    // Asked before the work, which may be long.
    auto writable = can_write(target.path, {arguments.one("card"), arguments.one("TABLE"),
                                            arguments.one_or("development", "")});
    if (!writable) return fail(console, writable.error());
  }
  auto input = read_samples(*card, arguments, console);
  if (!input) return fail(console, input.error());
  auto pack = validate(*input);
  if (!pack) return fail(console, pack.error());
  for (const PackFile& target : *targets) {
    auto written = write_pack(*pack, target, arguments.language());
    if (!written) return fail(console, written.error());
  }
  if (arguments.has("json"))
    console.out(to_pretty_json(to_json(*pack)) + "\n");
  else
    console.out(verdicts(*pack, arguments.language()));
  for (const PackFile& target : *targets) console.err(fmt::format("{}: written\n", target.path));
  return Exit::yes;
}

}  // namespace

Command validate_command() {
  Command command{
      "validate",
      "write the validation pack that a model-risk committee reads: one page with every chart",
      "credence validate later.csv --card card.toml --target bad --groups sex --out pack.html",
      {{"TABLE", "TABLE", "people whose outcome is known: CSV, JSON Lines, Parquet or Arrow", true},
       {"card", "FILE", "the card", true},
       {"out", "FILE|DIR", "a file ending in .html, .json or .xlsx; or a folder for all of them",
        true},
       {"format", "NAME", "only these, in the folder", false, true, {"html", "json", "xlsx"}},
       {"development", "TABLE", "the history that the card was made from, to measure shifts"},
       {"date", "COLUMN", "when each account was opened: stability over time and by vintage"},
       {"from", "DATE", "rows since then are out of time"},
       {"groups", "COLUMN", "kept for the audit: disparity between their values", false, true},
       {"reference", "VALUE", "the group that others are compared with, per --groups", false, true},
       {"cutoff", "SCORE", "who is accepted: scores at or above it"},
       {"bands", "N", "of scores (10)"},
       {"by", "NAME", "who prepared it"},
       {"on", "DATE", "when it was prepared"},
       {"threads", "N", "never changes the result"}},
      run_validate};
  for (const auto& more : {outcome_options(), table_options()})
    command.options.insert(command.options.end(), more.begin(), more.end());
  command.options.push_back(json_option());
  command.options.push_back(lang_option());
  return command;
}

}  // namespace credence
