#include <credence/base/wording.h>
#include <credence/terminal/bars.h>
#include <credence/terminal/tongue.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

std::string Tongue::say(const Text& pattern, std::initializer_list<std::string> values) const {
  return fill_slots(pattern.in(language_), std::span{values.begin(), values.size()});
}

std::string Tongue::count(double value) const {
  if (language_ == Language::en) return with_commas(value);
  return write_decimal(value, value == std::floor(value) ? 0 : 2, language_);
}

std::string Tongue::number(double value, int decimals) const {
  if (language_ == Language::en) return fmt::format("{:.{}f}", value, decimals);
  return write_decimal(value, decimals, language_);
}

std::string Tongue::with_sign(double value, int decimals) const {
  if (language_ == Language::en) return fmt::format("{:+.{}f}", value, decimals);
  return (value > 0 ? "+" : "") + write_decimal(value, decimals, language_);
}

std::string Tongue::percent(double share) const {
  return in_percent(100 * share);
}

std::string Tongue::in_percent(double hundreds) const {
  return number(hundreds, 1) + (language_ == Language::fr ? "\u202f%" : " %");
}

std::string Tongue::shortest(double value) const {
  std::string text = fmt::format("{}", value);
  if (language_ == Language::fr) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

}  // namespace credence
