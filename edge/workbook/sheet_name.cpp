#include <credence/workbook/workbook.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace credence {

namespace {

constexpr std::size_t kLongest = 31;

// The characters of UTF-8 text, one string each.
std::vector<std::string> letters(const std::string& text) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool continues = (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
    if (continues && !result.empty())
      result.back() += text[i];
    else
      result.emplace_back(1, text[i]);
  }
  return result;
}

// Characters of four bytes are two units of UTF-16.
std::size_t units(const std::string& letter) {
  return letter.size() == 4 ? 2 : 1;
}

std::string cut(const std::string& text, std::size_t most) {
  std::string result;
  std::size_t used = 0;
  for (const std::string& letter : letters(text)) {
    used += units(letter);
    if (used > most) break;
    result += letter;
  }
  return result;
}

// Excel compares without case; sections differ by more than the case of an accented letter.
std::string folded(const std::string& text) {
  std::string result;
  for (char letter : text) {
    bool upper = letter >= 'A' && letter <= 'Z';
    result += upper ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return result;
}

std::string trimmed(std::string text) {
  auto unwanted = [](char letter) { return letter == ' ' || letter == '\''; };
  while (!text.empty() && unwanted(text.back())) text.pop_back();
  while (!text.empty() && unwanted(text.front())) text.erase(text.begin());
  return text;
}

}  // namespace

std::string sheet_name(const std::string& wanted, std::set<std::string>& used) {
  std::string clean;
  for (char letter : wanted) {
    bool forbidden = std::string_view{"[]:*?/\\"}.find(letter) != std::string_view::npos;
    bool control = static_cast<unsigned char>(letter) < 0x20;
    clean += forbidden || control ? ' ' : letter;
  }
  clean = trimmed(cut(trimmed(clean), kLongest));
  if (clean.empty()) clean = "Sheet";
  std::string name = clean;
  for (int number = 2; !used.insert(folded(name)).second; ++number) {
    std::string suffix = " " + std::to_string(number);
    name = trimmed(cut(clean, kLongest - suffix.size())) + suffix;
  }
  return name;
}

std::string chart_text(const std::string& text) {
  if (!is_utf8(text)) return "?";
  constexpr std::size_t kMost = 255;
  std::string result{text.starts_with('=') ? " " : ""};
  for (char letter : text) {
    bool control = static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
    if (!control)
      result += letter;
    else if (!result.ends_with(' '))
      result += ' ';
  }
  return cut(result, kMost);
}

}  // namespace credence
