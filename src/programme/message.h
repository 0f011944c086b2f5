#pragma once

#include <credence/base/finding.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace credence {

// `written`, in backticks, cut to a length that a line can carry.
std::string in_backticks(std::string_view written);

// "did you mean `x`?" in both languages; nothing when no known word is near.
Text suggest(const std::string& nearest_word);

// The first sentence, and after it the second when there is one.
Text join_texts(Text first, const Text& second);

}  // namespace credence
