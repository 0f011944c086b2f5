#include <credence/event/date_format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace credence {

namespace {

constexpr int kFirstYearOfThisCentury = 70;  // two digits below it mean 20YY

// Takes `count` digits from the front.
std::optional<int> take_number(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

}  // namespace

std::optional<DateFormat> DateFormat::compile(std::string_view format) {
  if (format.empty()) format = "YYYY-MM-DD";
  static constexpr std::array<std::pair<std::string_view, Part>, 7> kParts = {
      {{"YYYY", Part::year},
       {"YY", Part::short_year},
       {"MM", Part::month},
       {"DD", Part::day},
       {"hh", Part::hour},
       {"mm", Part::minute},
       {"ss", Part::second}}};
  constexpr std::string_view kLiterals = " -/.:TZ";
  DateFormat compiled;
  std::array<int, 8> seen{};
  while (!format.empty()) {
    Token token{Part::literal, format.front()};
    std::size_t length = 1;
    for (const auto& [name, part] : kParts) {
      if (!format.starts_with(name)) continue;
      token.part = part;
      length = name.size();
      break;
    }
    if (token.part == Part::literal && kLiterals.find(token.literal) == kLiterals.npos) return {};
    if (token.part != Part::literal && ++seen[static_cast<std::size_t>(token.part)] > 1) return {};
    compiled.tokens_.push_back(token);
    format.remove_prefix(length);
  }
  auto count = [&seen](Part part) { return seen[static_cast<std::size_t>(part)]; };
  bool is_whole = count(Part::year) + count(Part::short_year) == 1 && count(Part::month) == 1 &&
                  count(Part::day) == 1;
  if (!is_whole) return std::nullopt;
  return compiled;
}

std::optional<Date> DateFormat::parse(std::string_view text) const {
  int year = 0;
  int month = 0;
  int day = 0;
  for (const Token& token : tokens_) {
    if (token.part == Part::literal) {
      if (!text.starts_with(token.literal)) return std::nullopt;
      text.remove_prefix(1);
      continue;
    }
    auto number = take_number(text, token.part == Part::year ? 4 : 2);
    if (!number) return std::nullopt;
    int value = *number;
    switch (token.part) {
      case Part::year:
        year = value;
        break;
      case Part::short_year:
        year = value + (value < kFirstYearOfThisCentury ? 2000 : 1900);
        break;
      case Part::month:
        month = value;
        break;
      case Part::day:
        day = value;
        break;
      case Part::hour:
        if (value > 23) return std::nullopt;
        break;
      default:
        if (value > 59) return std::nullopt;
    }
  }
  if (!text.empty() || year == 0) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year{year},
                                   std::chrono::month{static_cast<unsigned>(month)},
                                   std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

}  // namespace credence
