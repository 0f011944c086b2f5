#include <credence/decision/decision_maker.h>
#include <credence/decision/payload.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

Error failure(std::string code, std::string message, std::string help = {}) {
  return {
      .code = std::move(code), .message = std::move(message), .where = {}, .help = std::move(help)};
}

const Consequence* find_consequence(const Programme& programme, const std::string& id) {
  for (const Consequence& consequence : programme.consequences) {
    if (consequence.id == id) return &consequence;
  }
  return nullptr;
}

std::string say(Excluded excluded) {
  switch (excluded) {
    case Excluded::unknown_yet:
      return "it is not known yet";
    case Excluded::in_future:
      return "it has not happened yet";
    case Excluded::replaced:
      return "it was corrected";
    case Excluded::deleted:
      return "it was deleted after a dispute";
    case Excluded::frozen:
      return "it is disputed";
    case Excluded::no_consent:
      return "there is no consent";
    case Excluded::past_retention:
      return "it is older than it may be kept";
  }
  stop_on_defect("say: unknown reason for an exclusion");
}

// An earlier decision about a detriment, as far as the rules against stacking need it.
struct Earlier {
  std::uint64_t index = 0;
  Detriment detriment;
  DecisionOutcome outcome = DecisionOutcome::awaits_human;
  Date ends;
  bool ruled_later = false;
};

std::vector<Earlier> earlier_detriments(const LawfulProgramme& programme, const Dossier& dossier) {
  std::vector<Earlier> all;
  for (const Statement& statement : dossier.statements) {
    if (statement.kind != FactKind::decision_made) continue;
    Result<Decision> decision = read_decision(statement, programme);
    if (!decision || decision->detriment() == nullptr) continue;
    all.push_back({.index = statement.index,
                   .detriment = *decision->detriment(),
                   .outcome = decision->outcome(),
                   .ends = decision->ends().value_or(Date{})});
    const Json* proposal = statement.payload.find("proposal");
    if (proposal == nullptr || proposal->integer() == nullptr) continue;
    for (Earlier& one : all) {
      if (static_cast<std::int64_t>(one.index) == *proposal->integer()) one.ruled_later = true;
    }
  }
  return all;
}

std::optional<Error> refuse_record(const LawfulProgramme& programme, const Dossier& dossier,
                                   const AsOf& as_of, const Detriment& detriment) {
  const Consequence* consequence = find_consequence(*programme, detriment.consequence);
  if (consequence == nullptr) {
    return failure("decision.consequence",
                   fmt::format("the programme has no consequence `{}`", detriment.consequence),
                   "a disadvantage exists only when the published programme names it (A08)");
  }
  const EventFact* record = find_record(dossier, detriment.record);
  if (record == nullptr) {
    return failure("decision.record",
                   fmt::format("{} has no record {}", dossier.subject, detriment.record));
  }
  const EventType& type = programme->events.at(static_cast<std::size_t>(record->type));
  const Source& source = programme->sources.at(static_cast<std::size_t>(type.source));
  if (type.id != consequence->because) {
    return failure("decision.record",
                   fmt::format("`{}` answers a `{}`, and record {} is a `{}`", consequence->id,
                               consequence->because, record->index, type.id));
  }
  if (source.context != consequence->context || source.category != "financial-verified") {
    return failure("decision.record", fmt::format("a record from `{}` may not harm in `{}` (A09)",
                                                  source.context, consequence->context));
  }
  if (!consequence->where.holds(record->fields, as_of.date)) {
    return failure("decision.record", fmt::format("record {} does not meet the condition of `{}`",
                                                  record->index, consequence->id));
  }
  if (auto excluded = why_excluded(programme, dossier, *record, as_of)) {
    return failure("decision.excluded",
                   fmt::format("record {} does not count: {}", record->index, say(*excluded)));
  }
  return std::nullopt;
}

