#include <credence/store/durable_file.h>
#include <credence/store/schema.h>
#include <credence/store/verification.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace credence {

namespace {

constexpr std::uint64_t kProgressEvery = 1 << 14;
constexpr std::size_t kMaxHead = 64 << 10;

Result<std::vector<std::string>> definitions(Database& database) {
  Result<PreparedQuery> query = database.prepare(
      "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema"
      " WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1");
  if (!query) return query.error();
  SqlRows rows{query->handle()};
  std::vector<std::string> all;
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) return all;
    all.emplace_back(rows.text(0));
  }
}

}  // namespace

Result<Done> Verification::check_schema() {
  Result<Database> model = Database::open(":memory:", "", Access::create);
  if (!model) return model.error();
  Result<Done> made = create_tables(*model, {});
  if (!made) return made;
  Result<std::vector<std::string>> expected = definitions(*model);
  if (!expected) return expected.error();
  Result<std::vector<std::string>> found = definitions(database_);
  if (!found) return found.error();
  std::vector<std::string> differing;
  std::set_symmetric_difference(expected->begin(), expected->end(), found->begin(), found->end(),
                                std::back_inserter(differing));
  for (const std::string& definition : differing) {
    fault("schema", definition.substr(0, definition.find(':')),
          "is missing, changed or was put in");
  }
  return Done{};
}

// What no hash covers: the indexes and the links between pages.
Result<Done> Verification::check_pages() {
  Result<PreparedQuery> query = database_.prepare("PRAGMA integrity_check(20)");
  if (!query) return query.error();
  SqlRows rows{query->handle()};
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) return Done{};
    if (rows.text(0) != "ok") fault("credence.db", "pages", std::string{rows.text(0)});
  }
}

Result<Done> Verification::read_journal() {
  Result<PreparedQuery> query =
      database_.prepare(fmt::format("SELECT {} FROM erasure ORDER BY seq", kErasureColumns));
  if (!query) return query.error();
  ErasureJudge judge{database_, keys_, origin_};
  SqlRows rows{query->handle()};
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) break;
    Result<Erasure> erasure = read_erasure(rows);
    if (!erasure) {
      fault("erasure", fmt::format("{}", rows.number(0)), erasure.error().message);
      continue;
    }
    Result<std::string> objection = judge.objection(*erasure);
    if (!objection) return objection.error();
    if (!objection->empty()) {
      fault("erasure", fmt::format("{}, row", erasure->seq), *objection);
      continue;
    }
    for (std::uint64_t index : erasure->list) erased_.emplace_back(index, erasure->subject);
    std::uint64_t seq = erasure->seq;
    journal_.emplace(seq, std::move(*erasure));
  }
  std::sort(erased_.begin(), erased_.end());
  return Done{};
}

// A line without a row is no danger, since the next opening judges it as well; but nobody who
// means well writes one. A row without a line is a writer at work beside this pass.
Result<Done> Verification::check_erasure_file() {
  for (std::size_t line : erasure_file_->foreign) {
    fault("erasures", fmt::format("line {}", line), "was not written with this record's keys");
  }
  for (const Erasure& erasure : erasure_file_->erasures) {
    auto row = journal_.find(erasure.seq);
    if (row != journal_.end() && row->second == erasure) continue;
    fault("erasures", fmt::format("erasure {}", erasure.seq), "is not in the log");
  }
  return Done{};
}

void Verification::read_head() {
  Result<Bytes> bytes = read_file(directory_ + "/head", kMaxHead);
  if (!bytes) return fault("head", "file", bytes.error().message);
  const VerifierKey& key = keys_.signing().verifier();
  Result<Checkpoint> checkpoint = open_checkpoint(as_text(*bytes), {&key, 1});
  if (!checkpoint) return fault("head", "note", checkpoint.error().message);
  head_ = Signed{"head", std::move(*checkpoint)};
}

Result<Done> Verification::next_checkpoint(SqlRows& rows) {
  const VerifierKey& key = keys_.signing().verifier();
  while (!next_) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) return Done{};
    ++report_.checkpoints;
    std::uint64_t id = rows.number(0);
    auto at = [&](std::string_view field) { return fmt::format("{}, {}", id, field); };
    if (id != ++last_checkpoint_id_) {
      fault("checkpoint", at("id"), fmt::format("follows {}", last_checkpoint_id_ - 1));
      last_checkpoint_id_ = id;
    }
    Result<Checkpoint> checkpoint = open_checkpoint(rows.text(3), {&key, 1});
    if (!checkpoint) {
      fault("checkpoint", at("note"), checkpoint.error().message);
      continue;
    }
    if (checkpoint->size != rows.number(1)) {
      fault("checkpoint", at("size"), "is not the size that was signed");
    }
    if (!std::equal(checkpoint->root.begin(), checkpoint->root.end(), rows.bytes(2).begin(),
                    rows.bytes(2).end())) {
      fault("checkpoint", at("root"), "is not the root that was signed");
    }
    if (checkpoint->size < edge_.size()) {
      fault("checkpoint", at("note"), "is of a smaller log than the checkpoint before");
      continue;
    }
    next_ = Signed{at("note"), std::move(*checkpoint)};
  }
  return Done{};
}

void Verification::check_root(const Signed& signed_head) {
  if (signed_head.checkpoint.origin != origin_) {
    fault("checkpoint", signed_head.where, "is of another log");
  }
  if (signed_head.checkpoint.root == edge_.root()) {
    signed_size_ = edge_.size();
    return;
  }
  fault("checkpoint", signed_head.where,
        fmt::format("the first {} entries do not give the root that was signed", edge_.size()));
}

