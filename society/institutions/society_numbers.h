#pragma once

#include <credence/programme/reader.h>

#include <optional>
#include <string_view>
#include <vector>

namespace credence {

// Decimal numbers of the files of the society. (The files of the river have none: what people get
// is made of whole numbers.)
struct DecimalRange {
  double least = 0, most = 1;
};
// The number of `key`, or `otherwise` when it is absent; outside the range it is reported under
// `code` and reads as `otherwise`. Infinities and not-a-number lie outside any range.
double read_decimal(const TableReader& reader, std::string_view key, DecimalRange range,
                    double otherwise, std::string_view code);

// A whole or decimal number; nothing on anything else.
std::optional<double> number_of(const TomlNode& node);

// A list of numbers within the range, at most `most_entries`; nothing on anything else.
std::optional<std::vector<double>> numbers_of(const TomlNode& node, DecimalRange range,
                                              std::size_t most_entries);

}  // namespace credence
