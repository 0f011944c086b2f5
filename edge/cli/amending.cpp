#include <credence/cli/amending.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

using Refusal = std::optional<Error>;

Error refuse(std::string message, std::string help) {
  return Error{"charter.amend", std::move(message), {}, std::move(help)};
}

Error unread(std::string_view type, std::string_view what) {
  return refuse(fmt::format("events `{}` are in the record; {}", type, what),
                "keep the event as it is, in any order, and add another event or optional fields");
}

// A Cell holds positions, and a score's trace holds Cells: words may be added, at the end.
bool keeps_words(const std::vector<std::string>& now, const std::vector<std::string>& next) {
  return now.size() <= next.size() && std::equal(now.begin(), now.end(), next.begin());
}

Refusal field_error(const EventType& type, const Field& now, const Field& next) {
  if (now.type != next.type)
    return unread(type.id, fmt::format("its field `{}` would become another type", now.name));
  if (now.optional && !next.optional)
    return unread(type.id, fmt::format("its field `{}` may be missing there", now.name));
  if (!keeps_words(now.choices, next.choices))
    return unread(type.id, fmt::format("the choices of its field `{}` would change", now.name));
  if (!keeps_words(now.special, next.special))
    return unread(type.id,
                  fmt::format("the special codes of its field `{}` would change", now.name));
  return std::nullopt;
}

Refusal event_error(const Programme& now, const Programme& next, const EventType& type) {
  int at = next.find_event(type.id);
  if (at < 0) return unread(type.id, "the new version has no such event");
  const EventType& kept = next.events[static_cast<std::size_t>(at)];
  const std::string& source = now.sources[static_cast<std::size_t>(type.source)].id;
  if (next.sources[static_cast<std::size_t>(kept.source)].id != source)
    return unread(type.id, fmt::format("its source would no longer be `{}`", source));
  for (const Field& field : type.fields) {
    int place = kept.find_field(field.name);
    if (place < 0)
      return unread(type.id, fmt::format("the new version has no field `{}`", field.name));
    if (auto error = field_error(type, field, kept.fields[static_cast<std::size_t>(place)]))
      return error;
  }
  for (const Field& field : kept.fields) {
    if (type.find_field(field.name) < 0 && !field.optional) {
      return unread(type.id, fmt::format("its new field `{}` is missing in them and not optional",
                                         field.name));
    }
  }
  return std::nullopt;
}

// Months have 28 to 31 days, so that spans of months and of days can be told apart only in part.
bool may_be_longer(Period next, Period now) {
  if (next.months <= now.months && next.days <= now.days) return false;
  return next.months * 31 + next.days > now.months * 28 + now.days;
}

Error agreed(std::string_view what, std::string_view id) {
  return refuse(
      fmt::format("people agreed to `{}`, and {}", id, what),
      "give the changed source or recipient a new id, so that people are asked again (A13)");
}

Refusal source_error(const Source& now, const Source& next) {
  if (now.context != next.context) return agreed("its `context` would change", now.id);
  if (now.category != next.category) return agreed("its `category` would change", now.id);
  if (now.kind != next.kind) return agreed("its `kind` would change", now.id);
  if (now.name != next.name) return agreed("its `name` would change", now.id);
  if (now.subject_scope != next.subject_scope)
    return agreed("its `subject_scope` would change", now.id);
  if (now.clock_start != next.clock_start)
    return agreed("the start of its retention would change", now.id);
  if (may_be_longer(next.retention, now.retention)) {
    return agreed(fmt::format("it would be kept for {} instead of {}", to_text(next.retention),
                              to_text(now.retention)),
                  now.id);
  }
  return std::nullopt;
}

Refusal recipient_error(const Recipient& now, const Recipient& next) {
  if (now.name != next.name) return agreed("its `name` would change", now.id);
  if (now.purpose != next.purpose) return agreed("its `purpose` would change", now.id);
  if (now.answer < next.answer) return agreed("it would learn more than it did", now.id);
  return std::nullopt;
}

Refusal consent_error(const ConsentTerm& now, const ConsentTerm& next) {
  if (now.purpose != next.purpose || now.source != next.source || now.recipient != next.recipient)
    return std::nullopt;
  if (now.text == next.text) return std::nullopt;
  return agreed(fmt::format("the text of its consent for `{}` would change", now.recipient),
                now.source);
}

// For every pair of the same id.
template <class Item, class Check>
Refusal each_pair(const std::vector<Item>& now, const std::vector<Item>& next, Check check) {
  for (const Item& one : now) {
    for (const Item& other : next) {
      if (one.id != other.id) continue;
      if (auto error = check(one, other)) return error;
    }
  }
  return std::nullopt;
}

Refusal consents_error(const Programme& now, const Programme& next) {
  if (auto error = each_pair(now.sources, next.sources, source_error)) return error;
  if (auto error = each_pair(now.recipients, next.recipients, recipient_error)) return error;
  for (const ConsentTerm& one : now.consents) {
    for (const ConsentTerm& other : next.consents) {
      if (auto error = consent_error(one, other)) return error;
    }
  }
  return std::nullopt;
}

Refusal head_error(const Programme& now, const Programme& next) {
  if (now.id != next.id) {
    return refuse(fmt::format("this folder runs `{}`, not `{}`", now.id, next.id),
                  "another programme has a data folder of its own");
  }
  if (now.purpose != next.purpose) {
    return refuse(
        fmt::format("the purpose would change from `{}` to `{}`", now.purpose, next.purpose),
        "a second purpose is a second programme (A30)");
  }
  if (next.version <= now.version) {
    return refuse(
        fmt::format("version {} is in force; the new file says {}", now.version, next.version),
        "raise `version` in [programme]");
  }
  if (!(now.currency == next.currency)) {
    return refuse(fmt::format("the amounts in the record are in {}, not in {}", now.currency.name(),
                              next.currency.name()),
                  "another currency is another programme");
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> amendment_error(const std::map<std::uint64_t, Engine>& published,
                                     const Programme& next) {
  expects(!published.empty(), "amendment_error: nothing is in force");
  const Programme& now = *published.rbegin()->second.programme();
  if (auto error = head_error(now, next)) return error;
  for (const EventType& type : now.events) {
    if (auto error = event_error(now, next, type)) return error;
  }
  // A term may have been dropped by one version and be taken up again by the next.
  for (const auto& [fact, engine] : published) {
    if (auto error = consents_error(*engine.programme(), next)) return error;
  }
  return std::nullopt;
}

}  // namespace credence
