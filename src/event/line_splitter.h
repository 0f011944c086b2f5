#pragma once

#include <credence/event/record.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace credence {

// Cuts a text that arrives in pieces into its lines. A line ends in LF; a CR before it belongs to
// the line end; the last line may lack its end. Empty lines are passed over, but counted. The lines
// do not depend on how the text was cut into pieces. Memory: one line and one piece.
class LineSplitter {
 public:
  void append(std::string_view piece);
  void end() { ended_ = true; }
  // The next line, or nullptr when it needs more bytes (after end(): when there is none).
  const RawRecord* next();

 private:
  const RawRecord* give(std::size_t length, std::size_t consumed);
  const RawRecord* give_long_line();
  bool discard_long_line();

  std::string buffer_;
  std::size_t start_ = 0;     // of the line in the buffer
  std::size_t searched_ = 0;  // bytes after start_ without a line end
  std::uint64_t line_ = 1;
  bool discarding_ = false;  // inside the rest of a line that was too long
  bool ended_ = false;
  RawRecord record_;
};

}  // namespace credence
