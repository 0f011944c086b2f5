#include <credence/base/expects.h>
#include <credence/store/subject_book.h>
#include <fmt/format.h>

#include <utility>

namespace credence {

namespace {

constexpr std::size_t kRemembered = 65536;  // about 20 MB
constexpr std::uint64_t kChunk = 1024;

}  // namespace

Result<Done> SubjectBook::prepare() {
  const std::string select = fmt::format("SELECT {} FROM subject WHERE ", kSubjectColumns);
  const std::pair<PreparedQuery*, std::string> all[] = {
      {&find_, select + "pseudonym = ?1"},
      {&erased_, "SELECT 1 FROM erasure WHERE pseudonym = ?1 AND scope = 1"},
      {&insert_, "INSERT INTO subject VALUES(?1, ?2, ?3, ?4, ?5)"},
      {&move_, "UPDATE subject SET counter = ?2 WHERE id = ?1"},
      {&blank_,
       "UPDATE subject SET pseudonym = ?2, epoch = zeroblob(4), counter = zeroblob(8),"
       " keys = zeroblob(length(keys)) WHERE id = ?1"},
      {&rewrap_, "UPDATE subject SET epoch = ?2, keys = ?3 WHERE id = ?1"},
      {&give_up_, "UPDATE subject SET epoch = ?2 WHERE id = ?1"},
      {&after_, select + "id > ?1 ORDER BY id LIMIT ?2"},
  };
  for (const auto& [query, sql] : all) {
    Result<PreparedQuery> prepared = database_.prepare(sql);
    if (!prepared) return prepared.error();
    *query = std::move(*prepared);
  }
  Result<std::uint64_t> next = database_.number("SELECT coalesce(max(id), 0) + 1 FROM subject");
  if (!next) return next.error();
  next_id_ = *next;
  return Done{};
}

void SubjectBook::remember(std::shared_ptr<Subject> subject) {
  recent_.push_front(std::move(subject));
  by_name_[recent_.front()->name] = recent_.begin();
}

Result<std::shared_ptr<Subject>> SubjectBook::find(std::string_view name) {
  auto known = by_name_.find(name);
  if (known != by_name_.end()) {
    recent_.splice(recent_.begin(), recent_, known->second);
    return *known->second;
  }
  Hash pseudonym = keys_.pseudonym(name);
  SqlRows rows{find_.handle()};
  rows.bind(1, pseudonym);
  Result<bool> row = rows.next();
  if (!row) return row.error();
  if (!*row) return std::shared_ptr<Subject>{};
  Result<Subject> subject = read_subject(sealer_, keys_, rows);
  if (!subject) return subject.error();
  if (subject->name != name) {
    return Error{"store.damaged", fmt::format("credence.db: subject {}: another name than its"
                                              " pseudonym says",
                                              subject->id)};
  }
  remember(std::make_shared<Subject>(*subject));
  return recent_.front();
}

Result<bool> SubjectBook::was_erased(std::string_view name) {
  Hash pseudonym = keys_.pseudonym(name);
  SqlRows rows{erased_.handle()};
  rows.bind(1, pseudonym);
  return rows.next();
}

std::shared_ptr<Subject> SubjectBook::make(std::string_view name) const {
  auto subject = std::make_shared<Subject>();
  subject->pseudonym = keys_.pseudonym(name);
  subject->name = name;
  randomness_.fill(subject->data_key);
  randomness_.fill(subject->tag_key);
  return subject;
}

Result<Done> SubjectBook::enrol(const std::shared_ptr<Subject>& subject) {
  std::vector<std::uint32_t> epochs = keys_.epochs();
  if (epochs.empty()) return Error{"store.keys", "the key folder holds no epoch"};
  subject->id = next_id_;
  subject->epoch = epochs.back();
  std::optional<Key> epoch_key = keys_.epoch_key(subject->epoch);
  if (!epoch_key) return Error{"store.keys", "the newest epoch's key cannot be read"};
  Bytes wrapped = wrap_keys(sealer_, *epoch_key, randomness_.draw<12>(), *subject);
  wipe(*epoch_key);
  Bytes epoch = epoch_bytes(subject->epoch), counter = counter_bytes(subject->counter);
  Result<Done> done = SqlRows{insert_.handle()}
                          .bind(1, subject->id)
                          .bind(2, subject->pseudonym)
                          .bind(3, epoch)
                          .bind(4, counter)
                          .bind(5, wrapped)
                          .finish();
  if (!done) return done;
  ++next_id_;
  remember(subject);
  return Done{};
}

void SubjectBook::touch(Subject& subject) {
  // A person's facts of one batch mostly come together, so looking at the last one keeps the list
  // short.
  if (touched_.empty() || touched_.back() != &subject) touched_.push_back(&subject);
}

Result<Done> SubjectBook::flush() {
  for (Subject* subject : touched_) {
    Bytes counter = counter_bytes(subject->counter);
    Result<Done> done = SqlRows{move_.handle()}.bind(1, subject->id).bind(2, counter).finish();
    if (!done) return done;
  }
  touched_.clear();
  while (recent_.size() > kRemembered) {
    by_name_.erase(recent_.back()->name);
    recent_.pop_back();
  }
  return Done{};
}

Result<Done> SubjectBook::blank(std::uint64_t id) {
  Hash pseudonym = blank_pseudonym(id);
  return SqlRows{blank_.handle()}.bind(1, id).bind(2, pseudonym).finish();
}

void SubjectBook::forget(std::string_view name) {
  auto known = by_name_.find(name);
  if (known == by_name_.end()) return;
  Recent::iterator at = known->second;
  by_name_.erase(known);
  recent_.erase(at);
}

void SubjectBook::forget_all() {
  expects(touched_.empty(), "SubjectBook: counters are written back before anybody is forgotten");
  by_name_.clear();
  recent_.clear();
}

Result<SubjectBook::Chunk> SubjectBook::some_after(std::uint64_t id) {
  Chunk chunk;
  SqlRows rows{after_.handle()};
  rows.bind(1, id).bind(2, kChunk);
  while (true) {
    Result<bool> row = rows.next();
    if (!row) return row.error();
    if (!*row) return chunk;
    chunk.last = rows.number(0);
    if (is_blank(rows.bytes(4))) continue;
    Result<Subject> subject = read_subject(sealer_, keys_, rows);
    if (subject)
      chunk.subjects.push_back(*subject);
    else
      chunk.damaged.push_back(chunk.last);
  }
}

Result<SubjectBook::Rewrapped> SubjectBook::rewrap(std::uint32_t epoch) {
  std::optional<Key> epoch_key = keys_.epoch_key(epoch);
  if (!epoch_key) return Error{"store.keys", "the new epoch's key cannot be read"};
  Rewrapped result;
  Bytes number = epoch_bytes(epoch);
  for (std::uint64_t last = 0;;) {
    Result<Chunk> some = some_after(last);
    if (!some) return some.error();
    if (some->last == 0) break;
    last = some->last;
    for (Subject& subject : some->subjects) {
      subject.epoch = epoch;
      Bytes keys = wrap_keys(sealer_, *epoch_key, randomness_.draw<12>(), subject);
      Result<Done> done =
          SqlRows{rewrap_.handle()}.bind(1, subject.id).bind(2, number).bind(3, keys).finish();
      if (!done) return done.error();
      ++result.wrapped;
    }
    for (std::uint64_t id : some->damaged) {
      Result<Done> done = SqlRows{give_up_.handle()}.bind(1, id).bind(2, number).finish();
      if (!done) return done.error();
      result.lost.push_back(id);
    }
  }
  wipe(*epoch_key);
  bool no_operator = !result.lost.empty() && result.lost.front() == kOperatorId;
  if (no_operator || result.lost.size() > result.wrapped) {
    return Error{"store.keys",
                 fmt::format("{} of {} persons' keys do not open, so nothing was rotated",
                             result.lost.size(), result.lost.size() + result.wrapped),
                 {},
                 "restore the key folder that belongs to this record, and run verify"};
  }
  return result;
}

}  // namespace credence
