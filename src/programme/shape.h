#pragma once

#include <credence/base/finding.h>
#include <credence/base/toml.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// The keys that a table may have, as data. `table` is its path without positions
// ("feature.proxy_review"; "" is the document); a last segment `*` stands for any key of the table
// above. `keys` are words "name:kind", with ! after a name that must be there; a word "*:kind"
// admits any name. Kinds:
//   string  id (a-z 0-9 . _ -)  text ({ en, fr })  integer  decimal  flag  date  period  table
//   tables strings (a list)  any  field (a string or a table)  a|b|c (one of these words) [a|b|c]
//   (a list of these words)
// A table that is named by no rule may hold anything.
struct TableKeys {
  std::string_view table;
  std::string_view keys;
};

// The prefix of the codes that a format uses ("P", "C") with the numbers 002 unknown key, 003
// missing key, 004 wrong type, 005 unknown word, 006 bad id, 010 bad period, 011 bad date, 013
// incomplete text.
struct ShapeRules {
  std::string_view prefix;
  std::span<const TableKeys> tables;
};

// Everything in `document` that does not fit the rules, in the order in which it is found. After
// this, a value that is there and was not reported has its kind.
void check_shape(const TomlNode& document, const ShapeRules& rules, Findings& findings);

// Stable order of the file: by line, then column.
void sort_by_place(Findings& findings);

bool is_id(std::string_view text);  // a-z 0-9 . _ -, starts with a letter or digit, at most 64

inline constexpr std::size_t kMaxFindings =
    1000;  // more than that is no help, and hostile files have more

}  // namespace credence
