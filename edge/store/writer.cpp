#include <credence/base/expects.h>
#include <credence/base/json.h>
#include <credence/store/durable_file.h>
#include <credence/store/schema.h>
#include <credence/store/writer.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace credence {

namespace {

constexpr std::size_t kMaxPayload = 1 << 20;
// The log is copied into the file when about so much went into it; a reader then finds pages
// quickly, and the copying still costs little.
constexpr std::uint64_t kCopyAfterBytes = 24 << 20;
constexpr std::uint64_t kRowOverhead = 200;  // entry, index and page headers of a fact, roughly
constexpr std::uint64_t kCommitOverhead = 16 << 10;

Error refusal(std::string code, std::string message, std::string help = "") {
  return {std::move(code), std::move(message), {}, std::move(help)};
}

}  // namespace

bool is_refusal(const Error& error) {
  constexpr std::string_view kRefusals[] = {"store.damaged", "store.keys", "store.erased",
                                            "store.enrol",   "store.time", "store.size",
                                            "store.ref",     "store.name"};
  return std::find(std::begin(kRefusals), std::end(kRefusals), error.code) != std::end(kRefusals);
}

Writer::Writer(Database database, std::string directory, std::string origin, KeyRing& keys)
    : database_(std::move(database)),
      directory_(std::move(directory)),
      origin_(std::move(origin)),
      keys_(keys),
      subjects_(database_, keys_, sealer_, randomness_) {}

Result<std::unique_ptr<Writer>> Writer::open(const std::string& directory,
                                             const Store::Options& options, std::string origin,
                                             KeyRing& keys) {
  Result<Database> database =
      Database::open(directory + "/credence.db", options.vfs, Access::write);
  if (!database) return database.error();
  Result<Done> done = configure_writer(*database);
  if (!done) return done.error();
  std::unique_ptr<Writer> writer{
      new Writer{std::move(*database), directory, std::move(origin), keys}};
  done = writer->prepare();
  if (!done) return done.error();
  Result<RightEdge> edge = RightEdge::load(writer->database_);
  if (!edge) return edge.error();
  writer->edge_ = std::move(*edge);
  return writer;
}

Result<Done> Writer::create(const std::string& directory, const Store::Options& options,
                            const std::string& origin, KeyRing& keys) {
  Result<Database> database =
      Database::open(directory + "/credence.db", options.vfs, Access::create);
  if (!database) return database.error();
  Result<Done> done = configure_writer(*database);
  if (done) done = database->execute("BEGIN IMMEDIATE");
  if (done) done = create_tables(*database, {origin, to_text(keys.signing().verifier())});
  if (!done) return done;
  Writer writer{std::move(*database), directory, origin, keys};
  done = writer.prepare();
  if (done) done = writer.subjects_.enrol(writer.subjects_.make(kOperatorSubject));
  if (done) done = writer.database_.execute("COMMIT");
  if (!done) return done;
  // The head of the empty log: from the first day on there is something to compare with.
  std::string note = keys.signing().sign(to_text(Checkpoint{origin, 0, empty_root()}));
  return write_durably(directory + "/head", as_bytes(note));
}

Result<Done> Writer::prepare() {
  const std::pair<PreparedQuery*, std::string_view> all[] = {
      {&begin_, "BEGIN IMMEDIATE"},
      {&commit_, "COMMIT"},
      {&insert_entry_, "INSERT INTO log_entry VALUES(?1, ?2)"},
      {&insert_tile_, "INSERT INTO log_tile VALUES(?1, ?2, ?3)"},
      {&insert_payload_,
       "INSERT INTO payload VALUES(?1, ?2, ?3, ?4) ON CONFLICT(subject, key) DO NOTHING"},
      {&earlier_,
       "SELECT payload.seq, payload.record, log_entry.entry FROM payload JOIN log_entry"
       " ON log_entry.seq = payload.seq WHERE payload.subject = ?1 AND payload.key = ?2"},
      {&insert_checkpoint_, "INSERT INTO checkpoint(size, root, note) VALUES(?1, ?2, ?3)"},
      {&insert_erasure_, "INSERT INTO erasure VALUES(?1, ?2, ?3, ?4, ?5, ?6)"},
      {&blank_payload_,
       "UPDATE payload SET record = zeroblob(length(record)) WHERE seq = ?1 AND subject = ?2"},
      {&live_indexes_, "SELECT seq, record FROM payload WHERE subject = ?1 ORDER BY seq"},
  };
  for (const auto& [query, sql] : all) {
    Result<PreparedQuery> prepared = database_.prepare(sql);
    if (!prepared) return prepared.error();
    *query = std::move(*prepared);
  }
  return subjects_.prepare();
}

