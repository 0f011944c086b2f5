#include <credence/scorecard/scorecard.h>
#include <credence/scorecard/scorecard_notes.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace credence {

namespace {

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

std::string ScorecardNotes::path_to(std::string_view path, std::string_view key) {
  return path.empty() ? std::string{key} : fmt::format("{}.{}", path, key);
}

std::string ScorecardNotes::path_to(std::string_view path, std::size_t item) {
  return fmt::format("{}[{}]", path, item);
}

Text ScorecardNotes::perhaps_meant(const std::string& nearest_word) {
  if (nearest_word.empty()) return {};
  return {fmt::format("; did you mean `{}`?", nearest_word),
          fmt::format(" ; vouliez-vous dire « {} » ?", nearest_word)};
}

void ScorecardNotes::error(std::string_view code, std::string path, const Where& where,
                           Text message, Text help) {
  findings_.push_back({.code = std::string{code},
                       .severity = Finding::Severity::error,
                       .path = std::move(path),
                       .where = where,
                       .message = std::move(message),
                       .help = std::move(help)});
}

void ScorecardNotes::refuse_unknown(const TomlNode& table,
                                    std::initializer_list<std::string_view> known,
                                    const std::string& path) {
  std::span<const std::string_view> words{known.begin(), known.size()};
  for (const TomlNode::Member& member : *table.table()) {
    if (std::find(words.begin(), words.end(), member.key) != words.end()) continue;
    Text guess = perhaps_meant(nearest(member.key, words));
    error("S002", path_to(path, member.key), member.key_where,
          {fmt::format("unknown key `{}`{}", member.key, guess.en),
           fmt::format("clé inconnue « {} »{}", member.key, guess.fr)},
          {fmt::format("known here: {}", fmt::join(words, ", ")),
           fmt::format("connues ici : {}", fmt::join(words, ", "))});
  }
}

const TomlNode* ScorecardNotes::need(const TomlNode& table, std::string_view key,
                                     const std::string& path) {
  const TomlNode* node = table.find(key);
  if (node == nullptr) {
    error("S003", path_to(path, key), table.where(),
          {fmt::format("`{}` is missing", key), fmt::format("« {} » manque", key)},
          {fmt::format("add `{} = ...`", key), fmt::format("ajoutez « {} = ... »", key)});
  }
  return node;
}

void ScorecardNotes::wrong_kind(const TomlNode& node, const std::string& path, Text wanted) {
  error("S004", path, node.where(),
        {fmt::format("expected {}, found {}", wanted.en, node.kind()),
         fmt::format("attendu : {} ; trouvé : {}", wanted.fr, french_kind(node.kind()))},
        {fmt::format("write {}", wanted.en), fmt::format("écrivez {}", wanted.fr)});
}

std::optional<int> ScorecardNotes::points(const TomlNode& node, const std::string& path) {
  if (node.integer() == nullptr) {
    wrong_kind(node, path, {"a whole number of points", "un nombre entier de points"});
    return std::nullopt;
  }
  std::int64_t points = *node.integer();
  if (points < -Scorecard::kMaxPoints || points > Scorecard::kMaxPoints) {
    error(
        "S005", path, node.where(),
        {fmt::format("`{}` points are out of range", points),
         fmt::format("« {} » points sont hors limites", points)},
        {fmt::format("write a number from {} to {}", -Scorecard::kMaxPoints, Scorecard::kMaxPoints),
         fmt::format("écrivez un nombre de {} à {}", -Scorecard::kMaxPoints,
                     Scorecard::kMaxPoints)});
    return std::nullopt;
  }
  return static_cast<int>(points);
}

std::optional<double> ScorecardNotes::number(const TomlNode& node, const std::string& path) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (node.floating() != nullptr && std::isfinite(node.floating()->value))
    return node.floating()->value;
  const std::int64_t* whole = node.integer();
  if (whole != nullptr && *whole >= -kExact && *whole <= kExact) return static_cast<double>(*whole);
  if (whole == nullptr && node.floating() == nullptr) {
    wrong_kind(node, path, {"a number", "un nombre"});
    return std::nullopt;
  }
  error("S006", path, node.where(),
        {"this number is no finite double of exactly this value",
         "ce nombre n'est pas un double fini d'exactement cette valeur"},
        {"write a finite number; whole numbers beyond 2^53 with a decimal point",
         "écrivez un nombre fini ; les entiers au-delà de 2^53 avec un point décimal"});
  return std::nullopt;
}

const std::string* ScorecardNotes::text(const TomlNode& node, const std::string& path) {
  if (node.string() == nullptr) wrong_kind(node, path, {"a string", "un texte"});
  return node.string();
}

const TomlNode::Array* ScorecardNotes::list(const TomlNode& node, const std::string& path) {
  if (node.array() == nullptr) wrong_kind(node, path, {"a list", "une liste"});
  return node.array();
}

const TomlNode::Table* ScorecardNotes::table(const TomlNode& node, const std::string& path) {
  if (node.table() == nullptr) wrong_kind(node, path, {"a table", "une table"});
  return node.table();
}

}  // namespace credence
