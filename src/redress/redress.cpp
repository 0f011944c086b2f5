#include <credence/charter/person_name.h>
#include <credence/event/value.h>
#include <credence/redress/redress.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace credence {

namespace {

constexpr std::size_t kLongestText = 2000;  // characters of what people write here

Error failure(std::string code, std::string message, std::string help = {}) {
  return {
      .code = std::move(code), .message = std::move(message), .where = {}, .help = std::move(help)};
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::optional<Error> refuse_text(std::string_view text, std::string_view whose) {
  if (!is_blank(text) && is_utf8(text) && characters(text) <= kLongestText) return std::nullopt;
  return failure(
      "redress.because",
      fmt::format("{} must be given in writing, in at most {} characters", whose, kLongestText));
}

std::optional<Error> refuse_record(const Dossier& dossier, std::uint64_t record) {
  if (find_record(dossier, record) == nullptr) {
    return failure("redress.record", fmt::format("{} has no record {}", dossier.subject, record),
                   "`credence explain` names the records behind each line");
  }
  for (const EventFact& event : dossier.events) {
    if (event.corrects != record) continue;
    return failure("redress.record",
                   fmt::format("record {} was corrected by record {}", record, event.index),
                   "dispute the corrected record");
  }
  for (const Dispute& dispute : dossier.disputes) {
    if (dispute.record != record) continue;
    if (!dispute.decided) {
      return failure("redress.open",
                     fmt::format("dispute {} of record {} is open", dispute.index, record));
    }
    if (dispute.decided->outcome == DisputeOutcome::deleted) {
      return failure("redress.record",
                     fmt::format("record {} was deleted and no longer counts", record));
    }
  }
  return std::nullopt;
}

// Four eyes: whoever ruled on this person before, or on this record, does not settle the dispute.
// Who made a correction has decided on what it corrects.
std::optional<Error> refuse_resolver(const LawfulProgramme& programme, const Dossier& dossier,
                                     const Dispute& dispute, const std::string& by) {
  if (!is_utf8(by) || !names_a_person(by)) {
    return failure("redress.by", "a dispute is settled by a person with a name (A18)");
  }
  if (same_person(by, dossier.subject)) {
    return failure("redress.by", "nobody settles a dispute of their own");
  }
  if (!programme->rights.four_eyes) return std::nullopt;
  bool ruled = std::ranges::any_of(human_deciders(dossier), [&by](const std::string& decider) {
    return same_person(decider, by);
  });
  std::vector<std::uint64_t> versions = versions_of(dossier, dispute.record);
  for (const Dispute& other : dossier.disputes) {
    if (!other.decided || std::ranges::find(versions, other.record) == versions.end()) continue;
    ruled = ruled || same_person(other.decided->by, by);
  }
  if (!ruled) return std::nullopt;
  return failure("redress.by",
                 fmt::format("{} has decided on this person before, so somebody else must settle "
                             "this",
                             by),
                 "give the dispute to a second reviewer (four eyes)");
}

// What nobody verified in time is deleted or put right; it does not go on counting (A19).
std::optional<Error> refuse_late(const LawfulProgramme& programme, const Dispute& dispute,
                                 const Resolution& resolution) {
  Date last_day = due_date(programme, dispute);
  bool late = day_of(resolution.when) > last_day;
  if (!late || resolution.outcome != DisputeOutcome::kept) return std::nullopt;
  return failure("redress.late",
                 fmt::format("the last day for an answer was {}; what was not verified by then "
                             "cannot be kept (A19)",
                             to_text(last_day)),
                 "correct the record or delete it; `credence disputes --enforce` deletes it");
}

std::optional<Error> refuse_resolution(const LawfulProgramme& programme, const Dossier& dossier,
                                       const Resolution& resolution) {
  const Dispute* dispute = find_dispute(dossier, resolution.dispute);
  if (dispute == nullptr || dispute->decided) {
    return failure("redress.dispute",
                   dispute == nullptr
                       ? fmt::format("{} has no dispute {}", dossier.subject, resolution.dispute)
                       : fmt::format("dispute {} was decided on {}", resolution.dispute,
                                     to_text(dispute->decided->when)));
  }
  if (auto error = refuse_resolver(programme, dossier, *dispute, resolution.by)) return error;
  if (auto error = refuse_text(resolution.because, "the reason")) return error;
  if (auto error = refuse_late(programme, *dispute, resolution)) return error;
  bool corrects = !resolution.fields.empty() || resolution.at.has_value();
  if (corrects == (resolution.outcome == DisputeOutcome::corrected)) return std::nullopt;
  return failure("redress.outcome",
                 corrects ? "only a correction changes fields" : "a correction changes something",
                 "name the wrong fields with what they should be, and choose `corrected`");
}

std::string_view name_of(DisputeOutcome outcome) {
  switch (outcome) {
    case DisputeOutcome::corrected:
      return "corrected";
    case DisputeOutcome::deleted:
      return "deleted";
    case DisputeOutcome::kept:
      return "kept";
  }
  stop_on_defect("name_of: unknown outcome of a dispute");
}

std::optional<std::string> key_of(const Fact* record) {
  const Json* key = record == nullptr ? nullptr : record->payload.find("key");
  if (key == nullptr || key->string() == nullptr) return std::nullopt;
  return *key->string();
}

std::string blocked(std::string_view key) {
  return to_hex(sha256(key));
}

// Nothing but what the record says: who sent it, when and under which key does not matter.
std::optional<std::string> blocked_content(const Json& payload) {
  Json::Object content;
  for (const char* member : {"event", "at", "fields"}) {
    const Json* value = payload.find(member);
    if (value == nullptr) return std::nullopt;
    content[member] = *value;
  }
  return to_hex(sha256("content\n" + to_canonical_json(Json{std::move(content)})));
}

Draft decided_draft(const Dossier& dossier, const Resolution& resolution, const Fact* record) {
  Json::Object payload{{"dispute", resolution.dispute},
                       {"outcome", name_of(resolution.outcome)},
                       {"by", resolution.by},
                       {"because", resolution.because}};
  // What is deleted must not come back; the hash names it after the record itself is gone.
  if (resolution.outcome == DisputeOutcome::deleted) {
    if (auto key = key_of(record)) payload["blocks"] = blocked(*key);
    auto content = record == nullptr ? std::nullopt : blocked_content(record->payload);
    if (content) payload["blocks_content"] = *content;
  }
  return Draft::statement(FactKind::dispute_decided, dossier.subject, std::move(payload),
                          resolution.when);
}

Result<Cell> read_field(const Field& field, const std::string& written, Currency currency) {
  if (!written.empty()) return parse_cell(field, written, currency);
  if (field.optional) return Cell{};
  return failure("redress.fields", fmt::format("`{}` may not be empty", field.name));
}

}  // namespace

bool FreezeEffect::lowers() const {
  const Score* was = std::get_if<Score>(&before);
  const Score* is = std::get_if<Score>(&after);
  if (was == nullptr) return false;
  return is == nullptr || is->total < was->total;
}

Result<Draft> open_dispute(const Dossier& dossier, const Contest& contest,
                           const FreezeEffect& effect) {
  if (auto error = refuse_record(dossier, contest.record)) return *error;
  if (auto error = refuse_text(contest.because, "what is wrong")) return *error;
  if (effect.lowers() && contest.choice == FreezeChoice::not_asked) {
    return failure(
        "redress.ask_first",
        "without this record the score would be lower, so the person is asked first (A19)",
        "let them choose: freeze it now, or let it count until the dispute is settled");
  }
  return Draft::statement(FactKind::dispute_opened, dossier.subject,
                          {{"record", contest.record},
                           {"because", contest.because},
                           {"frozen", contest.choice != FreezeChoice::keep_counting}},
                          contest.when);
}

Result<Event> correct(const LawfulProgramme& programme, const Dossier& dossier,
                      const Resolution& resolution) {
  if (auto error = refuse_resolution(programme, dossier, resolution)) return *error;
  const Dispute* dispute = find_dispute(dossier, resolution.dispute);
  const EventFact* record = find_record(dossier, dispute->record);
  if (record == nullptr || resolution.outcome != DisputeOutcome::corrected) {
    return failure("redress.outcome", record == nullptr
                                          ? "the record is gone, so nothing can be corrected"
                                          : "nothing is corrected by this outcome");
  }
  const EventType& type = programme->events.at(static_cast<std::size_t>(record->type));
  Event event{.subject = dossier.subject,
              .type = record->type,
              .at = resolution.at.value_or(record->at),
              .fields = record->fields,
              .key = fmt::format("credence:dispute-{}", resolution.dispute),
              .corrects = record->index};
  for (const auto& [name, written] : resolution.fields) {
    int position = type.find_field(name);
    if (position < 0) {
      std::vector<std::string> known;
      for (const Field& field : type.fields) known.push_back(field.name);
      return failure("redress.fields", fmt::format("a `{}` has no field `{}`{}", type.id, name,
                                                   suggest(name, known)));
    }
    const Field& field = type.fields[static_cast<std::size_t>(position)];
    Result<Cell> cell = read_field(field, written, programme->currency);
    if (!cell) return failure("redress.fields", cell.error().message, cell.error().help);
    event.fields.at(static_cast<std::size_t>(position)) = *cell;
  }
  if (event.fields == record->fields && event.at == record->at) {
    return failure("redress.fields", "the correction changes nothing");
  }
  if (event.at > day_of(resolution.when)) {
    return failure("redress.fields", "a corrected record cannot lie in the future");
  }
  return event;
}

Result<Resolved> resolve(const LawfulProgramme& programme, const Dossier& dossier,
                         const Resolution& resolution, const Fact* record) {
  if (auto error = refuse_resolution(programme, dossier, resolution)) return *error;
  std::optional<Event> correction;
  if (resolution.outcome == DisputeOutcome::corrected) {
    Result<Event> event = correct(programme, dossier, resolution);
    if (!event) return event.error();
    correction = std::move(*event);
  }
  return Resolved{.correction = std::move(correction),
                  .decided = decided_draft(dossier, resolution, record)};
}

std::optional<Error> refuse_key(std::span<const Fact> facts, std::string_view key) {
  auto taken =
      std::ranges::find_if(facts, [key](const Fact& fact) { return key_of(&fact) == key; });
  if (taken != facts.end()) {
    return failure("redress.key",
                   fmt::format("fact {} has the key `{}` of this correction", taken->index, key),
                   "a source may not use keys that begin with `credence:`; contest that fact");
  }
  if (!is_reinsertion(deleted_keys(facts), key)) return std::nullopt;
  return failure("redress.key",
                 fmt::format("a record with the key `{}` of this correction was deleted", key),
                 "delete the record, and take the right one in from its source");
}

Date due_date(const LawfulProgramme& programme, const Dispute& dispute) {
  return add(day_of(dispute.opened), Period{.months = 0, .days = dispute_days(programme)});
}

std::vector<const Dispute*> overdue(const LawfulProgramme& programme, const Dossier& dossier,
                                    Date today) {
  std::vector<const Dispute*> late;
  for (const Dispute& dispute : dossier.disputes) {
    if (!dispute.decided && due_date(programme, dispute) < today) late.push_back(&dispute);
  }
  return late;
}

Draft delete_on_silence(const LawfulProgramme& programme, const Dossier& dossier,
                        const Dispute& dispute, Instant when, const Fact* record) {
  std::string because = fmt::format("nobody answered within {} days, so the record is deleted",
                                    dispute_days(programme));
  return decided_draft(dossier,
                       {.dispute = dispute.index,
                        .outcome = DisputeOutcome::deleted,
                        .by = std::string{kSilence},
                        .because = std::move(because),
                        .when = when},
                       record);
}

std::set<std::string> deleted_keys(std::span<const Fact> facts) {
  std::set<std::string> deleted;
  for (const Fact& fact : facts) {
    if (fact.kind != FactKind::dispute_decided) continue;
    for (const char* member : {"blocks", "blocks_content"}) {
      const Json* blocks = fact.payload.find(member);
      if (blocks != nullptr && blocks->string() != nullptr) deleted.insert(*blocks->string());
    }
  }
  return deleted;
}

bool is_reinsertion(const std::set<std::string>& deleted, std::string_view key) {
  return deleted.contains(blocked(key));
}

bool is_reinsertion(const std::set<std::string>& deleted, const Event& event,
                    const Programme& programme) {
  if (deleted.empty()) return false;
  if (is_reinsertion(deleted, event.key)) return true;
  auto content = blocked_content(to_json(event, programme));
  return content && deleted.contains(*content);
}

}  // namespace credence
