#pragma once

#include <credence/base/time.h>

#include <optional>
#include <string_view>
#include <vector>

namespace credence {

// How a file writes days: YYYY or YY, MM, DD, and hh, mm, ss of a time that is checked and left
// out; between them spaces and - / . : T Z as written. Every part has exactly its number of digits.
// YY is windowed: 70 to 99 are 1970 to 1999, 00 to 69 are 2000 to 2069.
class DateFormat {
 public:
  // Nothing when year, month or day is missing or given twice, or when something else stands in the
  // format. The empty format is YYYY-MM-DD.
  static std::optional<DateFormat> compile(std::string_view format);

  std::optional<Date> parse(std::string_view text) const;

 private:
  enum class Part { literal, year, short_year, month, day, hour, minute, second };
  struct Token {
    Part part;
    char literal;
  };
  std::vector<Token> tokens_;
};

}  // namespace credence
