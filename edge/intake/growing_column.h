#pragma once

#include <credence/base/result.h>
#include <credence/intake/texts.h>
#include <credence/table/column.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// What the cells of a file of text are read by.
struct CellRules {
  char decimal = '.';
  std::vector<std::string> missing;
  bool numbers_stand_for_missing = false;  // some token of `missing` is a number

  explicit CellRules(char point, std::vector<std::string> tokens);
  bool is_missing(std::string_view cell) const;

 private:
  bool first_[256] = {};  // bytes that begin a token
};

// One column while its cells arrive. It is numbers or texts from its first cell that says which; a
// cell of the other kind is counted, and the file refused at its end with all such columns named.
class GrowingColumn {
 public:
  static constexpr std::size_t kMaxCell = 65'536;

  GrowingColumn(std::string name, bool as_texts, std::size_t most_texts);

  const std::string& name() const { return name_; }
  // Whether read_plain_number() may be tried on the next cell.
  bool takes_numbers() const { return kind_ != Kind::texts; }
  bool is_left_out() const { return too_many_; }
  std::size_t rows() const { return kind_ == Kind::texts ? codes_.size() : numbers_.size(); }

  void add_number(double value, std::uint64_t line) {
    if (kind_ == Kind::unknown) become_numbers();
    if (numbers_seen_++ == 0) first_number_line_ = line;
    numbers_.push_back(value);
  }
  void add_missing();
  // Errors: table.utf8, table.nul, table.cell; without a place.
  Result<Done> add_text(std::string_view text, std::uint64_t line);
  // A cell of a file of text, unquoted.
  Result<Done> add_cell(std::string_view cell, const CellRules& rules, std::uint64_t line);

  // "`income`: 3 of 100 cells are no numbers, the first is `x` in line 7"; nothing when all is one
  // kind.
  std::optional<std::string> odd_cells() const;
  // The rows since the last take(); the texts and the kind stay, so that codes keep their meaning.
  Column take();

 private:
  enum class Kind { unknown, numbers, texts };
  void become_numbers();
  void become_texts();
  void count_odd(bool number, std::string_view cell, std::uint64_t line);

  std::string name_;
  std::size_t most_texts_;
  Kind kind_ = Kind::unknown;
  bool forced_ = false;
  bool too_many_ = false;
  std::vector<double> numbers_;
  std::vector<std::int32_t> codes_;
  Texts texts_;
  // Cells of blanks only, before the kind is known: missing among numbers, a text among texts.
  std::vector<std::pair<std::size_t, std::string>> blanks_;
  std::uint64_t numbers_seen_ = 0, texts_seen_ = 0;
  std::uint64_t first_number_line_ = 0, first_text_line_ = 0;
  std::string first_text_, first_odd_;
};

}  // namespace credence
