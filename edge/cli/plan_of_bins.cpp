#include <credence/cli/plan_of_bins.h>
#include <fmt/format.h>

namespace credence {

namespace {

constexpr std::string_view kBecause = "taken over from OptBinning";

// TOML's basic string: what is not printable is written by its number.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += fmt::format("\\{}", c);
    else if (byte < 0x20 || byte == 0x7f)
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(byte));
    else
      out += c;
  }
  return out + '"';
}

// A TOML float needs a point or an exponent.
std::string number(double value) {
  std::string text = fmt::format("{}", value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

template <typename List, typename Write>
std::string list(const List& values, Write write) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ", ") + write(value);
  return "[" + out + "]";
}

std::string bins(const Cells& cells) {
  if (cells.kind() == Column::Kind::number) return "edges = " + list(cells.edges(), number);
  return "groups = " + list(cells.groups(), [](const auto& group) { return list(group, quoted); });
}

std::string special(const SpecialCode& code) {
  std::string out = "{ name = " + quoted(code.name);
  if (!code.numbers.empty()) out += ", numbers = " + list(code.numbers, number);
  if (!code.texts.empty()) out += ", texts = " + list(code.texts, quoted);
  return out + " }";
}

}  // namespace

std::string plan_of_bins(std::span<const Scorecard::Variable> variables, const std::string& id) {
  std::string out;
  if (!id.empty()) out += fmt::format("id = {}\n", quoted(id));
  for (const Scorecard::Variable& variable : variables) {
    out += fmt::format("\n[[variable]]\nname = {}\n", quoted(variable.name));
    if (variable.cells.kind() == Column::Kind::text) out += "kind = \"text\"\n";
    if (!variable.cells.specials().empty())
      out += fmt::format("special = {}\n", list(variable.cells.specials(), special));
    out += fmt::format("bins = {{ {}, because = {} }}\n", bins(variable.cells), quoted(kBecause));
  }
  return out;
}

}  // namespace credence
