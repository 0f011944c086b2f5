#include <credence/base/expects.h>
#include <credence/programme/condition.h>
#include <credence/programme/operation.h>

#include <limits>

namespace credence {

namespace {

constexpr std::int64_t kUnknown = std::numeric_limits<std::int64_t>::min();

std::int64_t value_of(std::span<const Cell> fields, std::int64_t position) {
  expects(static_cast<std::size_t>(position) < fields.size(), "Condition: a field is not there");
  const Cell& cell = fields[static_cast<std::size_t>(position)];
  return cell.has_value() ? cell.value() : kUnknown;
}

std::int64_t moved(std::int64_t day, std::int64_t packed) {
  // Days of the years 0001 to 9999; no other day is a date.
  constexpr std::int64_t kFirst = -719162, kLast = 2932896;
  if (day < kFirst || day > kLast) return kUnknown;
  Period period = unpack(packed);
  if (period.months == 0) return day + period.days;
  return day_number(add(date_of_day_number(static_cast<int>(day)), period));
}

std::int64_t both(std::int64_t a, std::int64_t b) {
  if (a == 0 || b == 0) return 0;
  return a == kUnknown || b == kUnknown ? kUnknown : 1;
}

std::int64_t either(std::int64_t a, std::int64_t b) {
  if (a == 1 || b == 1) return 1;
  return a == kUnknown || b == kUnknown ? kUnknown : 0;
}

std::int64_t compare(Operation operation, std::int64_t a, std::int64_t b) {
  if (a == kUnknown || b == kUnknown) return kUnknown;
  switch (operation) {
    case Operation::equal:
      return a == b;
    case Operation::not_equal:
      return a != b;
    case Operation::less:
      return a < b;
    case Operation::less_equal:
      return a <= b;
    case Operation::greater:
      return a > b;
    default:
      return a >= b;
  }
}

}  // namespace

bool Condition::holds(std::span<const Cell> fields, Date today) const {
  if (steps_.empty()) return true;
  std::int64_t stack[kConditionStack + 1];
  std::int64_t* top = stack;  // the first place stays empty
  const Step* step = steps_.data();
  const Step* end = step + steps_.size();
  while (step != end) {
    std::int64_t operand = step->operand;
    Operation operation = static_cast<Operation>(step->operation);
    ++step;
    switch (operation) {
      case Operation::field:
        *++top = value_of(fields, operand);
        break;
      case Operation::constant:
        *++top = operand;
        break;
      case Operation::today:
        *++top = day_number(today);
        break;
      case Operation::shift:
        if (*top != kUnknown) *top = moved(*top, operand);
        break;
      case Operation::missing:
        expects(static_cast<std::size_t>(operand) < fields.size(),
                "Condition: a field is not there");
        *++top = fields[static_cast<std::size_t>(operand)].is_missing();
        break;
      case Operation::both:
        --top;
        *top = both(*top, top[1]);
        break;
      case Operation::either:
        --top;
        *top = either(*top, top[1]);
        break;
      case Operation::negate:
        if (*top != kUnknown) *top = 1 - *top;
        break;
      case Operation::skip_if_false:
        if (*top == 0) step = steps_.data() + operand;
        break;
      case Operation::skip_if_true:
        if (*top == 1) step = steps_.data() + operand;
        break;
      default:
        --top;
        *top = compare(operation, *top, top[1]);
        break;
    }
  }
  return *top == 1;
}

}  // namespace credence
