#pragma once

#include <credence/binning/cells.h>

#include <string>
#include <string_view>

namespace credence {

// Values as TOML 1.0 writes them, for plans that are written by the program.
std::string toml_quoted(std::string_view text);  // a basic string on one line
std::string toml_number(double value);           // with a point or an exponent
std::string toml_codes(std::span<const SpecialCode> codes);
std::string toml_numbers(std::span<const double> values);
std::string toml_groups(std::span<const std::vector<std::string>> groups);
// { edges = [...], because = "..." }, or with groups.
std::string toml_bins(const Cells& cells, std::string_view because);

}  // namespace credence
