#include <credence/event/line_splitter.h>

namespace credence {

void LineSplitter::append(std::string_view piece) {
  buffer_.erase(0, start_);
  start_ = 0;
  buffer_ += piece;
}

// True when the line's end has come and the next line can be read.
bool LineSplitter::discard_long_line() {
  std::size_t end = buffer_.find('\n', start_);
  start_ = end == std::string::npos ? buffer_.size() : end + 1;
  if (end == std::string::npos) return false;
  ++line_;
  discarding_ = false;
  return true;
}

const RawRecord* LineSplitter::give(std::size_t length, std::size_t consumed) {
  std::string_view text = std::string_view{buffer_}.substr(start_, length);
  if (text.ends_with('\r')) text.remove_suffix(1);
  record_ = RawRecord{line_, text};
  record_.fault = check_text(text);
  start_ += consumed;
  searched_ = 0;
  ++line_;
  return text.empty() ? nullptr : &record_;
}

const RawRecord* LineSplitter::give_long_line() {
  std::string_view text = std::string_view{buffer_}.substr(start_, kMaxRecordBytes);
  record_ = RawRecord{line_, front_of(text, kKeptOfLongLine)};
  record_.fault = too_long();
  start_ += text.size();
  searched_ = 0;
  discarding_ = true;
  return &record_;
}

const RawRecord* LineSplitter::next() {
  while (!discarding_ || discard_long_line()) {
    std::string_view rest = std::string_view{buffer_}.substr(start_);
    std::string_view within = rest.substr(0, kMaxRecordBytes);
    std::size_t end = within.find('\n', searched_);
    if (end != std::string_view::npos) {
      if (const RawRecord* record = give(end, end + 1)) return record;
      continue;
    }
    if (rest.size() > kMaxRecordBytes) return give_long_line();
    searched_ = rest.size();
    bool is_last = ended_ && !rest.empty();
    return is_last ? give(rest.size(), rest.size()) : nullptr;
  }
  return nullptr;
}

}  // namespace credence
