#include <credence/event/json_line.h>
#include <credence/event/value.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

const std::vector<std::string> kHead = {"subject", "event", "at", "key"};

// The text of a member, nullptr when it is absent or null.
Result<const std::string*> head_text(const Json& line, const std::string& name) {
  const Json* member = line.find(name);
  if (member == nullptr || member->is_null()) return nullptr;
  if (member->string() != nullptr) return member->string();
  return Error{"event.shape", fmt::format("`{}` is not text", name), {}, "give it as text"};
}

Error absent(const std::string& name) {
  return Error{"event.missing", fmt::format("an event needs `{}`", name), {}, "give it as text"};
}

std::optional<Fault> read_head(Event& event, const Json& line, const Programme& programme) {
  const std::string* texts[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    auto text = head_text(line, kHead[i]);
    if (!text) return Fault{kHead[i], text.error()};
    if (*text == nullptr) return Fault{kHead[i], absent(kHead[i])};
    texts[i] = *text;
  }
  if (auto wrong = check_name(*texts[0], "event.subject")) return Fault{"subject", *wrong};
  event.subject = *texts[0];
  auto type = find_event_type(*texts[1], programme);
  if (!type) return Fault{"event", type.error()};
  event.type = *type;
  auto at = parse_date(*texts[2]);
  if (!at) {
    return Fault{"at", Error{"event.date",
                             fmt::format("`{}` is not a calendar day", front_of(*texts[2], 60)),
                             {},
                             "write YYYY-MM-DD, as in 2026-01-31"}};
  }
  event.at = *at;
  return std::nullopt;
}

std::optional<Fault> read_fields(Event& event, const Json::Object& members,
                                 const Programme& programme) {
  const EventType& type = programme.events[static_cast<std::size_t>(event.type)];
  for (const auto& member : members) {
    const std::string& name = member.first;
    const Json& value = member.second;
    if (std::find(kHead.begin(), kHead.end(), name) != kHead.end()) continue;
    auto field = std::find_if(type.fields.begin(), type.fields.end(),
                              [&](const Field& candidate) { return candidate.name == name; });
    if (field == type.fields.end()) {
      std::vector<std::string> known = kHead;
      for (const Field& candidate : type.fields) known.push_back(candidate.name);
      return Fault{name, Error{"event.unknown",
                               fmt::format("a `{}` has no field `{}`{}", type.id,
                                           front_of(name, 60), suggest(name, known)),
                               {},
                               "leave it out, or declare it in the programme"}};
    }
    if (value.is_null()) continue;
    auto cell = cell_from_json(*field, value, programme.currency);
    if (!cell) return Fault{name, cell.error()};
    event.fields[static_cast<std::size_t>(field - type.fields.begin())] = *cell;
  }
  auto missing = find_missing_field(event, programme);
  if (missing) return Fault{missing->field, missing->error};
  return std::nullopt;
}

}  // namespace

std::optional<Fault> read_json_line(Event& event, std::string_view text,
                                    const Programme& programme) {
  auto line = parse_json(text);
  if (!line) return Fault{"", line.error()};
  if (line->object() == nullptr) {
    return Fault{"", Error{"event.shape",
                           "the line is not an object",
                           {},
                           "{\"subject\":\"...\",\"event\":\"...\",\"at\":\"2026-01-31\",...}"}};
  }
  if (auto fault = read_head(event, *line, programme)) return fault;
  if (auto fault = read_fields(event, *line->object(), programme)) return fault;
  auto key = head_text(*line, "key");
  if (!key) return Fault{"key", key.error()};
  if (*key == nullptr) {
    event.key = content_key(event, programme);
    return std::nullopt;
  }
  if (auto wrong = check_source_key(**key)) return Fault{"key", *wrong};
  event.key = **key;
  return std::nullopt;
}

}  // namespace credence
