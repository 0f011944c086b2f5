#pragma once

#include <credence/table/column.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace credence {

// Values that are codes and not amounts (-9 = no bureau record): numbers or texts, under a name.
struct SpecialCode {
  std::string name;
  std::vector<double> numbers;     // of a variable of numbers
  std::vector<std::string> texts;  // of a variable of texts

  bool operator==(const SpecialCode&) const = default;
};

// Where each value of one variable belongs. Cells are numbered: the ordered bins first, then one
// cell per special code, then missing, then (texts only) unknown, for a text that no bin names.
// Order of tests: missing, special codes, bins. Bins of numbers are [a, b): the first one begins at
// minus infinity, the last one ends with plus infinity; -0.0 equals 0.0.
class Cells {
 public:
  // `edges` ascend strictly and are finite; n edges make n + 1 bins. Of a number that two codes
  // name, the first code holds.
  static Cells of_numbers(std::vector<double> edges, std::vector<SpecialCode> specials);
  // One list of texts per bin; no text twice, in bins and special codes together.
  static Cells of_texts(std::vector<std::vector<std::string>> groups,
                        std::vector<SpecialCode> specials);

  Column::Kind kind() const { return kind_; }
  std::span<const double> edges() const { return edges_; }
  std::span<const std::vector<std::string>> groups() const { return groups_; }
  std::span<const SpecialCode> specials() const { return specials_; }

  int bins() const;
  int special(std::size_t code) const { return bins() + static_cast<int>(code); }
  int missing() const { return bins() + static_cast<int>(specials_.size()); }
  int unknown() const { return missing() + 1; }  // REQUIRES: texts
  int count() const { return missing() + (kind_ == Column::Kind::text ? 2 : 1); }

  int of(double value) const;            // NaN is missing. REQUIRES: numbers
  int of(std::string_view value) const;  // REQUIRES: texts
  // The cell of each row. REQUIRES: the column is of this kind; out is as long as the column; at
  // most 65,536 cells.
  void assign(const Column& column, std::span<std::uint16_t> out) const;

  bool operator==(const Cells& other) const;

 private:
  int code(double value) const;  // the cell of a special code, or -1
  void assign_block(std::span<const double> padded_edges, std::span<const double> values,
                    std::span<std::uint16_t> out) const;

  Column::Kind kind_ = Column::Kind::number;
  std::vector<double> edges_;
  std::vector<std::vector<std::string>> groups_;
  std::vector<SpecialCode> specials_;
  std::vector<std::pair<double, int>> codes_;   // number to cell, ascending strictly by number
  std::unordered_map<std::string, int> texts_;  // text to cell
};

}  // namespace credence
