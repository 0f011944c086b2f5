#include <credence/scorecard/scorecard.h>
#include <credence/scorecard/scorecard_notes.h>
#include <fmt/format.h>

#include <cmath>

namespace credence {

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
