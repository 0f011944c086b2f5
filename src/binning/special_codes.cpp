#include <credence/base/text.h>
#include <credence/binning/special_codes.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace credence {

namespace {

using Complaint = std::optional<std::string>;

Complaint of_values(const SpecialCode& special, Column::Kind kind) {
  const bool is_text = kind == Column::Kind::text;
  if (is_text ? special.texts.empty() : special.numbers.empty())
    return fmt::format("special code `{}` names no {}, and the variable holds {}", special.name,
                       is_text ? "text" : "number", is_text ? "texts" : "numbers");
  if (!special.texts.empty() && !special.numbers.empty())
    return fmt::format("special code `{}` names numbers and texts, and the variable holds {}",
                       special.name, is_text ? "texts" : "numbers");
  for (double number : special.numbers) {
    if (std::isnan(number))
      return fmt::format("special code `{}` names NaN, which is missing anyway", special.name);
    if (!std::isfinite(number))
      return fmt::format("special code `{}` names {}, and a code is a finite number", special.name,
                         number);
  }
  if (!std::ranges::all_of(special.texts, is_category))
    return fmt::format("special code `{}` names a text that is not UTF-8 without zero bytes",
                       special.name);
  return std::nullopt;
}

}  // namespace

bool is_one_line(std::string_view text) {
  return !text.empty() && is_utf8(text) && std::ranges::none_of(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

bool is_category(std::string_view text) {
  return is_utf8(text) && text.find('\0') == std::string_view::npos;
}

std::optional<std::string> defect_of(const std::vector<SpecialCode>& specials, Column::Kind kind) {
  std::set<std::string_view> names, texts;
  std::set<double> numbers;
  for (const SpecialCode& special : specials) {
    if (special.name.empty()) return "a special code has no name";
    if (!is_one_line(special.name))
      return "the name of a special code is no line of UTF-8 without control characters";
    if (!names.insert(special.name).second)
      return fmt::format("two special codes are named `{}`", special.name);
    if (Complaint complaint = of_values(special, kind)) return complaint;
    for (double number : special.numbers)
      if (!numbers.insert(number).second)
        return fmt::format("the number {} stands in special codes twice", number);
    for (const std::string& text : special.texts)
      if (!texts.insert(text).second)
        return fmt::format("the text `{}` stands in special codes twice", text);
  }
  return std::nullopt;
}

std::vector<SpecialCode> codes_of_kind(const std::vector<SpecialCode>& specials,
                                       Column::Kind kind) {
  std::vector<SpecialCode> held;
  for (SpecialCode code : specials) {
    kind == Column::Kind::text ? code.numbers.clear() : code.texts.clear();
    if (!code.numbers.empty() || !code.texts.empty()) held.push_back(std::move(code));
  }
  return held;
}

}  // namespace credence
