#include <credence/base/wording.h>
#include <credence/validation/phrase.h>
#include <fmt/format.h>

#include <cmath>
#include <vector>

namespace credence {

namespace {

constexpr std::string_view kNarrowSpace = "\u202f", kDash = "\u2013";

std::string filled(const std::string& pattern, std::initializer_list<Text> values,
                   Language language) {
  std::vector<std::string> written;
  for (const Text& value : values) written.push_back(value.in(language));
  return fill_slots(pattern, written);
}

std::string p_value(double value, Language language) {
  if (value < 0.001) return fmt::format("<\u00a0{}", write_decimal(0.001, 3, language));
  return write_decimal(value, 3, language);
}

}  // namespace

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
