#include <credence/event/csv_splitter.h>
#include <credence/event/json_line.h>
#include <credence/event/line_splitter.h>
#include <credence/event/reader.h>
#include <credence/event/row_plan.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace credence {

namespace {

// The part that both formats share: pieces of bounded size, without the byte order mark.
class PieceReader : public EventReader {
 public:
  void feed(std::string_view bytes, const OnRecord& on_record) override {
    constexpr std::size_t kPiece = std::size_t{1} << 16;  // what a splitter holds beside a record
    if (!mark_.is_decided() && !bytes.empty()) {
      std::size_t first = std::min<std::size_t>(bytes.size(), 3);
      std::string start = mark_.pass(bytes.substr(0, first));
      bytes.remove_prefix(first);
      if (!start.empty()) take(start, on_record);
    }
    while (!bytes.empty()) {
      std::string_view piece = bytes.substr(0, kPiece);
      bytes.remove_prefix(piece.size());
      if (mark_.is_decided())
        take(piece, on_record);
      else
        take(mark_.pass(piece), on_record);
    }
  }
  void finish(const OnRecord& on_record) override {
    std::string held = mark_.rest();
    if (!held.empty()) take(held, on_record);
    end(on_record);
  }

 private:
  virtual void take(std::string_view piece, const OnRecord& on_record) = 0;
  virtual void end(const OnRecord& on_record) = 0;

  ByteOrderMark mark_;
};

class JsonLinesReader : public PieceReader {
 public:
  explicit JsonLinesReader(std::shared_ptr<const Programme> programme)
      : programme_(std::move(programme)) {}

 private:
  void take(std::string_view piece, const OnRecord& on_record) override {
    splitter_.append(piece);
    drain(on_record);
  }
  void end(const OnRecord& on_record) override {
    splitter_.end();
    drain(on_record);
  }
  void drain(const OnRecord& on_record) {
    while (const RawRecord* record = splitter_.next()) {
      Event event;
      std::optional<Fault> fault;
      if (record->fault)
        fault = Fault{"", *record->fault};
      else
        fault = read_json_line(event, record->text, *programme_);
      if (!fault) {
        on_record(record->line, std::move(event));
        continue;
      }
      std::uint32_t column =
          fault->error.where.column;  // within the line; its number is the record's
      Reject reject = make_reject(*record, std::move(*fault));
      reject.error.where.column = column;
      on_record(record->line, std::move(reject));
    }
  }

  std::shared_ptr<const Programme> programme_;
  LineSplitter splitter_;
};

// Collects the first line that is not empty. Which delimiter it has is not known yet, so a line end
// counts when the quotes before it are even.
class HeaderLine {
 public:
  // Takes from the front of `piece`; true when the header is complete (or can no longer become so).
  bool take(std::string_view& piece) {
    while (!piece.empty()) {
      std::size_t end = piece.find_first_of("\"\n");
      std::size_t length = end == std::string_view::npos ? piece.size() : end + 1;
      text_ += piece.substr(0, length);
      piece.remove_prefix(length);
      if (text_.size() > kMaxRecordBytes) return true;
      if (end == std::string_view::npos) return false;
      if (text_.back() == '"')
        in_quotes_ = !in_quotes_;
      else if (close_line())
        return true;
    }
    return false;
  }
  bool is_empty() const { return text_.find_first_not_of("\r\n") == std::string::npos; }
  std::string_view text() const {
    std::string_view line = text_;
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }
  std::uint64_t line() const { return line_; }
  std::uint64_t next_line() const { return line_ + lines_; }

 private:
  bool close_line() {
    ++lines_;
    if (in_quotes_) return false;
    if (!is_empty()) return true;
    text_.clear();
    line_ += std::exchange(lines_, 0);
    return false;
  }

  std::string text_;
  std::uint64_t line_ = 1;
  std::uint64_t lines_ = 0;
  bool in_quotes_ = false;
};

class CsvReader : public PieceReader {
 public:
  explicit CsvReader(std::shared_ptr<const Programme> programme)
      : programme_(std::move(programme)) {}

  std::span<const std::string> ignored_columns() const override { return ignored_; }

 private:
  void take(std::string_view piece, const OnRecord& on_record) override {
    if (!has_header_) {
      if (!header_.take(piece)) return;
      read_header(on_record);
    }
    if (!splitter_) return;
    splitter_->append(piece);
    drain(on_record);
  }

  void end(const OnRecord& on_record) override {
    if (!has_header_) read_header(on_record);
    if (!splitter_) return;
    splitter_->end();
    drain(on_record);
  }

  void read_header(const OnRecord& on_record) {
    has_header_ = true;
    std::string_view text = header_.text();
    RawRecord record{header_.line(), front_of(text, kKeptOfLongLine)};
    if (header_.is_empty()) {
      on_record(record.line,
                make_reject(record, {"", Error{"csv.header",
                                               "the file has no header",
                                               {},
                                               "name the columns in the first line"}}));
      return;
    }
    if (text.size() > kMaxRecordBytes) {
      on_record(record.line, make_reject(record, {"", too_long()}));
      return;
    }
    auto meaning = understand_header(text, *programme_);
    if (auto* fault = std::get_if<Fault>(&meaning)) {
      on_record(record.line, make_reject(record, std::move(*fault)));
      return;
    }
    auto& understood = std::get<Understood>(meaning);
    plan_ = std::move(understood.plan);
    columns_ = understood.columns;
    ignored_ = plan_->ignored_columns();
    splitter_.emplace(understood.delimiter, header_.next_line());
  }

  void drain(const OnRecord& on_record) {
    while (const RawRecord* record = splitter_->next()) {
      if (record->fault) {
        on_record(record->line, make_reject(*record, {"", *record->fault}));
      } else if (record->fields.size() != columns_) {
        on_record(record->line, make_reject(*record, {"", ragged(record->fields.size())}));
      } else {
        plan_->read(*record, on_record);
      }
    }
  }

  Error ragged(std::size_t fields) const {
    return Error{"csv.columns",
                 fmt::format("the record has {} fields and the header has {}", fields, columns_),
                 {},
                 "put a field that holds the delimiter in quotes"};
  }

  std::shared_ptr<const Programme> programme_;
  HeaderLine header_;
  bool has_header_ = false;
  std::unique_ptr<RowPlan> plan_;
  std::size_t columns_ = 0;
  std::vector<std::string> ignored_;
  std::optional<CsvSplitter> splitter_;
};

}  // namespace

std::unique_ptr<EventReader> make_reader(FileFormat format,
                                         std::shared_ptr<const Programme> programme) {
  if (format == FileFormat::csv) return std::make_unique<CsvReader>(std::move(programme));
  return std::make_unique<JsonLinesReader>(std::move(programme));
}

std::unique_ptr<EventReader> make_reader(FileFormat format, const LawfulProgramme& programme) {
  auto kept = std::make_shared<const LawfulProgramme>(programme);
  return make_reader(format, std::shared_ptr<const Programme>{kept, &**kept});
}

}  // namespace credence
