#pragma once

#include <credence/store/reader.h>
#include <credence/store/store.h>

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

namespace credence {

// What both kinds of Store share: reading through a pool of read-only connections, from any thread.
class ReadingStore : public Store {
 public:
  const std::string& origin() const override { return origin_; }
  const VerifierKey& verifier() const override { return keys_->signing().verifier(); }

  Result<bool> is_enrolled(std::string_view subject) const override;
  Result<bool> was_erased(std::string_view subject) const override;
  Result<std::vector<Fact>> facts_of(std::string_view subject,
                                     std::span<const FactKind> kinds) const override;
  Result<Done> each_subject(const std::function<bool(const std::string&)>& visit) const override;
  Result<StoredFact> fact(std::uint64_t index) const override;
  Result<Evidence> evidence(std::uint64_t index) const override;
  Result<Bytes> subject_key(std::string_view subject) const override;
  std::string pairwise(std::string_view recipient, std::string_view subject) const override;
  Result<Done> each_entry(std::uint64_t from, std::uint64_t to,
                          const std::function<bool(std::uint64_t, ByteView)>& visit) const override;
  Result<Bytes> tile(int level, std::uint64_t index, std::uint64_t width) const override;
  Result<std::optional<std::string>> latest_checkpoint() const override;
  Result<std::vector<std::string>> checkpoints() const override;
  Result<Done> backup(const std::string& file) const override;

 protected:
  ReadingStore(std::string directory, Options options, std::string origin,
               std::unique_ptr<KeyRing> keys);

  // A connection of the pool, for as long as this lives.
  class Lease {
   public:
    Lease(const ReadingStore& store, std::unique_ptr<Reader> reader)
        : store_(&store), reader_(std::move(reader)) {}
    ~Lease() {
      if (reader_) store_->take_back(std::move(reader_));
    }
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    Reader* operator->() const { return reader_.get(); }

   private:
    const ReadingStore* store_;
    std::unique_ptr<Reader> reader_;
  };
  Result<Lease> lend() const;
  void close_readers();

  // The present right edge; a store that only reads looks for new facts first.
  virtual Result<RightEdge> edge() const = 0;

  const std::string directory_;
  const Options options_;
  const std::string origin_;
  const std::unique_ptr<KeyRing> keys_;

 private:
  void take_back(std::unique_ptr<Reader> reader) const;
  mutable std::mutex pool_mutex_;
  mutable std::vector<std::unique_ptr<Reader>> pool_;
};

// What open and open_for_reading do alike: the header of the file, and the keys that belong to it.
struct OpenedRecord {
  std::string origin;
  std::unique_ptr<KeyRing> keys;
};
Result<OpenedRecord> open_record(const std::string& directory, Database& database);

}  // namespace credence
