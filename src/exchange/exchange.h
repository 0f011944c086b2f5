#pragma once

#include <credence/base/result.h>
#include <credence/base/text.h>
#include <credence/scorecard/scorecard.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace credence {

// Where a card can be carried. Every export gives the same score, points and ranked reasons as
// score_cells() for every row; docs/formats/exports.md tells how each is used.
enum class ExportFormat {
  pmml,
  postgresql,
  sqlite,
  duckdb,
  mysql,
  sqlserver,
  oracle,
  snowflake,
  bigquery,
  spark,
  c,
  java,
  python,
  javascript,
  onnx,
  json
};

struct ExportFormatNote {
  ExportFormat format;
  std::string_view name;       // as the command line takes it
  std::string_view extension;  // with its point
  Text description;
};
std::span<const ExportFormatNote> export_formats();
std::optional<ExportFormat> find_export_format(std::string_view name);
std::string_view to_text(ExportFormat format);

struct ExportOptions {
  std::size_t reasons = 4;           // 0 to 4 columns or entries; PMML always carries all
  std::string table = "applicants";  // of SQL; parts of a longer name are divided by points
  std::string key = "id";            // of SQL: the column that names a row
  std::string name = {};  // of the function, class or module; from the card's id if empty
};

// The text (or, for ONNX, the bytes) of a file. Errors: exchange.card (the card has defects),
// exchange.reasons, exchange.name (a name that the format cannot carry), exchange.text (a category
// that it cannot carry), exchange.size.
Result<std::string> export_card(const Scorecard& card, ExportFormat format,
                                const ExportOptions& options);

// The JSON Schema (2020-12) of the JSON export.
std::string json_export_schema();

}  // namespace credence
