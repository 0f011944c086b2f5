#pragma once

#include <credence/decision/clock.h>
#include <credence/notice/notice.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace credence {

// What leaving a record out would do, computed before anything happens.
struct FreezeEffect {
  ScoreOutcome before, after;
  // Fewer points, or not enough data any more.
  bool lowers() const;
};

// What the person said when asked about a freeze that lowers their score (A19).
enum class FreezeChoice { not_asked, freeze, keep_counting };

struct Contest {
  std::uint64_t record = 0;  // index of the contested fact
  std::string because;       // in the person's words; not empty, at most 2,000 characters
  FreezeChoice choice = FreezeChoice::not_asked;
  Instant when;
};

// The draft of dispute_opened. Errors: redress.record (none of theirs, or no longer counted),
// redress.because, redress.open (a dispute of this record is open), redress.ask_first (the freeze
// would lower the score and the person has not been asked).
Result<Draft> open_dispute(const Dossier& dossier, const Contest& contest,
                           const FreezeEffect& effect);

// A human's answer to a dispute. For `corrected` give the fields that were wrong, as written
// ("paid" -> "2026-01-19", "" removes an optional one) and/or a new date of the event.
struct Resolution {
  std::uint64_t dispute = 0;  // index of the fact that opened it
  DisputeOutcome outcome = DisputeOutcome::kept;
  std::string by;       // a named human
  std::string because;  // in writing, always
  std::map<std::string, std::string> fields = {};
  std::optional<Date> at = {};
  Instant when;
};

// What has to be recorded, in this order, in one commit. `correction` goes through consent::admit
// like any event and becomes Draft::event; the outcome follows it.
struct Resolved {
  std::optional<Event> correction;  // present exactly for `corrected`
  Draft decided;                    // dispute_decided
};
// `record` is the contested fact as stored (its key is blocked after a deletion); nullptr when it
// was erased. Errors: redress.dispute (none such, or decided), redress.by (nobody who could answer
// for it, the person, or who decided before: four eyes; names are compared as same_person() does),
// redress.because, redress.fields (what cannot be read, or changes nothing), redress.outcome,
// redress.late (after the last day a record can no longer be kept: A19).
Result<Resolved> resolve(const LawfulProgramme& programme, const Dossier& dossier,
                         const Resolution& resolution, const Fact* record);

// The corrected event of a dispute, which enters at the top like any other. Errors as for resolve.
Result<Event> correct(const LawfulProgramme& programme, const Dossier& dossier,
                      const Resolution& resolution);

// A correction whose key another record of the person has, living or deleted by a dispute, would be
// taken for that record and lost. `facts` are all of the person's. Error: redress.key.
std::optional<Error> refuse_key(std::span<const Fact> facts, std::string_view key);

// The last day for an answer: the programme's days, or fewer by a rule pack (us 30, cn 20).
Date due_date(const LawfulProgramme& programme, const Dispute& dispute);
// Open disputes whose last day has passed on `today`; silence deletes the record.
std::vector<const Dispute*> overdue(const LawfulProgramme& programme, const Dossier& dossier,
                                    Date today);
Draft delete_on_silence(const LawfulProgramme& programme, const Dossier& dossier,
                        const Dispute& dispute, Instant when, const Fact* record);

// What a dispute deleted, as SHA-256 in hex: the key of the record, and its content (event type,
// date and fields), so that a source cannot send the same again under another key. `facts` are the
// person's, of kind dispute_decided at least.
std::set<std::string> deleted_keys(std::span<const Fact> facts);
bool is_reinsertion(const std::set<std::string>& deleted, std::string_view key);
// By key or by content. REQUIRES: `event` is of `programme`.
bool is_reinsertion(const std::set<std::string>& deleted, const Event& event,
                    const Programme& programme);

}  // namespace credence
