#pragma once

#include <credence/scorecard/scorecard.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// Identifiers [A-Za-z_][A-Za-z0-9_]* that look like `names`, differ from each other and are none of
// the reserved words of C, Java, Python and JavaScript.
std::vector<std::string> identifiers(std::span<const std::string> names);
std::string identifier(std::string_view name);
std::string type_identifier(std::string_view name);  // LikeThis
std::vector<std::string> variable_names(const Scorecard& card);

// The shortest decimal that reads back as the same double, always with a point or an exponent.
std::string decimal(double value);
std::string hexadecimal(double value);  // 0x1.8p+1, as C99 and Java read it

// In double quotes, ASCII alone. C: bytes of UTF-8 as octal escapes; Java and JavaScript: \uXXXX of
// UTF-16; Python: \uXXXX and \UXXXXXXXX.
std::string c_string(std::string_view text);
std::string utf16_string(std::string_view text);
std::string python_string(std::string_view text);
// What may stand in a comment of one line: no control characters, and nothing that ends it.
std::string comment(std::string_view text);

std::vector<char32_t> code_points(std::string_view text);  // REQUIRES: UTF-8

}  // namespace credence
