#include <credence/base/text.h>
#include <credence/intake/number_text.h>
#include <credence/intake/text_source.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace credence {

namespace {

constexpr std::size_t kToldRagged = 5;
constexpr std::string_view kQuoteHelp =
    "put the whole cell in quotes and double the quotes inside it, or remove the quote";

// Splits as src/event's splitter does (RFC 4180; a record ends in LF or CRLF), but over bytes that
// lie in memory, and reads numbers on the way without cutting them out: that one takes pieces of a
// stream and keeps every field's text for the report of rejected lines.
class CsvSource : public TextSource {
 public:
  using TextSource::TextSource;

  Result<Done> read_header();
  Result<std::size_t> read(std::size_t most) override;
  Result<Done> finish() const override;

 private:
  enum class After { cell, record };

  void find_delimiter();
  bool at_record_end() const {
    return at_ == end_ || *at_ == '\n' || (*at_ == '\r' && at_ + 1 != end_ && at_[1] == '\n');
  }
  void pass_record_end();
  bool skip_empty_lines();
  Result<std::string_view> cell();
  Result<std::string_view> quoted_cell();
  Result<After> pass_separator();
  Result<Done> read_row();
  bool read_number(GrowingColumn& column);
  void fill_row(std::size_t from);
  Result<Done> drop_surplus(std::size_t cells);
  void note_ragged(std::uint64_t line, std::size_t cells);

