#include <credence/store/durable_file.h>
#include <credence/store/erasure.h>
#include <credence/store/reading.h>
#include <credence/store/schema.h>
#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace credence {

namespace {

constexpr std::size_t kIdleReaders = 8;
constexpr std::size_t kHashSize = sizeof(Hash);

Error read_only() {
  return {"store.read_only", "the record is open for reading", {}, "open it for writing"};
}

// Beside a writer or without one; learns of new facts when it is asked.
class ReadOnlyStore final : public ReadingStore {
 public:
  ReadOnlyStore(std::string directory, Options options, std::string origin,
                std::unique_ptr<KeyRing> keys, RightEdge edge)
      : ReadingStore(std::move(directory), std::move(options), std::move(origin), std::move(keys)),
        edge_(std::move(edge)) {}

  std::uint64_t size() const override {
    Result<RightEdge> present = edge();
    std::lock_guard lock{mutex_};
    return present ? present->size() : edge_.size();
  }
  Instant now() const override {
    auto clock = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return std::max(clock, last_recorded());
  }
  Instant last_recorded() const override {
    Result<Lease> reader = lend();
    if (!reader) return Instant{};
    Result<Instant> last = (*reader)->last_recorded();
    return last ? *last : Instant{};
  }

  Result<std::vector<Appended>> append(std::vector<Draft>) override { return read_only(); }
  Result<std::string> publish() override { return read_only(); }
  Result<Erased> erase(std::string_view, std::string_view, std::string_view) override {
    return read_only();
  }
  Result<Erased> erase_facts(std::string_view, std::span<const std::uint64_t>,
                             std::string_view) override {
    return read_only();
  }
  Result<Erased> append_and_erase_facts(std::vector<Draft>, std::string_view,
                                        std::span<const std::uint64_t>, std::string_view) override {
    return read_only();
  }
  Result<std::uint32_t> rotate_keys() override { return read_only(); }

 protected:
  Result<RightEdge> edge() const override {
    Result<Lease> reader = lend();
    if (!reader) return reader.error();
    std::lock_guard lock{mutex_};
    Result<Done> caught_up = (*reader)->catch_up(edge_);
    if (!caught_up) return caught_up.error();
    return edge_;
  }

 private:
  mutable std::mutex mutex_;
  mutable RightEdge edge_;
};

}  // namespace

ReadingStore::ReadingStore(std::string directory, Options options, std::string origin,
                           std::unique_ptr<KeyRing> keys)
    : directory_(std::move(directory)),
      options_(std::move(options)),
      origin_(std::move(origin)),
      keys_(std::move(keys)) {}

Result<ReadingStore::Lease> ReadingStore::lend() const {
  {
    std::lock_guard lock{pool_mutex_};
    if (!pool_.empty()) {
      std::unique_ptr<Reader> reader = std::move(pool_.back());
      pool_.pop_back();
      return Lease{*this, std::move(reader)};
    }
  }
  Result<std::unique_ptr<Reader>> reader =
      Reader::open(directory_ + "/credence.db", options_.vfs, origin_, *keys_);
  if (!reader) return reader.error();
  return Lease{*this, std::move(*reader)};
}

void ReadingStore::take_back(std::unique_ptr<Reader> reader) const {
  std::lock_guard lock{pool_mutex_};
  if (pool_.size() < kIdleReaders) pool_.push_back(std::move(reader));
}

void ReadingStore::close_readers() {
  std::lock_guard lock{pool_mutex_};
  pool_.clear();
}

Result<bool> ReadingStore::is_enrolled(std::string_view subject) const {
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  Result<std::optional<Subject>> found = (*reader)->find(subject);
  if (!found) return found.error();
  return found->has_value() && subject != kOperatorSubject;
}

Result<bool> ReadingStore::was_erased(std::string_view subject) const {
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  return (*reader)->was_erased(subject);
}

Result<std::vector<Fact>> ReadingStore::facts_of(std::string_view subject,
                                                 std::span<const FactKind> kinds) const {
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  return (*reader)->facts_of(subject, kinds);
}

Result<Done> ReadingStore::each_subject(
    const std::function<bool(const std::string&)>& visit) const {
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  return (*reader)->each_subject(visit);
}

Result<StoredFact> ReadingStore::fact(std::uint64_t index) const {
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  Result<Reader::Opened> opened = (*reader)->open_fact(index);
  if (!opened) return opened.error();
  StoredFact fact{index, std::move(opened->entry), std::nullopt, std::move(opened->subject)};
  if (opened->content) fact.payload = std::move(opened->content->plaintext);
  return fact;
}

Result<Store::Evidence> ReadingStore::evidence(std::uint64_t index) const {
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  Result<Reader::Opened> opened = (*reader)->open_fact(index);
  if (!opened) return opened.error();
  if (!opened->content) {
    return Error{"store.erased", fmt::format("the content of fact {} was erased", index)};
  }
  return Evidence{std::move(opened->entry), opened->content->nonce,
                  std::move(opened->content->plaintext)};
}