Result<Done> Writer::begin() {
  return SqlRows{begin_.handle()}.finish();
}

Result<Done> Writer::end() {
  Result<Done> done = subjects_.flush();
  if (done) done = SqlRows{commit_.handle()}.finish();
  ++commits_since_copy_;
  return done;
}

Result<Done> Writer::tend() {
  if (bytes_since_copy_ + commits_since_copy_ * kCommitOverhead < kCopyAfterBytes) return Done{};
  bytes_since_copy_ = commits_since_copy_ = 0;
  return database_.copy_wal();
}

Result<Done> Writer::commit(std::span<AppendCall* const> calls) {
  Result<Done> done = begin();
  if (!done) return done;
  for (AppendCall* call : calls) {
    Result<std::vector<std::shared_ptr<Subject>>> subjects = check(*call);
    if (subjects) {
      done = write(*call, *subjects);
      if (!done) return done;
    } else if (is_refusal(subjects.error())) {
      call->result = subjects.error();
    } else {
      return subjects.error();
    }
  }
  return end();
}

Result<std::shared_ptr<Subject>> Writer::subject_of(
    const Draft& draft, std::vector<std::shared_ptr<Subject>>& enrolling) {
  Result<std::shared_ptr<Subject>> known = subjects_.find(draft.subject());
  if (!known || *known) return known;
  for (const std::shared_ptr<Subject>& subject : enrolling) {
    if (subject->name == draft.subject()) return subject;
  }
  if (draft.kind() == FactKind::subject_enrolled) {
    enrolling.push_back(subjects_.make(draft.subject()));
    return enrolling.back();
  }
  Result<bool> erased = subjects_.was_erased(draft.subject());
  if (!erased) return erased.error();
  if (*erased) {
    return refusal("store.erased", "this person was erased", "enrol them anew, if they ask for it");
  }
  return refusal("store.enrol", "this person is not enrolled", "enrol them first");
}

Result<std::vector<std::shared_ptr<Subject>>> Writer::check(const AppendCall& call) {
  std::vector<std::shared_ptr<Subject>> subjects, enrolling;
  subjects.reserve(call.drafts.size());
  Instant latest = last_recorded_;
  for (const Draft& draft : call.drafts) {
    if (draft.recorded() < latest) {
      return refusal("store.time",
                     fmt::format("recorded at {}, but the record has reached {}",
                                 to_text(draft.recorded()), to_text(latest)),
                     "take the time from the record and make the fact again");
    }
    latest = draft.recorded();
    if (draft.payload().size() > kMaxPayload) {
      return refusal("store.size", "the payload is longer than 1 MiB");
    }
    if (!draft.refs().empty() && draft.refs().back() >= edge_.size()) {
      return refusal("store.ref",
                     fmt::format("refers to fact {}, which does not exist", draft.refs().back()));
    }
    Result<std::shared_ptr<Subject>> subject = subject_of(draft, enrolling);
    if (!subject) return subject.error();
    subjects.push_back(std::move(*subject));
  }
  return subjects;
}

