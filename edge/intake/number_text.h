#pragma once

#include <optional>
#include <string_view>

namespace credence {

// Reads the plain decimal number that starts at `at` and stops at the first byte that is no part of
// it: nullptr when there is none there, or when it is too long to be exact this way (more than 15
// digits, an exponent). What is read is the nearest double: a whole number below 10^15 divided by a
// power of ten up to 10^22, both exact, is rounded once (Clinger, "How to read floating point
// numbers accurately", 1990).
const char* read_plain_number(const char* at, const char* end, char decimal, double& value);

// The whole cell as a number: blanks around it, a sign, exponents, inf. Nothing on anything else.
std::optional<double> parse_cell(std::string_view cell, char decimal);

}  // namespace credence
