#include <credence/score/card_notes.h>
#include <fmt/format.h>

namespace credence {

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
