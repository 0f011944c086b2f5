#include <credence/event/event.h>
#include <credence/event/value.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

// The error of one member, told with the member's path.
Error at_member(std::string_view path, Error error) {
  error.message = fmt::format("`{}`: {}", path, error.message);
  return error;
}

std::optional<Error> check_members(const Json::Object& payload) {
  static const std::vector<std::string> known = {"at", "corrects", "event", "fields", "key"};
  for (const auto& [name, value] : payload) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return Error{"event.unknown",
                 fmt::format("an event has no member `{}`{}", name, suggest(name, known)),
                 {},
                 "members: at, event, fields, key, corrects"};
  }
  return std::nullopt;
}

Result<std::string> text_member(const Json& payload, std::string_view name) {
  const Json* member = payload.find(name);
  if (member == nullptr) {
    return Error{"event.missing", fmt::format("an event needs `{}`", name), {}, "give it as text"};
  }
  if (member->string() == nullptr) {
    return Error{"event.shape", fmt::format("`{}`: this is not text", name), {}, "give it as text"};
  }
  return *member->string();
}

std::optional<Error> read_head(Event& event, const Json& payload, const Programme& programme) {
  auto type_id = text_member(payload, "event");
  if (!type_id) return type_id.error();
  auto type = find_event_type(*type_id, programme);
  if (!type) return at_member("event", type.error());
  event.type = *type;
  auto at_text = text_member(payload, "at");
  if (!at_text) return at_text.error();
  auto at = parse_date(*at_text);
  if (!at) {
    return Error{"event.date",
                 fmt::format("`at`: `{}` is not a calendar day", *at_text),
                 {},
                 "write YYYY-MM-DD, as in 2026-01-31"};
  }
  event.at = *at;
  if (const Json* corrects = payload.find("corrects")) {
    if (corrects->integer() == nullptr || *corrects->integer() < 0) {
      return Error{"event.shape",
                   "`corrects`: this is not the index of a fact",
                   {},
                   "a whole number from 0"};
    }
    event.corrects = static_cast<std::uint64_t>(*corrects->integer());
  }
  return std::nullopt;
}

std::optional<Error> read_fields(Event& event, const Json& payload, const Programme& programme) {
  const EventType& type = programme.events[static_cast<std::size_t>(event.type)];
  if (const Json* fields = payload.find("fields")) {
    if (fields->object() == nullptr) {
      return Error{"event.shape", "`fields`: this is not an object", {}, "{\"name\":value, ...}"};
    }
    for (const auto& [name, value] : *fields->object()) {
      int index = type.find_field(name);
      if (index < 0) {
        std::vector<std::string> known;
        for (const Field& field : type.fields) known.push_back(field.name);
        return Error{"event.unknown",
                     fmt::format("`fields.{}`: a `{}` has no such field{}", name, type.id,
                                 suggest(name, known)),
                     {},
                     "leave it out, or declare it in the programme"};
      }
      auto slot = static_cast<std::size_t>(index);
      auto cell = cell_from_json(type.fields[slot], value, programme.currency);
      if (!cell) return at_member(fmt::format("fields.{}", name), cell.error());
      event.fields[slot] = *cell;
    }
  }
  auto missing = find_missing_field(event, programme);
  if (missing) return at_member(fmt::format("fields.{}", missing->field), missing->error);
  return std::nullopt;
}

std::optional<Error> read_key(Event& event, const Json& payload, const Programme& programme) {
  if (payload.find("key") == nullptr) {
    event.key = content_key(event, programme);
    return std::nullopt;
  }
  auto key = text_member(payload, "key");
  if (!key) return key.error();
  if (auto wrong = check_name(*key, "event.key")) return at_member("key", *wrong);
  event.key = *key;
  return std::nullopt;
}

}  // namespace

Json to_json(const Event& event, const Programme& programme) {
  expects(event.type >= 0 && static_cast<std::size_t>(event.type) < programme.events.size(),
          "to_json(Event): unknown event type");
  const EventType& type = programme.events[static_cast<std::size_t>(event.type)];
  Json::Object fields;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (event.fields[i].is_missing()) continue;
    fields[type.fields[i].name] = cell_to_json(type.fields[i], event.fields[i], programme.currency);
  }
  Json::Object payload{
      {"at", to_text(event.at)}, {"event", type.id}, {"fields", std::move(fields)}};
  if (!event.key.empty()) payload["key"] = event.key;
  if (event.corrects) payload["corrects"] = *event.corrects;
  return payload;
}

Result<Event> event_from_json(const Json& payload, const Programme& programme) {
  if (payload.object() == nullptr) {
    return Error{"event.shape",
                 "an event is an object",
                 {},
                 "{\"at\":..., \"event\":..., \"fields\":{...}}"};
  }
  Event event;
  if (auto wrong = check_members(*payload.object())) return *wrong;
  if (auto wrong = read_head(event, payload, programme)) return *wrong;
  if (auto wrong = read_fields(event, payload, programme)) return *wrong;
  if (auto wrong = read_key(event, payload, programme)) return *wrong;
  return event;
}

}  // namespace credence
