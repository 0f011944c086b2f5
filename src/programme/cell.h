#pragma once

#include <credence/base/expects.h>

#include <cstdint>
#include <limits>

namespace credence {

// One answer, as whole numbers with a meaning known from elsewhere (an event's field, a feature): a
// value, or missing ("nothing is known"), or a special code that the source declares ("no bureau
// record"). Missing is not zero. Values: money in minor units, dates as days since 1970-01-01,
// flags 0 or 1, choices by position, shares in thousandths.
class Cell {
 public:
  static constexpr std::int64_t kLimit = 1'000'000'000'000'000'000;  // |value| <= kLimit
  static constexpr int kMaxSpecial = 16;

  constexpr Cell() = default;  // missing
  static constexpr Cell of(std::int64_t value) {
    expects(value >= -kLimit && value <= kLimit, "Cell: value out of range");
    return Cell{value};
  }
  static constexpr Cell special(int code) {
    expects(code >= 0 && code < kMaxSpecial, "Cell: special code out of range");
    return Cell{kMissing + 1 + code};
  }

  constexpr bool is_missing() const { return raw_ == kMissing; }
  constexpr bool is_special() const { return raw_ > kMissing && raw_ <= kMissing + kMaxSpecial; }
  constexpr bool has_value() const { return raw_ > kMissing + kMaxSpecial; }
  constexpr std::int64_t value() const {
    expects(has_value(), "Cell: no value");
    return raw_;
  }
  constexpr int special_code() const {
    expects(is_special(), "Cell: no special code");
    return static_cast<int>(raw_ - kMissing - 1);
  }
  constexpr bool operator==(const Cell&) const = default;

 private:
  static constexpr std::int64_t kMissing = std::numeric_limits<std::int64_t>::min();
  constexpr explicit Cell(std::int64_t raw) : raw_(raw) {}
  std::int64_t raw_ = kMissing;
};

}  // namespace credence
