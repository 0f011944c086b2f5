#pragma once

#include <credence/base/result.h>
#include <credence/intake/arrow.h>

#include <span>
#include <string>

namespace credence {

// Opens a Parquet or Arrow file through libcredence_parquet.so, which lies beside the program (or
// the Python module) and is loaded when the first such file is read: the Arrow library is large,
// and who reads CSV never needs it. Errors: table.module (it is not there: how to get it),
// table.arrow (what the library says of the file), table.column.
Result<ArrowBatches> open_columnar(const std::string& path, bool parquet,
                                   const ArrowOptions& options);

// A column to be written: words, or numbers where NaN is null. One of the two is filled.
struct ColumnToWrite {
  std::string name;
  std::span<const std::string> words;
  std::span<const double> numbers;
};
// Writes columns of one length as a Parquet file, through the same module. Errors: table.module,
// file.write.
Result<Done> write_parquet(const std::string& path, std::span<const ColumnToWrite> columns);

}  // namespace credence
