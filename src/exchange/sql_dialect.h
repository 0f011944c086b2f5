#pragma once

#include <credence/exchange/exchange.h>

#include <string>
#include <string_view>
#include <vector>

namespace credence {

// How one database writes what a card needs. Every literal keeps all bits of a double; texts are
// compared byte by byte.
class SqlDialect {
 public:
  explicit SqlDialect(ExportFormat format) : format_(format) {}

  // Nothing wrong, or exchange.name: too long, or a character that cannot be quoted.
  Result<Done> check_identifier(std::string_view name) const;
  // exchange.text: Oracle takes an empty text for NULL.
  Result<Done> check_text(std::string_view text) const;

  std::string identifier(std::string_view name) const;
  std::string number(double value) const;
  std::string text(std::string_view value) const;             // as a result
  std::string comparable(std::string_view text) const;        // a literal, to compare with
  std::string as_number(std::string_view column) const;       // a column, as double
  std::string as_comparable(std::string_view column) const;   // a column of texts
  std::string is_missing(std::string_view expression) const;  // of a number: NULL or NaN
  std::string greatest(const std::vector<std::string>& expressions) const;  // of whole numbers >= 0

 private:
  ExportFormat format_;
};

}  // namespace credence
