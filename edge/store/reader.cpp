#include <credence/base/json.h>
#include <credence/store/reader.h>
#include <credence/store/schema.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace credence {

namespace {

constexpr std::uint64_t kChunk = 512;  // rows per read transaction, so that none is long

// A read transaction, so that several queries see the same snapshot.
class Snapshot {
 public:
  explicit Snapshot(Database& database) : database_(database), begun_(database.execute("BEGIN")) {}
  ~Snapshot() {
    if (begun_) (void)database_.execute("ROLLBACK");
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  const Result<Done>& begun() const { return begun_; }

 private:
  Database& database_;
  Result<Done> begun_;
};

Error no_such_fact(std::uint64_t index) {
  return {"store.index", fmt::format("there is no fact {}", index), {}, ""};
}

bool is_wanted(ByteView entry, std::span<const FactKind> kinds) {
  if (kinds.empty()) return true;
  constexpr std::size_t kKindAt = 1;
  return entry.size() > kKindAt && std::find(kinds.begin(), kinds.end(),
                                             static_cast<FactKind>(entry[kKindAt])) != kinds.end();
}

}  // namespace

std::optional<Instant> recorded_in(std::string_view payload) {
  Result<Json> json = parse_json(payload);
  if (!json) return std::nullopt;
  const Json* recorded = json->find("recorded");
  const std::string* text = recorded == nullptr ? nullptr : recorded->string();
  return text == nullptr ? std::nullopt : parse_instant(*text);
}

Reader::Reader(Database database, std::string origin, const KeyRing& keys)
    : database_(std::move(database)), origin_(std::move(origin)), keys_(keys) {}

Result<std::unique_ptr<Reader>> Reader::open(const std::string& file, const std::string& vfs,
                                             std::string origin, const KeyRing& keys) {
  Result<Database> database = Database::open(file, vfs, Access::read);
  if (!database) return database.error();
  Result<Done> done = configure_reader(*database);
  if (!done) return done.error();
  std::unique_ptr<Reader> reader{new Reader{std::move(*database), std::move(origin), keys}};
  done = reader->prepare();
  if (!done) return done.error();
  return reader;
}

Result<Done> Reader::prepare() {
  const std::string subject = fmt::format("SELECT {} FROM subject WHERE ", kSubjectColumns);
  const std::pair<PreparedQuery*, std::string> all[] = {
      {&subject_by_pseudonym_, subject + "pseudonym = ?1"},
      {&subject_by_id_, subject + "id = ?1"},
      {&subjects_, subject + "id > ?1 ORDER BY id LIMIT ?2"},
      {&erasures_, "SELECT 1 FROM erasure WHERE pseudonym = ?1 AND scope = 1"},
      {&indexes_, "SELECT seq FROM payload WHERE subject = ?1 ORDER BY seq"},
      {&fact_,
       "SELECT log_entry.entry, payload.subject, payload.record FROM log_entry"
       " LEFT JOIN payload ON payload.seq = log_entry.seq WHERE log_entry.seq = ?1"},
      {&entries_, "SELECT seq, entry FROM log_entry WHERE seq >= ?1 AND seq < ?2 ORDER BY seq"},
      {&tile_, "SELECT hashes FROM log_tile WHERE level = ?1 AND idx = ?2"},
      {&newest_checkpoint_, "SELECT note FROM checkpoint ORDER BY id DESC LIMIT 1"},
      {&all_checkpoints_, "SELECT note FROM checkpoint ORDER BY id"},
  };
  for (const auto& [query, sql] : all) {
    Result<PreparedQuery> prepared = database_.prepare(sql);
    if (!prepared) return prepared.error();
    *query = std::move(*prepared);
  }
  return Done{};
}

Result<std::optional<Subject>> Reader::find(std::string_view name) {
  Hash pseudonym = keys_.pseudonym(name);
  SqlRows rows{subject_by_pseudonym_.handle()};
  rows.bind(1, pseudonym);
  Result<bool> row = rows.next();
  if (!row) return row.error();
  if (!*row) return std::optional<Subject>{};
  Result<Subject> subject = read_subject(sealer_, keys_, rows);
  if (!subject) return subject.error();
  return std::optional<Subject>{std::move(*subject)};
}

Result<bool> Reader::was_erased(std::string_view name) {
  Snapshot snapshot{database_};
  if (!snapshot.begun()) return snapshot.begun().error();
  Hash pseudonym = keys_.pseudonym(name);
  {
    SqlRows rows{subject_by_pseudonym_.handle()};
    rows.bind(1, pseudonym);
    Result<bool> enrolled = rows.next();
    if (!enrolled) return enrolled.error();
    if (*enrolled) return false;
  }
  SqlRows rows{erasures_.handle()};
  rows.bind(1, pseudonym);
  return rows.next();
}

Result<std::vector<std::uint64_t>> Reader::indexes_of(std::uint64_t subject) {
  std::vector<std::uint64_t> indexes;
  SqlRows rows{indexes_.handle()};
  rows.bind(1, subject);
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) return indexes;
    indexes.push_back(rows.number(0));
  }
}

