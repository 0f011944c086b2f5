#pragma once

#include <credence/base/result.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// The wanted columns of one row, in the order in which they were asked for.
using OnRow =
    std::function<Result<Done>(std::uint64_t line, std::span<const std::string_view> values)>;

// Reads some columns of a CSV file by the names in its header. A row that cannot be read, or that
// on_row refuses, becomes a fault with its line, and the others go on. Errors: table.header (a
// column is missing), file.*.
Result<std::vector<Error>> read_table(const std::string& path, char delimiter,
                                      std::span<const std::string> columns, const OnRow& on_row);

// "," or ";" or "tab" or "|".
Result<char> parse_delimiter(std::string_view text);

}  // namespace credence
