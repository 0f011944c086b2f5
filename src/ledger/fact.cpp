#include <credence/event/value.h>
#include <credence/ledger/fact.h>

#include <limits>
#include <utility>

namespace credence {

namespace {

constexpr std::size_t kMaxRefs = 32;  // of a leaf

Json index_json(std::uint64_t index) {
  expects(index <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()),
          "Draft: an index fits 63 bits");
  return Json{index};
}

bool are_refs(const std::vector<std::uint64_t>& refs) {
  for (std::size_t i = 1; i < refs.size(); ++i) {
    if (refs[i - 1] >= refs[i]) return false;
  }
  return refs.size() <= kMaxRefs;
}

}  // namespace

std::string_view name_of(FactKind kind) {
  switch (kind) {
    case FactKind::programme_published:
      return "programme published";
    case FactKind::subject_enrolled:
      return "subject enrolled";
    case FactKind::consent_granted:
      return "consent granted";
    case FactKind::consent_withdrawn:
      return "consent withdrawn";
    case FactKind::event_recorded:
      return "event recorded";
    case FactKind::score_issued:
      return "score issued";
    case FactKind::decision_made:
      return "decision made";
    case FactKind::disclosure_made:
      return "disclosure made";
    case FactKind::dispute_opened:
      return "dispute opened";
    case FactKind::dispute_decided:
      return "dispute decided";
    case FactKind::correction_made:
      return "correction made";
    case FactKind::erasure_done:
      return "erasure done";
    case FactKind::staff_access:
      return "staff access";
    case FactKind::model_stop:
      return "model stop";
    case FactKind::notice_written:
      return "notice written";
    case FactKind::key_rotated:
      return "key rotated";
  }
  stop_on_defect("name_of(FactKind): not in the closed list");
}

std::string idempotency_key(FactKind kind, const Json& payload) {
  if (kind != FactKind::event_recorded && kind != FactKind::correction_made) return {};
  std::string joined;
  for (std::string_view member : {"source", "event", "key"}) {
    const Json* value = payload.find(member);
    const std::string* text = value == nullptr ? nullptr : value->string();
    if (text == nullptr || text->empty()) return {};
    if (!joined.empty()) joined += '/';
    joined += *text;
  }
  return joined;
}

bool say_the_same(const Json& one, const Json& other) {
  auto content = [](const Json& payload) {
    Json copy = payload;
    if (Json::Object* members = copy.object()) {
      members->erase("recorded");
      members->erase("grant");
    }
    return to_canonical_json(copy);
  };
  return content(one) == content(other);
}

Draft Draft::event(const Admitted& admitted, const Programme& programme) {
  Event event = admitted.event();
  if (event.key.empty()) event.key = content_key(event, programme);
  Json payload = to_json(event, programme);
  Json::Object* members = payload.object();
  expects(members != nullptr, "Draft: the payload of an event is an object");
  members->insert_or_assign("recorded", to_text(admitted.recorded()));
  members->insert_or_assign("grant", index_json(admitted.grant()));
  const EventType& type = programme.events.at(static_cast<std::size_t>(event.type));
  members->insert_or_assign("source",
                            programme.sources.at(static_cast<std::size_t>(type.source)).id);
  if (event.corrects) members->insert_or_assign("corrects", index_json(*event.corrects));
  Draft draft;
  draft.kind_ = event.corrects ? FactKind::correction_made : FactKind::event_recorded;
  draft.subject_ = event.subject;
  draft.payload_ = to_canonical_json(payload);
  draft.key_ = idempotency_key(draft.kind_, payload);
  draft.recorded_ = admitted.recorded();
  return draft;
}

Draft Draft::statement(FactKind kind, std::string subject, Json::Object payload, Instant recorded,
                       std::vector<std::uint64_t> refs) {
  expects(kind != FactKind::event_recorded && kind != FactKind::correction_made,
          "Draft::statement: an event comes through Admitted");
  expects(are_refs(refs), "Draft::statement: at most 32 references, strictly ascending");
  if (kind == FactKind::subject_enrolled) {
    expects(subject != kOperatorSubject, "Draft::statement: the operator is not enrolled");
    payload.insert_or_assign("name", subject);
  }
  payload.insert_or_assign("recorded", to_text(recorded));
  Draft draft;
  draft.kind_ = kind;
  draft.subject_ = std::move(subject);
  draft.payload_ = to_canonical_json(Json{std::move(payload)});
  draft.recorded_ = recorded;
  draft.refs_ = std::move(refs);
  return draft;
}

}  // namespace credence
