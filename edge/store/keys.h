#pragma once

#include <credence/ledger/note.h>
#include <credence/ledger/seal.h>
#include <credence/store/random.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// Memory for keys: locked against swapping where the system allows it, left out of core dumps,
// wiped at the end.
class KeyPage {
 public:
  static constexpr std::size_t kSlots = 128;
  KeyPage();
  ~KeyPage();
  KeyPage(const KeyPage&) = delete;
  KeyPage& operator=(const KeyPage&) = delete;
  Key& operator[](std::size_t slot) { return slots_[slot]; }
  const Key& operator[](std::size_t slot) const { return slots_[slot]; }

 private:
  Key* slots_;
};

// DIR/keys: what must never be in the database. Safe from several threads.
//   signing.key   seed of the log's Ed25519 key        index.key   makes pseudonyms of names
//   epoch-N.key   wraps the persons' keys of epoch N; destroyed when a later epoch has taken over
class KeyRing {
 public:
  static Result<Done> create(const std::string& directory, Randomness& randomness);
  // Errors: store.keys.
  static Result<std::unique_ptr<KeyRing>> load(const std::string& directory,
                                               const std::string& origin);

  const SigningKey& signing() const { return signing_; }
  const std::array<Byte, 8>& issuer() const { return issuer_; }
  Hash pseudonym(std::string_view name) const;
  std::string pairwise(std::string_view recipient, std::string_view name) const;  // as in store.h
  // Shows that a line of DIR/erasures was written by whoever holds the keys:
  // HMAC-SHA-256(index key, "erasure-line-v1" || 0 || line).
  Hash erasure_mac(std::string_view line) const;

  // Reads the folder again when the epoch is unknown: another process may have begun it.
  std::optional<Key> epoch_key(std::uint32_t epoch) const;
  std::vector<std::uint32_t> epochs() const;  // rising
  // Makes the file of a new epoch durable before it answers with its number.
  Result<std::uint32_t> begin_epoch(Randomness& randomness);
  Result<Done> destroy_epochs_except(std::uint32_t kept);

 private:
  KeyRing(std::string directory, SigningKey signing);
  Result<Done> read_epochs() const;

  std::string directory_;
  SigningKey signing_;
  std::array<Byte, 8> issuer_ = {};
  static constexpr std::size_t kIndexSlot = 0;
  static constexpr std::size_t kFirstEpochSlot = 1;
  mutable std::shared_mutex mutex_;
  mutable KeyPage page_;
  mutable std::vector<std::uint32_t> epochs_;  // epochs_[i] has slot kFirstEpochSlot + i
};

}  // namespace credence
