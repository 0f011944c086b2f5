#pragma once

#include <credence/ledger/seal.h>
#include <credence/store/keys.h>
#include <credence/store/sqlite.h>

#include <array>
#include <cstdint>
#include <string>

namespace credence {

// A person as the record knows them, with their keys open. Row 1 is the operator, whose name is
// empty.
struct Subject {
  std::uint64_t id = 0;
  std::uint32_t epoch = 0;
  std::uint64_t counter = 0;  // of the last subject tag
  Hash pseudonym = {};
  Key data_key = {};  // seals the records
  Key tag_key = {};   // makes subject tags and idempotency keys
  std::string name;

  Subject() = default;
  ~Subject();
  Subject(const Subject&) = default;
  Subject& operator=(const Subject&) = default;
};
inline constexpr std::uint64_t kOperatorId = 1;

// Idempotency key as stored: 16 bytes of HMAC under the person's key, and 8 bytes that tell a
// damaged row.
using RowKey = std::array<Byte, 24>;
RowKey row_key(const Key& tag_key, std::string_view idempotency_key);
bool is_row_key(const Key& tag_key, ByteView stored);

// Epoch and counter are stored as bytes of fixed length, because SQLite overwrites a row in place
// only when its length stays; a row that moves leaves a copy of the wrapped keys behind in the
// page.
Bytes epoch_bytes(std::uint32_t epoch);
Bytes counter_bytes(std::uint64_t counter);

// The columns id, pseudonym, epoch, counter, keys, in this order from column `first` on.
inline constexpr std::string_view kSubjectColumns = "id, pseudonym, epoch, counter, keys";

Bytes wrap_keys(Sealer& sealer, const Key& epoch_key, const GcmNonce& nonce,
                const Subject& subject);
// Errors: store.keys (the epoch's key is gone), store.damaged.
Result<Subject> read_subject(Sealer& sealer, const KeyRing& keys, const SqlRows& rows);
// What is left of an erased person's row: keys of zeroes under a pseudonym made of the number.
bool is_blank(ByteView bytes);
Hash blank_pseudonym(std::uint64_t id);

}  // namespace credence
