#include <credence/base/money.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace credence {

namespace {

struct KnownCurrency {
  std::string_view code;
  int digits;
};

// ISO 4217, the currencies in circulation with two minor digits, and those with another number.
constexpr std::string_view kTwoDigits =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHF "
    "CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD "
    "HNL HTG "
    "HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT "
    "MOP MRU "
    "MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR "
    "SBD SCR "
    "SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU "
    "UZS VES "
    "WST XCD YER ZAR ZMW";
constexpr std::array kOther = {
    KnownCurrency{"BIF", 0}, KnownCurrency{"CLP", 0}, KnownCurrency{"DJF", 0},
    KnownCurrency{"GNF", 0}, KnownCurrency{"ISK", 0}, KnownCurrency{"JPY", 0},
    KnownCurrency{"KMF", 0}, KnownCurrency{"KRW", 0}, KnownCurrency{"PYG", 0},
    KnownCurrency{"RWF", 0}, KnownCurrency{"UGX", 0}, KnownCurrency{"VND", 0},
    KnownCurrency{"VUV", 0}, KnownCurrency{"XAF", 0}, KnownCurrency{"XOF", 0},
    KnownCurrency{"XPF", 0}, KnownCurrency{"BHD", 3}, KnownCurrency{"IQD", 3},
    KnownCurrency{"JOD", 3}, KnownCurrency{"KWD", 3}, KnownCurrency{"LYD", 3},
    KnownCurrency{"OMR", 3}, KnownCurrency{"TND", 3}};

Currency make_currency(std::string_view code, int digits) {
  Currency currency;
  code.copy(currency.code, 3);
  currency.digits = digits;
  return currency;
}

std::int64_t scale_of(int digits) {
  std::int64_t scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  return scale;
}

}  // namespace

std::optional<Currency> find_currency(std::string_view code) {
  if (code.size() != 3 || code.find(' ') != std::string_view::npos) return std::nullopt;
  for (const auto& other : kOther) {
    if (other.code == code) return make_currency(code, other.digits);
  }
  if (kTwoDigits.find(code) == std::string_view::npos) return std::nullopt;
  return make_currency(code, 2);
}

std::optional<std::int64_t> parse_minor(std::string_view text, Currency currency) {
  bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  std::string_view part = point == std::string_view::npos ? "" : text.substr(point + 1);
  if (whole.empty() || whole.size() > 15) return std::nullopt;
  if (point != std::string_view::npos && part.empty()) return std::nullopt;
  if (part.size() > static_cast<std::size_t>(currency.digits)) return std::nullopt;
  std::int64_t value = 0;
  auto take = [&value](std::string_view run) {
    for (char c : run) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    return true;
  };
  if (!take(whole) || !take(part)) return std::nullopt;
  value *= scale_of(currency.digits - static_cast<int>(part.size()));
  if (value > kMaxMinor) return std::nullopt;
  return negative ? -value : value;
}

std::optional<Money> parse_money(std::string_view text) {
  std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  auto currency = find_currency(text.substr(space + 1));
  if (!currency) return std::nullopt;
  auto minor = parse_minor(text.substr(0, space), *currency);
  if (!minor) return std::nullopt;
  return Money{*minor, *currency};
}

std::string minor_to_text(std::int64_t minor, Currency currency) {
  std::int64_t scale = scale_of(currency.digits);
  std::int64_t size = std::abs(minor);
  std::string text = fmt::format("{}{}", minor < 0 ? "-" : "", size / scale);
  if (currency.digits > 0) text += fmt::format(".{:0{}}", size % scale, currency.digits);
  return text;
}

std::string to_text(Money money) {
  return fmt::format("{} {}", minor_to_text(money.minor, money.currency), money.currency.name());
}

}  // namespace credence
