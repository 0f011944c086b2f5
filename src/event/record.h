#pragma once

#include <credence/base/result.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace credence {

// A record, with its line end, is at most so long; what is longer is refused and skipped to the
// next line.
inline constexpr std::size_t kMaxRecordBytes = std::size_t{1} << 20;
// So much of a longer line is kept for the report.
inline constexpr std::size_t kKeptOfLongLine = 1000;

// A piece of a file between two line ends that count. Views hold until the splitter is touched
// again.
struct RawRecord {
  std::uint64_t line = 0;                      // its first, from 1
  std::string_view text;                       // as it stands in the file, without the line end
  std::span<const std::string_view> fields{};  // of a CSV record, unquoted
  std::optional<Error> fault{};                // csv.quote, line.long, line.nul, line.utf8
};

// The errors line.nul and line.utf8.
std::optional<Error> check_text(std::string_view text);
Error too_long();
// At most `limit` bytes from the front, no character cut in two.
std::string_view front_of(std::string_view text, std::size_t limit);

// Takes the byte order mark from the front of a file that arrives in pieces: give every piece to
// pass(), then call rest(); what they return is the file without its mark.
class ByteOrderMark {
 public:
  std::string pass(std::string_view piece);
  std::string rest();
  bool is_decided() const { return decided_; }

 private:
  std::string held_;
  bool decided_ = false;
};

}  // namespace credence
