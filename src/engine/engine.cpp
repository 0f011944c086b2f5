#include <credence/decision/payload.h>
#include <credence/engine/engine.h>
#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace credence {

namespace {

// The index after the last fact that the dossier holds.
std::uint64_t end_of(const Dossier& dossier) {
  std::uint64_t end = 0;
  auto reach = [&end](std::uint64_t index) { end = std::max(end, index + 1); };
  for (const EventFact& event : dossier.events) reach(event.index);
  for (const Statement& statement : dossier.statements) reach(statement.index);
  for (const Grant& grant : dossier.consents.grants()) {
    reach(grant.index);
    if (grant.withdrawn_by) reach(*grant.withdrawn_by);
  }
  for (const Dispute& dispute : dossier.disputes) {
    reach(dispute.index);
    if (dispute.decided) reach(dispute.decided->index);
  }
  return end;
}

AsOf with_end(AsOf as_of, const Dossier& dossier) {
  if (as_of.known > std::numeric_limits<std::int64_t>::max()) as_of.known = end_of(dossier);
  return as_of;
}

}  // namespace

Assessment Engine::assess(const Dossier& dossier, AsOf as_of) const {
  Features features = derive(programme_, dossier, with_end(as_of, dossier));
  ScoreOutcome outcome = score(features, card_, programme_);
  return {.features = std::move(features), .outcome = std::move(outcome)};
}

Hash Engine::trace(const Assessment& assessment) const {
  return trace_hash(score_payload(assessment, programme_, card_, programme_fact_));
}

Draft Engine::issue(const std::string& subject, const Assessment& assessment, Instant now) const {
  return Draft::statement(FactKind::score_issued, subject,
                          score_payload(assessment, programme_, card_, programme_fact_), now,
                          {programme_fact_});
}

Result<Decision> Engine::decide(const Dossier& dossier, const Assessment& assessment,
                                const Order& order) const {
  return credence::decide(assessment, programme_, trace(assessment), dossier, order);
}

Result<Decision> Engine::propose(const Dossier& dossier, const AsOf& as_of,
                                 const Detriment& detriment) const {
  return credence::propose(programme_, dossier, with_end(as_of, dossier), detriment);
}

Result<Decision> Engine::rule(const Dossier& dossier, const Statement& proposal,
                              const Ruling& ruling) const {
  Result<Decision> proposed = read_decision(proposal, programme_);
  if (!proposed) return proposed.error();
  for (const Statement& statement : dossier.statements) {
    const Json* answered = statement.payload.find("proposal");
    if (statement.kind != FactKind::decision_made || answered == nullptr) continue;
    const std::int64_t* index = answered->integer();
    if (index == nullptr || static_cast<std::uint64_t>(*index) != proposal.index) continue;
    return Error{.code = "decision.not_awaiting",
                 .message = fmt::format("decision {} was ruled on by decision {}", proposal.index,
                                        statement.index),
                 .where = {},
                 .help = "a ruling is contested as a dispute, before another human"};
  }
  return credence::rule(*proposed, programme_, dossier, ruling);
}

Draft Engine::record(const std::string& subject, const Decision& decision,
                     std::optional<std::uint64_t> score_fact,
                     std::optional<std::uint64_t> proposal_fact, Instant now) const {
  return Draft::statement(FactKind::decision_made, subject,
                          to_payload(decision, score_fact, proposal_fact), now, {programme_fact_});
}

Result<Disclosure> Engine::disclose(const Dossier& dossier, const Decision& decision,
                                    const AsOf& as_of, std::uint64_t decision_fact,
                                    std::string pseudonym) const {
  return credence::disclose(decision, programme_, dossier, with_end(as_of, dossier), decision_fact,
                            std::move(pseudonym));
}

Draft Engine::record(const std::string& subject, const Disclosure& disclosure, Instant now) const {
  return Draft::statement(FactKind::disclosure_made, subject, to_payload(disclosure, programme_),
                          now, {programme_fact_});
}

Explanation Engine::explain(const Dossier& dossier, const Assessment& assessment) const {
  return credence::explain(programme_, card_, dossier, assessment, trace(assessment));
}

FreezeEffect Engine::freeze_effect(const Dossier& dossier, const AsOf& as_of,
                                   std::uint64_t record) const {
  AsOf now = with_end(as_of, dossier);
  Dossier frozen = dossier;
  Dispute dispute;  // index 0: known at any time at which something is known at all
  dispute.record = record;
  frozen.disputes.push_back(std::move(dispute));
  return {.before = assess(dossier, now).outcome, .after = assess(frozen, now).outcome};
}

MadeEngine make_engine(std::string_view programme_text, const std::string& programme_file,
                       std::string_view card_text, const std::string& card_file,
                       std::uint64_t programme_fact) {
  MadeEngine made;
  ParsedProgramme parsed = parse_programme(programme_text, programme_file);
  made.programme_findings = std::move(parsed.findings);
  if (!parsed.programme) return made;
  Admission admission = admit(std::move(*parsed.programme), Charter::builtin());
  std::ranges::move(admission.findings, std::back_inserter(made.programme_findings));
  if (!admission.lawful) return made;
  ReadCard read = read_card(card_text, card_file, *admission.lawful);
  made.card_findings = std::move(read.findings);
  if (!read.card) return made;
  made.engine.emplace(std::move(*admission.lawful), std::move(*read.card), programme_fact);
  return made;
}

}  // namespace credence
