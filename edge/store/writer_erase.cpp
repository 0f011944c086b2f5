#include <credence/base/json.h>
#include <credence/store/durable_file.h>
#include <credence/store/erasure_judge.h>
#include <credence/store/writer.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace credence {

namespace {

Error unknown_person() {
  return {"store.enrol", "this person is not enrolled", {}, "there is nothing of theirs to erase"};
}

Error operators_own() {
  return {"store.operator", "the operator's own facts cannot be erased"};
}

// Anything else concerns the file, and stops the store.
bool concerns_one_person(const Error& error) {
  return error.code == "store.damaged" || error.code == "store.keys";
}

}  // namespace

Result<Result<Store::Erased>> Writer::erase(std::string_view subject, std::string_view basis,
                                            std::string_view reason, Instant now) {
  using Inner = Result<Store::Erased>;
  if (subject == kOperatorSubject) return Inner{operators_own()};
  Named what;
  what.name = subject;  // the caller's view may be of what is about to go
  Result<std::shared_ptr<Subject>> person = subjects_.find(what.name);
  if (!person && concerns_one_person(person.error())) return Inner{person.error()};
  if (!person) return person.error();
  if (!*person) return Inner{unknown_person()};
  Result<std::vector<std::uint64_t>> live = live_indexes((*person)->id);
  if (!live) return live.error();
  what.erasure.subject = (*person)->id;
  what.erasure.pseudonym = (*person)->pseudonym;
  what.erasure.scope = ErasureScope::subject;
  what.erasure.list = std::move(*live);
  return carry_out(what, {basis, reason, now});
}

Result<Result<Writer::Named>> Writer::name_facts(std::string_view subject,
                                                 std::span<const std::uint64_t> indexes) {
  using Inner = Result<Named>;
  if (subject == kOperatorSubject) return Inner{operators_own()};
  Result<std::shared_ptr<Subject>> person = subjects_.find(subject);
  if (!person && concerns_one_person(person.error())) return Inner{person.error()};
  if (!person) return person.error();
  if (!*person) return Inner{unknown_person()};
  Result<std::vector<std::uint64_t>> live = live_indexes((*person)->id);
  if (!live) return live.error();
  Named what{{}, (*person)->name};
  what.erasure.subject = (*person)->id;
  what.erasure.pseudonym = (*person)->pseudonym;
  what.erasure.scope = ErasureScope::facts;
  std::vector<std::uint64_t>& list = what.erasure.list;
  list.assign(indexes.begin(), indexes.end());
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  for (std::uint64_t index : list) {
    if (!std::binary_search(live->begin(), live->end(), index)) {
      return Inner{Error{"store.index",
                         fmt::format("fact {} is not this person's, or is erased already", index)}};
    }
  }
  if (list.empty()) return Inner{Error{"store.index", "no fact is named"}};
  return Inner{std::move(what)};
}

Result<Result<Store::Erased>> Writer::erase_facts(std::string_view subject,
                                                  std::span<const std::uint64_t> indexes,
                                                  std::string_view reason, Instant now) {
  Result<Result<Named>> what = name_facts(subject, indexes);
  if (!what) return what.error();
  if (!*what) return Result<Store::Erased>{what->error()};
  return carry_out(**what, {"", reason, now});
}

Result<Result<Store::Erased>> Writer::append_and_erase_facts(AppendCall& call,
                                                             std::string_view subject,
                                                             std::span<const std::uint64_t> indexes,
                                                             std::string_view reason, Instant now) {
  Result<Result<Named>> what = name_facts(subject, indexes);
  if (!what) return what.error();
  if (!*what) return Result<Store::Erased>{what->error()};
  return carry_out(**what, {"", reason, now}, &call);
}

// The inner error refuses the drafts; then nothing was begun.
Result<Result<Store::Erased>> Writer::carry_out(Named& what, const Why& why, AppendCall* before) {
  using Inner = Result<Store::Erased>;
  std::vector<std::shared_ptr<Subject>> owners;
  if (before != nullptr) {
    Result<std::vector<std::shared_ptr<Subject>>> checked = check(*before);
    if (!checked && is_refusal(checked.error())) return Inner{checked.error()};
    if (!checked) return checked.error();
    owners = std::move(*checked);
  }
  Result<Done> done = begin();
  if (done && before != nullptr) done = write(*before, owners);
  if (done) done = write_erasure(what.erasure, why);
  if (done) done = end();
  if (!done) return done.error();
  if (what.erasure.scope == ErasureScope::subject) subjects_.forget(what.name);
  done = append_durably(directory_ + "/erasures", as_bytes(to_line(what.erasure, keys_)));
  if (!done) return done.error();
  // Until here the old pages are still in the write-ahead log and in the file.
  Result<bool> truncated = database_.truncate_wal();
  if (!truncated) return truncated.error();
  if (!*truncated) {
    return Inner{
        Error{"store.remnants",
              fmt::format("erased as fact {}, but a reader holds up the write-ahead log, where the "
                          "encrypted records still lie",
                          what.erasure.seq),
              {},
              "end long reads; the next opening of the record clears it"}};
  }
  Store::Erased erased{what.erasure.seq, what.erasure.list.size()};
  if (before != nullptr) erased.appended = *before->result;
  return Inner{std::move(erased)};
}

