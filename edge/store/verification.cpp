#include <credence/base/json.h>
#include <credence/store/durable_file.h>
#include <credence/store/schema.h>
#include <credence/store/verification.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace credence {

namespace {

constexpr std::size_t kKeptFaults = 50;  // of one table
constexpr std::size_t kRememberedHolders = 1 << 15;
constexpr std::uint64_t kMaxSubjects = std::uint64_t{1} << 32;

}  // namespace

Verification::Verification(Database& database, const KeyRing& keys, std::string origin,
                           std::string directory)
    : database_(database),
      keys_(keys),
      origin_(std::move(origin)),
      directory_(std::move(directory)),
      holders_(kRememberedHolders) {}

void Verification::fault(std::string_view table, std::string where, std::string what) {
  auto at = faults_of_.find(table);
  if (at == faults_of_.end()) at = faults_of_.emplace(std::string{table}, 0).first;
  if (++at->second > kKeptFaults) return;
  report_.faults.push_back({fmt::format("{} {}", table, where), std::move(what)});
}

Result<Done> Verification::note(std::string_view table, const Result<Done>& pass) {
  if (pass || pass.error().code != "store.corrupt") return pass;
  fault(table, "pages", pass.error().message);
  return Done{};
}

Result<VerifyReport> Verification::run(const Progress& progress) {
  // Before the snapshot, since a writer beside adds the row first and the line after.
  Result<ErasureFile> lines = read_erasure_file(directory_ + "/erasures", keys_);
  if (!lines) return lines.error();
  erasure_file_ = std::move(*lines);
  Result<Done> done = database_.execute("BEGIN");
  if (!done) return done.error();
  read_head();
  done = note("schema", check_schema());
  if (done) done = note("credence.db", check_pages());
  if (done) done = note("erasure", read_journal());
  if (done) done = note("erasure", check_erasure_file());
  if (done) done = note("log_entry", check_leaves(progress));
  if (done) done = note("subject", check_subjects());
  if (done) done = note("log_tile", check_tiles_are_few());
  (void)database_.execute("ROLLBACK");
  if (!done) return done.error();
  report_.unsigned_tail = edge_.size() - signed_size_;
  return std::move(report_);
}

Result<Done> Verification::check_subjects() {
  Result<PreparedQuery> query =
      database_.prepare(fmt::format("SELECT {} FROM subject ORDER BY id", kSubjectColumns));
  if (!query) return query.error();
  SqlRows rows{query->handle()};
  bool has_operator = false;
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) break;
    has_operator = has_operator || rows.number(0) == kOperatorId;
    check_subject(rows);
  }
  if (!has_operator) fault("subject", "1", "the operator's row is missing");
  return Done{};
}

void Verification::check_subject(const SqlRows& rows) {
  std::uint64_t id = rows.number(0);
  std::uint64_t counted = id < counters_.size() ? counters_[id] : 0;
  auto at = [&](std::string_view field) { return fmt::format("{}, {}", id, field); };
  if (is_blank(rows.bytes(4))) {
    auto is_this = [&](const auto& entry) {
      return entry.second.subject == id && entry.second.scope == ErasureScope::subject;
    };
    if (std::none_of(journal_.begin(), journal_.end(), is_this)) {
      fault("subject", at("keys"), "are blank, but no erasure in the log tells of it");
    }
    Hash expected = blank_pseudonym(id);
    if (!std::equal(expected.begin(), expected.end(), rows.bytes(1).begin(), rows.bytes(1).end())) {
      fault("subject", at("pseudonym"), "is not that of an erased person");
    }
    if (!is_blank(rows.bytes(2))) fault("subject", at("epoch"), "is not blank");
    if (!is_blank(rows.bytes(3))) fault("subject", at("counter"), "is not blank");
    return;
  }
  Result<Subject> subject = read_subject(sealer_, keys_, rows);
  if (!subject) {
    fault("subject", at("pseudonym, epoch or keys"), subject.error().message);
    return;
  }
  if (subject->pseudonym != keys_.pseudonym(subject->name)) {
    fault("subject", at("pseudonym"), "is not that of the name under the index key");
  }
  if (subject->counter != counted) {
    fault("subject", at("counter"),
          fmt::format("is {}, but {} facts are there", subject->counter, counted));
  }
}

Result<Done> Verification::check_tiles_are_few() {
  Result<PreparedQuery> query = database_.prepare("SELECT level, idx FROM log_tile");
  if (!query) return query.error();
  SqlRows rows{query->handle()};
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) return Done{};
    std::uint64_t level = rows.number(0), index = rows.number(1);
    constexpr std::uint64_t kTopLevel = 7;
    if (level > kTopLevel || index >= tile_count(static_cast<int>(level), edge_.size())) {
      fault("log_tile", fmt::format("{}/{}", level, index), "the log is not long enough for it");
    }
  }
}

