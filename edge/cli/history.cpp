#include <credence/cli/history.h>
#include <credence/cli/table.h>
#include <credence/intake/number_text.h>
#include <credence/terminal/progress.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace credence {

namespace {

struct Seen {  // a value of the target
  std::size_t rows = 0;
  bool bad = false;
};

// The rows of a target by what they say; missing cells are counted apart.
struct TargetValues {
  std::map<std::string, Seen> seen;
  std::vector<const Seen*> by_row;
  std::size_t missing = 0, first_missing = 0;
};

std::string written(double value) {
  return fmt::format("{}", value);
}

TargetValues values_of(const Column& column) {
  TargetValues target;
  target.by_row.resize(column.size());
  auto note = [&](std::size_t row, const std::string& value) {
    Seen& seen = target.seen[value];
    ++seen.rows;
    target.by_row[row] = &seen;
  };
  auto miss = [&](std::size_t row) {
    if (target.missing++ == 0) target.first_missing = row;
  };
  if (column.kind() == Column::Kind::text) {
    auto codes = column.codes();
    std::vector<std::string> texts(column.dictionary().begin(), column.dictionary().end());
    for (std::size_t row = 0; row < codes.size(); ++row) {
      if (codes[row] < 0)
        miss(row);
      else
        note(row, texts[static_cast<std::size_t>(codes[row])]);
    }
    return target;
  }
  std::vector<double> values(column.size());
  column.read(0, values);
  std::map<double, std::string> names;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (std::isnan(values[row])) {
      miss(row);
      continue;
    }
    auto [name, is_new] = names.try_emplace(values[row]);
    if (is_new) name->second = written(values[row]);
    note(row, name->second);
  }
  return target;
}

std::string listed(const TargetValues& target) {
  constexpr std::size_t kTold = 6;
  std::string out;
  std::size_t told = 0;
  for (const auto& [value, seen] : target.seen) {
    if (told++ == kTold) return fmt::format("{} and {} more", out, target.seen.size() - kTold);
    out += fmt::format("{}`{}` ({} row{})", out.empty() ? "" : ", ", value, seen.rows,
                       seen.rows == 1 ? "" : "s");
  }
  return out;
}

enum class Extent { whole, batch };  // of the history that a target is looked for in

Result<Done> mark_bad(TargetValues& target, const Arguments& arguments, const Column& column,
                      const std::string& file, Extent extent) {
  std::vector<std::string> bad = arguments.all("bad");
  bool zero_one = std::all_of(target.seen.begin(), target.seen.end(), [](const auto& entry) {
    return entry.first == "0" || entry.first == "1";
  });
  if (bad.empty() && !zero_one) {
    auto rarest = std::min_element(
        target.seen.begin(), target.seen.end(),
        [](const auto& a, const auto& b) { return a.second.rows < b.second.rows; });
    bool many = target.seen.size() > 20;
    return Error{
        "target.values",
        fmt::format("column `{}` is neither 0 nor 1: it holds {}", column.name(), listed(target)),
        {file},
        many ? "a target says good or bad; make such a column first"
             : fmt::format("say which values are bad, as in --bad {}", rarest->first)};
  }
  if (bad.empty()) bad = {"1"};
  for (const std::string& value : bad) {
    auto number = column.kind() == Column::Kind::number ? parse_cell(value, '.') : std::nullopt;
    auto found = target.seen.find(number ? written(*number) : value);
    if (found != target.seen.end()) {
      found->second.bad = true;
    } else if (arguments.has("bad") && extent == Extent::whole) {
      return Error{
          "target.values",
          fmt::format("no row of `{}` is `{}`: it holds {}", column.name(), value, listed(target)),
          {file},
          "name a value that is there"};
    }
  }
  return Done{};
}

Result<Done> require_both(const Outcome& outcome, const std::string& target,
                          const std::string& file) {
  auto bad = std::count(outcome.bad.begin(), outcome.bad.end(), 1);
  if (bad > 0 && bad < static_cast<std::ptrdiff_t>(outcome.bad.size())) return Done{};
  return Error{"target.one_class",
               fmt::format("every row of `{}` is {}", target, bad > 0 ? "bad" : "good"),
               {file},
               "a card learns from both: add history of the other kind, or check --bad"};
}

Result<std::vector<double>> read_weights(const IntakeTable& history, const std::string& name) {
  auto column = history.require(name);
  if (!column) return column.error();
  if ((*column)->kind() == Column::Kind::text)
    return Error{"target.weight",
                 fmt::format("column `{}` holds texts and cannot weigh", name),
                 {history.file},
                 "name a column of positive numbers"};
  std::vector<double> weights((*column)->size());
  (*column)->read(0, weights);
  auto wrong = std::find_if(weights.begin(), weights.end(),
                            [](double weight) { return !(weight > 0) || !std::isfinite(weight); });
  if (wrong == weights.end()) return weights;
  auto count = std::count_if(weights.begin(), weights.end(),
                             [](double weight) { return !(weight > 0) || !std::isfinite(weight); });
  std::string what = std::isnan(*wrong) ? "is missing" : fmt::format("is {}", *wrong);
  return Error{"target.weight",
               fmt::format("weights that are not positive: {}; the first {} in {}", count, what,
                           history.place_of(static_cast<std::size_t>(wrong - weights.begin()))),
               {history.file},
               "a row that should not count is taken out; every other one weighs more than 0"};
}

