#include <credence/event/csv_splitter.h>

#include <algorithm>

namespace credence {

namespace {

Error quote_fault(std::string message) {
  return Error{
      "csv.quote",
      std::move(message),
      {},
      "put the whole field in quotes and double the quotes inside it, or remove the quote"};
}

}  // namespace

void CsvSplitter::append(std::string_view piece) {
  buffer_.erase(0, start_);
  start_ = 0;
  buffer_ += piece;
}

void CsvSplitter::start_record(std::size_t consumed, std::uint64_t lines) {
  start_ += consumed;
  line_ += lines;
  scanned_ = 0;
  first_line_end_ = std::string::npos;
  line_ends_ = 0;
  has_doubled_quotes_ = false;
  state_ = State::field_start;
  slots_.clear();
  fault_.reset();
}

CsvSplitter::Progress CsvSplitter::fail(Error error) {
  fault_ = std::move(error);
  return Progress::faulty;
}

void CsvSplitter::close_field(std::size_t end) {
  slots_.push_back({field_begin_, end, has_doubled_quotes_});
  has_doubled_quotes_ = false;
  state_ = State::field_start;
}

CsvSplitter::Progress CsvSplitter::scan_unquoted(std::string_view within) {
  std::size_t i = scanned_;
  while (i < within.size() && within[i] != delimiter_ && within[i] != '\n' && within[i] != '"') ++i;
  scanned_ = i;
  if (i == within.size()) return Progress::needs_more;
  if (within[i] == '"') return fail(quote_fault("a quote stands inside a field without quotes"));
  ++scanned_;
  bool last = within[i] == '\n';
  close_field(last && i > field_begin_ && within[i - 1] == '\r' ? i - 1 : i);
  return last ? Progress::complete : Progress::needs_more;
}

void CsvSplitter::scan_quoted(std::string_view within) {
  std::size_t end = std::min(within.find('"', scanned_), within.size());
  std::string_view run = within.substr(scanned_, end - scanned_);
  if (first_line_end_ == std::string::npos) {
    std::size_t line_end = run.find('\n');
    if (line_end != std::string_view::npos) first_line_end_ = scanned_ + line_end;
  }
  line_ends_ += static_cast<std::uint64_t>(std::count(run.begin(), run.end(), '\n'));
  scanned_ = end;
  if (end == within.size()) return;
  ++scanned_;
  state_ = State::quote_seen;
}

// One character outside of the runs that scan_unquoted and scan_quoted take at once.
CsvSplitter::Progress CsvSplitter::step(char c) {
  if (state_ == State::field_start) {
    state_ = c == '"' ? State::quoted : State::unquoted;
    field_begin_ = c == '"' ? ++scanned_ : scanned_;
    return Progress::needs_more;
  }
  if (state_ == State::quote_seen && c == '"') {
    has_doubled_quotes_ = true;
    state_ = State::quoted;
    ++scanned_;
    return Progress::needs_more;
  }
  if (state_ == State::quote_seen && c == '\r') {
    state_ = State::carriage_return;
    ++scanned_;
    return Progress::needs_more;
  }
  bool ends_field = c == '\n' || (c == delimiter_ && state_ == State::quote_seen);
  if (!ends_field) return fail(quote_fault("text follows the closing quote of a field"));
  close_field(state_ == State::carriage_return ? scanned_ - 2 : scanned_ - 1);
  ++scanned_;
  return c == '\n' ? Progress::complete : Progress::needs_more;
}

CsvSplitter::Progress CsvSplitter::scan() {
  std::string_view rest = std::string_view{buffer_}.substr(start_);
  std::string_view within = rest.substr(0, kMaxRecordBytes);
  while (scanned_ < within.size()) {
    Progress progress = Progress::needs_more;
    if (state_ == State::unquoted)
      progress = scan_unquoted(within);
    else if (state_ == State::quoted)
      scan_quoted(within);
    else
      progress = step(within[scanned_]);
    if (progress != Progress::needs_more) return progress;
  }
  if (rest.size() > kMaxRecordBytes) {
    return fail(state_ == State::quoted ? quote_fault("the quote is not closed within 1 MiB")
                                        : too_long());
  }
  if (ended_ && !rest.empty()) return finish_last();
  return Progress::needs_more;
}

// The last record, whose line end is missing.
CsvSplitter::Progress CsvSplitter::finish_last() {
  switch (state_) {
    case State::quoted:
      return fail(quote_fault("the quote is not closed before the end of the file"));
    case State::quote_seen:
      close_field(scanned_ - 1);
      break;
    case State::carriage_return:
      close_field(scanned_ - 2);
      break;
    case State::field_start:
      field_begin_ = scanned_;
      close_field(scanned_);
      break;
    case State::unquoted: {
      bool has_return = scanned_ > field_begin_ && buffer_[start_ + scanned_ - 1] == '\r';
      close_field(has_return ? scanned_ - 1 : scanned_);
    }
  }
  return Progress::complete;
}

// True when the line's end has come and the next record can be read.
bool CsvSplitter::discard_long_line() {
  std::size_t end = buffer_.find('\n', start_);
  start_ = end == std::string::npos ? buffer_.size() : end + 1;
  if (end == std::string::npos) return false;
  ++line_;
  discarding_ = false;
  return true;
}

// nullptr for an empty line.
const RawRecord* CsvSplitter::give() {
  std::string_view whole = std::string_view{buffer_}.substr(start_, scanned_);
  std::string_view text = whole;
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  fields_.clear();
  unescaped_.clear();
  unescaped_.reserve(whole.size());  // so that views into it stay valid
  for (const Slot& slot : slots_) {
    std::string_view field = whole.substr(slot.begin, slot.end - slot.begin);
    if (slot.has_doubled_quotes) {
      std::size_t begin = unescaped_.size();
      for (std::size_t i = 0; i < field.size(); ++i) {
        unescaped_ += field[i];
        if (field[i] == '"') ++i;
      }
      field = std::string_view{unescaped_}.substr(begin);
    }
    fields_.push_back(field);
  }
  record_ = RawRecord{line_, text, fields_, check_text(text)};
  bool empty = text.empty();
  start_record(scanned_, line_ends_ + 1);
  return empty ? nullptr : &record_;
}

// The first line of the faulty record; nullptr while its end has not come.
const RawRecord* CsvSplitter::give_fault() {
  std::string_view rest = std::string_view{buffer_}.substr(start_);
  std::string_view within = rest.substr(0, kMaxRecordBytes);
  std::size_t end = first_line_end_;
  if (end == std::string::npos) end = within.find('\n', scanned_);
  bool too_long_line = end == std::string_view::npos && rest.size() > kMaxRecordBytes;
  if (end == std::string_view::npos && !too_long_line && !ended_) {
    scanned_ = within.size();
    return nullptr;
  }
  std::string_view text = too_long_line ? front_of(within, kKeptOfLongLine) : within.substr(0, end);
  if (text.ends_with('\r')) text.remove_suffix(1);
  record_ = RawRecord{line_, text, {}, std::move(fault_)};
  discarding_ = too_long_line;
  std::size_t consumed = end == std::string_view::npos ? within.size() : end + 1;
  start_record(consumed, too_long_line ? 0 : 1);
  return &record_;
}

const RawRecord* CsvSplitter::next() {
  while (!discarding_ || discard_long_line()) {
    if (!fault_) {
      Progress progress = scan();
      if (progress == Progress::needs_more) return nullptr;
      if (progress == Progress::complete) {
        if (const RawRecord* record = give()) return record;
        continue;
      }
    }
    return give_fault();
  }
  return nullptr;
}

}  // namespace credence
