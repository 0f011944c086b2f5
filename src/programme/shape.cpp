#include <credence/base/text.h>
#include <credence/base/time.h>
#include <credence/programme/message.h>
#include <credence/programme/shape.h>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace credence {

namespace {

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    std::size_t end = text.find(at);
    if (end != 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

struct Key {
  std::string_view name, kind;
  bool needed = false;
};

std::vector<Key> keys_of(std::string_view words) {
  std::vector<Key> keys;
  for (std::string_view word : split(words, ' ')) {
    std::size_t colon = word.find(':');
    Key key{word.substr(0, colon), word.substr(colon + 1)};
    key.needed = key.name.ends_with('!');
    if (key.needed) key.name.remove_suffix(1);
    keys.push_back(key);
  }
  return keys;
}

// What a kind is called when something else was found.
Text name_of_kind(std::string_view kind) {
  struct Name {
    std::string_view kind;
    Text text;
  };
  const Name names[] = {
      {"string", {"a string", "une chaîne"}},
      {"id", {"an identifier in quotes", "un identifiant entre guillemets"}},
      {"text", {"a text in both languages", "un texte dans les deux langues"}},
      {"integer", {"a whole number", "un nombre entier"}},
      {"decimal", {"a number", "un nombre"}},
      {"flag", {"true or false", "true ou false"}},
      {"date", {"a date", "une date"}},
      {"period", {"a period in quotes", "une durée entre guillemets"}},
      {"table", {"a table", "une table"}},
      {"tables", {"a list of tables", "une liste de tables"}},
      {"strings", {"a list of strings", "une liste de chaînes"}},
      {"field",
       {"a field type in quotes, or a table", "un type de champ entre guillemets, ou une table"}}};
  for (const Name& name : names) {
    if (name.kind == kind) return name.text;
  }
  if (kind.starts_with('[')) return {"a list of words", "une liste de mots"};
  return {"a word in quotes", "un mot entre guillemets"};
}

Text french_kind(const TomlNode& node) {
  std::string_view kind = node.kind();
  std::string_view fr = kind == "a string"           ? "une chaîne"
                        : kind == "a whole number"   ? "un nombre entier"
                        : kind == "a decimal number" ? "un nombre à virgule"
                        : kind == "true or false"    ? "vrai ou faux"
                        : kind == "a date"           ? "une date"
                        : kind == "a list"           ? "une liste"
                                                     : "une table";
  return {std::string{kind}, std::string{fr}};
}

Text example_of(std::string_view kind) {
  if (kind == "text") {
    return {"write { en = \"...\", fr = \"...\" }", "écrivez { en = \"...\", fr = \"...\" }"};
  }
  if (kind == "date")
    return {"write 2026-01-31, without quotes", "écrivez 2026-01-31, sans guillemets"};
  if (kind == "period") return {"write \"12 months\"", "écrivez \"12 months\""};
  if (kind == "flag")
    return {"write true or false, without quotes", "écrivez true ou false, sans guillemets"};
  if (kind == "strings" || kind.starts_with('[')) {
    return {"write [\"...\", \"...\"]", "écrivez [\"...\", \"...\"]"};
  }
  if (kind == "tables")
    return {"write the name in double brackets", "mettez le nom entre doubles crochets"};
  return {};
}

class ShapeCheck {
 public:
  ShapeCheck(const ShapeRules& rules, Findings& findings) : rules_(rules), findings_(findings) {}

  // `pattern` is the path without positions, `path` the one with them.
  void check_table(const TomlNode& table, const std::string& pattern, const std::string& path) {
    auto rule = std::find_if(rules_.tables.begin(), rules_.tables.end(),
                             [&](const TableKeys& t) { return t.table == pattern; });
    if (rule == rules_.tables.end()) return;
    std::vector<Key> keys = keys_of(rule->keys);
    for (const TomlNode::Member& member : *table.table()) {
      if (findings_.size() >= kMaxFindings) return;
      std::string member_path = join_path(path, member.key);
      auto key = std::find_if(keys.begin(), keys.end(),
                              [&](const Key& k) { return k.name == member.key; });
      if (key == keys.end())
        key = std::find_if(keys.begin(), keys.end(), [](auto& k) { return k.name == "*"; });
      if (key == keys.end()) {
        report_unknown(member, keys, path, member_path);
        continue;
      }
      check_value(member.value, key->kind, join_path(pattern, key->name), member_path);
      if (key->needed) check_filled(member.value, member_path);
    }
    report_missing(table, keys, path);
  }

 private:
  static std::string join_path(const std::string& path, std::string_view key) {
    return path.empty() ? std::string{key} : fmt::format("{}.{}", path, key);
  }

  void report_unknown(const TomlNode::Member& member, const std::vector<Key>& keys,
                      const std::string& path, const std::string& member_path) {
    std::vector<std::string_view> names;
    std::string all;
    for (const Key& key : keys) {
      names.push_back(key.name);
      all += fmt::format("{}`{}`", all.empty() ? "" : ", ", key.name);
    }
    std::string near = nearest(member.key, std::span<const std::string_view>{names});
    Text help = near.empty() ? Text{"known here: " + all, "connus ici : " + all} : suggest(near);
    std::string key = in_backticks(member.key);
    Text message = path.empty() ? Text{fmt::format("unknown section {}", key),
                                       fmt::format("section {} inconnue", key)}
                                : Text{fmt::format("unknown key {} in `{}`", key, path),
                                       fmt::format("clé {} inconnue dans `{}`", key, path)};
    report("002", member_path, member.key_where, std::move(message), std::move(help));
  }

  void report_missing(const TomlNode& table, const std::vector<Key>& keys,
                      const std::string& path) {
    for (const Key& key : keys) {
      if (!key.needed || table.find(key.name) != nullptr) continue;
      Text wanted = name_of_kind(key.kind);
      Text message = path.empty() ? Text{fmt::format("section `{}` is missing", key.name),
                                         fmt::format("la section `{}` manque", key.name)}
                                  : Text{fmt::format("`{}` has no `{}`", path, key.name),
                                         fmt::format("`{}` n'a pas de `{}`", path, key.name)};
      report("003", join_path(path, key.name), table.where(), std::move(message),
             join_texts({fmt::format("add `{}`: {}", key.name, wanted.en),
                         fmt::format("ajoutez `{}` : {}", key.name, wanted.fr)},
                        words_of(key.kind)));
    }
  }

  static Text words_of(std::string_view kind) {
    if (kind.find('|') == std::string_view::npos) return {};
    std::string all;
    for (std::string_view word : words_in(kind))
      all += fmt::format("{}`{}`", all.empty() ? "" : ", ", word);
    return {"one of " + all, "au choix " + all};
  }

  static std::vector<std::string_view> words_in(std::string_view kind) {
    if (kind.starts_with('[')) kind = kind.substr(1, kind.size() - 2);
    return split(kind, '|');
  }

  void check_value(const TomlNode& value, std::string_view kind, const std::string& pattern,
                   const std::string& path) {
    if (kind == "any") return;
    if (kind.starts_with('[') || kind == "strings") return check_list(value, kind, path);
    if (kind == "tables") return check_tables(value, pattern, path);
    if (kind == "table" || (kind == "field" && value.table() != nullptr)) {
      if (value.table() == nullptr) return report_kind(value, kind, path);
      return check_table(value, pattern, path);
    }
    if (kind == "text") return check_text(value, path);
    if (kind == "integer") return check_kind(value.integer() != nullptr, value, kind, path);
    if (kind == "decimal") {
      return check_kind(value.integer() != nullptr || value.floating() != nullptr, value, kind,
                        path);
    }
    if (kind == "flag") return check_kind(value.boolean() != nullptr, value, kind, path);
    if (kind == "date") return check_date(value, path);
    if (value.string() == nullptr) return report_kind(value, kind, path);
    if (kind == "period") return check_period(value, path);
    if (kind == "id") return check_id(value, path);
    if (kind.find('|') != std::string_view::npos) check_word(value, kind, path);
  }

  void check_filled(const TomlNode& value, const std::string& path) {
    bool no_entries = value.array() != nullptr && value.array()->empty();
    bool no_letters = value.string() != nullptr && value.string()->empty();
    // An empty word, identifier or period has been told by its own rule.
    bool told = !findings_.empty() && findings_.back().path == path;
    if (told || (!no_entries && !no_letters)) return;
    report("024", path, value.where(),
           {fmt::format("`{}` is empty", path), fmt::format("`{}` est vide", path)},
           {"it must name something", "il doit nommer quelque chose"});
  }

  void check_kind(bool fits, const TomlNode& value, std::string_view kind,
                  const std::string& path) {
    if (!fits) report_kind(value, kind, path);
  }

  void check_list(const TomlNode& value, std::string_view kind, const std::string& path) {
    if (value.array() == nullptr) return report_kind(value, kind, path);
    std::size_t position = 0;
    for (const TomlNode& item : *value.array()) {
      std::string item_path = fmt::format("{}[{}]", path, position++);
      if (item.string() == nullptr) {
        report_kind(item, "string", item_path);
      } else if (kind != "strings") {
        check_word(item, kind, item_path);
      }
    }
  }

  void check_tables(const TomlNode& value, const std::string& pattern, const std::string& path) {
    if (value.array() == nullptr) return report_kind(value, "tables", path);
    std::size_t position = 0;
    for (const TomlNode& item : *value.array()) {
      std::string item_path = fmt::format("{}[{}]", path, position++);
      if (item.table() == nullptr) {
        report_kind(item, "table", item_path);
      } else {
        check_table(item, pattern, item_path);
      }
    }
  }

  void check_text(const TomlNode& value, const std::string& path) {
    if (value.table() == nullptr) return report_kind(value, "text", path);
    for (std::string_view language : {"en", "fr"}) {
      const TomlNode* text = value.find(language);
      if (text != nullptr && text->string() == nullptr) {
        report_kind(*text, "string", join_path(path, language));
      } else if (text == nullptr || text->string()->empty()) {
        bool english = language == "en";
        report("013", join_path(path, language), text ? text->where() : value.where(),
               {fmt::format("the {} text of `{}` is missing", english ? "English" : "French", path),
                fmt::format("le texte {} de `{}` manque", english ? "anglais" : "français", path)},
               {"people read it in their own language", "chacun le lit dans sa langue"});
      }
    }
    for (const TomlNode::Member& member : *value.table()) {
      if (member.key == "en" || member.key == "fr") continue;
      report_unknown(member, {{"en", "string"}, {"fr", "string"}}, path,
                     join_path(path, member.key));
    }
  }

  void check_date(const TomlNode& value, const std::string& path) {
    if (value.date() != nullptr) return;
    if (value.string() == nullptr) return report_kind(value, "date", path);
    report("011", path, value.where(),
           {fmt::format("{} in quotes is a string, not a date", in_backticks(*value.string())),
            fmt::format("{} entre guillemets est une chaîne, pas une date",
                        in_backticks(*value.string()))},
           example_of("date"));
  }

  void check_period(const TomlNode& value, const std::string& path) {
    if (parse_period(*value.string())) return;
    report("010", path, value.where(),
           {fmt::format("{} is no period", in_backticks(*value.string())),
            fmt::format("{} n'est pas une durée", in_backticks(*value.string()))},
           {"a number and days, weeks, months or years, as in \"12 months\"; at most 200 years",
            "un nombre et days, weeks, months ou years, comme \"12 months\" ; au plus 200 ans"});
  }

  void check_id(const TomlNode& value, const std::string& path) {
    if (is_id(*value.string())) return;
    report("006", path, value.where(),
           {fmt::format("{} is no identifier", in_backticks(*value.string())),
            fmt::format("{} n'est pas un identifiant", in_backticks(*value.string()))},
           {"use a to z, 0 to 9, `-`, `_` and `.`; at most 64 characters",
            "utilisez a à z, 0 à 9, `-`, `_` et `.` ; au plus 64 caractères"});
  }

  void check_word(const TomlNode& value, std::string_view kind, const std::string& path) {
    std::vector<std::string_view> words = words_in(kind);
    const std::string& written = *value.string();
    if (std::find(words.begin(), words.end(), written) != words.end()) return;
    std::string near = nearest(written, std::span<const std::string_view>{words});
    std::string key = path.substr(path.rfind('.') + 1);
    key = key.substr(0, key.find('['));
    report("005", path, value.where(),
           {fmt::format("{} is no value of `{}`", in_backticks(written), key),
            fmt::format("{} n'est pas une valeur de `{}`", in_backticks(written), key)},
           join_texts(suggest(near), words_of(kind)));
  }

  void report_kind(const TomlNode& value, std::string_view kind, const std::string& path) {
    Text wanted = name_of_kind(kind), found = french_kind(value);
    report("004", path, value.where(),
           {fmt::format("`{}` is {}, where {} is wanted", path, found.en, wanted.en),
            fmt::format("`{}` est {}, il faut {}", path, found.fr, wanted.fr)},
           join_texts(example_of(kind), words_of(kind)));
  }

  void report(std::string_view number, std::string path, Where where, Text message, Text help) {
    if (findings_.size() >= kMaxFindings) return;
    Finding finding;
    finding.code = fmt::format("{}{}", rules_.prefix, number);
    finding.path = std::move(path);
    finding.where = std::move(where);
    finding.message = std::move(message);
    finding.help = std::move(help);
    findings_.push_back(std::move(finding));
  }

  const ShapeRules& rules_;
  Findings& findings_;
};

}  // namespace

void check_shape(const TomlNode& document, const ShapeRules& rules, Findings& findings) {
  if (document.table() != nullptr) ShapeCheck{rules, findings}.check_table(document, "", "");
}

void sort_by_place(Findings& findings) {
  std::vector<std::size_t> order(findings.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Where& first = findings[a].where;
    const Where& second = findings[b].where;
    return std::tie(first.line, first.column, a) < std::tie(second.line, second.column, b);
  });
  Findings sorted;
  sorted.reserve(findings.size());
  for (std::size_t position : order) sorted.push_back(std::move(findings[position]));
  findings = std::move(sorted);
}

bool is_id(std::string_view text) {
  auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= 64 && plain(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; });
}

}  // namespace credence
