#pragma once

#include <credence/base/result.h>
#include <credence/ledger/fact.h>
#include <credence/ledger/leaf.h>
#include <credence/ledger/merkle.h>
#include <credence/ledger/note.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

using Clock = std::function<Instant()>;

// What became of one draft.
struct Appended {
  std::uint64_t index = 0;
  bool duplicate =
      false;  // a fact of this person with this key was there already; `index` is that one's
  // A duplicate that says something else than the earlier fact, "recorded" and "grant" aside:
  // nothing was recorded, and the caller must tell. So does one whose earlier fact does not open;
  // an erased one contradicts nobody.
  bool conflict = false;
};

// What lies at an index, for readers of the record.
struct StoredFact {
  std::uint64_t index = 0;
  Bytes entry;                         // the public leaf, as hashed
  std::optional<std::string> payload;  // canonical JSON; absent: erased (a tombstone)
  std::string subject;                 // empty for the operator's own facts and when erased
};

// The record in one SQLite file, with its keys beside it (docs/formats/store.md):
//   DIR/credence.db   entries, complete tiles, checkpoints; encrypted payloads and wrapped keys
//   DIR/keys/         epoch keys, signing key, index key: never in the database, mode 0600
//   DIR/head          the last signed checkpoint, outside the backup set (rollback guard)
//   DIR/erasures      the journal of erasures, outside the backup set (a restored copy is blanked
//   again) DIR/lock          one writing process
// One thread does all writes and checkpoints (SQLite before 3.51.3 has the WAL-reset bug). append()
// may be called from many threads; each returns when its own facts are durable. After a failed
// sync, write or commit the store stops acknowledging for good: every later call returns the error
// "store.stopped".
class Store {
 public:
  struct Options {
    std::string vfs = {};            // SQLite VFS for tests
    std::size_t queue_limit = 4096;  // drafts waiting; more is the error "store.busy"
    std::size_t batch_limit = 1000;  // drafts in one commit
  };

  // Errors: store.exists, store.io, store.origin.
  static Result<std::unique_ptr<Store>> create(const std::string& directory,
                                               const std::string& origin, Clock clock,
                                               const Options& options);
  // A file that is older than DIR/head opens and serves reads; whatever would write returns
  // store.rollback. Errors: store.missing, store.locked, store.keys, store.corrupt, store.io.
  static Result<std::unique_ptr<Store>> open(const std::string& directory, Clock clock,
                                             const Options& options);
  // Reads only, beside a writer or without one; takes no lock.
  static Result<std::unique_ptr<Store>> open_for_reading(const std::string& directory,
                                                         const Options& options);

  virtual ~Store() = default;

  virtual const std::string& origin() const = 0;
  virtual const VerifierKey& verifier() const = 0;
  virtual std::uint64_t size() const = 0;
  virtual Instant now()
      const = 0;  // the clock's, never earlier than the last fact's recording time
  // Not earlier than this may a fact be recorded; keeps recording time monotone.
  virtual Instant last_recorded() const = 0;

  // One durable commit for the drafts of this call (group commit with others'). All or nothing.
  // A person's first fact must be subject_enrolled (it makes their keys); erased people are refused
  // with "store.erased" until enrolled anew. No draft may have been recorded before
  // last_recorded(). Errors that concern this call alone: store.enrol, store.erased, store.time,
  // store.size (a payload above 1 MiB), store.ref, store.busy, store.damaged (a row of this
  // person's does not open), store.keys.
  virtual Result<std::vector<Appended>> append(std::vector<Draft> drafts) = 0;

  virtual Result<bool> is_enrolled(std::string_view subject) const = 0;
  virtual Result<bool> was_erased(std::string_view subject) const = 0;
  // The person's facts by rising index, opened; only of the kinds asked for when `kinds` is not
  // empty.
  virtual Result<std::vector<Fact>> facts_of(std::string_view subject,
                                             std::span<const FactKind> kinds = {}) const = 0;
  // Every enrolled person, in the order of enrolment, until the callback returns false.
  virtual Result<Done> each_subject(const std::function<bool(const std::string&)>& visit) const = 0;

