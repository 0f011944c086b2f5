#pragma once

#include <credence/base/bytes.h>

#include <array>
#include <initializer_list>

namespace credence {

using Hash = std::array<Byte, 32>;

// SHA-256 (FIPS 180-4) of the parts, one after the other.
Hash sha256(std::initializer_list<ByteView> parts);
inline Hash sha256(ByteView bytes) {
  return sha256({bytes});
}
inline Hash sha256(std::string_view text) {
  return sha256({as_bytes(text)});
}

// HMAC-SHA-256 (RFC 2104) of the parts, one after the other.
Hash hmac_sha256(ByteView key, std::initializer_list<ByteView> parts);

}  // namespace credence
