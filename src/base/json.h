#pragma once

#include <credence/base/result.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace credence {

// A JSON value as Credence keeps it: whole numbers are 64-bit integers, any other number stays the
// text that was written (an amount must never pass through floating point), keys of an object are
// unique and sorted by their bytes.
class Json {
 public:
  struct Number {
    std::string text;
    bool operator==(const Number&) const = default;
  };
  using Array = std::vector<Json>;
  using Object = std::map<std::string, Json, std::less<>>;

  Json() = default;  // null
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
  Json(T value) : value_(static_cast<std::int64_t>(value)) {}
  Json(Number value) : value_(std::move(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string{value}) {}
  Json(const char* value) : value_(std::string{value}) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  const Number* number() const { return std::get_if<Number>(&value_); }
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  const Array* array() const { return std::get_if<Array>(&value_); }
  const Object* object() const { return std::get_if<Object>(&value_); }
  Object* object() { return std::get_if<Object>(&value_); }

  // The member of an object, or nullptr (also when this is no object).
  const Json* find(std::string_view key) const;

  bool operator==(const Json&) const = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, Number, std::string, Array, Object> value_;
};

// Strict JSON (RFC 8259), valid UTF-8, no duplicate keys, at most 32 levels deep, nothing after the
// value. The error names line and column within `text`.
Result<Json> parse_json(std::string_view text);

// Canonical form (RFC 8785 for the values used here: no whitespace, members sorted, shortest
// escapes). Equal values give equal bytes. REQUIRES: keys are ASCII (so that byte order is the
// order of RFC 8785).
std::string to_canonical_json(const Json& value);
std::string to_pretty_json(const Json& value);  // two spaces of indentation, for people

}  // namespace credence
