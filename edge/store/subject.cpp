#include <credence/store/subject.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

constexpr std::size_t kKeySize = sizeof(Key);
constexpr std::size_t kMacSize = 16;

Bytes context_of(std::uint64_t id, std::uint32_t epoch, ByteView pseudonym) {
  constexpr std::string_view kPurpose = "subject-keys-v1";
  Bytes context;
  context.reserve(kPurpose.size() + 12 + pseudonym.size());
  append(context, as_bytes(kPurpose));
  append_be(context, id, 8);
  append_be(context, epoch, 4);
  append(context, pseudonym);
  return context;
}

Hash check_of(const Key& tag_key, ByteView mac) {
  return hmac_sha256(tag_key, {as_bytes("row-check-v1"), mac});
}

Error damaged(std::uint64_t id, std::string_view what) {
  return {"store.damaged",
          fmt::format("credence.db: subject {}: {}", id, what),
          {},
          "run verify to see what is damaged, and restore a backup"};
}

}  // namespace

Subject::~Subject() {
  wipe(data_key);
  wipe(tag_key);
}

RowKey row_key(const Key& tag_key, std::string_view idempotency_key) {
  Hash mac = hmac_sha256(tag_key, {as_bytes("row-key-v1"), as_bytes(idempotency_key)});
  Hash check = check_of(tag_key, ByteView{mac}.first(kMacSize));
  RowKey key;
  std::copy_n(mac.begin(), kMacSize, key.begin());
  std::copy_n(check.begin(), key.size() - kMacSize, key.begin() + kMacSize);
  return key;
}

bool is_row_key(const Key& tag_key, ByteView stored) {
  if (stored.size() != sizeof(RowKey)) return false;
  Hash check = check_of(tag_key, stored.first(kMacSize));
  return std::equal(stored.begin() + kMacSize, stored.end(), check.begin());
}

Bytes epoch_bytes(std::uint32_t epoch) {
  Bytes bytes;
  append_be(bytes, epoch, 4);
  return bytes;
}

Bytes counter_bytes(std::uint64_t counter) {
  Bytes bytes;
  append_be(bytes, counter, 8);
  return bytes;
}

Bytes wrap_keys(Sealer& sealer, const Key& epoch_key, const GcmNonce& nonce,
                const Subject& subject) {
  Bytes plain;
  plain.reserve(2 * kKeySize + subject.name.size());
  append(plain, subject.data_key);
  append(plain, subject.tag_key);
  append(plain, as_bytes(subject.name));
  Bytes wrapped = sealer.wrap(epoch_key, nonce, plain,
                              context_of(subject.id, subject.epoch, subject.pseudonym));
  wipe(plain);
  return wrapped;
}

Result<Subject> read_subject(Sealer& sealer, const KeyRing& keys, const SqlRows& rows) {
  Subject subject;
  subject.id = rows.number(0);
  if (rows.bytes(1).size() != sizeof(Hash) || rows.bytes(2).size() != 4 ||
      rows.bytes(3).size() != 8) {
    return damaged(subject.id, "a column has another length than it must have");
  }
  std::copy_n(rows.bytes(1).begin(), sizeof(Hash), subject.pseudonym.begin());
  subject.epoch = static_cast<std::uint32_t>(read_be(rows.bytes(2)));
  subject.counter = read_be(rows.bytes(3));
  std::optional<Key> epoch_key = keys.epoch_key(subject.epoch);
  if (!epoch_key) {
    return Error{"store.keys",
                 fmt::format("the key of epoch {} is not in the key folder", subject.epoch),
                 {},
                 "it was destroyed by a later rotation, or the folder is another record's"};
  }
  Result<Bytes> plain = sealer.unwrap(*epoch_key, rows.bytes(4),
                                      context_of(subject.id, subject.epoch, subject.pseudonym));
  wipe(*epoch_key);
  if (!plain || plain->size() < 2 * kKeySize) return damaged(subject.id, "the keys do not open");
  std::copy_n(plain->begin(), kKeySize, subject.data_key.begin());
  std::copy_n(plain->begin() + kKeySize, kKeySize, subject.tag_key.begin());
  subject.name = as_text(ByteView{*plain}.subspan(2 * kKeySize));
  wipe(*plain);
  return subject;
}

bool is_blank(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](Byte b) { return b == 0; });
}

Hash blank_pseudonym(std::uint64_t id) {
  return sha256({as_bytes("erased-subject-v1"), counter_bytes(id)});
}

}  // namespace credence
