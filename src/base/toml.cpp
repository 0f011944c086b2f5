#include <credence/base/text.h>
#include <credence/base/toml.h>
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <tuple>

namespace credence {

namespace {

Where where_of(const toml::source_region& region, const std::string& file, std::size_t length = 0) {
  Where where;
  where.file = file;
  where.line = region.begin.line;
  where.column = region.begin.column;
  bool one_line = region.end.line == region.begin.line && region.end.column > region.begin.column;
  where.length = length > 0 ? static_cast<std::uint32_t>(length)
                            : (one_line ? region.end.column - region.begin.column : 1);
  return where;
}

class Converter {
 public:
  explicit Converter(const std::string& file) : file_(file) {}

  Result<TomlNode> convert(const toml::node& node) const {
    Where where = where_of(node.source(), file_);
    if (auto* text = node.as_string()) return TomlNode{text->get(), where};
    if (auto* integer = node.as_integer()) return TomlNode{std::int64_t{integer->get()}, where};
    if (auto* number = node.as_floating_point()) {
      return TomlNode{TomlNode::Float{number->get(), fmt::format("{}", number->get())}, where};
    }
    if (auto* boolean = node.as_boolean()) return TomlNode{boolean->get(), where};
    if (auto* date = node.as_date()) return convert_date(date->get(), where);
    if (auto* array = node.as_array()) return convert_array(*array, where);
    if (auto* table = node.as_table()) return convert_table(*table, where);
    return Error{"toml.time", "times of day are not used in this file", where,
                 "write a date, as in 2026-11-21"};
  }

 private:
  Result<TomlNode> convert_date(toml::date date, const Where& where) const {
    std::chrono::year_month_day ymd{std::chrono::year{date.year}, std::chrono::month{date.month},
                                    std::chrono::day{date.day}};
    if (!ymd.ok())
      return Error{"toml.date", "this day does not exist", where, "check month and day"};
    return TomlNode{Date{ymd}, where};
  }

  Result<TomlNode> convert_array(const toml::array& array, const Where& where) const {
    TomlNode::Array items;
    for (const toml::node& item : array) {
      auto converted = convert(item);
      if (!converted) return converted.error();
      items.push_back(*std::move(converted));
    }
    return TomlNode{std::move(items), where};
  }

  Result<TomlNode> convert_table(const toml::table& table, const Where& where) const {
    TomlNode::Table members;
    for (const auto& [key, value] : table) {
      auto converted = convert(value);
      if (!converted) return converted.error();
      std::string name{key.str()};
      members.push_back({name, where_of(key.source(), file_, name.size()), *std::move(converted)});
    }
    // toml++ sorts by key; people read in the order they wrote.
    std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
      return std::tie(a.key_where.line, a.key_where.column, a.key) <
             std::tie(b.key_where.line, b.key_where.column, b.key);
    });
    return TomlNode{std::move(members), where};
  }

  const std::string& file_;
};

// toml++ 3.3 asks of characters beyond ASCII whether they are white space, and runs into undefined
// behaviour on some of them. TOML 1.0 has such characters in strings and comments alone, so this
// finds the others first.
class StrayCharacter {
 public:
  explicit StrayCharacter(std::string_view text) : text_(text) {}

  // The byte at which the first one stands. What is broken in another way is left to the grammar.
  std::optional<std::size_t> find() {
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (is_beyond_ascii(at_)) return at_;
      if (c == '#')
        at_ = std::min(text_.find('\n', at_), text_.size());
      else if (c == '"' || c == '\'') {
        if (!skip_string(c)) return stray_;
      } else
        ++at_;
    }
    return std::nullopt;
  }

 private:
  bool is_beyond_ascii(std::size_t at) const {
    return at < text_.size() && (text_[at] & 0x80) != 0;
  }

  // False when there is nothing to look at after it: a stray character, or a string that does not
  // end.
  bool skip_string(char quote) {
    std::string closing(text_.substr(at_).starts_with(std::string(3, quote)) ? 3 : 1, quote);
    bool one_line = closing.size() == 1;
    for (at_ += closing.size(); at_ < text_.size(); ++at_) {
      if (one_line && text_[at_] == '\n') return false;
      if (quote == '"' && text_[at_] == '\\') {
        if (!skip_escape()) return false;
      } else if (text_.substr(at_).starts_with(closing)) {
        at_ += closing.size();
        // Up to two more quotes belong to a string that three quotes close.
        for (int more = 0; !one_line && more < 2 && text_.substr(at_).starts_with(quote); ++more)
          ++at_;
        return true;
      }
    }
    return false;
  }

  // A backslash at the end of a line swallows white space, which is where the question is asked.
  bool skip_escape() {
    std::size_t next = std::min(text_.find_first_not_of(" \t\r\n", at_ + 1), text_.size());
    if (is_beyond_ascii(next)) return stray_ = next, false;
    at_ = next == at_ + 1 ? next : next - 1;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<std::size_t> stray_;
};

Where place_of(std::string_view text, std::size_t at, const std::string& file) {
  std::string_view before = text.substr(0, at);
  std::size_t line_start = before.rfind('\n') + 1;  // 0 on the first line, as npos + 1 is
  Where where{file, 0, 0, 1};
  where.line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1);
  where.column = static_cast<std::uint32_t>(characters(before.substr(line_start)) + 1);
  return where;
}

// The start of the first line that is no UTF-8: toml++ 3.3 does not survive every broken byte.
std::optional<std::size_t> broken_line(std::string_view text) {
  if (is_utf8(text)) return std::nullopt;
  for (std::size_t start = 0; start < text.size();) {
    std::size_t end = std::min(text.find('\n', start), text.size());
    if (!is_utf8(text.substr(start, end - start))) return start;
    start = end + 1;
  }
  return 0;
}

}  // namespace

const TomlNode* TomlNode::find(std::string_view key) const {
  const Table* members = table();
  if (members == nullptr) return nullptr;
  auto found =
      std::find_if(members->begin(), members->end(), [&](const Member& m) { return m.key == key; });
  return found == members->end() ? nullptr : &found->value;
}

std::string_view TomlNode::kind() const {
  switch (value_.index()) {
    case 0:
      return "a string";
    case 1:
      return "a whole number";
    case 2:
      return "a decimal number";
    case 3:
      return "true or false";
    case 4:
      return "a date";
    case 5:
      return "a list";
    default:
      return "a table";
  }
}

Result<TomlNode> parse_toml(std::string_view text, const std::string& file) {
  // toml++ reads a byte order mark as part of the first key in 3.3; editors on Windows write one.
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (auto broken = broken_line(text)) {
    return Error{"toml.utf8", "this line is not UTF-8", place_of(text, *broken, file),
                 "save the file as UTF-8"};
  }
  if (auto stray = StrayCharacter{text}.find()) {
    return Error{"toml.syntax", "this character may stand only in quotes or after `#`",
                 place_of(text, *stray, file), "put it in quotes, not right after a backslash"};
  }
  try {
    toml::table table = toml::parse(text, file);
    return Converter{file}.convert(table);
  } catch (const toml::parse_error& error) {
    return Error{"toml.syntax", std::string{error.description()}, where_of(error.source(), file),
                 "see https://toml.io/en/v1.0.0 for the format of this file"};
  }
}

}  // namespace credence
