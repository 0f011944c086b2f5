#pragma once

#include <credence/base/text.h>

#include <span>
#include <string>
#include <string_view>

namespace credence {

// A number as the language writes it, with so many decimals: grouped by thousands, a true minus, a
// dash for what is no number.
std::string write_decimal(double value, int decimals, Language language);

// The pattern with {1}, {2} ... replaced by the values, in one pass, so that braces of a value stay
// as they are. A slot without a value stays too.
std::string fill_slots(std::string_view pattern, std::span<const std::string> values);

}  // namespace credence
