#pragma once

#include <credence/base/toml_notes.h>

#include <optional>
#include <string>
#include <utility>

namespace credence {

// Gathers what reading a scorecard's file has to say, and reads the values that it is made of.
class ScorecardNotes : public TomlNotes {
 public:
  ScorecardNotes() : TomlNotes('S', findings_) {}
  ScorecardNotes(const ScorecardNotes&) = delete;
  ScorecardNotes& operator=(const ScorecardNotes&) = delete;

  // Each is nothing with a finding, when the node is nothing of the kind.
  std::optional<int> points(const TomlNode& node, const std::string& path);  // S004, S005
  std::optional<double> number(const TomlNode& node, const std::string& path);
  const std::string* text(const TomlNode& node, const std::string& path);
  const TomlNode::Array* list(const TomlNode& node, const std::string& path);
  const TomlNode::Table* table(const TomlNode& node, const std::string& path);

  Findings take() { return std::move(findings_); }

 private:
  Findings findings_;
};

}  // namespace credence
