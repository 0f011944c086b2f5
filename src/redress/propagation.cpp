#include <credence/decision/assessment.h>
#include <credence/redress/propagation.h>

#include <algorithm>

namespace credence {

namespace {

constexpr std::string_view kWithdrawn = "withdrawn";

std::optional<std::uint64_t> index_in(const Json& payload, std::string_view key) {
  const Json* value = payload.find(key);
  if (value == nullptr || value->integer() == nullptr || *value->integer() < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*value->integer());
}

std::string text_in(const Json& payload, std::string_view key) {
  const Json* value = payload.find(key);
  return value == nullptr || value->string() == nullptr ? std::string{} : *value->string();
}

const Statement* statement_in(const Dossier& dossier, const Json& payload, std::string_view key) {
  std::optional<std::uint64_t> index = index_in(payload, key);
  return index ? find_statement(dossier, *index) : nullptr;
}

// Whether the score behind an answer used the record; an unreadable chain counts as yes.
bool rests_on(const Dossier& dossier, const Statement& disclosure, std::uint64_t record) {
  const Statement* decision = statement_in(dossier, disclosure.payload, "decision");
  if (decision == nullptr) return true;
  const Statement* score = statement_in(dossier, decision->payload, "score");
  if (score == nullptr) return decision->payload.find("score") != nullptr;
  auto issued = read_issued_score(*score);
  if (!issued) return true;
  return std::any_of(issued->terms.begin(), issued->terms.end(), [&](const auto& term) {
    return std::find(term.facts.begin(), term.facts.end(), record) != term.facts.end();
  });
}

bool is_notice(const Statement& statement) {
  return statement.kind == FactKind::disclosure_made &&
         text_in(statement.payload, "answer") == kWithdrawn;
}

bool was_told(const Dossier& dossier, std::uint64_t disclosure, std::uint64_t dispute) {
  return std::any_of(dossier.statements.begin(), dossier.statements.end(), [&](const Statement& s) {
    return is_notice(s) && index_in(s.payload, "withdraws") == disclosure &&
           index_in(s.payload, "dispute") == dispute;
  });
}

}  // namespace

std::vector<AffectedAnswer> affected_answers(const Dossier& dossier, const Dispute& dispute) {
  std::vector<AffectedAnswer> affected;
  for (const Statement& statement : dossier.statements) {
    bool answer = statement.kind == FactKind::disclosure_made && !is_notice(statement);
    if (!answer || was_told(dossier, statement.index, dispute.index)) continue;
    if (!rests_on(dossier, statement, dispute.record)) continue;
    const Json& payload = statement.payload;
    affected.push_back({statement.index, text_in(payload, "recipient"),
                        text_in(payload, "pseudonym"), text_in(payload, "reference"),
                        text_in(payload, "answer")});
  }
  return affected;
}

Period acknowledgement_period(const LawfulProgramme& programme) {
  const TomlNode* rights = programme->document.find("rights");
  const TomlNode* propagation = rights == nullptr ? nullptr : rights->find("propagation");
  const TomlNode* time = propagation == nullptr ? nullptr : propagation->find("acknowledge");
  auto period =
      time == nullptr || time->string() == nullptr ? std::nullopt : parse_period(*time->string());
  return period.value_or(Period{0, 5});
}

Draft correction_notice(const LawfulProgramme& programme, const std::string& subject,
                        const AffectedAnswer& affected, std::uint64_t dispute, Instant when) {
  Date last_day = add(day_of(when), acknowledgement_period(programme));
  Json::Object payload{{"acknowledge_by", to_text(last_day)},
                       {"answer", kWithdrawn},
                       {"dispute", dispute},
                       {"pseudonym", affected.pseudonym},
                       {"purpose", programme->purpose},
                       {"recipient", affected.recipient},
                       {"reference", affected.reference},
                       {"v", 1},
                       {"withdraws", affected.disclosure}};
  return Draft::statement(FactKind::disclosure_made, subject, std::move(payload), when);
}

}  // namespace credence
