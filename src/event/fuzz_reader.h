#pragma once

#include <credence/event/test_programme.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace credence::testing {

// Reads the bytes whole, one by one, and in pieces of a size that the input chooses; they must all
// say the same, and every line that is told must be one that the input has.
inline void fuzz_reader(FileFormat format, const Programme& programme, std::string_view bytes) {
  if (bytes.empty()) return;
  auto size = static_cast<std::size_t>(static_cast<unsigned char>(bytes.front())) + 2;
  bytes.remove_prefix(1);
  std::vector<std::string> whole = read_all(format, programme, bytes);
  expects(read_all(format, programme, bytes, 1) == whole,
          "reading byte by byte says something else");
  expects(read_all(format, programme, bytes, size) == whole,
          "reading in pieces says something else");
  std::uint64_t lines = 1;
  for (char c : bytes) lines += c == '\n' ? 1 : 0;
  for (const std::string& said : whole) {
    std::size_t digits = 0;
    std::uint64_t line = std::stoull(said, &digits);
    expects(line >= 1 && line <= lines, "a line that the file does not have");
    expects(said[digits] == ' ', "a reject with two line numbers");
  }
}

}  // namespace credence::testing
