#pragma once

#include <credence/base/result.h>
#include <credence/ledger/leaf.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace credence {

using Key = std::array<Byte, 32>;
using GcmNonce = std::array<Byte, 12>;

// Randomness comes in as a value: the edge draws it from the operating system for every fact.
struct SealRandom {
  std::array<Byte, 32> nonce;  // of the commitment
  GcmNonce gcm;
};

// record = gcm_nonce[12] || AES-256-GCM(key, nonce[32] || plaintext) || tag[16]
// AAD = uint16_be(len origin) || origin || kind || schema[2] || commitment
class Sealer {  // holds a cipher context, so that a batch pays for it once; not for several threads
                // at a time
 public:
  Sealer();
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  Bytes seal(const Key& key, std::string_view origin, const Leaf& leaf, const SealRandom& random,
             std::string_view plaintext);
  // The plaintext, when tag and commitment both hold.
  Result<std::string> open(const Key& key, std::string_view origin, const Leaf& leaf,
                           ByteView record);
  // The same with the commitment's nonce: what a person needs to show their own record to a
  // stranger.
  struct Opened {
    std::array<Byte, 32> nonce;
    std::string plaintext;
  };
  Result<Opened> open_with_nonce(const Key& key, std::string_view origin, const Leaf& leaf,
                                 ByteView record);

  // A person's keys under the epoch's key; `context` (subject and epoch) is bound in.
  Bytes wrap(const Key& kek, const GcmNonce& nonce, ByteView keys, ByteView context);
  Result<Bytes> unwrap(const Key& kek, ByteView wrapped, ByteView context);

 private:
  struct State;
  State* state_;
};

}  // namespace credence
