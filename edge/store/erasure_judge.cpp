#include <credence/base/json.h>
#include <credence/ledger/fact.h>
#include <credence/store/erasure_judge.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace credence {

Result<Done> ErasureJudge::prepare() {
  if (operator_) return Done{};
  Result<PreparedQuery> fact = database_.prepare(
      "SELECT log_entry.entry, payload.record FROM log_entry JOIN payload"
      " ON payload.seq = log_entry.seq WHERE log_entry.seq = ?1 AND payload.subject = ?2");
  if (!fact) return fact.error();
  fact_ = std::move(*fact);
  Result<PreparedQuery> subject =
      database_.prepare(fmt::format("SELECT {} FROM subject WHERE id = ?1", kSubjectColumns));
  if (!subject) return subject.error();
  SqlRows rows{subject->handle()};
  rows.bind(1, kOperatorId);
  Result<bool> row = rows.next();
  if (!row) return row.error();
  if (!*row) return Done{};
  Result<Subject> owner = read_subject(sealer_, keys_, rows);
  if (owner) operator_ = std::move(*owner);
  return Done{};
}

Result<std::string> ErasureJudge::objection(const Erasure& erasure) {
  Result<Done> done = prepare();
  if (!done) return done.error();
  if (!operator_) return std::string{"cannot be judged, since the operator's row does not open"};
  if (erasure.subject == kOperatorId) return std::string{"is of the operator's own facts"};
  auto is_later = [&](std::uint64_t index) { return index >= erasure.seq; };
  if (std::any_of(erasure.list.begin(), erasure.list.end(), is_later)) {
    return std::string{"names a fact that came after it"};
  }
  SqlRows rows{fact_.handle()};
  rows.bind(1, erasure.seq).bind(2, kOperatorId);
  Result<bool> row = rows.next();
  if (!row) return row.error();
  Result<Leaf> leaf = *row ? decode_leaf(rows.bytes(0)) : Result<Leaf>{Leaf{}};
  if (!*row || !leaf || leaf->kind != FactKind::erasure_done) {
    return fmt::format("names fact {} as its own, which is no erasure", erasure.seq);
  }
  Result<std::string> payload = sealer_.open(operator_->data_key, origin_, *leaf, rows.bytes(1));
  if (!payload) return "cannot be judged: " + payload.error().message;
  Result<Json> json = parse_json(*payload);
  const Json* digest = json ? json->find("digest") : nullptr;
  const std::string* text = digest == nullptr ? nullptr : digest->string();
  if (text == nullptr || *text != to_hex(digest_of(erasure))) {
    return std::string{"is not what its fact committed to"};
  }
  return std::string{};
}

}  // namespace credence
