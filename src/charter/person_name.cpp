#include <credence/charter/charter.h>
#include <credence/charter/letters.h>
#include <credence/charter/person_name.h>

#include <algorithm>
#include <string>
#include <vector>

namespace credence {

namespace {

struct Range {
  char32_t first, last;
};

// Blanks, signs and invisible characters, which nobody pronounces in a name.
constexpr Range kSilent[] = {{0x00, 0x2f},     {0x3a, 0x40},     {0x5b, 0x60},     {0x7b, 0xbf},
                             {0x2b0, 0x2ff},   {0x200b, 0x206f}, {0x2000, 0x200a}, {0x3000, 0x3003},
                             {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xfff0, 0xffff}};

bool is_silent(char32_t point) {
  return std::any_of(std::begin(kSilent), std::end(kSilent), [point](const Range& range) {
    return point >= range.first && point <= range.last;
  });
}

// Capitals of Greek and Cyrillic stand a fixed distance before their small letters.
char32_t small_of(char32_t point) {
  if (point >= 0x391 && point <= 0x3a9) return point + 0x20;
  if (point >= 0x410 && point <= 0x42f) return point + 0x20;
  if (point >= 0x400 && point <= 0x40f) return point + 0x50;
  return point;
}

// The parts of a name, folded; digits and letters of other scripts stay what they are.
std::vector<std::u32string> parts_of(std::string_view name) {
  std::vector<std::u32string> parts(1);
  for (std::size_t at = 0; at < name.size();) {
    char32_t point = next_point(name, at);
    Letter letter = letter_of(point);
    if (letter.mark) continue;
    if (letter.small != 0) {
      parts.back() += static_cast<char32_t>(letter.small);
    } else if (!is_silent(point)) {
      parts.back() += small_of(point);
    } else if (!parts.back().empty()) {
      parts.emplace_back();
    }
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

std::u32string joined(const std::vector<std::u32string>& parts) {
  std::u32string name;
  for (const std::u32string& part : parts) name += part;
  return name;
}

bool is_digit(char32_t point) {
  return point >= U'0' && point <= U'9';
}

// "the", "le", "l'" stand before an office, never alone.
bool is_article(const std::u32string& part) {
  constexpr std::u32string_view kArticles[] = {U"the", U"a", U"an", U"le", U"la", U"l", U"les"};
  return std::find(std::begin(kArticles), std::end(kArticles), part) != std::end(kArticles);
}

}  // namespace

bool same_person(std::string_view a, std::string_view b) {
  std::vector<std::u32string> first = parts_of(a), second = parts_of(b);
  if (joined(first) == joined(second)) return true;
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  return first == second;
}

bool names_a_person(std::string_view name) {
  std::vector<std::u32string> parts = parts_of(name);
  std::u32string whole = joined(parts);
  if (std::all_of(whole.begin(), whole.end(), is_digit)) return false;
  if (parts.size() > 1 && is_article(parts.front())) parts.erase(parts.begin());
  std::u32string office = joined(parts);
  const auto& offices = Charter::builtin().catalogue().no_persons;
  return std::none_of(offices.begin(), offices.end(), [&](const std::string& reserved) {
    std::u32string word = joined(parts_of(reserved));
    return word == whole || word == office;
  });
}

}  // namespace credence