Result<const Verification::Holder*> Verification::holder(std::uint64_t id) {
  Holder& slot = holders_[id % kRememberedHolders];
  if (slot.id == id && id != 0) return &slot;
  slot = Holder{};
  SqlRows rows{subject_.handle()};
  rows.bind(1, id);
  Result<bool> row = rows.next();
  if (!row) return row.error();
  slot.id = id;
  if (!*row) return &slot;
  slot.erased = is_blank(rows.bytes(4));
  if (slot.erased) return &slot;
  Result<Subject> subject = read_subject(sealer_, keys_, rows);
  if (subject) slot.subject = std::move(*subject);
  return &slot;
}

void Verification::check_blank(std::uint64_t index, std::uint64_t subject, bool is_blank_record) {
  auto at = std::lower_bound(erased_.begin(), erased_.end(), std::pair{index, std::uint64_t{0}});
  bool in_journal = at != erased_.end() && at->first == index;
  if (is_blank_record != in_journal) {
    fault("payload", fmt::format("{}, record", index),
          in_journal ? "is there, although the journal says that it was erased"
                     : "is blank, but no erasure in the log tells of it");
  }
  if (in_journal && at->second != subject) {
    fault("payload", fmt::format("{}, subject", index), "is not the one whom the journal names");
  }
}

void Verification::check_tag(std::uint64_t index, const Leaf& leaf, const Subject& subject) {
  std::uint64_t next = ++counters_[subject.id];
  if (leaf.subject_tag == subject_tag(subject.tag_key, next)) return;
  fault("log_entry", fmt::format("{}, subject tag", index),
        fmt::format("is not number {} of its person: a fact is missing or was put in", next));
}

Result<Done> Verification::check_payload(std::uint64_t index, const Leaf& leaf,
                                         const SqlRows& payload) {
  std::uint64_t id = payload.number(1);
  ByteView record = payload.bytes(3);
  bool blank = is_blank(record);
  blank ? ++report_.tombstones : ++report_.payloads;
  check_blank(index, id, blank);
  auto at = [&](std::string_view field) { return fmt::format("{}, {}", index, field); };
  if (id == 0 || id >= kMaxSubjects) {
    fault("payload", at("subject"), "is no person's number");
    return Done{};
  }
  Result<const Holder*> owner = holder(id);
  if (!owner) return owner.error();
  if (!(*owner)->subject) {
    if (!(*owner)->erased) fault("payload", at("subject"), "has no row that opens");
    if ((*owner)->erased && !blank) fault("payload", at("record"), "of an erased person is there");
    return Done{};
  }
  const Subject& subject = *(*owner)->subject;
  if (id >= counters_.size()) counters_.resize(std::max(id + 1, counters_.size() * 2));
  check_tag(index, leaf, subject);
  Result<std::string> opened = blank ? Result<std::string>{std::string{}}
                                     : sealer_.open(subject.data_key, origin_, leaf, record);
  if (!opened) fault("payload", at("record"), opened.error().message);
  check_key(index, leaf.kind, subject, payload, opened && !blank ? &*opened : nullptr);
  if (blank) return Done{};
  if (leaf.kind == FactKind::erasure_done && journal_.count(index) == 0) {
    fault("erasure", fmt::format("{}", index), "the journal lacks what this fact says was erased");
  }
  return Done{};
}

// Without the payload only the kind tells whether there must be a key, and only the person's own
// key who made it.
void Verification::check_key(std::uint64_t index, FactKind kind, const Subject& subject,
                             const SqlRows& row, const std::string* payload) {
  bool is_event = kind == FactKind::event_recorded || kind == FactKind::correction_made;
  auto wrong = [&](std::string what) {
    fault("payload", fmt::format("{}, key", index), std::move(what));
  };
  if (row.is_null(2)) {
    if (is_event) wrong("is missing: the same record could be recorded twice");
    return;
  }
  if (!is_event) return wrong("is there, although a fact of this kind has none");
  if (!is_row_key(subject.tag_key, row.bytes(2))) {
    return wrong("is not one that this person's key made");
  }
  if (payload == nullptr) return;
  Result<Json> json = parse_json(*payload);
  RowKey expected = row_key(subject.tag_key, json ? idempotency_key(kind, *json) : "");
  if (!std::equal(expected.begin(), expected.end(), row.bytes(2).begin(), row.bytes(2).end())) {
    wrong("is not that of its record");
  }
}

}  // namespace credence
