#include <credence/programme/message.h>
#include <fmt/format.h>

namespace credence {

std::string in_backticks(std::string_view written) {
  constexpr std::size_t kLongest = 60;
  if (written.size() <= kLongest) return fmt::format("`{}`", written);
  std::size_t end = kLongest;
  // A character of several bytes is never cut in the middle.
  while (end > 0 && (written[end] & 0xc0) == 0x80) --end;
  return fmt::format("`{}…`", written.substr(0, end));
}

Text suggest(const std::string& nearest_word) {
  if (nearest_word.empty()) return {};
  return {fmt::format("did you mean `{}`?", nearest_word),
          fmt::format("vouliez-vous dire `{}` ?", nearest_word)};
}

Text join_texts(Text first, const Text& second) {
  if (second.en.empty()) return first;
  if (first.en.empty()) return second;
  bool question = first.en.ends_with('?');
  return {first.en + (question ? " " : "; ") + second.en,
          first.fr + (question ? " " : " ; ") + second.fr};
}

}  // namespace credence
