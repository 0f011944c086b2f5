#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
using ByteView = std::span<const Byte>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const Byte*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline void append(Bytes& to, ByteView from) {
  to.insert(to.end(), from.begin(), from.end());
}

std::string to_hex(ByteView bytes);                     // lower case
std::optional<Bytes> parse_hex(std::string_view text);  // either case, an even number of digits
std::string to_base64(ByteView bytes);                  // RFC 4648 section 4, padded
std::optional<Bytes> parse_base64(
    std::string_view text);  // the same, strictly: canonical padding bits

// Big-endian numbers.
void append_be(Bytes& to, std::uint64_t value, int bytes);
std::uint64_t read_be(ByteView from);  // at most 8 bytes

}  // namespace credence
