// Writes one folder per card: its file, every export, rows, and the engine's score and reasons.
//   parity_cases OUT SEED ROWS
// Rows are lines of values divided by tabs: numbers as hexadecimal doubles, `nan` or `null`; texts
// by their place in variables.tsv, -1 for none. expected.tsv has the score and all reasons, as
// places in reasons.tsv. Texts of the .tsv files are hexadecimal UTF-8 behind an x.
#include <credence/base/bytes.h>
#include <credence/exchange/exchange.h>
#include <credence/exchange/naming.h>
#include <credence/scorecard/scoring.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "random_card.h"

using namespace credence;
using parity::Answers;
using parity::Flavour;
using parity::RandomCards;

namespace {

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out{path, std::ios::binary};
  out << text;
  if (!out.flush()) {
    fmt::print(stderr, "cannot write {}\n", path.string());
    std::exit(1);
  }
}

std::string hex(std::string_view text) {
  return "x" + to_hex(as_bytes(text));
}

void write_exports(const std::filesystem::path& folder, const Scorecard& card) {
  ExportOptions options;
  options.key = "row";
  for (const ExportFormatNote& note : export_formats()) {
    if (note.format == ExportFormat::c) options.name = "parity";
    auto text = export_card(card, note.format, options);
    bool may_refuse = note.format == ExportFormat::oracle || note.format == ExportFormat::bigquery;
    if (!text && may_refuse) continue;  // no empty texts there, and no backticks
    if (!text) {
      fmt::print(stderr, "{}: {}\n", note.name, to_text(text.error()));
      std::exit(1);
    }
    write_file(folder / fmt::format("{}{}", note.name, note.extension), *text);
  }
  write_file(folder / "schema.json", json_export_schema());
}

void write_variables(const std::filesystem::path& folder, const Scorecard& card) {
  std::string variables, reasons;
  std::vector<std::string> fields = identifiers(variable_names(card));
  for (std::size_t i = 0; i < card.variables.size(); ++i) {
    const Scorecard::Variable& variable = card.variables[i];
    bool text = variable.cells.kind() == Column::Kind::text;
    variables += fmt::format("{}\t{}\t{}", hex(variable.name), text ? "text" : "number", fields[i]);
    if (text) {
      for (const std::string& each : RandomCards::telling_texts(variable.cells))
        variables += "\t" + hex(each);
    }
    variables += "\n";
  }
  for (const Scorecard::Term& term : card.terms) reasons += hex(card.reason_of(term)) + "\n";
  write_file(folder / "variables.tsv", variables);
  write_file(folder / "reasons.tsv", reasons);
}

std::string written(double value, std::size_t row) {
  if (std::isnan(value)) return row % 2 == 0 ? "nan" : "null";
  return std::isinf(value) ? (value > 0 ? "inf" : "-inf") : hexadecimal(value);
}

std::vector<std::uint16_t> cells_of(const Scorecard& card, const std::vector<Answers>& answers,
                                    std::size_t row) {
  std::vector<std::uint16_t> cells;
  for (std::size_t i = 0; i < card.variables.size(); ++i) {
    const Cells& of = card.variables[i].cells;
    int cell = 0;
    if (of.kind() == Column::Kind::number) {
      cell = of.of(answers[i].numbers[row]);
    } else {
      std::int32_t code = answers[i].codes[row];
      cell = code < 0 ? of.missing()
                      : of.of(RandomCards::telling_texts(of)[static_cast<std::size_t>(code)]);
    }
    cells.push_back(static_cast<std::uint16_t>(cell));
  }
  return cells;
}

// The batch gives the scores and the first four reasons; all reasons come from one row at a time,
// and the two have to agree.
std::string expected_rows(const Scorecard& card, const std::vector<Answers>& answers,
                          const Table& table) {
  auto scored = score_table(card, table, {.reasons = 4, .threads = 2});
  if (!scored) {
    fmt::print(stderr, "{}\n", to_text(scored.error()));
    std::exit(1);
  }
  std::string out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    ScoredRow one = score_cells(card, cells_of(card, answers, row));
    bool equal = one.score == scored->scores[row];
    for (std::size_t rank = 0; rank < 4; ++rank) {
      int wanted = rank < one.reasons.size() ? one.reasons[rank] : ScoredRows::kNoReason;
      equal = equal && scored->reasons[row * 4 + rank] == wanted;
    }
    if (!equal) {
      fmt::print(stderr, "row {}: the batch and the single row differ\n", row);
      std::exit(1);
    }
    out += fmt::format("{}\t{}\n", one.score, fmt::join(one.reasons, ","));
  }
  return out;
}

void write_case(const std::filesystem::path& folder, const Scorecard& card,
                const Scorecard& exported, RandomCards& random, std::size_t rows) {
  for (const Error& defect : defects(card)) {
    fmt::print(stderr, "{}: {}\n", folder.string(), to_text(defect));
    std::exit(1);
  }
  std::filesystem::create_directories(folder);
  write_file(folder / "card.toml", to_toml(card));
  write_exports(folder, exported);
  write_variables(folder, card);
  std::vector<Answers> answers;
  std::vector<Column> columns;
  for (const Scorecard::Variable& variable : card.variables) {
    answers.push_back(random.answers(variable.cells, rows));
    const Answers& of = answers.back();
    columns.push_back(variable.cells.kind() == Column::Kind::number
                          ? Column::of_numbers(variable.name, of.numbers)
                          : Column::of_texts(variable.name, of.codes,
                                             RandomCards::telling_texts(variable.cells)));
  }
  write_file(folder / "expected.tsv", expected_rows(card, answers, Table{rows, columns}));
  std::string text;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (i > 0) text += '\t';
      text += answers[i].codes.empty() ? written(answers[i].numbers[row], row)
                                       : std::to_string(answers[i].codes[row]);
    }
    text += '\n';
  }
  write_file(folder / "rows.tsv", text);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "usage: parity_cases OUT SEED ROWS\n");
    return 2;
  }
  const std::filesystem::path out{argv[1]};
  RandomCards random{std::strtoull(argv[2], nullptr, 10)};
  const auto rows = static_cast<std::size_t>(std::strtoull(argv[3], nullptr, 10));
  const std::pair<const char*, Flavour> flavours[] = {{"plain", Flavour::plain},
                                                      {"awkward", Flavour::awkward},
                                                      {"extreme", Flavour::extreme},
                                                      {"wide", Flavour::wide}};
  for (const auto& [name, flavour] : flavours) {
    Scorecard card = random.card(flavour);
    write_case(out / name, card, card, random, rows);
  }
  Scorecard card = random.card(Flavour::plain);
  write_case(out / "control", card, random.with_wrong_closure(card), random, 4000);
  return 0;
}
