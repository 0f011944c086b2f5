#pragma once

#include <credence/base/text.h>

#include <span>
#include <string_view>

namespace credence {

// A rule of the programme format, in one line.
struct CodeExplanation {
  std::string_view code;  // P001 ... P099
  Text text;
};

std::span<const CodeExplanation> programme_codes();

// The explanation of one code, or nullptr when it is no code of this format.
const Text* explain_code(std::string_view code);

}  // namespace credence
