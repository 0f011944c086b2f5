#pragma once

#include <credence/base/result.h>
#include <credence/intake/arrow.h>

#include <string>

namespace credence {

// Opens a Parquet or Arrow file through libcredence_parquet.so, which lies beside the program (or
// the Python module) and is loaded when the first such file is read: the Arrow library is large,
// and who reads CSV never needs it. Errors: table.module (it is not there: how to get it),
// table.arrow (what the library says of the file), table.column.
Result<ArrowBatches> open_columnar(const std::string& path, bool parquet,
                                   const ArrowOptions& options);

}  // namespace credence
