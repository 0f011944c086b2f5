#include <credence/base/text.h>
#include <credence/event/record.h>

#include <cstring>
#include <utility>

namespace credence {

namespace {

constexpr std::string_view kMark = "\xef\xbb\xbf";

bool is_ascii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::uint64_t seen = 0;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    seen |= word;
  }
  for (; i < text.size(); ++i) seen |= static_cast<unsigned char>(text[i]) & 0x80u;
  return (seen & kHighBits) == 0;
}

}  // namespace

std::optional<Error> check_text(std::string_view text) {
  if (!text.empty() && std::memchr(text.data(), 0, text.size()) != nullptr) {
    return Error{"line.nul", "the line has a zero byte", {}, "write the file as UTF-8 text"};
  }
  if (is_ascii(text) || is_utf8(text)) return std::nullopt;
  return Error{"line.utf8",
               "the line is not valid UTF-8",
               {},
               "convert the file, as in: iconv -f WINDOWS-1252 -t UTF-8"};
}

Error too_long() {
  return Error{"line.long", "the record is longer than 1 MiB", {}, "look for a missing line end"};
}

std::string_view front_of(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (text[limit] & 0xc0) == 0x80) --limit;
  return text.substr(0, limit);
}

std::string ByteOrderMark::pass(std::string_view piece) {
  if (decided_) return std::string{piece};
  held_ += piece;
  if (held_.size() < kMark.size() && kMark.starts_with(held_)) return {};
  decided_ = true;
  if (held_.starts_with(kMark)) held_.erase(0, kMark.size());
  return std::exchange(held_, {});
}

std::string ByteOrderMark::rest() {
  decided_ = true;
  return std::exchange(held_, {});
}

}  // namespace credence