Result<Bytes> ReadingStore::subject_key(std::string_view subject) const {
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  Result<std::optional<Subject>> found = (*reader)->find(subject);
  if (!found) return found.error();
  if (!*found) return Error{"store.enrol", "this person is not enrolled"};
  const Key& key = (*found)->tag_key;
  return Bytes(key.begin(), key.end());
}

std::string ReadingStore::pairwise(std::string_view recipient, std::string_view subject) const {
  return keys_->pairwise(recipient, subject);
}

Result<Done> ReadingStore::each_entry(
    std::uint64_t from, std::uint64_t to,
    const std::function<bool(std::uint64_t, ByteView)>& visit) const {
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  return (*reader)->each_entry(from, to, visit);
}

Result<Bytes> ReadingStore::tile(int level, std::uint64_t index, std::uint64_t width) const {
  Error none{"store.index", fmt::format("no tile {}/{} of width {}", level, index, width)};
  constexpr int kTopLevel = 7;
  if (level < 0 || level > kTopLevel || width < 1 || width > kTileWidth) return none;
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  // A tile can become complete between the two looks; then the third finds it.
  for (int look = 0; look < 2; ++look) {
    Result<std::optional<Bytes>> complete = (*reader)->complete_tile(level, index);
    if (!complete) return complete.error();
    if (*complete) {
      (*complete)->resize(width * kHashSize);
      return std::move(**complete);
    }
    Result<RightEdge> present = edge();
    if (!present) return present.error();
    const Bytes& partial = present->partial(level);
    if (tile_count(level, present->size()) == index && partial.size() >= width * kHashSize) {
      return Bytes(partial.begin(),
                   partial.begin() + static_cast<std::ptrdiff_t>(width * kHashSize));
    }
  }
  return none;
}

Result<std::optional<std::string>> ReadingStore::latest_checkpoint() const {
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  return (*reader)->latest_checkpoint();
}

Result<std::vector<std::string>> ReadingStore::checkpoints() const {
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  return (*reader)->checkpoints();
}

Result<Done> ReadingStore::backup(const std::string& file) const {
  if (file_exists(file)) return Error{"store.exists", file + ": is there already"};
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  Result<Done> made = write_durably(file, {});  // mode 0600 before there is anything in it
  if (!made) return made;
  return (*reader)->database().copy_to(file);
}

Result<OpenedRecord> open_record(const std::string& directory, Database& database) {
  Result<RecordHeader> header = read_header(database);
  if (!header) return header.error();
  Result<std::unique_ptr<KeyRing>> keys = KeyRing::load(directory + "/keys", header->origin);
  if (!keys) return keys.error();
  if (to_text((*keys)->signing().verifier()) != header->verifier) {
    return Error{"store.keys",
                 directory + "/keys: the signing key is another record's",
                 {},
                 "restore the key folder that belongs to this record"};
  }
  return OpenedRecord{header->origin, std::move(*keys)};
}

namespace {

// An older copy of the database still holds people who were erased since. A writer replays the
// journal; a reader must not show them meanwhile. The file is read before the table, and the writer
// fills the table before the file, so an erasure that happens just now is no disagreement.
Result<Done> refuse_forgotten_erasures(const std::string& directory, const KeyRing& keys,
                                       Database& database) {
  Result<ErasureFile> file = read_erasure_file(directory + "/erasures", keys);
  if (!file) return file.error();
  Result<PreparedQuery> known = database.prepare("SELECT 1 FROM erasure WHERE seq = ?1");
  if (!known) return known.error();
  for (const Erasure& erasure : file->erasures) {
    SqlRows rows{known->handle()};
    Result<bool> found = rows.bind(1, erasure.seq).next();
    if (!found) return found.error();
    if (*found) continue;
    return Error{"store.rollback",
                 directory + ": the database is an older copy, from before somebody was erased",
                 {},
                 "any recording command replays the erasure first; or put the current file back"};
  }
  return Done{};
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open_for_reading(const std::string& directory,
                                                       const Options& options) {
  const std::string file = directory + "/credence.db";
  if (options.vfs.empty() && !file_exists(file)) {
    return Error{"store.missing", file + ": there is no record", {}, "create it first"};
  }
  Result<Database> database = Database::open(file, options.vfs, Access::read);
  if (!database) return database.error();
  Result<OpenedRecord> record = open_record(directory, *database);
  if (!record) return record.error();
  Result<Done> current = refuse_forgotten_erasures(directory, *record->keys, *database);
  if (!current) return current.error();
  Result<RightEdge> edge = RightEdge::load(*database);
  if (!edge) return edge.error();
  return std::unique_ptr<Store>{std::make_unique<ReadOnlyStore>(
      directory, options, record->origin, std::move(record->keys), std::move(*edge))};
}

}  // namespace credence
