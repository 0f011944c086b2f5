#pragma once

#include <credence/base/expects.h>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace credence {

// A place in a text that somebody gave us. Lines and columns count from 1; columns count characters
// (not bytes); 0 means unknown. `length` is in characters.
struct Where {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 0;

  bool operator==(const Where&) const = default;
};

// Bad input or a failing world, as data: what is wrong, where, and how to mend it. `code` is stable
// and can be searched for ("csv.quote", "store.full"); the message starts in lower case and has no
// full stop.
struct Error {
  std::string code;
  std::string message;
  Where where = {};
  std::string help = {};
};

// One line: "file:line:column: message (help)". Parts that are unknown are left out.
std::string to_text(const Error& error);

// Either a value or an Error; the same reading as std::expected, which g++ 12 has only in C++23
// mode.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(value()); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  const Error& error() const {
    expects(state_.index() == 1, "Result::error() on a value");
    return *std::get_if<1>(&state_);
  }

 private:
  const T& value() const {
    expects(state_.index() == 0, "Result: value of an error");
    return *std::get_if<0>(&state_);
  }
  T& value() {
    expects(state_.index() == 0, "Result: value of an error");
    return *std::get_if<0>(&state_);
  }
  std::variant<T, Error> state_;
};

struct Done {};  // the value of a Result that has none

}  // namespace credence
