#pragma once

#include <credence/decision/assessment.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace credence {

// Whether somebody can bear a credit, assessed apart from any score (A27).
struct Affordability {
  std::string id;  // of the result in the operator's books
  bool met = false;
};

// What somebody asks a decision for: one benefit, once.
struct Order {
  std::string reference;  // the partner's or the operator's name for this order; used once
  std::string benefit;    // id in the programme
  std::string recipient;  // id in the programme, or kOperator
  std::optional<Money> amount;
  Date date;
  std::optional<Affordability> affordability;  // needed by a benefit that grants credit
};

// A disadvantage that a record is said to call for.
struct Detriment {
  std::string consequence;   // id in the programme
  std::uint64_t record = 0;  // index of the fact that it answers
  Date date;                 // when it would start
};

// What a named human decided, in writing.
enum class RulingVerdict { for_the_person, against_the_person };
struct Ruling {
  std::string reviewer;
  RulingVerdict verdict = RulingVerdict::for_the_person;
  std::string reason;
  Instant when;
  std::optional<Date> until = {};  // of a detriment: earlier than its cap; the cap when absent
};

// The closed list of what can come out. The machine alone can say yes, offer the equal path, or ask
// a human; refused, imposed and not_imposed exist only with a Ruling (A18).
enum class DecisionOutcome {
  granted,
  equal_path,
  not_enough_data,
  awaits_human,
  refused,
  imposed,
  not_imposed
};
std::string_view name_of(DecisionOutcome outcome);  // "granted", "equal-path", ...

// Only the functions below make one.
class Decision {
 public:
  DecisionOutcome outcome() const { return outcome_; }
  const Order* order() const { return std::get_if<Order>(&about_); }  // one of the two
  const Detriment* detriment() const { return std::get_if<Detriment>(&about_); }
  const std::optional<Ruling>& ruling() const { return ruling_; }
  const std::optional<Hash>& trace() const {
    return trace_;
  }  // of the score behind it; none for a detriment
  const std::optional<Date>& ends() const {
    return ends_;
  }  // of an imposed detriment: the first day without it
  // What a partner learns: "yes", "no", a tier's name (programme's first language) or points;
  // nothing while a human has not decided, and nothing about a detriment (A24).
  const std::optional<std::string>& answer() const { return answer_; }

 private:
  friend struct DecisionMaker;
  Decision() = default;
  std::variant<Order, Detriment> about_;
  DecisionOutcome outcome_ = DecisionOutcome::awaits_human;
  std::optional<Ruling> ruling_;
  std::optional<Hash> trace_;
  std::optional<Date> ends_;
  std::optional<std::string> answer_;
};

// The machine's part. Errors: decision.benefit, decision.recipient, decision.reference (an order is
// used once: `dossier` shows that this one was decided), decision.affordability (A27).
Result<Decision> decide(const Assessment& assessment, const LawfulProgramme& programme,
                        const Hash& trace, const Dossier& dossier, const Order& order);

// Proposes a detriment to a human; there is no other way to begin one. `as_of` tells what is known
// and counts. Errors: decision.consequence, decision.record (unknown, or of another type or
// context: A09), decision.excluded (the record does not count: replaced, frozen, too old, ...),
// decision.running (one for the same reason runs), decision.renewal (this record has been answered
// before: A11).
Result<Decision> propose(const LawfulProgramme& programme, const Dossier& dossier,
                         const AsOf& as_of, const Detriment& detriment);

// A human rules on what awaits them; a ruling is final here, a contest of it goes the way of
// redress. Errors: decision.not_awaiting, decision.reviewer (nobody who could answer for it, or the
// person concerned), decision.reason (none given), decision.cap (ends after at_most, or not after
// it starts).
Result<Decision> rule(const Decision& proposed, const LawfulProgramme& programme,
                      const Dossier& dossier, const Ruling& ruling);

// Payloads of decision_made and disclosure_made (docs/formats/decision.md), and back.
// REQUIRES: `score_fact` is given exactly when the decision has a trace.
Json::Object to_payload(const Decision& decision, std::optional<std::uint64_t> score_fact,
                        std::optional<std::uint64_t> proposal_fact = {});
Result<Decision> read_decision(const Statement& statement, const LawfulProgramme& programme);

// Imposed detriments that hold at `as_of`: not yet ended, and resting on a record that still
// counts. A correction, a deletion or a freeze of that record ends them early.
struct RunningDetriment {
  std::uint64_t decision = 0;  // index of the fact
  std::string consequence;
  std::uint64_t record = 0;
  Date starts, ends;  // ends: the first day without it
};
std::vector<RunningDetriment> running_detriments(const LawfulProgramme& programme,
                                                 const Dossier& dossier, const AsOf& as_of);

// The humans who ruled on decisions about this person: none of them may settle a dispute of theirs.
std::set<std::string> human_deciders(const Dossier& dossier);

// What leaves the house: the answer and nothing else, under a name that only this partner knows.
struct Disclosure {
  std::string recipient;
  std::string pseudonym;  // pairwise; computed by the caller from a key that the core does not have
  std::string reference;  // the order's
  std::string answer;
  std::uint64_t decision = 0;         // index of the fact
  std::vector<std::uint64_t> grants;  // the consents that it rests on
};
// Errors: decision.no_answer (awaits a human, or the order is the operator's own), decision.consent
// (A13: no live consent for this recipient and a source that the score used).
Result<Disclosure> disclose(const Decision& decision, const LawfulProgramme& programme,
                            const Dossier& dossier, const AsOf& as_of, std::uint64_t decision_fact,
                            std::string pseudonym);
Json::Object to_payload(const Disclosure& disclosure, const LawfulProgramme& programme);

}  // namespace credence