Result<std::optional<Sealer::Opened>> Reader::open_payload(const Subject& subject, ByteView entry,
                                                           ByteView record) {
  if (is_blank(record)) return std::optional<Sealer::Opened>{};
  Result<Leaf> leaf = decode_leaf(entry);
  if (!leaf) return leaf.error();
  Result<Sealer::Opened> content =
      sealer_.open_with_nonce(subject.data_key, origin_, *leaf, record);
  if (!content) return content.error();
  return std::optional<Sealer::Opened>{std::move(*content)};
}

Result<std::vector<Fact>> Reader::facts_of(std::string_view name, std::span<const FactKind> kinds) {
  Snapshot snapshot{database_};
  if (!snapshot.begun()) return snapshot.begun().error();
  Result<std::optional<Subject>> subject = find(name);
  if (!subject) return subject.error();
  std::vector<Fact> facts;
  if (!*subject) return facts;
  Result<std::vector<std::uint64_t>> indexes = indexes_of((*subject)->id);
  if (!indexes) return indexes.error();
  for (std::uint64_t index : *indexes) {
    SqlRows rows{fact_.handle()};
    rows.bind(1, index);
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) return no_such_fact(index);
    ByteView entry = rows.bytes(0);
    if (!is_wanted(entry, kinds)) continue;
    Result<std::optional<Sealer::Opened>> payload = open_payload(**subject, entry, rows.bytes(2));
    Result<Json> json =
        payload && *payload ? parse_json((*payload)->plaintext) : Result<Json>{Json{}};
    if (!payload || !json) {
      const Error& error = payload ? json.error() : payload.error();
      return Error{"store.damaged",
                   fmt::format("fact {}: {}", index, error.message),
                   {},
                   "run verify to see what is damaged"};
    }
    if (*payload) facts.push_back({index, static_cast<FactKind>(entry[1]), std::move(*json)});
  }
  return facts;
}

Result<Done> Reader::each_subject(const std::function<bool(const std::string&)>& visit) {
  std::uint64_t last = kOperatorId;
  while (true) {
    std::vector<std::string> names;
    std::uint64_t seen = 0;
    {
      SqlRows rows{subjects_.handle()};
      rows.bind(1, last).bind(2, kChunk);
      while (true) {
        Result<bool> row = rows.next();
        if (!row) return row.error();
        if (!*row) break;
        ++seen;
        last = rows.number(0);
        if (is_blank(rows.bytes(4))) continue;
        Result<Subject> subject = read_subject(sealer_, keys_, rows);
        if (!subject) return subject.error();
        names.push_back(subject->name);
      }
    }
    for (const std::string& name : names) {
      if (!visit(name)) return Done{};
    }
    if (seen < kChunk) return Done{};
  }
}

