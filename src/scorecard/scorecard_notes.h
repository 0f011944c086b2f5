#pragma once

#include <credence/base/toml.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace credence {

// Gathers what reading a scorecard's file has to say, and reads the values that it is made of.
class ScorecardNotes {
 public:
  void error(std::string_view code, std::string path, const Where& where, Text message, Text help);

  // Every key of `table` that is none of `known` is a finding (S002).
  void refuse_unknown(const TomlNode& table, std::initializer_list<std::string_view> known,
                      const std::string& path);
  // The member, or nullptr with a finding (S003).
  const TomlNode* need(const TomlNode& table, std::string_view key, const std::string& path);
  // Finding S004 about a value of another kind than `wanted`.
  void wrong_kind(const TomlNode& node, const std::string& path, Text wanted);

  // Each is nothing with a finding, when the node is nothing of the kind.
  std::optional<int> points(const TomlNode& node, const std::string& path);  // S004, S005
  std::optional<double> number(const TomlNode& node, const std::string& path);
  const std::string* text(const TomlNode& node, const std::string& path);
  const TomlNode::Array* list(const TomlNode& node, const std::string& path);
  const TomlNode::Table* table(const TomlNode& node, const std::string& path);

  Findings take() { return std::move(findings_); }
  std::size_t errors() const { return findings_.size(); }

  static std::string path_to(std::string_view path, std::string_view key);
  static std::string path_to(std::string_view path, std::size_t item);
  static Text perhaps_meant(const std::string& nearest_word);  // or nothing

 private:
  Findings findings_;
};

}  // namespace credence
