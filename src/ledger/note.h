#pragma once

#include <credence/base/result.h>
#include <credence/base/sha256.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// C2SP signed-note 1.0.0. Type 0x01: Ed25519 over the text; 0x04: timestamped cosignature of a
// checkpoint.
struct VerifierKey {
  std::string name;
  Byte type = 0x01;
  Bytes key;
  std::uint32_t id() const;  // SHA-256(name || 0x0A || type || key)[0:4]
};
Result<VerifierKey> parse_vkey(std::string_view text);
std::string to_text(const VerifierKey& key);

class SigningKey {
 public:
  // Ed25519 from its 32-byte seed (RFC 8032).
  static Result<SigningKey> from_seed(std::string name, ByteView seed);
  const VerifierKey& verifier() const { return verifier_; }
  // The note: text, empty line, one signature line. REQUIRES: text ends in a newline and is a valid
  // note text.
  std::string sign(std::string_view text) const;

 private:
  VerifierKey verifier_;
  Bytes seed_;
};

struct OpenedNote {
  std::string text;                   // with its final newline
  std::vector<std::string> verified;  // names of the keys whose signatures hold
};
// Unknown keys are ignored; a known key that fails refuses the note; no known key refuses it too.
Result<OpenedNote> open_note(std::string_view note, std::span<const VerifierKey> keys);

// C2SP tlog-checkpoint 1.0.0: origin, size, root. Credence writes no extension lines and ignores
// others'.
struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root = {};
  bool operator==(const Checkpoint&) const = default;
};
std::string to_text(const Checkpoint& checkpoint);
Result<Checkpoint> parse_checkpoint(std::string_view text);
// Opens the note with the log's key (name == origin) and reads it.
Result<Checkpoint> open_checkpoint(std::string_view note, std::span<const VerifierKey> keys);

}  // namespace credence
