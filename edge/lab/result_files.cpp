#include <credence/base/expects.h>
#include <credence/intake/module.h>
#include <credence/lab/result_files.h>
#include <credence/terminal/files.h>
#include <fmt/format.h>

namespace credence {

ResultFormat result_format(const std::string& word) {
  if (word == "jsonl") return ResultFormat::json_lines;
  return word == "parquet" ? ResultFormat::parquet : ResultFormat::csv;
}

Result<std::string> write_result(const std::string& folder, const std::string& name,
                                 const ResultTable& table, ResultFormat format) {
  auto path = [&](std::string_view ending) {
    return fmt::format("{}/{}.{}", folder, name, ending);
  };
  auto as_text = [&](const std::string& to, const std::string& text) -> Result<std::string> {
    auto written = write_file(to, text);
    if (!written) return written.error();
    return to;
  };
  switch (format) {
    case ResultFormat::csv:
      return as_text(path("csv"), to_csv(table));
    case ResultFormat::json_lines:
      return as_text(path("jsonl"), to_json_lines(table));
    case ResultFormat::parquet: {
      std::vector<ColumnToWrite> columns;
      for (const ResultColumn& column : table.columns) {
        columns.push_back({.name = column.name, .words = column.words, .numbers = column.numbers});
      }
      auto written = write_parquet(path("parquet"), columns);
      if (!written) return written.error();
      return path("parquet");
    }
  }
  stop_on_defect("write_result: unknown format");
}

}  // namespace credence
