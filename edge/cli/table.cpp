#include <credence/base/text.h>
#include <credence/cli/table.h>
#include <credence/event/csv_splitter.h>
#include <credence/terminal/files.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace credence {

namespace {

class TableReader {
 public:
  TableReader(const std::string& path, char delimiter, std::span<const std::string> columns,
              const OnRow& on_row)
      : path_(path), splitter_(delimiter, 1), columns_(columns), on_row_(on_row) {}

  void append(std::string_view piece) { splitter_.append(mark_.pass(piece)); }
  void end() {
    splitter_.append(mark_.rest());
    splitter_.end();
  }

  Result<Done> take() {
    while (const RawRecord* record = splitter_.next()) {
      if (places_.empty()) {
        if (auto read = take_header(*record); !read) return read.error();
        continue;
      }
      if (auto fault = take_row(*record)) {
        fault->where = {path_, static_cast<std::uint32_t>(record->line), 0, 0};
        faults_.push_back(*std::move(fault));
      }
    }
    return Done{};
  }

  Result<std::vector<Error>> faults() {
    if (!places_.empty()) return std::move(faults_);
    return Error{"table.header", "the file is empty", {path_}, "its first line names the columns"};
  }

 private:
  Result<Done> take_header(const RawRecord& record) {
    if (record.fault) return *record.fault;
    width_ = record.fields.size();
    for (const std::string& column : columns_) {
      auto found = std::find(record.fields.begin(), record.fields.end(), column);
      if (found == record.fields.end()) {
        std::string near = nearest(column, record.fields);
        return Error{"table.header",
                     fmt::format("there is no column `{}`; the file has: {}", column,
                                 fmt::join(record.fields, ", ")),
                     {path_, static_cast<std::uint32_t>(record.line), 1},
                     near.empty() ? "check the names, or the delimiter"
                                  : fmt::format("did you mean `{}`?", near)};
      }
      places_.push_back(static_cast<std::size_t>(found - record.fields.begin()));
    }
    return Done{};
  }

  std::optional<Error> take_row(const RawRecord& record) {
    if (record.fault) return record.fault;
    if (record.fields.size() != width_) {
      return Error{"table.columns",
                   fmt::format("{} columns instead of {}", record.fields.size(), width_),
                   {},
                   "check the delimiter and the quotes of this line"};
    }
    values_.clear();
    for (std::size_t place : places_) values_.push_back(record.fields[place]);
    auto taken = on_row_(record.line, values_);
    return taken ? std::nullopt : std::optional<Error>{taken.error()};
  }

  std::string path_;
  ByteOrderMark mark_;
  CsvSplitter splitter_;
  std::span<const std::string> columns_;
  const OnRow& on_row_;
  std::size_t width_ = 0;
  std::vector<std::size_t> places_;
  std::vector<std::string_view> values_;
  std::vector<Error> faults_;
};

}  // namespace

Result<std::vector<Error>> read_table(const std::string& path, char delimiter,
                                      std::span<const std::string> columns, const OnRow& on_row) {
  TableReader reader(path, delimiter, columns, on_row);
  auto read =
      read_pieces(path, [&](std::string_view piece, std::uint64_t, std::uint64_t) -> Result<Done> {
        reader.append(piece);
        return reader.take();
      });
  if (!read) return read.error();
  reader.end();
  if (auto done = reader.take(); !done) return done.error();
  return reader.faults();
}

Result<char> parse_delimiter(std::string_view text) {
  if (text == "tab") return '\t';
  if (text == "," || text == ";" || text == "|") return text.front();
  return Error{
      "usage.delimiter", fmt::format("`{}` is no delimiter", text), {}, "say , or ; or | or tab"};
}

}  // namespace credence
