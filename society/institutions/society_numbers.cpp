#include <credence/institutions/society_numbers.h>
#include <fmt/format.h>

namespace credence {

std::optional<double> number_of(const TomlNode& node) {
  if (node.integer() != nullptr) return static_cast<double>(*node.integer());
  if (node.floating() != nullptr) return node.floating()->value;
  return std::nullopt;
}

double read_decimal(const TableReader& reader, std::string_view key, DecimalRange range,
                    double otherwise, std::string_view code) {
  const TomlNode* node = reader.find(key);
  std::optional<double> value = node ? number_of(*node) : std::nullopt;
  // A value of another kind has been told by the check of the shape.
  if (!value) return otherwise;
  if (*value >= range.least && *value <= range.most) return *value;
  reader.report(
      code, key,
      {fmt::format("`{}` is {}, outside {} to {}", key, *value, range.least, range.most),
       fmt::format("`{}` vaut {}, hors de {} à {}", key, *value, range.least, range.most)},
      {fmt::format("write a number from {} to {}", range.least, range.most),
       fmt::format("écrivez un nombre de {} à {}", range.least, range.most)});
  return otherwise;
}

std::optional<std::vector<double>> numbers_of(const TomlNode& node, DecimalRange range,
                                              std::size_t most_entries) {
  if (node.array() == nullptr || node.array()->size() > most_entries) return std::nullopt;
  std::vector<double> all;
  for (const TomlNode& item : *node.array()) {
    std::optional<double> value = number_of(item);
    if (!value || !(*value >= range.least && *value <= range.most)) return std::nullopt;
    all.push_back(*value);
  }
  return all;
}

}  // namespace credence
