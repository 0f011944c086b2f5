#include <credence/score/card_notes.h>
#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace credence {

namespace {

// TomlNode names kinds in English; people read both languages.
std::string french_kind(std::string_view kind) {
  if (kind == "a string") return "un texte";
  if (kind == "a whole number") return "un nombre entier";
  if (kind == "a decimal number") return "un nombre décimal";
  if (kind == "true or false") return "true ou false";
  if (kind == "a date") return "une date";
  if (kind == "a list") return "une liste";
  return "une table";
}

}  // namespace

Text perhaps_meant(const std::string& nearest_word) {
  if (nearest_word.empty()) return {};
  return {fmt::format("; did you mean `{}`?", nearest_word),
          fmt::format(" ; vouliez-vous dire « {} » ?", nearest_word)};
}

std::string path_to(std::string_view path, std::string_view key) {
  return path.empty() ? std::string{key} : fmt::format("{}.{}", path, key);
}

void CardNotes::add(Finding::Severity severity, std::string_view code, std::string path,
                    const Where& where, Text message, Text help) {
  findings_.push_back({.code = std::string{code},
                       .severity = severity,
                       .path = std::move(path),
                       .where = where,
                       .message = std::move(message),
                       .why = explain_card_code(code).value_or(Text{}),
                       .law = {},
                       .help = std::move(help)});
}

void CardNotes::error(std::string_view code, std::string path, const Where& where, Text message,
                      Text help) {
  ++errors_;
  add(Finding::Severity::error, code, std::move(path), where, std::move(message), std::move(help));
}

void CardNotes::warning(std::string_view code, std::string path, const Where& where, Text message,
                        Text help) {
  add(Finding::Severity::warning, code, std::move(path), where, std::move(message),
      std::move(help));
}

void CardNotes::refuse_unknown(const TomlNode& table, std::initializer_list<std::string_view> known,
                               const std::string& path) {
  std::span<const std::string_view> words{known.begin(), known.size()};
  for (const TomlNode::Member& member : *table.table()) {
    if (std::find(words.begin(), words.end(), member.key) != words.end()) continue;
    Text guess = perhaps_meant(nearest(member.key, words));
    error("C002", path_to(path, member.key), member.key_where,
          {fmt::format("unknown key `{}`{}", member.key, guess.en),
           fmt::format("clé inconnue « {} »{}", member.key, guess.fr)},
          {fmt::format("known here: {}", fmt::join(words, ", ")),
           fmt::format("connues ici : {}", fmt::join(words, ", "))});
  }
}

const TomlNode* CardNotes::need(const TomlNode& table, std::string_view key,
                                const std::string& path) {
  const TomlNode* node = table.find(key);
  if (node == nullptr) {
    error("C003", path_to(path, key), table.where(),
          {fmt::format("`{}` is missing", key), fmt::format("« {} » manque", key)},
          {fmt::format("add `{} = ...`", key), fmt::format("ajoutez « {} = ... »", key)});
  }
  return node;
}

void CardNotes::wrong_kind(const TomlNode& node, const std::string& path, Text wanted) {
  error("C004", path, node.where(),
        {fmt::format("expected {}, found {}", wanted.en, node.kind()),
         fmt::format("attendu : {} ; trouvé : {}", wanted.fr, french_kind(node.kind()))},
        {fmt::format("write {}", wanted.en), fmt::format("écrivez {}", wanted.fr)});
}

std::optional<int> CardNotes::points(const TomlNode& node, const std::string& path) {
  if (const TomlNode::Float* number = node.floating()) {
    error("A26", path, node.where(),
          {fmt::format("points must be whole, found `{}`", number->text),
           fmt::format("les points doivent être entiers, trouvé « {} »", number->text)},
          {"write a whole number of points", "écrivez un nombre entier de points"});
    return std::nullopt;
  }
  if (node.integer() == nullptr) {
    wrong_kind(node, path, {"a whole number of points", "un nombre entier de points"});
    return std::nullopt;
  }
  std::int64_t points = *node.integer();
  if (points < -Card::kMaxPoints || points > Card::kMaxPoints) {
    error("C005", path, node.where(),
          {fmt::format("`{}` points are out of range", points),
           fmt::format("« {} » points sont hors limites", points)},
          {fmt::format("write a number from {} to {}", -Card::kMaxPoints, Card::kMaxPoints),
           fmt::format("écrivez un nombre de {} à {}", -Card::kMaxPoints, Card::kMaxPoints)});
    return std::nullopt;
  }
  return static_cast<int>(points);
}

}  // namespace credence
