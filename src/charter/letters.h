#pragma once

#include <cstddef>
#include <string_view>

namespace credence {

// A code point as names are compared: accents, width and case folded.
struct Letter {
  char small = 0;  // a to z; 0 for a sign, a digit or a letter of another script
  bool capital = false;
  bool mark = false;  // a combining accent: belongs to the letter before it
};
Letter letter_of(char32_t point);

// The next code point of `text` from `at`, which moves past it; a broken byte is a sign of its own.
char32_t next_point(std::string_view text, std::size_t& at);

}  // namespace credence
