#pragma once

#include <credence/base/toml_notes.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace credence {

// Takes values out of one table of a plan and tells what is wrong with them. A key that nobody
// asked for is told by finish(), so that each key stands in one place of the code only.
class PlanTable {
 public:
  // `node` may be nullptr: every value then keeps its default.
  PlanTable(const TomlNode* node, std::string path, Findings& findings);

  struct Range {
    double least = 0, most = 0;
  };
  bool has(std::string_view key) const { return find(key) != nullptr; }
  void number(std::string_view key, double& to, Range range);
  void number(std::string_view key, std::optional<double>& to, Range range);
  void whole(std::string_view key, int& to, Range range);
  void whole(std::string_view key, std::optional<int>& to, Range range);
  void flag(std::string_view key, bool& to);
  void string(std::string_view key, std::string& to, std::size_t most = 1000);
  void text(std::string_view key, Text& to);
  template <class T>
  void word(std::string_view key, T& to,
            std::initializer_list<std::pair<std::string_view, T>> words) {
    std::vector<std::string_view> known;
    for (const auto& [name, value] : words) known.push_back(name);
    int found = word_index(key, known);
    if (found >= 0) to = (words.begin() + found)->second;
  }

  // Lists; a finding and nothing for a list with another kind of value in it.
  std::optional<std::vector<double>> numbers(std::string_view key);
  std::optional<std::vector<bool>> flags(std::string_view key);
  std::optional<std::vector<std::string>> strings(std::string_view key);
  std::optional<std::vector<std::vector<std::string>>> groups(std::string_view key);

  PlanTable table(std::string_view key);
  std::vector<PlanTable> tables(std::string_view key);  // [[key]] or a list of inline tables
  void need(std::string_view key);                      // T003 when absent
  void finish();                                        // T002 for keys that nobody asked for

  // At the value of `key`; at the table itself when there is none.
  void report(std::string_view code, std::string_view key, Text message, Text help);

 private:
  const TomlNode* find(std::string_view key) const { return node_ ? node_->find(key) : nullptr; }
  const TomlNode* ask(std::string_view key);
  std::string place_of(std::string_view key) const;
  void wrong_kind(std::string_view key, const TomlNode& found, Text wanted);
  std::optional<double> value_in(std::string_view key, Range range);
  std::optional<int> whole_in(std::string_view key, Range range);
  int word_index(std::string_view key, const std::vector<std::string_view>& words);
  template <class T, class Take>
  std::optional<std::vector<T>> list(std::string_view key, Text wanted, Take take);

  const TomlNode* node_;
  std::string path_;
  Findings* findings_;
  TomlNotes notes_;
  std::vector<std::string> asked_;
};

}  // namespace credence
