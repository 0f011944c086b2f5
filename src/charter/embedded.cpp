#include <credence/base/expects.h>
#include <credence/charter/embedded.h>

namespace credence {

TomlNode embedded_document(std::string_view text, const std::string& name) {
  auto document = parse_toml(text, name);
  expects(static_cast<bool>(document), "charter: an embedded file is no TOML");
  return *std::move(document);
}

const TomlNode::Array& embedded_list(const TomlNode& table, std::string_view key) {
  const TomlNode* node = table.find(key);
  expects(node != nullptr && node->array() != nullptr, "charter: an embedded list is missing");
  return *node->array();
}

const std::string& embedded_string(const TomlNode& table, std::string_view key) {
  const TomlNode* node = table.find(key);
  expects(node != nullptr && node->string() != nullptr, "charter: an embedded string is missing");
  return *node->string();
}

std::string embedded_optional(const TomlNode& table, std::string_view key) {
  return table.find(key) == nullptr ? std::string{} : embedded_string(table, key);
}

bool embedded_flag(const TomlNode& table, std::string_view key) {
  const TomlNode* node = table.find(key);
  if (node == nullptr) return false;
  expects(node->boolean() != nullptr, "charter: an embedded flag is no flag");
  return *node->boolean();
}

Text embedded_text(const TomlNode& table, std::string_view key) {
  const TomlNode* node = table.find(key);
  expects(node != nullptr, "charter: an embedded text is missing");
  return {embedded_string(*node, "en"), embedded_string(*node, "fr")};
}

std::vector<std::string> embedded_strings(const TomlNode& table, std::string_view key) {
  std::vector<std::string> strings;
  if (table.find(key) == nullptr) return strings;
  for (const TomlNode& item : embedded_list(table, key)) {
    expects(item.string() != nullptr, "charter: an embedded list holds no strings");
    strings.push_back(*item.string());
  }
  return strings;
}

}  // namespace credence
