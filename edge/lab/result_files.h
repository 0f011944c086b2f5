#pragma once

#include <credence/plans/result_tables.h>

#include <string>

namespace credence {

enum class ResultFormat { csv, json_lines, parquet };
ResultFormat result_format(const std::string& word);  // "csv", "jsonl", "parquet"

// FOLDER/NAME.csv (.jsonl, .parquet). Returns the path. Errors: file.write; table.module (Parquet
// needs the module beside the program).
Result<std::string> write_result(const std::string& folder, const std::string& name,
                                 const ResultTable& table, ResultFormat format);

}  // namespace credence
