#pragma once

#include <credence/base/result.h>
#include <credence/base/sha256.h>
#include <credence/ledger/fact.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace credence {

// The public entry of a fact: small, fixed, without personal data. docs/formats/leaf.md freezes the
// bytes.
struct Leaf {
  FactKind kind = FactKind::event_recorded;
  std::uint16_t schema = 1;
  int day = 0;                      // since 1970-01-01: coarse on purpose
  std::array<Byte, 8> issuer = {};  // first 8 bytes of SHA-256 of the issuer's public key
  Hash subject_tag = {};
  Hash commitment = {};
  std::vector<std::uint64_t> refs;  // strictly ascending, at most 32

  bool operator==(const Leaf&) const = default;
};
inline constexpr std::size_t kMaxEntry = 1024;  // policy; the format's own cap is 65,535

Bytes encode(const Leaf& leaf);
Result<Leaf> decode_leaf(ByteView entry);  // strict: every bit of the entry is accounted for

// SHA-256("fact-v1" || nonce || plaintext): hides while the nonce is secret, binds in a dispute.
Hash payload_commitment(ByteView nonce, std::string_view plaintext);
// HMAC-SHA-256(k_subject, "subject-tag-v1" || uint64_be(counter)), counter = 1, 2, 3, ... per
// subject.
Hash subject_tag(ByteView subject_key, std::uint64_t counter);

}  // namespace credence
