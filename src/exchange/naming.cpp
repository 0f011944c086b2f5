#include <credence/exchange/naming.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace credence {

namespace {

// Words that are taken in at least one of the languages.
constexpr std::array<std::string_view, 142> kReserved{
    "False",        "Infinity",  "NaN",          "None",       "True",
    "_Bool",        "_Complex",  "_Imaginary",   "abstract",   "alignas",
    "alignof",      "and",       "arguments",    "as",         "asm",
    "assert",       "async",     "auto",         "await",      "bool",
    "boolean",      "break",     "byte",         "case",       "catch",
    "char",         "class",     "complex",      "const",      "constexpr",
    "continue",     "debugger",  "def",          "default",    "del",
    "delete",       "do",        "double",       "elif",       "else",
    "enum",         "errno",     "eval",         "except",     "export",
    "extends",      "extern",    "false",        "final",      "finally",
    "float",        "for",       "from",         "function",   "global",
    "goto",         "if",        "imaginary",    "implements", "import",
    "in",           "inline",    "input",        "instanceof", "int",
    "interface",    "is",        "isnan",        "lambda",     "let",
    "long",         "main",      "match",        "math",       "module",
    "namespace",    "native",    "new",          "nonlocal",   "noreturn",
    "not",          "null",      "nullptr",      "or",         "package",
    "pass",         "private",   "protected",    "public",     "raise",
    "reasons",      "record",    "register",     "require",    "restrict",
    "result",       "return",    "score",        "sealed",     "self",
    "short",        "signed",    "sizeof",       "static",     "static_assert",
    "strcmp",       "strictfp",  "struct",       "super",      "switch",
    "synchronized", "this",      "thread_local", "throw",      "throws",
    "transient",    "true",      "try",          "type",       "typedef",
    "typeof",       "undefined", "union",        "unix",       "unsigned",
    "value",        "values",    "var",          "void",       "volatile",
    "while",        "window",    "with",         "yield",      "linux",
    "template",     "using",     "virtual",      "operator",   "NULL",
    "assertEquals", "Double"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string sanitized(std::string_view name) {
  std::string out;
  for (char c : name) {
    bool kept = is_letter(c) || is_digit(c);
    if (kept)
      out += c;
    else if (!out.empty() && out.back() != '_')
      out += '_';
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  if (out.empty() || is_digit(out.front())) out.insert(0, "v");
  constexpr std::size_t kLongest = 60;
  out.resize(std::min(out.size(), kLongest));
  return out;
}

void append_utf16(std::string& out, char32_t point) {
  if (point >= 0x10000) {
    std::uint32_t rest = static_cast<std::uint32_t>(point) - 0x10000;
    out += fmt::format("\\u{:04x}\\u{:04x}", 0xd800 + (rest >> 10U), 0xdc00 + (rest & 0x3ffU));
  } else {
    out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(point));
  }
}

}  // namespace

std::vector<std::string> identifiers(std::span<const std::string> names) {
  std::unordered_set<std::string> taken;
  for (std::string_view word : kReserved) taken.emplace(word);
  // From where to count on: what was taken once stays taken, so no number is tried twice.
  std::unordered_map<std::string, int> next;
  std::vector<std::string> out;
  for (const std::string& name : names) {
    std::string plain = sanitized(name);
    std::string wanted = plain;
    int& number = next.try_emplace(plain, 2).first->second;
    while (!taken.insert(wanted).second) wanted = fmt::format("{}_{}", plain, number++);
    out.push_back(std::move(wanted));
  }
  return out;
}

std::string identifier(std::string_view name) {
  std::string text{name};
  return identifiers(std::span{&text, 1}).front();
}

std::string type_identifier(std::string_view name) {
  std::string out;
  bool start = true;
  for (char c : sanitized(name)) {
    if (c == '_') {
      start = true;
      continue;
    }
    out += start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    start = false;
  }
  return out == "String" || out == "Double" || out == "Result" || out == "Input" || out == "Math" ||
                 out == "Object"
             ? out + "Card"
             : out;
}

std::vector<std::string> variable_names(const Scorecard& card) {
  std::vector<std::string> names;
  for (const Scorecard::Variable& variable : card.variables) names.push_back(variable.name);
  return names;
}

std::string decimal(double value) {
  std::string text = fmt::format("{}", value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string hexadecimal(double value) {
  return fmt::format("{:a}", value);
}

std::string c_string(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\' || c == '?')
      out += fmt::format("\\{}", c);
    else if (byte < 0x20 || byte >= 0x7f)
      out += fmt::format("\\{:03o}", byte);
    else
      out += c;
  }
  return out + '"';
}

std::string utf16_string(std::string_view text) {
  std::string out = "\"";
  for (char32_t point : code_points(text)) {
    if (point == U'\n')
      out += "\\n";  // javac reads \u000a as the end of the line
    else if (point == U'\r')
      out += "\\r";
    else if (point == U'"' || point == U'\\')
      out += fmt::format("\\{}", static_cast<char>(point));
    else if (point < 0x20 || point >= 0x7f)
      append_utf16(out, point);
    else
      out += static_cast<char>(point);
  }
  return out + '"';
}

std::string python_string(std::string_view text) {
  std::string out = "\"";
  for (char32_t point : code_points(text)) {
    auto number = static_cast<std::uint32_t>(point);
    if (point == U'"' || point == U'\\')
      out += fmt::format("\\{}", static_cast<char>(point));
    else if (point >= 0x10000)
      out += fmt::format("\\U{:08x}", number);
    else if (point < 0x20 || point >= 0x7f)
      out += fmt::format("\\u{:04x}", number);
    else
      out += static_cast<char>(point);
  }
  return out + '"';
}

std::string comment(std::string_view text) {
  std::string out;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    bool plain =
        byte >= 0x20 && byte < 0x7f && c != '*' && c != '/' && c != '\\' && c != '?' && c != '"';
    out += plain ? c : '_';
  }
  return out;
}

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> points;
  for (std::size_t i = 0; i < text.size();) {
    auto first = static_cast<unsigned char>(text[i]);
    std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    std::uint32_t point = length == 1 ? first : first & (0xffU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
      point = point << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
    points.push_back(static_cast<char32_t>(point));
    i += length;
  }
  return points;
}

}  // namespace credence
