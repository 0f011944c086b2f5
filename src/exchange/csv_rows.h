#pragma once

#include <credence/base/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace credence {

// The rows of a CSV (RFC 4180: fields in double quotes may hold commas, line ends and doubled
// quotes) under the names of its first row. Error import.csv with the line.
struct CsvRows {
  struct Row {
    std::vector<std::string> fields;
    Where where;
  };
  std::vector<std::string> names;
  std::vector<Row> rows;

  // The index of a column by any of these names, whatever their case; -1 for none.
  int find(std::initializer_list<std::string_view> any) const;
};
Result<CsvRows> read_csv_rows(std::string_view text, const std::string& file);

}  // namespace credence
