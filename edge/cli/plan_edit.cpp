#include <credence/base/toml.h>
#include <credence/cli/plan_edit.h>
#include <credence/cli/toml_text.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// Finds the ends of keys and values in TOML that toml++ has read without complaint.
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  bool ended() const { return at_ >= text_.size(); }
  char here() const { return ended() ? '\0' : text_[at_]; }

  void skip_line() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (!ended()) ++at_;
  }
  void skip_blanks() {
    while (is_blank(here())) ++at_;
  }
  // Blanks, ends of lines and comments.
  void skip_space() {
    while (!ended()) {
      if (here() == '#')
        skip_line();
      else if (is_blank(here()) || here() == '\r' || here() == '\n')
        ++at_;
      else
        return;
    }
  }
  // A string of any of the four kinds.
  void skip_string() {
    const char quote = here();
    const std::string three(3, quote);
    const bool is_long = text_.substr(at_).starts_with(three);
    at_ += is_long ? 3 : 1;
    while (!ended()) {
      if (quote == '"' && here() == '\\') {
        at_ += 2;
        continue;
      }
      if (is_long ? text_.substr(at_).starts_with(three) : here() == quote) {
        at_ += is_long ? 3 : 1;
        // Up to two quotes may stand before the closing three.
        while (is_long && here() == quote) ++at_;
        return;
      }
      ++at_;
    }
  }
  // Anything from a key to a nested table, up to what ends it on this level.
  void skip_value(std::string_view ends) {
    int depth = 0;
    while (!ended()) {
      const char c = here();
      if (c == '"' || c == '\'') {
        skip_string();
        continue;
      }
      if (c == '#' && depth > 0) {
        skip_line();
        continue;
      }
      if (depth == 0 && ends.find(c) != std::string_view::npos) return;
      if (c == '[' || c == '{') ++depth;
      if (c == ']' || c == '}') --depth;
      ++at_;
    }
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

// One `key = value` of a table.
struct KeyPlace {
  std::string name;
  std::size_t key = 0, value = 0, value_end = 0, line_end = 0;
};

std::string trimmed(std::string_view text) {
  while (!text.empty() && (is_blank(text.back()) || text.back() == '\r')) text.remove_suffix(1);
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return std::string{text};
}

// The keys of the table whose header line starts at `header`, and where more of them belong.
struct TablePlace {
  std::vector<KeyPlace> keys;
  std::size_t end = 0;  // of its last line
};

TablePlace table_at(std::string_view text, std::size_t header) {
  Scanner scan(text, header);
  scan.skip_line();
  TablePlace table{.keys = {}, .end = scan.at()};
  while (true) {
    scan.skip_space();
    if (scan.ended() || scan.here() == '[') return table;
    KeyPlace place;
    place.key = scan.at();
    scan.skip_value("=\n");
    place.name = trimmed(text.substr(place.key, scan.at() - place.key));
    const bool is_quoted = place.name.size() > 1 && (place.name[0] == '"' || place.name[0] == '\'');
    if (is_quoted) place.name = place.name.substr(1, place.name.size() - 2);
    Scanner value(text, std::min(scan.at() + 1, text.size()));
    value.skip_blanks();
    place.value = value.at();
    value.skip_value("#\r\n");
    place.value_end = value.at();
    while (place.value_end > place.value && is_blank(text[place.value_end - 1])) --place.value_end;
    value.skip_line();
    place.line_end = table.end = value.at();
    scan = value;
    table.keys.push_back(std::move(place));
  }
}

std::size_t start_of_line(std::string_view text, std::uint32_t line) {
  std::size_t at = 0;
  for (std::uint32_t i = 1; i < line; ++i) {
    at = text.find('\n', at);
    if (at == std::string_view::npos) return text.size();
    ++at;
  }
  return at;
}

Finding shape(const std::string& variable, std::uint32_t line) {
  Finding finding;
  finding.code = "plan.shape";
  const std::string place = line > 0 ? fmt::format(" (line {})", line) : "";
  const std::string lieu = line > 0 ? fmt::format(" (ligne {})", line) : "";
  finding.message = {
      fmt::format("`{}` stands in the plan in a shape that is not changed by machine{}", variable,
                  place),
      fmt::format("« {} » figure dans le plan sous une forme qui ne se change pas à la machine{}",
                  variable, lieu)};
  finding.help = {
      "write it as [[variable]] with one `key = value` a line, and `bins = { ... }` on one line, "
      "or change it by hand",
      "écrivez-la comme [[variable]], une « clé = valeur » par ligne et « bins = { ... } » sur "
      "une ligne, ou changez-la à la main"};
  return finding;
}

// A piece of the text that becomes another one.
struct Patch {
  std::size_t from = 0, to = 0;
  std::string text;
};

Patch removal(std::string_view text, const KeyPlace& place) {
  // A comment behind the value stays, on a line of its own.
  std::size_t rest = place.value_end;
  while (rest < text.size() && is_blank(text[rest])) ++rest;
  const bool has_comment = rest < text.size() && text[rest] == '#';
  return {place.key, has_comment ? rest : place.line_end, ""};
}

std::string line_end_of(std::string_view text) {
  return text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
}

std::string new_variable(const PlanChange& change, const std::string& line_end) {
  std::string out =
      line_end + "[[variable]]" + line_end + "name = " + toml_quoted(change.variable) + line_end;
  for (const PlanChange::Key& key : change.keys)
    if (key.value) out += fmt::format("{} = {}{}", key.name, *key.value, line_end);
  return out;
}

const TomlNode* variable_of(const TomlNode& root, const std::string& name) {
  const TomlNode* list = root.find("variable");
  if (list == nullptr || list->array() == nullptr) return nullptr;
  for (const TomlNode& item : *list->array()) {
    const TomlNode* own = item.find("name");
    if (own != nullptr && own->string() != nullptr && *own->string() == name) return &item;
  }
  return nullptr;
}

std::optional<Finding> patch_variable(std::string_view text, const TomlNode& variable,
                                      const PlanChange& change, std::vector<Patch>& patches) {
  const std::uint32_t line = variable.where().line;
  const std::size_t header = start_of_line(text, line);
  if (!trimmed(text.substr(header, text.find('\n', header) - header)).starts_with("[["))
    return shape(change.variable, line);
  const TablePlace table = table_at(text, header);
  std::string added;
  const std::string line_end = line_end_of(text);
  for (const PlanChange::Key& key : change.keys) {
    const auto own = std::ranges::find(table.keys, key.name, &KeyPlace::name);
    if (own == table.keys.end()) {
      if (variable.find(key.name) != nullptr) return shape(change.variable, line);
      if (key.value) added += fmt::format("{} = {}{}", key.name, *key.value, line_end);
    } else if (key.value) {
      patches.push_back({own->value, own->value_end, *key.value});
    } else {
      patches.push_back(removal(text, *own));
    }
  }
  if (added.empty()) return std::nullopt;
  const bool is_open = table.end > 0 && text[table.end - 1] != '\n';
  patches.push_back({table.end, table.end, (is_open ? line_end : "") + added});
  return std::nullopt;
}

// Whether two documents say the same, but for some keys of some variables.
class Comparison {
 public:
  explicit Comparison(const std::vector<PlanChange>& changes) : changes_(changes) {}

  bool same_plan(const TomlNode& before, const TomlNode& after) const {
    for (const TomlNode::Member& member : *before.table()) {
      const TomlNode* other = after.find(member.key);
      if (other == nullptr) return false;
      const bool is_list = member.key == "variable" && member.value.array() != nullptr;
      if (!is_list && !same(member.value, *other)) return false;
      if (is_list && !same_variables(*member.value.array(), *other)) return false;
    }
    return std::ranges::all_of(*after.table(), [&](const TomlNode::Member& member) {
      return member.key == "variable" || before.find(member.key) != nullptr;
    });
  }

 private:
  static bool same(const TomlNode& a, const TomlNode& b) {
    if (a.array() != nullptr && b.array() != nullptr)
      return std::ranges::equal(*a.array(), *b.array(), same);
    if (a.table() != nullptr && b.table() != nullptr)
      return same_members(*a.table(), *b.table(), nullptr);
    if (a.string() != nullptr && b.string() != nullptr) return *a.string() == *b.string();
    if (a.integer() != nullptr && b.integer() != nullptr) return *a.integer() == *b.integer();
    if (a.boolean() != nullptr && b.boolean() != nullptr) return *a.boolean() == *b.boolean();
    if (a.date() != nullptr && b.date() != nullptr) return *a.date() == *b.date();
    return a.floating() != nullptr && b.floating() != nullptr &&
           a.floating()->text == b.floating()->text;
  }
  static bool changes_key(const PlanChange* change, const std::string& name) {
    return change != nullptr && std::ranges::count(change->keys, name, &PlanChange::Key::name) > 0;
  }
  static bool same_members(const TomlNode::Table& a, const TomlNode::Table& b,
                           const PlanChange* change) {
    const auto has_same = [change](const TomlNode::Table& from, const TomlNode::Table& in) {
      return std::ranges::all_of(from, [&](const TomlNode::Member& member) {
        if (changes_key(change, member.key)) return true;
        const auto other = std::ranges::find(in, member.key, &TomlNode::Member::key);
        return other != in.end() && same(member.value, other->value);
      });
    };
    return has_same(a, b) && has_same(b, a);
  }
  bool same_variables(const TomlNode::Array& before, const TomlNode& after) const {
    if (after.array() == nullptr || after.array()->size() < before.size()) return false;
    for (std::size_t i = 0; i < before.size(); ++i) {
      const TomlNode* name = before[i].find("name");
      const PlanChange* change = nullptr;
      for (const PlanChange& one : changes_)
        if (name != nullptr && name->string() != nullptr && *name->string() == one.variable)
          change = &one;
      const TomlNode& other = (*after.array())[i];
      const bool are_tables = before[i].table() != nullptr && other.table() != nullptr;
      if (!are_tables || !same_members(*before[i].table(), *other.table(), change)) return false;
    }
    return true;
  }

  const std::vector<PlanChange>& changes_;
};

std::string patched(std::string text, std::vector<Patch> patches) {
  std::ranges::sort(patches, std::greater<>(), &Patch::from);
  for (const Patch& patch : patches) text.replace(patch.from, patch.to - patch.from, patch.text);
  return text;
}

Finding no_syntax(const Error& error) {
  Finding finding;
  finding.code = "plan.syntax";
  finding.where = error.where;
  finding.message = {error.message, "la syntaxe est fautive : " + error.message};
  finding.help = {error.help, error.help};
  return finding;
}

}  // namespace

std::variant<std::string, Finding> edit_plan(const std::string& text, const std::string& file,
                                             const std::vector<PlanChange>& changes) {
  auto before = parse_toml(text, file);
  if (!before) return no_syntax(before.error());
  std::vector<Patch> patches;
  std::string added;
  for (const PlanChange& change : changes) {
    if (const TomlNode* variable = variable_of(*before, change.variable)) {
      if (auto refused = patch_variable(text, *variable, change, patches)) return *refused;
      continue;
    }
    const auto has_value = [](const PlanChange::Key& key) { return key.value.has_value(); };
    if (std::ranges::any_of(change.keys, has_value))
      added += new_variable(change, line_end_of(text));
  }
  std::string result = patched(text, std::move(patches));
  if (!added.empty() && !result.empty() && result.back() != '\n') result += line_end_of(text);
  if (result.empty() && !added.empty()) added.erase(0, line_end_of(text).size());
  result += added;
  auto after = parse_toml(result, file);
  const std::string& first = changes.empty() ? file : changes.front().variable;
  if (!after || !Comparison{changes}.same_plan(*before, *after)) return shape(first, 0);
  return result;
}

}  // namespace credence
