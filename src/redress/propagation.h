#pragma once

#include <credence/redress/redress.h>

#include <cstdint>
#include <vector>

namespace credence {

// An answer that went to a partner and rested on a record: whoever received it is told when the
// record turns out to be wrong (A20; GDPR 19).
struct AffectedAnswer {
  std::uint64_t disclosure = 0;  // index of the fact
  std::string recipient, pseudonym, reference, answer;
};

// Every answer that left the house and whose score used `record`, oldest first; those that were
// corrected already for this dispute are left out. A payload that cannot be read counts as
// affected: better one notice too many.
std::vector<AffectedAnswer> affected_answers(const Dossier& dossier, const Dispute& dispute);

// disclosure_made: "do not rely on it any more", and nothing about why. `last_day` is when the
// partner has to have acknowledged, from the programme's rights.propagation.
Draft correction_notice(const LawfulProgramme& programme, const std::string& subject,
                        const AffectedAnswer& affected, std::uint64_t dispute, Instant when);

// How long a partner has to acknowledge; five days when the programme's file does not say.
Period acknowledgement_period(const LawfulProgramme& programme);

}  // namespace credence
