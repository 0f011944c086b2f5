#include <credence/exchange/writers.h>
#include <credence/scorecard/scoring.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

const std::array<ExportFormatNote, 16>& notes() {
  using F = ExportFormat;
  static const std::array<ExportFormatNote, 16> all{{
      {F::pmml,
       "pmml",
       ".pmml",
       {"PMML 4.4 Scorecard with reason codes and verification",
        "Scorecard PMML 4.4 avec motifs et vérification"}},
      {F::postgresql, "postgresql", ".sql", {"SQL for PostgreSQL", "SQL pour PostgreSQL"}},
      {F::sqlite, "sqlite", ".sql", {"SQL for SQLite", "SQL pour SQLite"}},
      {F::duckdb, "duckdb", ".sql", {"SQL for DuckDB", "SQL pour DuckDB"}},
      {F::mysql, "mysql", ".sql", {"SQL for MySQL and MariaDB", "SQL pour MySQL et MariaDB"}},
      {F::sqlserver, "sqlserver", ".sql", {"SQL for SQL Server", "SQL pour SQL Server"}},
      {F::oracle, "oracle", ".sql", {"SQL for Oracle", "SQL pour Oracle"}},
      {F::snowflake, "snowflake", ".sql", {"SQL for Snowflake", "SQL pour Snowflake"}},
      {F::bigquery, "bigquery", ".sql", {"SQL for BigQuery", "SQL pour BigQuery"}},
      {F::spark, "spark", ".sql", {"SQL for Spark", "SQL pour Spark"}},
      {F::c, "c", ".c", {"C99, one pure function", "C99, une fonction pure"}},
      {F::java, "java", ".java", {"Java, one class", "Java, une classe"}},
      {F::python,
       "python",
       ".py",
       {"Python, one module without dependencies", "Python, un module sans dépendance"}},
      {F::javascript, "javascript", ".mjs", {"JavaScript, one module", "JavaScript, un module"}},
      {F::onnx,
       "onnx",
       ".onnx",
       {"ONNX in double precision, with reasons", "ONNX en double précision, avec les motifs"}},
      {F::json, "json", ".json", {"JSON with a schema", "JSON avec un schéma"}},
  }};
  return all;
}

}  // namespace

std::span<const ExportFormatNote> export_formats() {
  return notes();
}

std::optional<ExportFormat> find_export_format(std::string_view name) {
  for (const ExportFormatNote& note : notes()) {
    if (note.name == name) return note.format;
  }
  return std::nullopt;
}

std::string_view to_text(ExportFormat format) {
  for (const ExportFormatNote& note : notes()) {
    if (note.format == format) return note.name;
  }
  stop_on_defect("to_text: an export format without a note");
}

ExportedTerms exported_terms(const Scorecard& card) {
  ExportedTerms out;
  out.ties = std::max(1, static_cast<int>(card.terms.size()));
  std::vector<std::uint16_t> ranks = tie_ranks(card);
  for (std::size_t i = 0; i < card.terms.size(); ++i) {
    const Scorecard::Term& term = card.terms[i];
    out.terms.push_back({&term, card.reason_of(term), out.ties - 1 - ranks[i]});
  }
  return out;
}

Result<std::string> export_card(const Scorecard& card, ExportFormat format,
                                const ExportOptions& options) {
  if (auto found = defects(card); !found.empty())
    return Error{"exchange.card", found.front().message, {}, found.front().help};
  if (options.reasons > 4)
    return Error{
        "exchange.reasons", "more than 4 reasons per row are asked for", {}, "ask for 0 to 4"};
  ExportOptions named = options;
  if (named.name.empty()) named.name = card.id.empty() ? "scorecard" : card.id;
  switch (format) {
    case ExportFormat::pmml:
      return write_pmml(card);
    case ExportFormat::c:
      return write_c(card, named);
    case ExportFormat::java:
      return write_java(card, named);
    case ExportFormat::python:
      return write_python(card, named);
    case ExportFormat::javascript:
      return write_javascript(card, named);
    case ExportFormat::onnx:
      return write_onnx(card, named);
    case ExportFormat::json:
      return write_json(card);
    default:
      return write_sql(card, format, named);
  }
}

}  // namespace credence
