#include <credence/cli/toml_text.h>
#include <fmt/format.h>

namespace credence {

namespace {

template <typename List, typename Write>
std::string list(const List& values, Write write) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ", ") + write(value);
  return "[" + out + "]";
}

std::string code_text(const SpecialCode& code) {
  std::string out = "{ name = " + toml_quoted(code.name);
  if (!code.numbers.empty()) out += ", numbers = " + list(code.numbers, toml_number);
  if (!code.texts.empty()) out += ", texts = " + list(code.texts, toml_quoted);
  return out + " }";
}

}  // namespace

std::string toml_quoted(std::string_view text) {
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

std::string toml_number(double value) {
  std::string text = fmt::format("{}", value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string toml_codes(std::span<const SpecialCode> codes) {
  return list(codes, code_text);
}

std::string toml_numbers(std::span<const double> values) {
  return list(values, toml_number);
}

std::string toml_groups(std::span<const std::vector<std::string>> groups) {
  return list(groups, [](const auto& group) { return list(group, toml_quoted); });
}

std::string toml_bins(const Cells& cells, std::string_view because) {
  std::string bins = cells.kind() == Column::Kind::number
                         ? "edges = " + toml_numbers(cells.edges())
                         : "groups = " + toml_groups(cells.groups());
  return fmt::format("{{ {}, because = {} }}", bins, toml_quoted(because));
}

}  // namespace credence
