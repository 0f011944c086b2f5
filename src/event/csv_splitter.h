#pragma once

#include <credence/event/record.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// Cuts a CSV (RFC 4180) that arrives in pieces into records and fields. A record ends in LF or
// CRLF; a quoted field may hold delimiters, line ends and doubled quotes; a quote anywhere else is
// a fault. Empty lines are passed over, but counted. The records do not depend on how the text was
// cut into pieces.
//
// A fault costs the first line of its record alone: reading goes on at the next line. A quote that
// is never closed therefore takes no good line with it. Every byte is looked at a bounded number of
// times: a line with an even number of quotes cannot leave a quote open, so no line is read again
// and again. Memory: one record and one piece.
class CsvSplitter {
 public:
  // `line` is the number of the text's first line.
  CsvSplitter(char delimiter, std::uint64_t line) : delimiter_(delimiter), line_(line) {}

  void append(std::string_view piece);
  void end() { ended_ = true; }
  // The next record, or nullptr when it needs more bytes (after end(): when there is none).
  const RawRecord* next();

 private:
  enum class State { field_start, unquoted, quoted, quote_seen, carriage_return };
  enum class Progress { needs_more, complete, faulty };
  struct Slot {
    std::size_t begin = 0, end = 0;  // from the record's start
    bool has_doubled_quotes = false;
  };

  Progress scan();
  Progress step(char c);
  Progress scan_unquoted(std::string_view within);
  void scan_quoted(std::string_view within);
  Progress finish_last();
  void close_field(std::size_t end);
  Progress fail(Error error);
  const RawRecord* give();
  const RawRecord* give_fault();
  bool discard_long_line();
  void start_record(std::size_t consumed, std::uint64_t lines);

  char delimiter_;
  std::uint64_t line_;
  std::string buffer_;
  std::size_t start_ = 0;  // of the record in the buffer; the offsets below count from here
  std::size_t scanned_ = 0;
  std::size_t field_begin_ = 0;
  std::size_t first_line_end_ = std::string::npos;  // the first LF inside quotes
  std::uint64_t line_ends_ = 0;                     // inside quotes
  bool has_doubled_quotes_ = false;
  State state_ = State::field_start;
  std::vector<Slot> slots_;
  std::vector<std::string_view> fields_;
  std::string unescaped_;
  std::optional<Error> fault_;
  bool discarding_ = false;  // inside the rest of a line that was too long
  bool ended_ = false;
  RawRecord record_;
};

}  // namespace credence
