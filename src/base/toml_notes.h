#pragma once

#include <credence/base/toml.h>

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace credence {

// What a check of a TOML file has to say, in the words that all of them share. Codes are a letter
// of the kind of file and a number: 002 for a key that nobody knows, 003 for one that is missing,
// 004 for a value of another kind than is wanted.
class TomlNotes {
 public:
  using Explain = std::optional<Text> (*)(std::string_view code);
  // Findings are appended to `findings`, which must live as long as this. `explain` tells the rule
  // that a code stands for, where the kind of file has such a list.
  TomlNotes(char letter, Findings& findings, Explain explain = nullptr)
      : letter_(letter), findings_(&findings), explain_(explain) {}

  void error(std::string_view code, std::string path, const Where& where, Text message, Text help);
  void warning(std::string_view code, std::string path, const Where& where, Text message,
               Text help);
  std::size_t errors() const { return errors_; }

  // Every key that is none of `known` is a finding. REQUIRES: `table` is a table.
  void refuse_unknown(const TomlNode& table, std::initializer_list<std::string_view> known,
                      const std::string& path);
  void refuse_unknown(const TomlNode& table, std::span<const std::string> known,
                      const std::string& path);
  // The member, or nullptr with a finding.
  const TomlNode* need(const TomlNode& table, std::string_view key, const std::string& path);
  // About a value of another kind than `wanted`.
  void wrong_kind(const TomlNode& node, const std::string& path, const Text& wanted);

 private:
  template <class Word>
  void refuse_others(const TomlNode& table, std::span<const Word> known, const std::string& path);
  void add(Finding::Severity severity, std::string_view code, std::string path, const Where& where,
           Text message, Text help);
  std::string code(std::string_view number) const { return letter_ + std::string{number}; }

  char letter_;
  Findings* findings_;
  Explain explain_;
  std::size_t errors_ = 0;
};

// What somebody may have meant: "; did you mean `late_bills_12m`?", or nothing.
Text perhaps_meant(const std::string& nearest_word);
// TomlNode names kinds in English; people read both languages.
std::string french_kind(std::string_view kind);
// feature[2].where: the place of a member, or of an item of a list.
std::string path_to(std::string_view path, std::string_view key);
std::string path_to(std::string_view path, std::size_t item);

}  // namespace credence
