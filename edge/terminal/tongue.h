#pragma once

#include <credence/base/text.h>

#include <initializer_list>
#include <string>

namespace credence {

// The language of the one who reads the terminal: texts filled with values, numbers as they are
// written there ("12,345.6 %" or "12 345,6 %" with narrow spaces that do not break).
class Tongue {
 public:
  explicit Tongue(Language language) : language_(language) {}

  Language language() const { return language_; }
  // The text with {1}, {2} ... replaced by the values, in one pass.
  std::string say(const Text& pattern, std::initializer_list<std::string> values = {}) const;

  std::string count(double value) const;  // grouped by thousands; two decimals when not whole
  std::string number(double value, int decimals) const;
  std::string with_sign(double value, int decimals) const;
  std::string percent(double share) const;        // with one decimal
  std::string in_percent(double hundreds) const;  // what is in per cent already
  std::string shortest(double value) const;       // as few digits as tell it apart

 private:
  Language language_;
};

}  // namespace credence
