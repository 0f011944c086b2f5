#include <credence/validation/phrase.h>
#include <fmt/format.h>

#include <cmath>

namespace credence {

namespace {

constexpr std::string_view kMinus = "\u2212", kNarrowSpace = "\u202f", kDash = "\u2013";

// In one pass, so that a name with braces of its own stays as it is.
std::string filled(const std::string& pattern, std::initializer_list<Text> values,
                   Language language) {
  std::string result;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                pattern[i + 1] >= '1' && pattern[i + 1] <= '9';
    auto index = slot ? static_cast<std::size_t>(pattern[i + 1] - '1') : values.size();
    if (index >= values.size()) {
      result += pattern[i];
      continue;
    }
    result += std::data(values)[index].in(language);
    i += 2;
  }
  return result;
}

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

std::string p_value(double value, Language language) {
  if (value < 0.001) return fmt::format("<\u00a0{}", write_decimal(0.001, 3, language));
  return write_decimal(value, 3, language);
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

std::string to_text(double value, NumberFormat format, Language language) {
  if (std::isnan(value)) return std::string{kDash};
  switch (format) {
    case NumberFormat::count:
    case NumberFormat::score:
      return write_decimal(value, 0, language);
    case NumberFormat::points:
      return (value > 0 ? "+" : "") + write_decimal(value, 0, language);
    case NumberFormat::share:
      return write_decimal(100 * value, 1, language) +
             (language == Language::fr ? std::string{kNarrowSpace} + "%" : "%");
    case NumberFormat::number2:
      return write_decimal(value, 2, language);
    case NumberFormat::number3:
      return write_decimal(value, 3, language);
    case NumberFormat::number4:
      return write_decimal(value, 4, language);
    case NumberFormat::p_value:
      return p_value(value, language);
  }
  return {};
}

std::string to_text(const PackCell& cell, std::optional<NumberFormat> format, Language language) {
  if (const auto* number = std::get_if<double>(&cell))
    return to_text(*number, format.value_or(NumberFormat::number4), language);
  if (const auto* name = std::get_if<std::string>(&cell)) return *name;
  if (const auto* text = std::get_if<Text>(&cell)) return text->in(language);
  return std::string{kDash};
}

Text to_text(Verdict::Level level) {
  switch (level) {
    case Verdict::Level::good:
      return {"Good", "Bon"};
    case Verdict::Level::watch:
      return {"Watch", "À surveiller"};
    case Verdict::Level::act:
      return {"Act", "Agir"};
    case Verdict::Level::unknown:
      break;
  }
  return {"Not known", "Inconnu"};
}

Text figure(double value, NumberFormat format) {
  return {to_text(value, format, Language::en), to_text(value, format, Language::fr)};
}

Text p_phrase(double value) {
  Text written = figure(value, NumberFormat::p_value);
  std::string_view sign = value < 0.001 ? "p\u00a0" : "p\u00a0=\u00a0";
  return {fmt::format("{}{}", sign, written.en), fmt::format("{}{}", sign, written.fr)};
}

Text same(const std::string& name) {
  return {name, name};
}

Text fill(const Text& pattern, std::initializer_list<Text> values) {
  return {filled(pattern.en, values, Language::en), filled(pattern.fr, values, Language::fr)};
}

}  // namespace credence
