#include <credence/base/text.h>
#include <credence/event/reader.h>
#include <fmt/format.h>

namespace credence {

namespace {

// A cell of CSV, always in quotes, so that no content can be taken for structure.
void add_cell(std::string& line, std::string_view text) {
  bool valid = is_utf8(text);
  line += '"';
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    bool is_control = (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
    if (is_control || (!valid && byte >= 0x80))
      line += fmt::format("\\x{:02x}", byte);
    else if (c == '"')
      line += "\"\"";
    else
      line += c;
  }
  line += '"';
}

}  // namespace

std::string_view reject_header() {
  return "line,field,code,reason,help,text\r\n";
}

std::string reject_line(const Reject& reject) {
  std::string line = fmt::format("{}", reject.line);
  for (std::string_view cell :
       {std::string_view{reject.field}, std::string_view{reject.error.code},
        std::string_view{reject.error.message}, std::string_view{reject.error.help},
        std::string_view{reject.text}}) {
    line += ',';
    add_cell(line, cell);
  }
  return line + "\r\n";
}

}  // namespace credence
