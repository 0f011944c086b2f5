#include <credence/programme/place.h>

#include <algorithm>

namespace credence {

namespace {

// Walks over the characters of a file, counting lines and columns as toml++ does.
class Walker {
 public:
  explicit Walker(std::string_view text) : rest_(text) {}

  void next() {
    if (rest_.empty()) return;
    bool new_line = rest_[0] == '\n';
    rest_.remove_prefix(1);
    while (!rest_.empty() && (rest_[0] & 0xc0) == 0x80) rest_.remove_prefix(1);
    column_ = new_line ? 1 : column_ + 1;
    line_ += new_line ? 1 : 0;
  }
  void skip(std::size_t count) {
    for (; count > 0; --count) next();
  }
  void go_to(const Where& where) {
    while (!rest_.empty() &&
           (line_ < where.line || (line_ == where.line && column_ < where.column)))
      next();
  }
  std::string_view rest() const { return rest_; }
  std::uint32_t line() const { return line_; }
  std::uint32_t column() const { return column_; }

 private:
  std::string_view rest_;
  std::uint32_t line_ = 1, column_ = 1;
};

// How many characters of the file make the next character of a basic string.
std::size_t written_size(std::string_view rest) {
  if (rest.size() < 2 || rest[0] != '\\') return 1;
  if (rest[1] == 'u') return 6;
  if (rest[1] == 'U') return 10;
  return 2;
}

// A backslash at the end of a line swallows the white space up to the next word.
std::size_t swallowed(std::string_view rest) {
  if (!rest.starts_with('\\')) return 0;
  std::size_t end = std::min(rest.find_first_not_of(" \t\r\n", 1), rest.size());
  return rest.substr(0, end).find('\n') == std::string_view::npos ? 0 : end;
}

}  // namespace

Where place_in_string(std::string_view file_text, const Where& string, const Where& within) {
  if (string.line == 0 || within.column <= string.column) return within;
  if (file_text.starts_with("\xef\xbb\xbf")) file_text.remove_prefix(3);
  Walker walker{file_text};
  walker.go_to(string);
  if (walker.rest().empty()) return within;
  char quote = walker.rest()[0];
  std::string_view triple = quote == '"' ? "\"\"\"" : "'''";
  bool many = walker.rest().starts_with(triple);
  bool basic = quote == '"';
  walker.skip(many ? 3 : 1);
  if (many && walker.rest().starts_with('\r')) walker.next();
  if (many && walker.rest().starts_with('\n')) walker.next();
  for (std::uint32_t left = within.column - string.column - 1; left > 0; --left) {
    if (basic && many) walker.skip(swallowed(walker.rest()));
    walker.skip(basic ? written_size(walker.rest()) : 1);
  }
  if (basic && many) walker.skip(swallowed(walker.rest()));
  Where place = within;
  place.line = walker.line();
  place.column = walker.column();
  return place;
}

}  // namespace credence
