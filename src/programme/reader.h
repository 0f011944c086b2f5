#pragma once

#include <credence/base/finding.h>
#include <credence/base/text.h>
#include <credence/base/time.h>
#include <credence/base/toml.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// Takes values out of a table. A value that is absent or has the wrong kind reads as its default
// without a word, because check_shape() has told about it; what only the meaning shows is told with
// report().
class TableReader {
 public:
  // `node` may be nullptr (the table is absent). `path` is the table's, for findings.
  TableReader(const TomlNode* node, std::string path, Findings& findings)
      : node_(node), path_(std::move(path)), findings_(&findings) {}

  bool has(std::string_view key) const { return find(key) != nullptr; }
  const TomlNode* find(std::string_view key) const { return node_ ? node_->find(key) : nullptr; }
  const TomlNode* node() const { return node_; }
  const std::string& path() const { return path_; }

  std::string string(std::string_view key, std::string_view otherwise = "") const;
  Text text(std::string_view key) const;
  bool flag(std::string_view key, bool otherwise) const;
  std::optional<Period> period(std::string_view key) const;
  std::vector<std::string> strings(std::string_view key) const;
  // A whole number within [least, most]; another is reported (P009, C009) and reads as `otherwise`.
  struct Range {
    std::int64_t least, most;
  };
  int integer(std::string_view key, Range range, int otherwise) const;
  // The position of the word in `words`, in the order given; `otherwise` when it is none of them.
  int word(std::string_view key, std::initializer_list<std::string_view> words,
           int otherwise) const;

  TableReader table(std::string_view key) const;                // of a sub-table
  std::vector<TableReader> tables(std::string_view key) const;  // of a list of tables: [[key]]

  // At the value of `key`; at the table itself when `key` is empty or absent.
  void report(std::string_view code, std::string_view key, Text message, Text help = {}) const;
  Where where(std::string_view key) const;
  Findings& findings() const { return *findings_; }

  // The letter in front of this format's codes, for the findings that the reader itself makes.
  TableReader& prefix(std::string_view letter) { return prefix_ = letter, *this; }

 private:
  const TomlNode* node_;
  std::string path_;
  Findings* findings_;
  std::string prefix_ = "P";
};

}  // namespace credence
