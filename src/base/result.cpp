#include <credence/base/result.h>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

namespace credence {

void stop_on_defect(std::string_view what) {
  std::fprintf(stderr, "credence: defect: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

std::string to_text(const Error& error) {
  std::string text = error.where.file;
  if (error.where.line > 0)
    text += fmt::format("{}{}", text.empty() ? "line " : ":", error.where.line);
  if (error.where.column > 0) text += fmt::format(":{}", error.where.column);
  if (!text.empty()) text += ": ";
  text += error.message;
  if (!error.help.empty()) text += fmt::format(" ({})", error.help);
  return text;
}

}  // namespace credence