Result<Reader::Opened> Reader::open_fact(std::uint64_t index) {
  Snapshot snapshot{database_};
  if (!snapshot.begun()) return snapshot.begun().error();
  SqlRows rows{fact_.handle()};
  rows.bind(1, index);
  Result<bool> row = rows.next();
  if (!row) return row.error();
  if (!*row) return no_such_fact(index);
  Opened fact;
  append(fact.entry, rows.bytes(0));
  if (rows.is_null(1) || is_blank(rows.bytes(2))) return fact;
  SqlRows owner{subject_by_id_.handle()};
  owner.bind(1, rows.number(1));
  Result<bool> found = owner.next();
  if (!found) return found.error();
  if (!*found) return Error{"store.damaged", fmt::format("fact {} has no subject", index)};
  Result<Subject> subject = read_subject(sealer_, keys_, owner);
  if (!subject) return subject.error();
  Result<std::optional<Sealer::Opened>> content = open_payload(*subject, fact.entry, rows.bytes(2));
  if (!content) return content.error();
  fact.content = std::move(*content);
  fact.subject = subject->name;
  return fact;
}

Result<Done> Reader::each_entry(std::uint64_t from, std::uint64_t to,
                                const std::function<bool(std::uint64_t, ByteView)>& visit) {
  while (from < to) {
    std::vector<Bytes> chunk;
    {
      SqlRows rows{entries_.handle()};
      rows.bind(1, from).bind(2, std::min(to, from + kChunk));
      while (true) {
        Result<bool> row = rows.next();
        if (!row) return row.error();
        if (!*row) break;
        if (rows.number(0) != from + chunk.size()) return no_such_fact(from + chunk.size());
        ByteView entry = rows.bytes(1);
        chunk.emplace_back(entry.begin(), entry.end());
      }
    }
    if (chunk.empty()) return no_such_fact(from);
    for (const Bytes& entry : chunk) {
      if (!visit(from++, entry)) return Done{};
    }
  }
  return Done{};
}

Result<std::optional<Bytes>> Reader::complete_tile(int level, std::uint64_t index) {
  SqlRows rows{tile_.handle()};
  rows.bind(1, static_cast<std::uint64_t>(level)).bind(2, index);
  Result<bool> row = rows.next();
  if (!row) return row.error();
  if (!*row) return std::optional<Bytes>{};
  ByteView hashes = rows.bytes(0);
  return std::optional<Bytes>{Bytes(hashes.begin(), hashes.end())};
}

Result<std::optional<std::string>> Reader::latest_checkpoint() {
  SqlRows rows{newest_checkpoint_.handle()};
  Result<bool> row = rows.next();
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>{};
  return std::optional<std::string>{std::string{rows.text(0)}};
}

Result<std::vector<std::string>> Reader::checkpoints() {
  std::vector<std::string> notes;
  SqlRows rows{all_checkpoints_.handle()};
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) return notes;
    notes.emplace_back(rows.text(0));
  }
}

Result<Done> Reader::catch_up(RightEdge& edge) {
  std::vector<RightEdge::Tile> completed;  // the writer stores them; here they are only passed
  SqlRows rows{entries_.handle()};
  rows.bind(1, edge.size()).bind(2, std::uint64_t{INT64_MAX});
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) return Done{};
    if (rows.number(0) != edge.size()) return no_such_fact(edge.size());
    edge.append(leaf_hash(rows.bytes(1)), completed);
    completed.clear();
  }
}

Result<Instant> Reader::last_recorded() {
  Result<std::uint64_t> size = database_.number("SELECT coalesce(max(seq) + 1, 0) FROM log_entry");
  if (!size) return size.error();
  // An erased fact is followed by its erasure, which is never erased, so this looks at the last
  // fact alone unless that one is damaged.
  for (std::uint64_t index = *size; index-- > 0;) {
    Result<Opened> last = open_fact(index);
    if (!last || !last->content) continue;
    std::optional<Instant> recorded = recorded_in(last->content->plaintext);
    if (recorded) return *recorded;
  }
  return Instant{};
}

}  // namespace credence
