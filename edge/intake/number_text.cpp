#include <credence/intake/number_text.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace credence {

namespace {

constexpr int kMaxDigits = 15;
constexpr std::array<double, kMaxDigits + 1> kPowers = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Too small for a double is 0 or next to it, as every reader of numbers has it.
std::optional<double> parse_tiny(const std::string& text) {
  double value = std::strtod(text.c_str(), nullptr);
  if (std::abs(value) < 1) return value;
  return std::nullopt;
}

}  // namespace

const char* read_plain_number(const char* at, const char* end, char decimal, double& value) {
  bool negative = at != end && *at == '-';
  if (negative) ++at;
  std::uint64_t whole = 0;
  const char* begin = at;
  while (at != end && is_digit(*at)) whole = whole * 10 + static_cast<unsigned>(*at++ - '0');
  auto digits = at - begin;
  std::ptrdiff_t places = 0;
  if (at != end && *at == decimal && digits > 0) {
    begin = ++at;
    while (at != end && is_digit(*at)) whole = whole * 10 + static_cast<unsigned>(*at++ - '0');
    places = at - begin;
  }
  if (digits == 0 || digits + places > kMaxDigits) return nullptr;
  value = static_cast<double>(whole);
  if (places > 0) value /= kPowers[static_cast<std::size_t>(places)];
  if (negative) value = -value;
  return at;
}

std::optional<double> parse_cell(std::string_view cell, char decimal) {
  std::string_view text = trimmed(cell);
  if (!text.empty() && text.front() == '+') {
    text.remove_prefix(1);
    if (text.empty() || text.front() == '-') return std::nullopt;
  }
  if (text.empty()) return std::nullopt;
  double value = 0;
  if (read_plain_number(text.data(), text.data() + text.size(), decimal, value) ==
      text.data() + text.size())
    return value;
  std::string with_point;
  if (decimal != '.') {
    if (text.find('.') != std::string_view::npos) return std::nullopt;
    with_point = text;
    if (auto comma = with_point.find(decimal); comma != std::string::npos) with_point[comma] = '.';
    text = with_point;
  }
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return std::nullopt;
  if (ec == std::errc::result_out_of_range) return parse_tiny(std::string{text});
  if (ec != std::errc{} || std::isnan(value)) return std::nullopt;
  return value;
}

}  // namespace credence