Result<Done> Writer::write(AppendCall& call, std::span<const std::shared_ptr<Subject>> subjects) {
  std::vector<Appended> appended;
  appended.reserve(call.drafts.size());
  for (std::size_t i = 0; i < call.drafts.size(); ++i) {
    if (subjects[i]->id == 0) {
      Result<Done> enrolled = subjects_.enrol(subjects[i]);
      if (!enrolled) return enrolled;
    }
    Result<Appended> one = write(call.drafts[i], *subjects[i]);
    if (!one) return one.error();
    appended.push_back(*one);
  }
  call.result = std::move(appended);
  return Done{};
}

Result<Appended> Writer::write(const Draft& draft, Subject& subject) {
  std::uint64_t index = edge_.size();
  SealRandom random;
  randomness_.fill(random.nonce);
  randomness_.fill(random.gcm);
  Leaf leaf;
  leaf.kind = draft.kind();
  leaf.day = day_number(day_of(draft.recorded()));
  leaf.issuer = keys_.issuer();
  leaf.subject_tag = subject_tag(subject.tag_key, subject.counter + 1);
  leaf.commitment = payload_commitment(random.nonce, draft.payload());
  leaf.refs = draft.refs();
  Bytes record = sealer_.seal(subject.data_key, origin_, leaf, random, draft.payload());
  bool has_key = !draft.key().empty();
  RowKey key = has_key ? row_key(subject.tag_key, draft.key()) : RowKey{};
  {
    SqlRows rows{insert_payload_.handle()};
    rows.bind(1, index).bind(2, subject.id).bind(4, record);
    if (has_key) rows.bind(3, key);
    Result<Done> done = rows.finish();
    if (!done) return done.error();
  }
  if (database_.changes() == 0) return compare_with_earlier(draft, subject, key);
  Result<Done> done = insert_entry(index, encode(leaf));
  if (!done) return done.error();
  ++subject.counter;
  subjects_.touch(subject);
  last_recorded_ = draft.recorded();
  bytes_since_copy_ += record.size() + kRowOverhead;
  return Appended{index, false};
}

Result<Done> Writer::insert_entry(std::uint64_t index, ByteView entry) {
  Result<Done> done = SqlRows{insert_entry_.handle()}.bind(1, index).bind(2, entry).finish();
  if (!done) return done;
  completed_.clear();
  edge_.append(leaf_hash(entry), completed_);
  for (const RightEdge::Tile& tile : completed_) {
    done = SqlRows{insert_tile_.handle()}
               .bind(1, static_cast<std::uint64_t>(tile.level))
               .bind(2, tile.index)
               .bind(3, tile.hashes)
               .finish();
    if (!done) return done;
  }
  return Done{};
}

Result<Appended> Writer::compare_with_earlier(const Draft& draft, const Subject& subject,
                                              const RowKey& key) {
  SqlRows rows{earlier_.handle()};
  rows.bind(1, subject.id).bind(2, key);
  Result<bool> row = rows.next();
  if (!row) return row.error();
  if (!*row) return Error{"store.corrupt", "credence.db: the index of payload contradicts itself"};
  Appended appended{rows.number(0), true};
  if (is_blank(rows.bytes(1))) return appended;
  Result<Leaf> leaf = decode_leaf(rows.bytes(2));
  Result<std::string> payload =
      leaf ? sealer_.open(subject.data_key, origin_, *leaf, rows.bytes(1)) : leaf.error();
  Result<Json> earlier = payload ? parse_json(*payload) : payload.error();
  Result<Json> later = parse_json(draft.payload());
  // An earlier fact that does not open confirms nothing, so the caller is told as of a conflict.
  appended.conflict = !earlier || !later || !say_the_same(*earlier, *later);
  return appended;
}

Result<Done> Writer::write_operator_fact(const Draft& draft) {
  Result<std::shared_ptr<Subject>> owner = subjects_.find(kOperatorSubject);
  if (!owner) return owner.error();
  if (!*owner) return Error{"store.corrupt", "credence.db: the operator's row is missing"};
  Result<Appended> appended = write(draft, **owner);
  if (!appended) return appended.error();
  return Done{};
}

}  // namespace credence
