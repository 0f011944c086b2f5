#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace credence {

// Calendar days and seconds, both UTC. There is no clock in the core: times are passed in.
using Date = std::chrono::sys_days;
using Instant = std::chrono::sys_seconds;

// A calendar span as people and laws write it: "24 months", "3 days", "1 year", "2 weeks".
// Years are kept as months and weeks as days; a span may have both parts.
struct Period {
  int months = 0;
  int days = 0;

  bool operator==(const Period&) const = default;
};

// "2026-11-21", years 0001 to 9999, strictly ten characters; nothing on any other text or
// impossible day.
std::optional<Date> parse_date(std::string_view text);
std::string to_text(Date date);

// "2026-11-21T10:00:00Z" (RFC 3339, UTC only, whole seconds).
std::optional<Instant> parse_instant(std::string_view text);
std::string to_text(Instant instant);

// "24 months", "1 year", "3 days", "2 weeks", also "1 year 6 months". At most 200 years in all.
std::optional<Period> parse_period(std::string_view text);
std::string to_text(Period period);

// Calendar arithmetic: months first, the day clamped to the month's end (31 January + 1 month = 28
// or 29 February), then days.
Date add(Date date, Period period);
Date subtract(Date date, Period period);

// Whole months from `from` to `to` (negative when `to` is earlier): the largest n with add(from, n)
// <= to.
int months_between(Date from, Date to);

Date day_of(Instant instant);
int day_number(Date date);  // days since 1970-01-01
Date date_of_day_number(int number);

}  // namespace credence
