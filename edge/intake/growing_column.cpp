#include <credence/base/text.h>
#include <credence/intake/growing_column.h>
#include <credence/intake/number_text.h>
#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace credence {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

// Enough of a cell to recognise it in a message.
std::string shown(std::string_view cell) {
  if (cell.size() <= 40) return std::string{cell};
  std::size_t size = 40;
  while (size > 0 && (static_cast<unsigned char>(cell[size]) & 0xC0U) == 0x80U) --size;
  return std::string{cell.substr(0, size)} + "...";
}

bool is_blank(std::string_view cell) {
  return cell.find_first_not_of(" \t") == std::string_view::npos;
}

}  // namespace

CellRules::CellRules(char point, std::vector<std::string> tokens)
    : decimal(point), missing(std::move(tokens)) {
  for (const std::string& token : missing) {
    if (!token.empty()) first_[static_cast<unsigned char>(token.front())] = true;
    if (parse_cell(token, decimal)) numbers_stand_for_missing = true;
  }
}

bool CellRules::is_missing(std::string_view cell) const {
  if (!cell.empty() && !first_[static_cast<unsigned char>(cell.front())]) return false;
  return std::find(missing.begin(), missing.end(), cell) != missing.end();
}

GrowingColumn::GrowingColumn(std::string name, bool as_texts, std::size_t most_texts)
    : name_(std::move(name)), most_texts_(most_texts), forced_(as_texts) {
  if (as_texts) kind_ = Kind::texts;
}

void GrowingColumn::become_numbers() {
  kind_ = Kind::numbers;
  blanks_.clear();  // they stand as missing already
}

void GrowingColumn::become_texts() {
  kind_ = Kind::texts;
  codes_.assign(numbers_.size(), -1);
  numbers_ = {};
  for (const auto& [row, text] : blanks_) {
    std::int32_t code = texts_.find(text);
    codes_[row] = code >= 0 ? code : texts_.add(text);
  }
  blanks_.clear();
}

void GrowingColumn::add_missing() {
  if (kind_ == Kind::texts)
    codes_.push_back(-1);
  else
    numbers_.push_back(kMissing);
}

void GrowingColumn::count_odd(bool number, std::string_view cell, std::uint64_t line) {
  if (number) {
    if (numbers_seen_++ == 0) first_number_line_ = line;
    if (kind_ == Kind::texts && first_odd_.empty()) first_odd_ = shown(cell);
    return;
  }
  if (texts_seen_++ > 0) return;
  first_text_line_ = line;
  if (kind_ == Kind::numbers) first_odd_ = shown(cell);
}

Result<Done> GrowingColumn::add_text(std::string_view text, std::uint64_t line) {
  if (kind_ == Kind::unknown) become_texts();
  if (kind_ == Kind::numbers) {
    count_odd(false, text, line);
    numbers_.push_back(kMissing);
    return Done{};
  }
  if (texts_seen_++ == 0) first_text_line_ = line;
  std::int32_t code = too_many_ ? -1 : texts_.find(text);
  if (code < 0 && !too_many_) {
    if (text.size() > kMaxCell)
      return Error{"table.cell",
                   fmt::format("a cell of column `{}` has {} bytes; at most {} are read", name_,
                               text.size(), kMaxCell),
                   {},
                   "look for a quote that is not closed, or leave the column out"};
    if (text.find('\0') != std::string_view::npos)
      return Error{"table.nul",
                   fmt::format("column `{}` holds a zero byte", name_),
                   {},
                   "the file is damaged or no text: export it again"};
    if (!is_utf8(text))
      return Error{"table.utf8",
                   fmt::format("column `{}` holds a text that is not UTF-8", name_),
                   {},
                   "convert the file: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW"};
    if (texts_.size() == most_texts_) {
      too_many_ = true;
      texts_.clear();
    } else {
      code = texts_.add(text);
    }
  }
  codes_.push_back(code);
  return Done{};
}

Result<Done> GrowingColumn::add_cell(std::string_view cell, const CellRules& rules,
                                     std::uint64_t line) {
  if (rules.is_missing(cell)) {
    add_missing();
    return Done{};
  }
  if (kind_ != Kind::texts && is_blank(cell)) {
    if (kind_ == Kind::unknown) blanks_.emplace_back(numbers_.size(), cell);
    add_missing();
    return Done{};
  }
  if (forced_) return add_text(cell, line);
  // A text that begins like none is spared the attempt.
  char first = cell.empty() ? 'x' : cell.front();
  bool may_be_number = first <= '9' || first == 'i' || first == 'I';
  auto value = may_be_number ? parse_cell(cell, rules.decimal) : std::nullopt;
  if (!value) return add_text(cell, line);
  if (kind_ == Kind::texts) {
    count_odd(true, cell, line);
    codes_.push_back(-1);
    return Done{};
  }
  add_number(*value, line);
  return Done{};
}

std::optional<std::string> GrowingColumn::odd_cells() const {
  if (forced_ || numbers_seen_ == 0 || texts_seen_ == 0) return std::nullopt;
  bool numbers = kind_ == Kind::numbers;
  return fmt::format("`{}`: {} of {} cells {}, the first is `{}` in line {}", name_,
                     numbers ? texts_seen_ : numbers_seen_, numbers_seen_ + texts_seen_,
                     numbers ? "are no numbers" : "are numbers among texts", first_odd_,
                     numbers ? first_text_line_ : first_number_line_);
}

Column GrowingColumn::take() {
  if (too_many_) codes_.clear();
  if (kind_ == Kind::texts)
    return Column::of_texts(name_, std::exchange(codes_, {}), texts_.list());
  blanks_.clear();
  return Column::of_numbers(name_, std::exchange(numbers_, {}));
}

}  // namespace credence
