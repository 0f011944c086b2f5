#pragma once

#include <credence/base/text.h>
#include <credence/base/toml.h>

#include <string>
#include <string_view>
#include <vector>

namespace credence {

// Reading the files that are compiled in: any surprise in them is a defect of ours, so these stop
// on it.
extern const std::string_view charter_articles;
extern const std::string_view charter_catalogue;
extern const std::string_view charter_requirements;
extern const std::string_view charter_society;

TomlNode embedded_document(std::string_view text, const std::string& name);
const TomlNode::Array& embedded_list(const TomlNode& table, std::string_view key);
const std::string& embedded_string(const TomlNode& table, std::string_view key);
std::string embedded_optional(const TomlNode& table, std::string_view key);  // empty when absent
bool embedded_flag(const TomlNode& table, std::string_view key);             // false when absent
Text embedded_text(const TomlNode& table, std::string_view key);
std::vector<std::string> embedded_strings(const TomlNode& table,
                                          std::string_view key);  // empty when absent

}  // namespace credence
