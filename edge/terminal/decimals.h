#pragma once

#include <credence/base/result.h>

#include <string_view>

namespace credence {

// A decimal number written on the command line, within [least, most]. Errors: usage.number.
Result<double> parse_decimal(std::string_view name, std::string_view text, double least,
                             double most);

}  // namespace credence