  virtual Result<StoredFact> fact(std::uint64_t index) const = 0;
  // A living fact with the nonce of its commitment (Sealer::open_with_nonce): what its person may
  // show to a stranger. Error store.erased when its content is gone.
  struct Evidence {
    Bytes entry;
    std::array<Byte, 32> nonce = {};
    std::string payload;
  };
  virtual Result<Evidence> evidence(std::uint64_t index) const = 0;
  // The key of the person's subject tags, for their own export: it finds every leaf of theirs and
  // shows a gap.
  virtual Result<Bytes> subject_key(std::string_view subject) const = 0;
  // A partner's own name for the person, that nobody else can compute or match:
  // hex of HMAC-SHA-256(index key, "pairwise-v1" || 0 || recipient || 0 || subject)[0:16].
  virtual std::string pairwise(std::string_view recipient, std::string_view subject) const = 0;
  virtual Result<Done> each_entry(
      std::uint64_t from, std::uint64_t to,
      const std::function<bool(std::uint64_t, ByteView)>& visit) const = 0;
  virtual Result<Bytes> tile(int level, std::uint64_t index, std::uint64_t width) const = 0;

  // Signs the present head, stores and pins it, and only then returns the note.
  virtual Result<std::string> publish() = 0;
  virtual Result<std::optional<std::string>> latest_checkpoint() const = 0;  // the note
  virtual Result<std::vector<std::string>> checkpoints() const = 0;  // every note, oldest first

  // Destroys keys and records of the person, appends the erasure leaf, truncates the WAL. The rows
  // stay as blanks (docs/formats/store.md says why). Errors: store.enrol, store.operator;
  // store.remnants: it is done, but a long read holds up the truncation.
  struct Erased {
    std::uint64_t index = 0;              // of the erasure leaf
    std::uint64_t facts = 0;              // payloads destroyed
    std::vector<Appended> appended = {};  // by append_and_erase_facts, before the leaf
  };
  virtual Result<Erased> erase(std::string_view subject, std::string_view basis,
                               std::string_view reason) = 0;
  // Destroys the payloads of single facts (retention ran out, a dispute deleted them); appends an
  // erasure leaf.
  virtual Result<Erased> erase_facts(std::string_view subject,
                                     std::span<const std::uint64_t> indexes,
                                     std::string_view reason) = 0;
  // Both in ONE commit: the drafts, then the erasure of the facts and its leaf. Either all of it is
  // in the record or nothing is, so what a dispute deleted cannot stay readable behind a decision
  // that says so. Errors: those of append() and of erase_facts(). After store.remnants the drafts
  // are recorded.
  virtual Result<Erased> append_and_erase_facts(std::vector<Draft> drafts, std::string_view subject,
                                                std::span<const std::uint64_t> indexes,
                                                std::string_view reason) = 0;
  // New epoch, every surviving key rewrapped, the old epoch key destroyed; recorded as key_rotated.
  // Error store.lost: it is done, but rows that were damaged before did not open, and what hung on
  // them is unreadable for good; the message names them.
  virtual Result<std::uint32_t> rotate_keys() = 0;

  // Online copy of the database file (without keys and head), consistent, for backups.
  virtual Result<Done> backup(const std::string& file) const = 0;
};

// What `verify` found. `where` names table, index and field; the first few hundred findings are
// kept.
struct VerifyReport {
  std::uint64_t leaves = 0, payloads = 0, tombstones = 0, tiles = 0, checkpoints = 0;
  // Facts behind the last signed checkpoint: a change there breaks no signature.
  std::uint64_t unsigned_tail = 0;
  struct Fault {
    std::string where;
    std::string what;
  };
  std::vector<Fault> faults;
  bool sound() const { return faults.empty(); }
};
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// The whole log in constant memory: every leaf decodes, the tree's root matches every checkpoint
// and DIR/head, every tile is what its leaves say, every payload opens and fits its commitment,
// every subject tag is the next of its person and none is missing.
Result<VerifyReport> verify_record(const std::string& directory, const Store::Options& options,
                                   const Progress& progress);

// For main(): the process is not dumped and not traced, since its memory holds keys.
void keep_keys_out_of_core_dumps();

}  // namespace credence
