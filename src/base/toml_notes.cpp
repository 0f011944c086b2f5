#include <credence/base/toml_notes.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

void TomlNotes::add(Finding::Severity severity, std::string_view code, std::string path,
                    const Where& where, Text message, Text help) {
  findings_->push_back({.code = std::string{code},
                        .severity = severity,
                        .path = std::move(path),
                        .where = where,
                        .message = std::move(message),
                        .why = explain_ ? explain_(code).value_or(Text{}) : Text{},
                        .law = {},
                        .help = std::move(help)});
}

void TomlNotes::error(std::string_view code, std::string path, const Where& where, Text message,
                      Text help) {
  ++errors_;
  add(Finding::Severity::error, code, std::move(path), where, std::move(message), std::move(help));
}

void TomlNotes::warning(std::string_view code, std::string path, const Where& where, Text message,
                        Text help) {
  add(Finding::Severity::warning, code, std::move(path), where, std::move(message),
      std::move(help));
}

template <class Word>
void TomlNotes::refuse_others(const TomlNode& table, std::span<const Word> known,
                              const std::string& path) {
  for (const TomlNode::Member& member : *table.table()) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    Text guess = perhaps_meant(nearest(member.key, known));
    error(code("002"), path_to(path, member.key), member.key_where,
          {fmt::format("unknown key `{}`{}", member.key, guess.en),
           fmt::format("clé inconnue « {} »{}", member.key, guess.fr)},
          {fmt::format("known here: {}", fmt::join(known, ", ")),
           fmt::format("connues ici : {}", fmt::join(known, ", "))});
  }
}

void TomlNotes::refuse_unknown(const TomlNode& table, std::initializer_list<std::string_view> known,
                               const std::string& path) {
  refuse_others(table, std::span<const std::string_view>{known.begin(), known.size()}, path);
}
void TomlNotes::refuse_unknown(const TomlNode& table, std::span<const std::string> known,
                               const std::string& path) {
  refuse_others(table, known, path);
}

const TomlNode* TomlNotes::need(const TomlNode& table, std::string_view key,
                                const std::string& path) {
  const TomlNode* node = table.find(key);
  if (node == nullptr) {
    error(code("003"), path_to(path, key), table.where(),
          {fmt::format("`{}` is missing", key), fmt::format("« {} » manque", key)},
          {fmt::format("add `{} = ...`", key), fmt::format("ajoutez « {} = ... »", key)});
  }
  return node;
}

void TomlNotes::wrong_kind(const TomlNode& node, const std::string& path, const Text& wanted) {
  error(code("004"), path, node.where(),
        {fmt::format("expected {}, found {}", wanted.en, node.kind()),
         fmt::format("attendu : {} ; trouvé : {}", wanted.fr, french_kind(node.kind()))},
        {fmt::format("write {}", wanted.en), fmt::format("écrivez {}", wanted.fr)});
}

Text perhaps_meant(const std::string& nearest_word) {
  if (nearest_word.empty()) return {};
  return {fmt::format("; did you mean `{}`?", nearest_word),
          fmt::format(" ; vouliez-vous dire « {} » ?", nearest_word)};
}

std::string french_kind(std::string_view kind) {
  if (kind == "a string") return "un texte";
  if (kind == "a whole number") return "un nombre entier";
  if (kind == "a decimal number") return "un nombre décimal";
  if (kind == "true or false") return "true ou false";
  if (kind == "a date") return "une date";
  if (kind == "a list") return "une liste";
  return "une table";
}

std::string path_to(std::string_view path, std::string_view key) {
  return path.empty() ? std::string{key} : fmt::format("{}.{}", path, key);
}

std::string path_to(std::string_view path, std::size_t item) {
  return fmt::format("{}[{}]", path, item);
}

}  // namespace credence
