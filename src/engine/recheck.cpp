#include <credence/engine/engine.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace credence {

namespace {

std::vector<std::uint64_t> missing_records(const IssuedScore& issued, const Dossier& dossier) {
  std::set<std::uint64_t> missing;
  for (const IssuedScore::IssuedTerm& term : issued.terms) {
    missing.insert(term.facts.begin(), term.facts.end());
  }
  for (const EventFact& event : dossier.events) missing.erase(event.index);
  return {missing.begin(), missing.end()};
}

std::string first_difference(const Json::Object& recorded, const Json::Object& computed) {
  for (const auto& [key, value] : computed) {
    auto found = recorded.find(key);
    if (found == recorded.end()) return fmt::format("`{}` is missing", key);
    if (found->second == value) continue;
    return fmt::format("`{}` is recorded as {} and computed as {}", key,
                       to_canonical_json(found->second), to_canonical_json(value));
  }
  for (const auto& [key, value] : recorded) {
    if (!computed.contains(key)) return fmt::format("`{}` is recorded and not computed", key);
  }
  return {};
}

// A score as if it had been recorded, for comparisons between two moments.
IssuedScore as_issued(const Engine& engine, const Assessment& assessment) {
  Statement statement{.index = 0,
                      .kind = FactKind::score_issued,
                      .recorded = assessment.features.as_of.asked,
                      .payload = Json{score_payload(assessment, engine.programme(), engine.card(),
                                                    engine.programme_fact())}};
  Result<IssuedScore> issued = read_issued_score(statement);
  expects(bool{issued}, "as_issued: a payload of ours cannot be read");
  return *issued;
}

}  // namespace

Recheck Engine::recheck(const Dossier& dossier, const Statement& score) const {
  Result<IssuedScore> issued = read_issued_score(score);
  if (!issued) return {.verdict = Recheck::Verdict::unreadable, .what = issued.error().message};
  if (issued->programme_fact != programme_fact_ || issued->programme != programme_->id ||
      issued->programme_version != programme_->version ||
      issued->card_hash != sha256(card_.text())) {
    return {.verdict = Recheck::Verdict::other_rules,
            .what = fmt::format("made under {} version {}, published as fact {}", issued->programme,
                                issued->programme_version, issued->programme_fact)};
  }
  Assessment again = assess(dossier, issued->as_of);
  Json::Object recorded = *score.payload.object();
  recorded.erase("recorded");
  std::string difference =
      first_difference(recorded, score_payload(again, programme_, card_, programme_fact_));
  if (difference.empty()) return {.verdict = Recheck::Verdict::same};
  std::vector<std::uint64_t> missing = missing_records(*issued, dossier);
  // Records that gave no points may be gone as well; then fewer count than did.
  if (!missing.empty() || again.features.usable_facts < issued->usable_facts) {
    return {.verdict = Recheck::Verdict::not_recomputable,
            .what = "records that it used are no longer there",
            .missing = std::move(missing)};
  }
  return {.verdict = Recheck::Verdict::differs, .what = std::move(difference)};
}

Result<Changes> Engine::changes(const Dossier& dossier, const Statement& earlier,
                                const Statement& later) const {
  Result<IssuedScore> issued = read_issued_score(later);
  if (!issued) return issued.error();
  return changes(dossier, earlier, issued->as_of);
}

Result<Changes> Engine::changes(const Dossier& dossier, const Statement& earlier,
                                const AsOf& later) const {
  Result<IssuedScore> issued = read_issued_score(earlier);
  if (!issued) return issued.error();
  return credence::changes(*issued, programme_, card_, programme_fact_, dossier,
                           assess(dossier, later));
}

Changes Engine::changes(const Dossier& dossier, const AsOf& earlier, const AsOf& later) const {
  return changes(dossier, assess(dossier, earlier), later);
}

Changes Engine::changes(const Dossier& dossier, const Assessment& earlier,
                        const AsOf& later) const {
  return credence::changes(as_issued(*this, earlier), programme_, card_, programme_fact_, dossier,
                           assess(dossier, later));
}

}  // namespace credence
