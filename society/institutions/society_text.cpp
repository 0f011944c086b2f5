#include <credence/base/toml.h>
#include <credence/institutions/society_programme.h>
#include <credence/institutions/society_sections.h>

namespace credence {

namespace {

// Walks through the lines of a TOML file, knowing no more of its grammar than where a value goes on
// over several lines: inside brackets and multi-line strings.
class SectionLines {
 public:
  // Whether the line belongs to [society.*]. Lines come in order.
  bool is_society(std::string_view line) {
    bool starts = depth_ == 0 && quotes_.empty();
    if (starts) begin(line);
    follow(line);
    return society_;
  }

 private:
  void begin(std::string_view line) {
    line = trimmed(line);
    if (line.starts_with('[')) {
      header_ = true;
      line.remove_prefix(line.starts_with("[[") ? 2 : 1);
      society_ = names_society(trimmed(line), "].");
      bracket_line_ = true;
      return;
    }
    // A key of the document itself, before any header: society = { ... } or society.x = ...
    if (!header_) society_ = names_society(line, "=.");
  }

  // Whether a key begins with the segment `society`, bare or in quotes.
  static bool names_society(std::string_view key, std::string_view after) {
    for (std::string_view name : {"society", "\"society\"", "'society'"}) {
      if (!key.starts_with(name)) continue;
      std::string_view rest = trimmed(key.substr(name.size()));
      return rest.empty() || after.find(rest.front()) != std::string_view::npos;
    }
    return false;
  }

  static std::string_view trimmed(std::string_view line) {
    std::size_t first = line.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view{} : line.substr(first);
  }

  void follow(std::string_view line) {
    bool header = bracket_line_;
    bracket_line_ = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (!quotes_.empty()) {
        i += inside_string(line.substr(i));
        continue;
      }
      char sign = line[i];
      if (sign == '#') break;
      if (sign == '"' || sign == '\'') {
        std::string three(3, sign);
        quotes_ = line.substr(i).starts_with(three) ? three : three.substr(0, 1);
        i += quotes_.size() - 1;
      } else if (!header && (sign == '[' || sign == '{')) {
        ++depth_;
      } else if (!header && (sign == ']' || sign == '}') && depth_ > 0) {
        --depth_;
      }
    }
    if (quotes_.size() == 1) quotes_.clear();  // such a string ends with its line
  }

  // Returns how many characters beyond the first were taken.
  std::size_t inside_string(std::string_view rest) {
    if (quotes_[0] == '"' && rest[0] == '\\') return 1;
    if (!rest.starts_with(quotes_)) return 0;
    std::size_t taken = quotes_.size() - 1;
    // Up to two more quotes may stand before the three that end such a string.
    while (quotes_.size() == 3 && taken < 4 && rest.size() > taken + 1 &&
           rest[taken + 1] == quotes_[0]) {
      ++taken;
    }
    quotes_.clear();
    return taken;
  }

  bool society_ = false, header_ = false, bracket_line_ = false;
  std::size_t depth_ = 0;
  std::string quotes_;  // that end the string in which the line begins
};

}  // namespace

std::string lawful_part(std::string_view text, const std::string&) {
  SectionLines lines;
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!lines.is_society(line)) out += line;
    if (end == std::string_view::npos) break;
    out += '\n';
    text.remove_prefix(end + 1);
  }
  return out;
}

std::optional<std::string> card_file_of(std::string_view text, const std::string& file) {
  auto document = parse_toml(text, file);
  if (!document || !has_lawful_part(*document)) return std::nullopt;
  const TomlNode* score = document->find("score");
  const TomlNode* card = score == nullptr ? nullptr : score->find("card");
  if (card == nullptr || card->string() == nullptr) return std::nullopt;
  return *card->string();
}

}  // namespace credence
