#pragma once

#include <credence/base/bytes.h>

namespace credence {

// Ed25519 (RFC 8032, pure). REQUIRES: seeds have 32 bytes.
Bytes ed25519_public_key(ByteView seed);
Bytes ed25519_sign(ByteView seed, ByteView message);
// False also for a key or signature of a wrong length.
bool ed25519_verify(ByteView key, ByteView message, ByteView signature);

}  // namespace credence
