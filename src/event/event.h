#pragma once

#include <credence/base/json.h>
#include <credence/base/result.h>
#include <credence/base/time.h>
#include <credence/charter/charter.h>
#include <credence/programme/cell.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace credence {

// Something that happened to somebody, read and typed against the programme. Not yet consented to.
struct Event {
  std::string subject;  // the operator's name for the person
  int type = 0;         // index into Programme::events
  Date at;
  std::array<Cell, EventType::kMaxFields> fields = {};  // in the order of EventType::fields
  std::string key;  // names the record at its source; the same key of one person is the same record
  std::optional<std::uint64_t> corrects;  // index of the fact that this one replaces
};

// The canonical payload of an event: {"at":"2026-01-31","event":"bill","fields":{"amount":"12.50
// EUR", "due":"2026-01-20"},"key":"..."}; missing fields are left out; a special code is
// {"special":"token"}; a correction has "corrects". The subject is not in it: it belongs to whoever
// holds the payload.
Json to_json(const Event& event, const Programme& programme);
// Back. Strict: a member or field that the programme does not know, another kind of value or one
// out of range is an Error that names it (codes event.*, docs/formats/events.md). Without a "key"
// the event gets its content key (value.h). REQUIRES of callers: members that another stage adds
// beside these ("recorded") are taken out.
Result<Event> event_from_json(const Json& payload, const Programme& programme);

}  // namespace credence
