#include <credence/cli/card_file.h>
#include <credence/cli/history.h>
#include <credence/cli/planning.h>
#include <credence/cli/scoring_file.h>
#include <credence/scorecard/scoring.h>
#include <credence/terminal/files.h>
#include <credence/terminal/numbers.h>
#include <credence/terminal/progress.h>
#include <credence/terminal/tongue.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace credence {

namespace {

constexpr std::size_t kBatchRows = 131'072;
constexpr std::size_t kWriteAt = 1U << 20U;

// RFC 4180: a cell with a comma, a quote or a line end is quoted.
void append_cell(std::string& out, std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (char c : cell) out.append(c == '"' ? 2 : 1, c);
  out += '"';
}

// Scores leave as lines of CSV: to a file, or to standard output.
class ScoreWriter {
 public:
  ScoreWriter(const Scorecard& card, const Arguments& arguments, Console& console,
              std::size_t reasons)
      : card_(card), console_(console), reasons_(reasons), id_(arguments.one_or("id", "")) {
    if (arguments.has("out")) file_.emplace(arguments.one("out"));
    append_cell(text_, id_.empty() ? "row" : id_);
    text_ += ",score";
    if (card_.scaling) text_ += ",probability_bad";
    for (std::size_t i = 1; i <= reasons_; ++i) text_ += fmt::format(",reason_{}", i);
    text_ += '\n';
  }

  Result<Done> add(const IntakeTable& batch, std::size_t first_row, const ScoredRows& scored) {
    const Column* id = id_.empty() ? nullptr : batch.table.find(id_);
    for (std::size_t row = 0; row < scored.scores.size(); ++row) {
      if (id == nullptr)
        fmt::format_to(std::back_inserter(text_), "{}", first_row + row + 1);
      else
        add_id(*id, row);
      add_score(scored, row);
      if (text_.size() < kWriteAt) continue;
      if (auto written = flush(); !written) return written;
    }
    return Done{};
  }

  Result<Done> finish() {
    if (auto written = flush(); !written) return written;
    return file_ ? file_->close() : Result<Done>{Done{}};
  }

  std::string summary(const Tongue& tongue) const {
    double mean = sum_ / static_cast<double>(std::max<std::size_t>(rows_, 1));
    bool one = rows_ == 1;
    return tongue.say({one ? "{1} row scored: from {2} to {3}, {4} on average\n"
                           : "{1} rows scored: from {2} to {3}, {4} on average\n",
                       one ? "{1} ligne notée : de {2} à {3}, {4} en moyenne\n"
                           : "{1} lignes notées : de {2} à {3}, {4} en moyenne\n"},
                      {tongue.number(static_cast<double>(rows_), 0), std::to_string(lowest_),
                       std::to_string(highest_), tongue.number(mean, 1)});
  }

 private:
  void add_id(const Column& id, std::size_t row) {
    std::int32_t code = id.codes()[row];
    if (code >= 0) append_cell(text_, id.dictionary()[static_cast<std::size_t>(code)]);
  }

  void add_score(const ScoredRows& scored, std::size_t row) {
    int score = scored.scores[row];
    auto out = std::back_inserter(text_);
    fmt::format_to(out, ",{}", score);
    if (card_.scaling) {
      double odds = (score - card_.scaling->offset) / card_.scaling->factor;
      fmt::format_to(out, ",{:.6f}", 1 / (1 + std::exp(odds)));
    }
    for (std::size_t i = 0; i < reasons_; ++i) {
      text_ += ',';
      std::uint16_t reason = scored.reasons[row * scored.reasons_per_row + i];
      if (reason != ScoredRows::kNoReason) append_cell(text_, card_.terms[reason].reason);
    }
    text_ += '\n';
    ++rows_;
    sum_ += score;
    lowest_ = std::min(lowest_, score);
    highest_ = std::max(highest_, score);
  }

  Result<Done> flush() {
    std::string text = std::exchange(text_, {});
    if (file_) return file_->add(text);
    console_.out(text);
    return Done{};
  }

  const Scorecard& card_;
  Console& console_;
  std::size_t reasons_;
  std::string id_;
  std::optional<GrowingFile> file_;
  std::string text_;
  std::size_t rows_ = 0;
  double sum_ = 0;
  int lowest_ = std::numeric_limits<int>::max(), highest_ = std::numeric_limits<int>::min();
};

// Only the columns that the card reads, and the one that names the rows as it was written.
Result<IntakeOptions> columns_of(const Scorecard& card, const Arguments& arguments) {
  auto options = intake_options(arguments);
  if (!options) return options;
  for (const Scorecard::Variable& variable : card.variables) {
    options->columns.push_back(variable.name);
    if (variable.cells.kind() == Column::Kind::text) options->text_columns.push_back(variable.name);
  }
  if (arguments.has("id")) {
    const std::string& id = arguments.one("id");
    if (card.find(id) != nullptr)
      return Error{"usage.id",
                   fmt::format("`{}` is an input of the card and cannot name the rows", id),
                   {},
                   "name another column"};
    options->columns.push_back(id);
    options->text_columns.push_back(id);
  }
  return options;
}

}  // namespace

Exit score_file(const Arguments& arguments, Console& console) {
  auto card = read_card_file(arguments.one("card"), arguments.language(), console);
  if (!card) return fail(console, card.error());
  auto reasons = parse_number("reasons", arguments.one_or("reasons", "4"), 4);
  if (!reasons) return fail(console, reasons.error());
  auto options = columns_of(*card, arguments);
  if (!options) return fail(console, options.error());
  if (arguments.has("out")) {
    const std::string& out = arguments.one("out");
    auto writable = can_write(out, {arguments.one("SUBJECT"), arguments.one("card")});
    if (!writable) return fail(console, writable.error());
  }
  ScoringOptions scoring{.reasons = *reasons, .threads = threads_from(arguments)};
  ScoreWriter writer(*card, arguments, console, *reasons);
  auto add = [&](const IntakeTable& batch, std::size_t first_row) -> Result<Done> {
    auto scored = score_table(*card, batch.table, scoring);
    if (!scored) return scored.error();
    return writer.add(batch, first_row, *scored);
  };
  const std::string& path = arguments.one("SUBJECT");
  ProgressBar progress(console, "scoring", "B");
  auto show = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
  Result<Done> done = Done{};
  if (path == "-") {
    auto table = read_table_file(path, *options, show);
    if (!table) return fail(console, table.error());
    done = add(*table, 0);
  } else {
    done = read_batches(path, *options, kBatchRows, add, show);
  }
  progress.finish();
  if (!done) return fail(console, done.error());
  if (auto finished = writer.finish(); !finished) return fail(console, finished.error());
  console.err(writer.summary(Tongue{arguments.language()}));
  return Exit::yes;
}

}  // namespace credence
