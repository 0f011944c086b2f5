#pragma once

#include <credence/programme/condition.h>

namespace credence {

// What a Condition::Step does to the stack of numbers. A truth is 0 or 1, or unknown.
enum class Operation : int {
  field,     // push the field `operand`; unknown when it has no value
  constant,  // push `operand`
  today,     // push the as-of date
  shift,     // the date on top, moved by the months and days packed in `operand`
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  missing,  // push whether the field `operand` is missing
  both,
  either,  // Kleene's and, or
  negate,
  skip_if_false,  // leave the top and go to step `operand` when the top is false
  skip_if_true,
};

inline constexpr std::size_t kConditionStack = 64;  // INVARIANT: no compiled condition needs more

constexpr std::int64_t pack(Period period) {
  return static_cast<std::int64_t>(period.months) * (std::int64_t{1} << 32) + period.days;
}
constexpr Period unpack(std::int64_t packed) {
  // The low half is a signed number of days, so it is taken out before the months are.
  int days = static_cast<int>(static_cast<std::uint32_t>(packed & 0xffffffff));
  int months = static_cast<int>((packed - days) / (std::int64_t{1} << 32));
  return {months, days};
}

}  // namespace credence
