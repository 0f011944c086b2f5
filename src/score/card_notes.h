#pragma once

#include <credence/base/toml.h>
#include <credence/score/card.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace credence {

// Gathers what a card's check has to say, and reads the values that every part of a card is made
// of.
class CardNotes {
 public:
  void error(std::string_view code, std::string path, const Where& where, Text message, Text help);
  void warning(std::string_view code, std::string path, const Where& where, Text message,
               Text help);

  // Every key of `table` that is none of `known` is a finding (C002).
  void refuse_unknown(const TomlNode& table, std::initializer_list<std::string_view> known,
                      const std::string& path);
  // The member, or nullptr with a finding (C003).
  const TomlNode* need(const TomlNode& table, std::string_view key, const std::string& path);
  // Whole points within the limits, or nothing with a finding (A26, C004, C005).
  std::optional<int> points(const TomlNode& node, const std::string& path);
  // Finding C004 about a value of another kind than `wanted`.
  void wrong_kind(const TomlNode& node, const std::string& path, Text wanted);

  const Findings& findings() const { return findings_; }
  std::size_t errors() const { return errors_; }

 private:
  void add(Finding::Severity severity, std::string_view code, std::string path, const Where& where,
           Text message, Text help);
  Findings findings_;
  std::size_t errors_ = 0;
};

// What somebody may have meant: ", did you mean `late_bills_12m`?", or nothing.
Text perhaps_meant(const std::string& nearest_word);
std::string path_to(std::string_view path, std::string_view key);

}  // namespace credence
