#include <credence/base/wording.h>
#include <fmt/format.h>

#include <cmath>

namespace credence {

namespace {

constexpr std::string_view kMinus = "\u2212", kNarrowSpace = "\u202f", kDash = "\u2013";

std::string grouped(const std::string& digits, Language language) {
  if (digits.size() <= 3) return digits;
  std::string result;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0)
      result += language == Language::fr ? kNarrowSpace : ",";
    result += digits[i];
  }
  return result;
}

}  // namespace

std::string write_decimal(double value, int decimals, Language language) {
  if (std::isnan(value)) return std::string{kDash};
  std::string sign{value < 0 ? kMinus : ""};
  if (std::isinf(value)) return sign + "\u221e";
  std::string text = fmt::format("{:.{}f}", std::abs(value), decimals);
  // What is written as 0 has no sign.
  if (text.find_first_not_of("0.") == std::string::npos) sign.clear();
  std::size_t point = text.find('.');
  std::string result = sign + grouped(text.substr(0, point), language);
  if (point == std::string::npos) return result;
  return result + (language == Language::fr ? "," : ".") + text.substr(point + 1);
}

std::string fill_slots(std::string_view pattern, std::span<const std::string> values) {
  std::string result;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                pattern[i + 1] >= '1' && pattern[i + 1] <= '9';
    auto index = slot ? static_cast<std::size_t>(pattern[i + 1] - '1') : values.size();
    if (index >= values.size()) {
      result += pattern[i];
      continue;
    }
    result += values[index];
    i += 2;
  }
  return result;
}

}  // namespace credence