Result<Done> Verification::check_roots(SqlRows& rows) {
  if (head_ && head_->checkpoint.size == edge_.size()) {
    check_root(*head_);
    head_.reset();
  }
  while (next_ && next_->checkpoint.size == edge_.size()) {
    check_root(*next_);
    next_.reset();
    Result<Done> done = next_checkpoint(rows);
    if (!done) return done;
  }
  return Done{};
}

void Verification::check_entry(std::uint64_t index, ByteView entry, std::optional<Leaf>& leaf) {
  ++report_.leaves;
  completed_.clear();
  edge_.append(leaf_hash(entry), completed_);
  Result<Leaf> decoded = decode_leaf(entry);
  if (!decoded) {
    fault("log_entry", fmt::format("{}, entry", index), decoded.error().message);
    return;
  }
  leaf = std::move(*decoded);
  if (leaf->issuer != keys_.issuer()) {
    fault("log_entry", fmt::format("{}, issuer", index), "is not this log's key");
  }
}

Result<Done> Verification::check_completed_tiles() {
  for (const RightEdge::Tile& tile : completed_) {
    ++report_.tiles;
    SqlRows rows{tile_.handle()};
    rows.bind(1, static_cast<std::uint64_t>(tile.level)).bind(2, tile.index);
    Result<bool> row = rows.next();
    if (!row) return row.error();
    std::string where = fmt::format("{}/{}, hashes", tile.level, tile.index);
    if (!*row) {
      fault("log_tile", where, "the tile is missing");
    } else if (!std::equal(tile.hashes.begin(), tile.hashes.end(), rows.bytes(0).begin(),
                           rows.bytes(0).end())) {
      fault("log_tile", where, "is not what its entries say");
    }
  }
  return Done{};
}

Result<Done> Verification::check_leaves(const Progress& progress) {
  Result<std::uint64_t> total = database_.number("SELECT coalesce(max(seq) + 1, 0) FROM log_entry");
  if (!total) return total.error();
  PreparedQuery entries, payloads, checkpoints;
  const std::pair<PreparedQuery*, std::string> all[] = {
      {&entries, "SELECT seq, entry FROM log_entry ORDER BY seq"},
      {&payloads, "SELECT seq, subject, key, record FROM payload ORDER BY seq"},
      {&checkpoints, "SELECT id, size, root, note FROM checkpoint ORDER BY id"},
      {&tile_, "SELECT hashes FROM log_tile WHERE level = ?1 AND idx = ?2"},
      {&subject_, fmt::format("SELECT {} FROM subject WHERE id = ?1", kSubjectColumns)},
  };
  for (const auto& [query, sql] : all) {
    Result<PreparedQuery> prepared = database_.prepare(sql);
    if (!prepared) return prepared.error();
    *query = std::move(*prepared);
  }
  SqlRows entry{entries.handle()}, payload{payloads.handle()}, checkpoint{checkpoints.handle()};
  Result<bool> has_payload = payload.next();
  if (!has_payload) return has_payload.error();
  Result<Done> done = next_checkpoint(checkpoint);
  if (done) done = check_roots(checkpoint);
  for (std::uint64_t expected = 0; done; ++expected) {
    Result<bool> row = entry.next();
    if (!row) return row.error();
    if (!*row) break;
    std::uint64_t index = entry.number(0);
    if (index != expected) {
      fault("log_entry", fmt::format("{}, seq", expected),
            fmt::format("entries are missing: the next is {}", index));
      expected = index;
    }
    std::optional<Leaf> leaf;
    check_entry(index, entry.bytes(1), leaf);
    done = check_completed_tiles();
    if (done) done = check_roots(checkpoint);
    while (done && *has_payload && payload.number(0) < index) {
      fault("payload", fmt::format("{}, seq", payload.number(0)), "belongs to no entry");
      has_payload = payload.next();
      if (!has_payload) return has_payload.error();
    }
    if (*has_payload && payload.number(0) == index) {
      if (done && leaf) done = check_payload(index, *leaf, payload);
      has_payload = payload.next();
      if (!has_payload) return has_payload.error();
    } else {
      fault("payload", fmt::format("{}, seq", index), "the row is missing");
    }
    if (progress && index % kProgressEvery == 0) progress(index, *total);
  }
  if (!done) return done;
  if (progress) progress(*total, *total);
  while (*has_payload) {
    fault("payload", fmt::format("{}, seq", payload.number(0)), "belongs to no entry");
    has_payload = payload.next();
    if (!has_payload) return has_payload.error();
  }
  return check_left_over(checkpoint);
}

// What was promised beyond the end of the log.
Result<Done> Verification::check_left_over(SqlRows& checkpoints) {
  std::string end = fmt::format("the log has {} entries only", edge_.size());
  if (head_)
    fault("head", "note", fmt::format("{} were signed, and {}", head_->checkpoint.size, end));
  while (next_) {
    fault("checkpoint", next_->where, end);
    next_.reset();
    Result<Done> done = next_checkpoint(checkpoints);
    if (!done) return done;
  }
  if (report_.tombstones < erased_.size()) {
    fault("erasure", "journal",
          fmt::format("names {} facts, but {} are blank", erased_.size(), report_.tombstones));
  }
  return Done{};
}

}  // namespace credence