Result<Done> Writer::write_erasure(Erasure& erasure, const Why& why) {
  randomness_.fill(erasure.salt);
  erasure.seq = edge_.size();
  Json::Object payload{{"basis", why.basis},
                       {"digest", to_hex(digest_of(erasure))},
                       {"facts", erasure.list.size()},
                       {"reason", why.reason},
                       {"scope", erasure.scope == ErasureScope::subject ? "subject" : "facts"}};
  Draft draft = Draft::statement(FactKind::erasure_done, std::string{kOperatorSubject},
                                 std::move(payload), std::max(why.now, last_recorded_));
  Result<Done> done = write_operator_fact(draft);
  if (done) done = insert_erasure(erasure);
  if (done) done = blank(erasure);
  return done;
}

Result<Done> Writer::blank(const Erasure& erasure) {
  for (std::uint64_t index : erasure.list) {
    Result<Done> done =
        SqlRows{blank_payload_.handle()}.bind(1, index).bind(2, erasure.subject).finish();
    if (!done) return done;
  }
  return erasure.scope == ErasureScope::subject ? subjects_.blank(erasure.subject)
                                                : Result<Done>{Done{}};
}

Result<std::vector<std::uint64_t>> Writer::live_indexes(std::uint64_t subject) {
  std::vector<std::uint64_t> indexes;
  SqlRows rows{live_indexes_.handle()};
  rows.bind(1, subject);
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) break;
    if (!is_blank(rows.bytes(1))) indexes.push_back(rows.number(0));
  }
  return indexes;
}

Result<Done> Writer::insert_erasure(const Erasure& erasure) {
  Bytes list = list_bytes(erasure);
  return SqlRows{insert_erasure_.handle()}
      .bind(1, erasure.seq)
      .bind(2, erasure.subject)
      .bind(3, erasure.pseudonym)
      .bind(4, static_cast<std::uint64_t>(erasure.scope))
      .bind(5, erasure.salt)
      .bind(6, list)
      .finish();
}

Result<std::vector<Erasure>> Writer::erasures_in_table() {
  Result<PreparedQuery> query =
      database_.prepare(fmt::format("SELECT {} FROM erasure ORDER BY seq", kErasureColumns));
  if (!query) return query.error();
  SqlRows rows{query->handle()};
  std::vector<Erasure> erasures;
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) return erasures;
    Result<Erasure> erasure = read_erasure(rows);
    if (!erasure) return erasure.error();
    erasures.push_back(std::move(*erasure));
  }
}

// Nothing is blanked before every line has been judged.
Result<std::vector<Erasure>> Writer::missing_in(const std::vector<Erasure>& table,
                                                const ErasureFile& file) {
  auto refused = [&](std::string what) {
    return Error{"store.erasures",
                 fmt::format("{}/erasures: {}; nothing was blanked", directory_, what),
                 {},
                 "put the file back as the record left it; without it, what the table erasure and "
                 "its facts tell still counts"};
  };
  if (!file.foreign.empty()) {
    return refused(
        fmt::format("line {} was not written with this record's keys", file.foreign.front()));
  }
  ErasureJudge judge{database_, keys_, origin_};
  std::vector<Erasure> missing;
  for (const Erasure& erasure : file.erasures) {
    if (std::find(table.begin(), table.end(), erasure) != table.end()) continue;
    // What is beyond the end of an older copy has no leaf to ask. The code of its line speaks for
    // it, and compare_with_head() refuses to write to that copy.
    bool is_beyond = erasure.seq >= edge_.size();
    Result<std::string> objection =
        is_beyond ? Result<std::string>{std::string{}} : judge.objection(erasure);
    if (!objection) return objection.error();
    if (!objection->empty() || erasure.subject == kOperatorId) {
      return refused(fmt::format("the erasure {} {}", erasure.seq, *objection));
    }
    missing.push_back(erasure);
  }
  return missing;
}

Result<Done> Writer::replay_erasures() {
  Result<std::vector<Erasure>> table = erasures_in_table();
  if (!table) return table.error();
  const std::string path = directory_ + "/erasures";
  Result<ErasureFile> file = read_erasure_file(path, keys_);
  if (!file) return file.error();
  Result<std::vector<Erasure>> missing = missing_in(*table, *file);
  if (!missing) return missing.error();
  for (const Erasure& erasure : *missing) {
    Result<Done> done = begin();
    if (done) done = insert_erasure(erasure);
    if (done) done = blank(erasure);
    if (done) done = end();
    if (!done) return done;
  }
  bool incomplete = file->torn;
  for (const Erasure& erasure : *table) {
    std::vector<Erasure>& all = file->erasures;
    if (std::find(all.begin(), all.end(), erasure) != all.end()) continue;
    // A row that somebody put into the table must not get this record's code; verify tells of it.
    ErasureJudge judge{database_, keys_, origin_};
    Result<std::string> objection = judge.objection(erasure);
    if (!objection) return objection.error();
    if (!objection->empty()) continue;
    all.push_back(erasure);
    incomplete = true;
  }
  if (!incomplete) return Done{};
  std::string text;
  for (const Erasure& erasure : file->erasures) text += to_line(erasure, keys_);
  return write_durably(path, as_bytes(text));
}

}  // namespace credence
