#include <credence/base/bytes.h>
#include <credence/base/expects.h>

namespace credence {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (Byte b : bytes) {
    text += kHexDigits[b >> 4];
    text += kHexDigits[b & 15];
  }
  return text;
}

std::optional<Bytes> parse_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    int high = hex_value(text[i]);
    int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<Byte>(high * 16 + low));
  }
  return bytes;
}

std::string to_base64(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = std::uint32_t{bytes[i]} << 16;
    if (have > 1) group |= std::uint32_t{bytes[i + 1]} << 8;
    if (have > 2) group |= bytes[i + 2];
    text += kBase64Digits[group >> 18];
    text += kBase64Digits[(group >> 12) & 63];
    text += have > 1 ? kBase64Digits[(group >> 6) & 63] : '=';
    text += have > 2 ? kBase64Digits[group & 63] : '=';
  }
  return text;
}

std::optional<Bytes> parse_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  int bits = 0;
  for (char c : text.substr(0, text.size() - padding)) {
    std::size_t value = kBase64Digits.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    group = (group << 6 | static_cast<std::uint32_t>(value)) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<Byte>(group >> bits & 255));
    }
  }
  // The bits that padding leaves over must be zero, or two texts would mean the same bytes.
  if ((group & ((1U << bits) - 1)) != 0) return std::nullopt;
  return bytes;
}

void append_be(Bytes& to, std::uint64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
    to.push_back(static_cast<Byte>(value >> shift));
}

std::uint64_t read_be(ByteView from) {
  expects(from.size() <= 8, "read_be: at most 8 bytes");
  std::uint64_t value = 0;
  for (Byte b : from) value = value << 8 | b;
  return value;
}

}  // namespace credence
