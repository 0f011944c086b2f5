#pragma once

#include <credence/base/time.h>
#include <credence/base/toml.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace credence {

// What one key of a programme file must say. Rows of charter/requirements.toml; code only
// interprets them.
struct Requirement {
  enum class Test {
    one_of,
    is,
    filled,
    text,
    text_or_string,
    list,
    integer,
    decimal,
    period,
    cadence,
    date,
    address
  };
  std::string article;
  std::string path;  // "consent[].default": "x[]" stands for each table of the list x
  Test test = Test::filled;
  std::vector<std::string> one_of;  // Test::one_of
  bool is = true;                   // Test::is
  std::optional<double> least,
      most;  // integers, decimals, entries of a list; cadence: most, in seconds
  std::optional<Period> least_period, most_period;
  std::vector<std::string>
      packs;  // only when one of these jurisdiction packs is active; empty = always
  std::vector<std::string> classes;  // only in these programme classes; empty = always
  bool optional = false;             // judged only when it is written
};

// REQUIRES: `document` is the file compiled in.
std::vector<Requirement> load_requirements(const TomlNode& document);

// "1 hour", "30 minutes", "10 seconds", "1 day": in seconds; nothing on any other text.
std::optional<std::int64_t> parse_cadence(std::string_view text);

// Calendar comparison from one fixed day, so that "12 months" and "1 year" are equal.
bool longer(Period a, Period b);

}  // namespace credence
