#pragma once

#include <credence/base/sha256.h>
#include <credence/store/keys.h>
#include <credence/store/sqlite.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

enum class ErasureScope : std::uint64_t { subject = 1, facts = 2 };

// A row of the erasure journal: which facts were destroyed. It stays outside the tree; the leaf
// `seq` commits to it by digest_of().
struct Erasure {
  std::uint64_t seq = 0;
  std::uint64_t subject = 0;
  Hash pseudonym = {};
  ErasureScope scope = ErasureScope::subject;
  Hash salt = {};  // random, so that the digest does not let anybody guess the list
  std::vector<std::uint64_t> list;  // indexes, ascending

  bool operator==(const Erasure&) const = default;
};

Hash digest_of(const Erasure& erasure);
Bytes list_bytes(const Erasure& erasure);
// From the columns seq, subject, pseudonym, scope, salt, list. Error: store.damaged.
Result<Erasure> read_erasure(const SqlRows& rows);
inline constexpr std::string_view kErasureColumns = "seq, subject, pseudonym, scope, salt, list";

// One line of DIR/erasures, which outlives the database file; see docs/formats/store.md. It ends in
// a code that only the holder of the keys can make, so nobody else can have facts blanked.
std::string to_line(const Erasure& erasure, const KeyRing& keys);
std::optional<Erasure> parse_erasure_line(std::string_view line, const KeyRing& keys);

struct ErasureFile {
  std::vector<Erasure> erasures;
  std::vector<std::size_t> foreign;  // numbers of lines that this record did not write, from 1
  bool torn = false;                 // the last line was cut off by a power cut
};
// An absent file is an empty one.
Result<ErasureFile> read_erasure_file(const std::string& path, const KeyRing& keys);

}  // namespace credence
