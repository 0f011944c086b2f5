#pragma once

#include <credence/base/result.h>
#include <credence/table/column.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

enum class TableFormat { automatic, csv, json_lines, arrow, parquet };

// How a file of history is read. Everything has a default: the format is told by the file's first
// bytes, a CSV's delimiter by its header.
struct IntakeOptions {
  TableFormat format = TableFormat::automatic;
  char delimiter = 0;  // , ; | or a tab; 0 = the one that the header has most of
  char decimal = '.';  // or a comma
  std::vector<std::string> missing = {"", "NA", "N/A", "NaN", "nan", "null", "NULL"};
  std::vector<std::string> text_columns = {};  // numbers that are codes; also mends mixed columns
  std::vector<std::string> columns = {};       // only these, in this order; empty = all
  // A column with more different texts is left out with a note, unless it is asked for by name.
  std::size_t most_texts = 1'000'000;
};

// A table with where it came from, so that a message can name the line.
struct IntakeTable {
  struct LeftOut {
    std::string name, reason;
  };
  struct Break {  // from this row on, line = row + shift
    std::size_t row = 0;
    std::uint64_t shift = 0;
  };
  std::string file;
  TableFormat format = TableFormat::automatic;
  Table table;
  std::vector<LeftOut> left_out;
  std::vector<Break> lines;  // of formats that have lines

  // 0 when the format has no lines.
  std::uint64_t line_of(std::size_t row) const;
  std::string place_of(std::size_t row) const;  // "line 7", or "row 6" counted from 1
  // Errors: table.column with the nearest name, or why the column was left out.
  Result<const Column*> require(std::string_view name) const;
};

// How many bytes (or rows, of columnar files) were read, of how many; 0 = unknown.
using OnIntake = std::function<void(std::uint64_t done, std::uint64_t total)>;

// The whole file, or stdin for "-". Errors: file.*; table.empty, table.header (a name that is
// missing, twice, or no text), table.ragged, table.quote, table.cell, table.mixed (numbers and
// texts in one column), table.utf8, table.nul, table.nested, table.decimal, table.json,
// table.column, table.compressed, table.encoding, table.module (Parquet and Arrow files need a
// module that is not there). Each names the line and says how to mend it.
Result<IntakeTable> read_table_file(const std::string& path, const IntakeOptions& options,
                                    const OnIntake& progress = {});

// The same in pieces of `batch_rows` rows, in memory that does not grow with the file. Kinds of
// columns come from the first batch; a code means the same text in every batch. `first_row` is the
// batch's first row in the file. What on_batch returns as an Error ends the reading. Error
// besides: table.stream (stdin is not read in pieces).
using OnBatch = std::function<Result<Done>(const IntakeTable& batch, std::size_t first_row)>;
Result<Done> read_batches(const std::string& path, const IntakeOptions& options,
                          std::size_t batch_rows, const OnBatch& on_batch,
                          const OnIntake& progress = {});

}  // namespace credence
