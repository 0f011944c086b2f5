#pragma once

#include <credence/ledger/merkle.h>
#include <credence/ledger/note.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// C2SP tlog-proof: one file that shows, offline, that a leaf is in a signed log.
struct ProofFile {
  Bytes extra;  // not authenticated; empty = no line
  std::uint64_t index = 0;
  std::vector<Hash> path;
  std::string checkpoint;  // signed note, verbatim
};
std::string to_text(const ProofFile& proof);
Result<ProofFile> parse_proof(std::string_view text);

// The checkpoint that the proof hangs on, once leaf, path, signature and origin hold.
Result<Checkpoint> verify_proof(const ProofFile& proof, ByteView entry,
                                std::span<const VerifierKey> keys);

}  // namespace credence
