#include <credence/base/json.h>
#include <credence/store/durable_file.h>
#include <credence/store/writer.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

constexpr std::size_t kMaxHead = 64 << 10;

Error rollback(std::string message) {
  return {"store.rollback",
          std::move(message),
          {},
          "this log must not sign again: rebuild it to the pinned head from a copy that has the "
          "missing facts, or close it and begin a log with a new origin"};
}

}  // namespace

Result<std::string> Writer::publish() {
  std::uint64_t size = edge_.size();
  Hash root = edge_.root();
  std::string note = keys_.signing().sign(to_text(Checkpoint{origin_, size, root}));
  Result<std::uint64_t> newest =
      database_.number("SELECT coalesce(max(size), -1) + 1 FROM checkpoint");
  if (!newest) return newest.error();
  if (*newest != size + 1) {
    Result<Done> done = begin();
    if (!done) return done.error();
    done = SqlRows{insert_checkpoint_.handle()}
               .bind(1, size)
               .bind(2, root)
               .bind_text(3, note)
               .finish();
    if (done) done = end();
    if (!done) return done.error();
  }
  // The note leaves only when it is stored and pinned, or a crash could make this log sign another
  // one.
  Result<Done> pinned = write_durably(directory_ + "/head", as_bytes(note));
  if (!pinned) return pinned.error();
  return note;
}

Result<Done> Writer::compare_with_head() {
  const std::string path = directory_ + "/head";
  Result<Bytes> bytes = read_file(path, kMaxHead);
  if (!bytes) return rollback("the last signed head is missing: " + bytes.error().message);
  const VerifierKey& key = keys_.signing().verifier();
  Result<Checkpoint> head = open_checkpoint(as_text(*bytes), {&key, 1});
  if (!head) return rollback(path + ": " + head.error().message);
  if (head->size > edge_.size()) {
    return rollback(fmt::format("credence.db has {} facts, but {} were signed: it is an older copy",
                                edge_.size(), head->size));
  }
  Result<std::uint64_t> erased = database_.number("SELECT coalesce(max(seq) + 1, 0) FROM erasure");
  if (!erased) return erased.error();
  if (*erased > edge_.size()) {
    return rollback(
        fmt::format("credence.db has {} facts, but fact {} was an erasure: it is an "
                    "older copy",
                    edge_.size(), *erased - 1));
  }
  Result<Hash> root = root_at(database_, edge_, head->size);
  if (!root) return root.error();
  if (*root != head->root) {
    return rollback(
        fmt::format("the first {} facts are not the ones that were signed", head->size));
  }
  // A crash between the row and the pinned head leaves the row newer.
  Result<PreparedQuery> query =
      database_.prepare("SELECT size, root, note FROM checkpoint ORDER BY size DESC LIMIT 1");
  if (!query) return query.error();
  SqlRows rows{query->handle()};
  Result<bool> row = rows.next();
  if (!row) return row.error();
  if (!*row || rows.number(0) <= head->size) return Done{};
  Result<Hash> stored = rows.number(0) <= edge_.size() ? root_at(database_, edge_, rows.number(0))
                                                       : Result<Hash>{Hash{}};
  if (!stored) return stored.error();
  if (!std::equal(stored->begin(), stored->end(), rows.bytes(1).begin(), rows.bytes(1).end())) {
    return rollback("the newest stored checkpoint does not fit the facts");
  }
  return write_durably(path, rows.bytes(2));
}

Result<Writer::Rotated> Writer::rotate_keys(Instant now) {
  Result<std::uint32_t> epoch = keys_.begin_epoch(randomness_);
  if (!epoch) return epoch.error();
  Result<Done> done = begin();
  if (!done) return done.error();
  Result<SubjectBook::Rewrapped> rewrapped = subjects_.rewrap(*epoch);
  if (!rewrapped) return rewrapped.error();
  subjects_.forget_all();  // what is remembered names the old epoch
  Json::Object payload{{"epoch", *epoch}};
  if (!rewrapped->lost.empty()) payload.emplace("lost", rewrapped->lost.size());
  done = write_operator_fact(Draft::statement(FactKind::key_rotated, std::string{kOperatorSubject},
                                              std::move(payload), std::max(now, last_recorded_)));
  if (done) done = end();
  if (!done) return done.error();
  Result<bool> truncated = database_.truncate_wal();
  if (!truncated) return truncated.error();
  done = keys_.destroy_epochs_except(*epoch);
  if (!done) return done.error();
  return Rotated{*epoch, std::move(rewrapped->lost)};
}

Result<Done> Writer::settle_epochs() {
  Result<PreparedQuery> query =
      database_.prepare("SELECT DISTINCT epoch FROM subject WHERE epoch <> zeroblob(4)");
  if (!query) return query.error();
  std::vector<std::uint32_t> used;
  {
    SqlRows rows{query->handle()};
    while (true) {
      Result<bool> row = rows.next();
      if (!row) return row.error();
      if (!*row) break;
      auto epoch = static_cast<std::uint32_t>(read_be(rows.bytes(0)));
      // An epoch that has no key is a damaged row's, or all of this is another record's.
      if (keys_.epoch_key(epoch)) used.push_back(epoch);
    }
  }
  // A rotation rewraps everybody in one commit. So exactly one epoch that has a key is in use,
  // before and after it; any other file is its beginning or its remainder. Two would be damage:
  // then destroy nothing.
  if (used.size() != 1) {
    return Error{"store.keys",
                 "the key folder does not fit the record: its epoch key is missing",
                 {},
                 "restore the key folder that belongs to this record"};
  }
  return keys_.epochs().size() == 1 ? Result<Done>{Done{}} : keys_.destroy_epochs_except(used[0]);
}

}  // namespace credence
