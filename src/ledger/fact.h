#pragma once

#include <credence/base/json.h>
#include <credence/base/time.h>
#include <credence/consent/consent.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// The closed list of what can be recorded. DO NOT CHANGE THESE VALUES: they are in the leaves.
enum class FactKind : std::uint8_t {
  programme_published = 1,
  subject_enrolled = 2,
  consent_granted = 3,
  consent_withdrawn = 4,
  event_recorded = 5,
  score_issued = 6,
  decision_made = 7,
  disclosure_made = 8,
  dispute_opened = 9,
  dispute_decided = 10,
  correction_made = 11,
  erasure_done = 12,
  staff_access = 13,
  model_stop = 14,
  notice_written = 15,
  key_rotated = 16,
};
std::string_view name_of(FactKind kind);  // "event recorded"

// Facts without a person belong to the operator, under this name; a person cannot be enrolled under
// it.
inline constexpr std::string_view kOperatorSubject = "";

// A fact about to be recorded. An event becomes one only through Admitted; every other kind is a
// statement of the stage that made it. (A correction is a corrected event, so it comes through
// Admitted as well.)
class Draft {
 public:
  // An event without a key gets its content key.
  static Draft event(const Admitted& admitted, const Programme& programme);
  // REQUIRES: kind is neither event_recorded nor correction_made. `payload` is a JSON object.
  static Draft statement(FactKind kind, std::string subject, Json::Object payload, Instant recorded,
                         std::vector<std::uint64_t> refs = {});

  FactKind kind() const { return kind_; }
  const std::string& subject() const { return subject_; }
  const std::string& payload() const { return payload_; }  // canonical JSON, with "recorded" in it
  Instant recorded() const { return recorded_; }
  const std::string& key() const { return key_; }  // idempotency_key() of the payload
  // Leaves without a person that this one refers to (a programme), strictly ascending.
  const std::vector<std::uint64_t>& refs() const { return refs_; }

 private:
  Draft() = default;
  FactKind kind_ = FactKind::event_recorded;
  std::string subject_, payload_, key_;
  Instant recorded_;
  std::vector<std::uint64_t> refs_;
};

// What names a fact among those of its person, so that it is recorded once: SOURCE/EVENT/KEY of an
// event's or a correction's payload. Neither a source's nor an event's identifier holds a slash, so
// no two records share it by accident. Empty for every other kind, and for an event's payload that
// lacks one of the three.
std::string idempotency_key(FactKind kind, const Json& payload);

// Whether two payloads of one idempotency key say the same: all members but "recorded" and
// "grant", which come from recording.
bool say_the_same(const Json& one, const Json& other);

// A fact read back from the record and opened with its person's key.
struct Fact {
  std::uint64_t index = 0;
  FactKind kind = FactKind::event_recorded;
  Json payload;
};

}  // namespace credence
