#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace credence {

enum class Language { en, fr };

// A text that people read, in both languages.
struct Text {
  std::string en;
  std::string fr;

  const std::string& in(Language language) const { return language == Language::fr ? fr : en; }
  bool operator==(const Text&) const = default;
};

// The known word nearest to what was written, for "did you mean"; empty when none is near
// (Damerau-Levenshtein distance above a third of the length, at least 1, at most 3).
std::string nearest(std::string_view written, std::span<const std::string_view> known);
std::string nearest(std::string_view written, std::span<const std::string> known);

bool is_utf8(std::string_view text);            // strictly: no overlong forms, no surrogates
std::size_t characters(std::string_view text);  // code points of valid UTF-8

// Text for HTML. & < > " ' are escaped, and U+FFFD stands for control characters, also for those
// that turn the direction of whatever follows (U+202A to U+202E, U+2066 to U+2069). Words that run
// from right to left are isolated, so that a name of a person does not reorder the sentence around
// it: by <bdi> in the content of an element, by U+2068 and U+2069 where no markup can stand
// (attributes, titles, texts of SVG). Source: Unicode Standard Annex 9, sections 2.1 to 2.5.
enum class HtmlPlace { content, attribute };
std::string escape_html(std::string_view text, HtmlPlace place);

}  // namespace credence