  char delimiter_ = ',';
  std::array<bool, 256> stops_ = {};  // bytes that end a cell without quotes
  std::vector<int> places_;           // per cell of a row: index of its column, -1 = not wanted
  std::string unquoted_;
  std::uint64_t lines_inside_ = 0;  // line ends inside the quotes of the present record
  std::size_t ragged_ = 0;
  std::string ragged_lines_;
};

void CsvSource::find_delimiter() {
  delimiter_ = options_.delimiter;
  if (delimiter_ == 0) {
    constexpr std::string_view kKnown = ",;\t|";
    std::array<std::size_t, 4> counts = {};
    bool quoted = false;
    for (const char* at = at_; at != end_ && (quoted || *at != '\n'); ++at) {
      if (*at == '"') quoted = !quoted;
      auto known = kKnown.find(*at);
      if (!quoted && known != std::string_view::npos) ++counts[known];
    }
    auto most = std::max_element(counts.begin(), counts.end());
    delimiter_ = kKnown[static_cast<std::size_t>(most - counts.begin())];
  }
  for (char stop : {delimiter_, '\n', '"'}) stops_[static_cast<unsigned char>(stop)] = true;
}

void CsvSource::pass_record_end() {
  if (at_ != end_ && *at_ == '\r') ++at_;
  if (at_ != end_ && *at_ == '\n') ++at_;
  line_ += lines_inside_ + 1;
  lines_inside_ = 0;
}

// False at the end of the file. A file of one column keeps its empty lines: each is a missing cell.
bool CsvSource::skip_empty_lines() {
  bool kept = places_.size() == 1;
  while (!kept && at_ != end_ && at_record_end()) pass_record_end();
  return at_ != end_;
}

Result<std::string_view> CsvSource::quoted_cell() {
  const char* begin = ++at_;
  bool doubled = false;
  for (;;) {
    while (at_ != end_ && *at_ != '"') lines_inside_ += *at_++ == '\n' ? 1 : 0;
    if (at_ == end_ || static_cast<std::size_t>(at_ - begin) > 16 * GrowingColumn::kMaxCell)
      return fault("table.quote", "a quote is opened in this record and never closed",
                   std::string{kQuoteHelp});
    if (at_ + 1 == end_ || at_[1] != '"') break;
    doubled = true;
    at_ += 2;
  }
  std::string_view inside{begin, static_cast<std::size_t>(at_++ - begin)};
  if (!doubled) return inside;
  unquoted_.clear();
  for (std::size_t i = 0; i < inside.size(); ++i) {
    unquoted_ += inside[i];
    if (inside[i] == '"') ++i;
  }
  return std::string_view{unquoted_};
}

// The cell at at_, up to its separator. The view holds until the next cell is read.
Result<std::string_view> CsvSource::cell() {
  if (at_ != end_ && *at_ == '"') return quoted_cell();
  const char* begin = at_;
  while (at_ != end_ && !stops_[static_cast<unsigned char>(*at_)]) ++at_;
  if (at_ != end_ && *at_ == '"')
    return fault("table.quote", "a quote stands inside a cell without quotes",
                 std::string{kQuoteHelp});
  if (at_ != begin && at_ != end_ && *at_ == '\n' && at_[-1] == '\r') --at_;
  if (at_ == end_ && at_ != begin && at_[-1] == '\r') --at_;
  return std::string_view{begin, static_cast<std::size_t>(at_ - begin)};
}

Result<CsvSource::After> CsvSource::pass_separator() {
  if (at_ != end_ && *at_ == delimiter_) {
    ++at_;
    return After::cell;
  }
  if (at_record_end() || (*at_ == '\r' && at_ + 1 == end_)) {
    pass_record_end();
    return After::record;
  }
  return fault("table.quote", "text follows the closing quote of a cell", std::string{kQuoteHelp});
}

Result<Done> CsvSource::read_header() {
  find_delimiter();
  while (at_ != end_ && at_record_end()) pass_record_end();
  if (at_ == end_)
    return Error{"table.empty",
                 "the file is empty",
                 {file_},
                 "give a table with rows: the first line of CSV names the columns, and each line "
                 "of JSON Lines is one object"};
  std::set<std::string, std::less<>> names;
  for (After after = After::cell; after == After::cell;) {
    auto name = cell();
    if (!name) return name.error();
    std::string written{*name};
    auto number = places_.size() + 1;
    if (!is_utf8(written) || written.find('\0') != std::string::npos)
      return fault("table.header", fmt::format("the name of column {} is no text in UTF-8", number),
                   "convert the file: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW");
    if (written.empty()) written = fmt::format("column_{}", number);
    if (!names.insert(written).second)
      return fault("table.header", fmt::format("two columns are named `{}`", written),
                   "give each column a name of its own in the file's first line");
    names_.push_back(written);
    places_.push_back(wants(written) ? static_cast<int>(columns_.size()) : -1);
    if (places_.back() >= 0)
      columns_.emplace_back(written, wants_texts(written),
                            options_.columns.empty() ? options_.most_texts : INT32_MAX);
    auto next = pass_separator();
    if (!next) return next.error();
    after = *next;
  }
  return require_wanted();
}

// The common cell: a plain number, read where it stands.
bool CsvSource::read_number(GrowingColumn& column) {
  double value = 0;
  const char* after = read_plain_number(at_, end_, rules_.decimal, value);
  if (after == nullptr) return false;
  if (after != end_ && *after != delimiter_ && *after != '\n' && *after != '\r') return false;
  if (after != end_ && *after == '\r' && (after + 1 == end_ || after[1] != '\n')) return false;
  at_ = after;
  column.add_number(value, line_);
  return true;
}

void CsvSource::fill_row(std::size_t from) {
  for (std::size_t i = from; i < places_.size(); ++i) {
    if (places_[i] >= 0) columns_[static_cast<std::size_t>(places_[i])].add_missing();
  }
}

Result<Done> CsvSource::drop_surplus(std::size_t cells) {
  std::uint64_t line = line_;
  for (After after = After::cell; after == After::cell; ++cells) {
    auto dropped = cell();
    if (!dropped) return dropped.error();
    auto next = pass_separator();
    if (!next) return next.error();
    after = *next;
  }
  note_ragged(line, cells);
  return Done{};
}

void CsvSource::note_ragged(std::uint64_t line, std::size_t cells) {
  if (++ragged_ > kToldRagged) return;
  ragged_lines_ += fmt::format("{}line {} has {}", ragged_lines_.empty() ? "" : ", ", line, cells);
}

Result<Done> CsvSource::read_row() {
  std::uint64_t line = line_;
  bool plain = !rules_.numbers_stand_for_missing;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    GrowingColumn* column =
        places_[i] < 0 ? nullptr : &columns_[static_cast<std::size_t>(places_[i])];
    bool read = column != nullptr && plain && column->takes_numbers() && read_number(*column);
    if (!read) {
      auto text = cell();
      if (!text) return text.error();
      if (column != nullptr) {
        auto added = column->add_cell(*text, rules_, line);
        if (!added) return fault(added.error());
      }
    }
    auto after = pass_separator();
    if (!after) return after.error();
    bool last = i + 1 == places_.size();
    if (*after == After::record && !last) {
      note_ragged(line, i + 1);
      fill_row(i + 1);
      return Done{};
    }
    if (*after == After::cell && last) return drop_surplus(i + 1);
  }
  return Done{};
}

Result<std::size_t> CsvSource::read(std::size_t most) {
  std::size_t count = 0;
  while (count < most && skip_empty_lines()) {
    note_line();
    if (auto row = read_row(); !row) return row.error();
    ++rows_;
    ++count;
  }
  return count;
}

Result<Done> CsvSource::finish() const {
  if (ragged_ == 0) return TextSource::finish();
  return Error{
      "table.ragged",
      fmt::format("the header names {} columns, but {}{} (rows that differ: {})", places_.size(),
                  ragged_lines_, ragged_ > kToldRagged ? ", ..." : "", ragged_),
      {file_},
      fmt::format("check the delimiter (`{}` was used) and the quotes of these lines",
                  delimiter_ == '\t' ? std::string{"tab"} : std::string(1, delimiter_))};
}

}  // namespace

Result<std::unique_ptr<TextSource>> make_csv_source(std::string_view text, std::string file,
                                                    const IntakeOptions& options) {
  auto source = std::make_unique<CsvSource>(text, std::move(file), options);
  if (auto header = source->read_header(); !header) return header.error();
  return std::unique_ptr<TextSource>{std::move(source)};
}

}  // namespace credence
