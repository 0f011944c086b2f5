#include <credence/engine/engine.h>
#include <credence/engine/remains.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

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

Recheck Engine::recheck(const Dossier& dossier, const Statement& score,
                        std::span<const std::uint64_t> erased) const {
  Result<IssuedScore> issued = read_issued_score(score);
  if (!issued) return {.verdict = Recheck::Verdict::unreadable, .what = issued.error().message};
  if (issued->programme_fact != programme_fact_ || issued->programme != programme_->id ||
      issued->programme_version != programme_->version ||
      issued->card_hash != sha256(card_.text())) {
    return {.verdict = Recheck::Verdict::other_rules,
            .what = fmt::format("made under {} version {}, published as fact {}", issued->programme,
                                issued->programme_version, issued->programme_fact)};
  }
  if (issued->as_of.known > score.index) {
    return {
        .verdict = Recheck::Verdict::differs,
        .what = fmt::format("it claims to know facts up to {}, after itself", issued->as_of.known)};
  }
  Assessment again = assess(dossier, issued->as_of);
  Json::Object recorded = *score.payload.object();
  recorded.erase("recorded");
  std::string difference =
      first_difference(recorded, score_payload(again, programme_, card_, programme_fact_));
  if (difference.empty()) return {.verdict = Recheck::Verdict::same};
  auto known = std::lower_bound(erased.begin(), erased.end(), issued->as_of.known);
  Remains remains{programme_,      card_,
                  programme_fact_, dossier,
                  again.features,  erased.first(static_cast<std::size_t>(known - erased.begin()))};
  if (remains.erased.empty()) {
    return {.verdict = Recheck::Verdict::differs, .what = std::move(difference)};
  }
  std::string wrong = what_erasure_leaves_open(remains, *issued, recorded);
  if (!wrong.empty()) return {.verdict = Recheck::Verdict::differs, .what = std::move(wrong)};
  return {.verdict = Recheck::Verdict::not_recomputable,
          .what = "records that it used are no longer there",
          .missing = missing_records(*issued, dossier)};
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
