#pragma once

#include <credence/redress/redress.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// Whether a recorded score comes out the same again.
struct Recheck {
  enum class Verdict {
    same,              // byte for byte
    differs,           // `what` says where
    not_recomputable,  // records were erased since, and nothing that is left speaks against it
    other_rules,       // made under another programme or card: ask the engine of those
    unreadable,        // the payload is no score; `what` says why
  };
  Verdict verdict = Verdict::same;
  std::string what = {};
  std::vector<std::uint64_t> missing = {};  // records that are no longer there
};

// The one place that knows the whole order: facts -> features -> score -> decision -> explanation.
// No clock, no file; every method is const and may be called from many threads.
class Engine {
 public:
  // `programme_fact`: index of the fact that published programme and card.
  Engine(LawfulProgramme programme, Card card, std::uint64_t programme_fact)
      : programme_(std::move(programme)), card_(std::move(card)), programme_fact_(programme_fact) {}

  const LawfulProgramme& programme() const { return programme_; }
  const Card& card() const { return card_; }
  std::uint64_t programme_fact() const { return programme_fact_; }

  // An open end of knowledge (as_of.known of UINT64_MAX) becomes the index after the dossier's last
  // fact, so that what is recorded names it.
  Assessment assess(const Dossier& dossier, AsOf as_of) const;
  Hash trace(const Assessment& assessment) const;

  // Drafts for the ledger and what they record, in the order in which they are made; first
  // score_issued.
  Draft issue(const std::string& subject, const Assessment& assessment, Instant now) const;
  Result<Decision> decide(const Dossier& dossier, const Assessment& assessment,
                          const Order& order) const;
  Result<Decision> propose(const Dossier& dossier, const AsOf& as_of,
                           const Detriment& detriment) const;
  // `proposal`: a decision_made of this person that awaits a human.
  Result<Decision> rule(const Dossier& dossier, const Statement& proposal,
                        const Ruling& ruling) const;
  // decision_made. `score_fact`: index that the ledger gave to the score (none for a detriment).
  Draft record(const std::string& subject, const Decision& decision,
               std::optional<std::uint64_t> score_fact, std::optional<std::uint64_t> proposal_fact,
               Instant now) const;
  Result<Disclosure> disclose(const Dossier& dossier, const Decision& decision, const AsOf& as_of,
                              std::uint64_t decision_fact, std::string pseudonym) const;
  Draft record(const std::string& subject, const Disclosure& disclosure, Instant now) const;

  Explanation explain(const Dossier& dossier, const Assessment& assessment) const;
  // Between a score as recorded and another as of now or as of its own record.
  Result<Changes> changes(const Dossier& dossier, const Statement& earlier,
                          const Statement& later) const;
  Result<Changes> changes(const Dossier& dossier, const Statement& earlier,
                          const AsOf& later) const;
  Changes changes(const Dossier& dossier, const AsOf& earlier, const AsOf& later) const;
  // From an assessment made before records were erased: `dossier` need not hold them any more.
  Changes changes(const Dossier& dossier, const Assessment& earlier, const AsOf& later) const;

  FreezeEffect freeze_effect(const Dossier& dossier, const AsOf& as_of, std::uint64_t record) const;

  // `score`: a statement of kind score_issued. `erased`: the person's facts whose content was
  // erased, ascending. Only these can make a score one that is not recomputable; and what does not
  // need them is computed even then.
  Recheck recheck(const Dossier& dossier, const Statement& score,
                  std::span<const std::uint64_t> erased = {}) const;

 private:
  LawfulProgramme programme_;
  Card card_;
  std::uint64_t programme_fact_;
};

// Reads, judges and joins a programme and its card; the engine is there only when no finding is an
// error.
struct MadeEngine {
  std::optional<Engine> engine;
  Findings programme_findings;  // point into the programme's text
  Findings card_findings;       // point into the card's text
};
MadeEngine make_engine(std::string_view programme_text, const std::string& programme_file,
                       std::string_view card_text, const std::string& card_file,
                       std::uint64_t programme_fact);

}  // namespace credence
