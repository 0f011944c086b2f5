#include <credence/base/time.h>
#include <fmt/format.h>

#include <cstdlib>

namespace credence {

namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr int kMaxPeriodDays = 200 * 366;
constexpr int kMaxPeriodMonths = 200 * 12;

// The number that `text` spells with digits alone, or nothing.
std::optional<int> digits(std::string_view text) {
  if (text.empty() || text.size() > 6) return std::nullopt;
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string_view take_word(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  std::size_t end = text.find(' ');
  std::string_view word = text.substr(0, end);
  text.remove_prefix(word.size());
  return word;
}

bool add_unit(Period& period, int amount, std::string_view unit) {
  if (unit.ends_with('s')) unit.remove_suffix(1);
  if (unit == "day")
    period.days += amount;
  else if (unit == "week")
    period.days += amount * 7;
  else if (unit == "month")
    period.months += amount;
  else if (unit == "year")
    period.months += amount * 12;
  else
    return false;
  return period.days <= kMaxPeriodDays && period.months <= kMaxPeriodMonths;
}

Date shift(Date date, int months, int day_shift) {
  year_month_day ymd{date};
  year_month_day moved = ymd + std::chrono::months{months};
  if (!moved.ok()) moved = moved.year() / moved.month() / std::chrono::last;
  return Date{moved} + days{day_shift};
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto year = digits(text.substr(0, 4));
  auto month = digits(text.substr(5, 2));
  auto day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year == 0) return std::nullopt;
  year_month_day ymd{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                     std::chrono::day{static_cast<unsigned>(*day)}};
  if (!ymd.ok()) return std::nullopt;
  return Date{ymd};
}

std::string to_text(Date date) {
  year_month_day ymd{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != 'Z') {
    return std::nullopt;
  }
  auto date = parse_date(text.substr(0, 10));
  auto hour = digits(text.substr(11, 2));
  auto minute = digits(text.substr(14, 2));
  auto second = digits(text.substr(17, 2));
  if (!date || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  return Instant{*date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second};
}

std::string to_text(Instant instant) {
  Date date = day_of(instant);
  auto second = (instant - Instant{date}).count();
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_text(date), second / 3600, second / 60 % 60,
                     second % 60);
}

std::optional<Period> parse_period(std::string_view text) {
  Period period;
  if (text.empty() || text.size() > 60 || text.front() == ' ' || text.back() == ' ')
    return std::nullopt;
  while (!text.empty()) {
    auto amount = digits(take_word(text));
    std::string_view unit = take_word(text);
    if (!amount || !add_unit(period, *amount, unit)) return std::nullopt;
  }
  return period;
}

std::string to_text(Period period) {
  auto part = [](int amount, std::string_view unit) {
    return fmt::format("{} {}{}", amount, unit, amount == 1 ? "" : "s");
  };
  if (period.days == 0) return part(period.months, "month");
  if (period.months == 0) return part(period.days, "day");
  return part(period.months, "month") + " " + part(period.days, "day");
}

Date add(Date date, Period period) {
  return shift(date, period.months, period.days);
}
Date subtract(Date date, Period period) {
  return shift(date, -period.months, -period.days);
}

int months_between(Date from, Date to) {
  year_month_day a{from}, b{to};
  int months = (static_cast<int>(b.year()) - static_cast<int>(a.year())) * 12 +
               static_cast<int>(static_cast<unsigned>(b.month())) -
               static_cast<int>(static_cast<unsigned>(a.month()));
  if (shift(from, months, 0) > to) --months;
  return months;
}

Date day_of(Instant instant) {
  return std::chrono::floor<days>(instant);
}
int day_number(Date date) {
  return static_cast<int>(date.time_since_epoch().count());
}
Date date_of_day_number(int number) {
  return Date{days{number}};
}

}  // namespace credence
