#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <credence/base/json.h>
#include <credence/base/result.h>
#include <credence/base/time.h>
#include <credence/charter/charter.h>
#include <credence/programme/cell.h>

namespace credence {

// Something that happened to somebody, read and typed against the programme. Not yet consented to.
struct Event {
  std::string subject;  // the operator's name for the person
  int type = 0;         // index into Programme::events
  Date at;
  std::array<Cell, EventType::kMaxFields> fields = {};
  std::string key;      // names the record at its source; the same key is the same record (idempotency)
  std::optional<std::uint64_t> corrects;  // index of the fact that this one replaces
};

// The canonical payload of an event and back. {"at":"2026-01-31","event":"bill","fields":{"amount":
// "12.50 EUR","due":"2026-01-20"},"key":"..."}; missing fields are left out; special codes are {"special":"..."}.
Json to_json(const Event& event, const Programme& programme);
Result<Event> event_from_json(const Json& payload, const Programme& programme);

}  // namespace credence
