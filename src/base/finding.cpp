#include <credence/base/finding.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

std::string_view line_of(std::string_view source, std::uint32_t line) {
  for (; line > 1; --line) {
    std::size_t end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  std::string_view text = source.substr(0, source.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// The line, and under it the caret at the finding's column (tabs are kept so that both lines
// align).
std::string excerpt(const Where& where, std::string_view source) {
  std::string_view line = line_of(source, where.line);
  std::string number = fmt::format("{}", where.line);
  std::string gutter(number.size(), ' ');
  std::string under;
  std::size_t columns = 0;
  for (char c : line) {
    if ((c & 0xc0) == 0x80) continue;
    if (++columns >= where.column) break;
    under += c == '\t' ? '\t' : ' ';
  }
  std::size_t room = std::max<std::size_t>(
      1, characters(line) + 1 - std::min<std::size_t>(where.column, characters(line)));
  under += std::string(std::clamp<std::size_t>(where.length, 1, room), '^');
  return fmt::format("{0} |\n{1} | {2}\n{0} | {3}\n", gutter, number, line, under);
}

}  // namespace

bool has_errors(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Finding::Severity::error; });
}

std::string render(const Finding& finding, std::string_view source, Language language) {
  bool french = language == Language::fr;
  std::string_view severity = finding.severity == Finding::Severity::error
                                  ? (french ? "erreur" : "error")
                                  : (french ? "avertissement" : "warning");
  std::string out =
      fmt::format("{}[{}]: {}\n", severity, finding.code, finding.message.in(language));
  if (finding.where.line > 0) {
    out += fmt::format(" --> {}:{}:{}\n", finding.where.file, finding.where.line,
                       finding.where.column);
    out += excerpt(finding.where, source);
  } else if (!finding.where.file.empty()) {
    out += fmt::format(" --> {}\n", finding.where.file);
  }
  auto line = [&out](std::string_view label, std::string_view text) {
    if (!text.empty()) out += fmt::format("  = {}: {}\n", label, text);
  };
  line(french ? "pourquoi" : "why", finding.why.in(language));
  line(french ? "droit" : "law", fmt::format("{}", fmt::join(finding.law, " · ")));
  line(french ? "aide" : "help", finding.help.in(language));
  return out;
}

Json to_json(const Finding& finding, Language language) {
  Json::Array law(finding.law.begin(), finding.law.end());
  return Json::Object{
      {"code", finding.code},
      {"severity", finding.severity == Finding::Severity::error ? "error" : "warning"},
      {"path", finding.path},
      {"file", finding.where.file},
      {"line", finding.where.line},
      {"column", finding.where.column},
      {"length", finding.where.length},
      {"message", finding.message.in(language)},
      {"why", finding.why.in(language)},
      {"law", std::move(law)},
      {"help", finding.help.in(language)},
  };
}

}  // namespace credence
