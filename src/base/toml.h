#pragma once

#include <credence/base/finding.h>
#include <credence/base/result.h>
#include <credence/base/time.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace credence {

// A TOML 1.0 document with the place of every key and value, so that a finding can point at it. The
// grammar is toml++'s; it is included by toml.cpp alone.
class TomlNode {
 public:
  struct Member;
  using Array = std::vector<TomlNode>;
  using Table = std::vector<Member>;  // in the order of the file; keys are unique
  struct Float {
    double value;
    std::string text;
  };
  using Value = std::variant<std::string, std::int64_t, Float, bool, Date, Array, Table>;

  // Defined where Member is complete: a variant of vectors of it cannot be made before.
  TomlNode();  // an empty table
  TomlNode(Value value, Where where);

  const Where& where() const { return where_; }
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  const Float* floating() const { return std::get_if<Float>(&value_); }
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const Date* date() const { return std::get_if<Date>(&value_); }
  const Array* array() const { return std::get_if<Array>(&value_); }
  const Table* table() const { return std::get_if<Table>(&value_); }

  const TomlNode* find(std::string_view key) const;  // nullptr when absent or when this is no table
  std::string_view kind() const;  // "a string", "a whole number", ... for messages

 private:
  Value value_;
  Where where_;
};

struct TomlNode::Member {
  std::string key;
  Where key_where;
  TomlNode value;
};

inline TomlNode::TomlNode() : value_(Table{}) {}
inline TomlNode::TomlNode(Value value, Where where)
    : value_(std::move(value)), where_(std::move(where)) {}

// The document, or the first syntax error with its place. `file` is only a name for messages.
Result<TomlNode> parse_toml(std::string_view text, const std::string& file);

}  // namespace credence