Result<Outcome> outcome_of(const IntakeTable& history, const Arguments& arguments, Extent extent) {
  auto column = history.require(arguments.one("target"));
  if (!column) return column.error();
  TargetValues target = values_of(**column);
  if (target.missing > 0)
    return Error{
        "target.missing",
        fmt::format("rows without an outcome in `{}`: {}; the first is {}", (*column)->name(),
                    target.missing, history.place_of(target.first_missing)),
        {history.file},
        "take these rows out; applicants who were rejected go to --rejects"};
  if (auto marked = mark_bad(target, arguments, **column, history.file, extent); !marked)
    return marked.error();
  Outcome outcome;
  outcome.bad.reserve(target.by_row.size());
  for (const Seen* seen : target.by_row) outcome.bad.push_back(seen->bad ? 1 : 0);
  if (!arguments.has("weight")) return outcome;
  auto weights = read_weights(history, arguments.one("weight"));
  if (!weights) return weights.error();
  outcome.weights = *std::move(weights);
  return outcome;
}

}  // namespace

std::vector<Option> table_options() {
  return {{"text", "COLUMN", "columns whose numbers are codes, read as texts", false, true},
          {"missing", "VALUE", "further values that stand for missing (besides empty, NA, null)",
           false, true},
          {"delimiter", ",|;|tab", "of a CSV (the one that its header has most of)"},
          {"decimal", "point|comma", "of a CSV (point)", false, false, {"point", "comma"}}};
}

Result<IntakeOptions> intake_options(const Arguments& arguments) {
  IntakeOptions options;
  if (arguments.has("delimiter")) {
    auto delimiter = parse_delimiter(arguments.one("delimiter"));
    if (!delimiter) return delimiter.error();
    options.delimiter = *delimiter;
  }
  if (arguments.one_or("decimal", "point") == "comma") options.decimal = ',';
  options.text_columns = arguments.all("text");
  for (const std::string& value : arguments.all("missing")) options.missing.push_back(value);
  return options;
}

Result<IntakeTable> read_history(const Arguments&, const std::string& path, Console& console,
                                 const IntakeOptions& options) {
  ProgressBar progress(console, "reading", "B");
  auto history = read_table_file(
      path, options, [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); });
  progress.finish();
  return history;
}

std::vector<Option> outcome_options() {
  return {
      {"target", "COLUMN", "what came of each row: 1 bad, 0 good, or any values with --bad", true},
      {"bad", "VALUE", "values of the target that count as bad; all others are good", false, true},
      {"weight", "COLUMN", "how much each row counts (1)"}};
}

Result<Outcome> read_outcome(const IntakeTable& history, const Arguments& arguments) {
  auto outcome = outcome_of(history, arguments, Extent::whole);
  if (!outcome) return outcome;
  auto both = require_both(*outcome, arguments.one("target"), history.file);
  return both ? outcome : Result<Outcome>{both.error()};
}

Result<Outcome> read_batch_outcome(const IntakeTable& batch, const Arguments& arguments) {
  return outcome_of(batch, arguments, Extent::batch);
}

Option special_option() {
  return {"special", "VALUE", "codes and no amounts, as -9: each has a bin of its own", false,
          true};
}

Result<std::vector<SpecialCode>> special_codes(const Arguments& arguments, Column::Kind kind) {
  std::vector<SpecialCode> codes;
  for (const std::string& value : arguments.all("special")) {
    SpecialCode code{.name = value, .numbers = {}, .texts = {}};
    auto number = parse_cell(value, '.');
    if (kind == Column::Kind::text)
      code.texts.push_back(value);
    else if (number && std::isfinite(*number))
      code.numbers.push_back(*number);
    else
      continue;
    bool twice = std::find(codes.begin(), codes.end(), code) != codes.end();
    if (!twice) codes.push_back(std::move(code));
  }
  return codes;
}

Table without(const Table& table, const std::set<std::string>& names) {
  std::vector<Column> kept;
  for (const Column& column : table.columns()) {
    if (!names.contains(column.name())) kept.push_back(column);
  }
  return {table.rows(), std::move(kept)};
}

double share_of_bad(const Outcome& outcome) {
  double bad = 0, all = 0;
  for (std::size_t row = 0; row < outcome.bad.size(); ++row) {
    all += outcome.weight(row);
    if (outcome.bad[row] != 0) bad += outcome.weight(row);
  }
  return all > 0 ? bad / all : 0;
}

}  // namespace credence