// A11: no renewal without new facts, and never two at a time for the same reason.
std::optional<Error> refuse_stacking(const LawfulProgramme& programme, const Dossier& dossier,
                                     const AsOf& as_of, const Detriment& detriment) {
  for (const Earlier& earlier : earlier_detriments(programme, dossier)) {
    if (earlier.outcome == DecisionOutcome::awaits_human) continue;
    if (earlier.detriment.record == detriment.record &&
        earlier.detriment.consequence == detriment.consequence) {
      return failure(
          "decision.renewal",
          fmt::format("record {} was answered by decision {}", detriment.record, earlier.index),
          "a second disadvantage needs a new fact (A11)");
    }
  }
  const Consequence* wanted = find_consequence(*programme, detriment.consequence);
  for (const RunningDetriment& running : running_detriments(programme, dossier, as_of)) {
    const Consequence* other = find_consequence(*programme, running.consequence);
    if (other == nullptr || other->because != wanted->because) continue;
    if (running.ends <= detriment.date) continue;
    return failure("decision.running",
                   fmt::format("decision {} for the same reason runs until {}", running.decision,
                               to_text(running.ends)),
                   "disadvantages for one reason are never stacked (A11)");
  }
  return std::nullopt;
}

}  // namespace

std::vector<RunningDetriment> running_detriments(const LawfulProgramme& programme,
                                                 const Dossier& dossier, const AsOf& as_of) {
  std::vector<RunningDetriment> running;
  for (const Earlier& earlier : earlier_detriments(programme, dossier)) {
    if (earlier.outcome != DecisionOutcome::imposed || earlier.index >= as_of.known) continue;
    if (earlier.ends <= as_of.date) continue;
    const EventFact* record = find_record(dossier, earlier.detriment.record);
    if (record == nullptr || why_excluded(programme, dossier, *record, as_of)) continue;
    running.push_back({.decision = earlier.index,
                       .consequence = earlier.detriment.consequence,
                       .record = earlier.detriment.record,
                       .starts = earlier.detriment.date,
                       .ends = earlier.ends});
  }
  return running;
}

Result<Decision> propose(const LawfulProgramme& programme, const Dossier& dossier,
                         const AsOf& as_of, const Detriment& detriment) {
  if (auto error = refuse_record(programme, dossier, as_of, detriment)) return *error;
  if (auto error = refuse_stacking(programme, dossier, as_of, detriment)) return *error;
  for (const Earlier& earlier : earlier_detriments(programme, dossier)) {
    bool waits = earlier.outcome == DecisionOutcome::awaits_human && !earlier.ruled_later;
    if (waits && earlier.detriment.record == detriment.record) {
      return failure("decision.running",
                     fmt::format("decision {} on the same record awaits a human", earlier.index));
    }
  }
  return DecisionMaker::make({.about = detriment, .outcome = DecisionOutcome::awaits_human});
}

Result<Decision> rule_on_detriment(const Decision& proposed, const LawfulProgramme& programme,
                                   const Dossier& dossier, const Ruling& ruling) {
  Detriment detriment = *proposed.detriment();
  // Nothing begins before it is decided.
  detriment.date = std::max(detriment.date, day_of(ruling.when));
  if (ruling.verdict == RulingVerdict::for_the_person) {
    return DecisionMaker::make(
        {.about = detriment, .outcome = DecisionOutcome::not_imposed, .ruling = ruling});
  }
  AsOf as_of{.date = day_of(ruling.when), .asked = ruling.when};
  if (auto error = refuse_record(programme, dossier, as_of, detriment)) return *error;
  if (auto error = refuse_stacking(programme, dossier, as_of, detriment)) return *error;
  Date cap = add(detriment.date, find_consequence(*programme, detriment.consequence)->at_most);
  Date ends = ruling.until.value_or(cap);
  if (ends > cap || ends <= detriment.date) {
    return failure(
        "decision.cap",
        fmt::format("the disadvantage would run from {} to {}; it may end after it starts "
                    "and on {} at the latest",
                    to_text(detriment.date), to_text(ends), to_text(cap)),
        "choose an end inside the published limit (A11)");
  }
  return DecisionMaker::make(
      {.about = detriment, .outcome = DecisionOutcome::imposed, .ruling = ruling, .ends = ends});
}

}  // namespace credence
