#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace credence {

// An ISO 4217 currency that Credence knows, with its number of minor digits (EUR 2, JPY 0, TND 3).
struct Currency {
  char code[4] = {};  // three capital letters and a zero
  int digits = 2;

  std::string_view name() const { return {code, 3}; }
  bool operator==(const Currency& other) const { return name() == other.name(); }
};

std::optional<Currency> find_currency(std::string_view code);

// An amount in the currency's minor unit (cents for EUR). Never floating point.
// |minor| <= 10^15, so that sums over a lifetime of records cannot overflow 64 bits.
struct Money {
  std::int64_t minor = 0;
  Currency currency;

  bool operator==(const Money&) const = default;
};

inline constexpr std::int64_t kMaxMinor = 1'000'000'000'000'000;

// "12.50 EUR", "-3 EUR", "1200 JPY": a point, no thousands separator, no more decimals than the
// currency has.
std::optional<Money> parse_money(std::string_view text);
// The number alone, "12.50", in a currency known from elsewhere. "12.5" is 12.50; "12.505" is
// refused.
std::optional<std::int64_t> parse_minor(std::string_view text, Currency currency);
std::string to_text(Money money);
std::string minor_to_text(std::int64_t minor, Currency currency);

}  // namespace credence
