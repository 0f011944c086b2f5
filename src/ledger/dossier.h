#pragma once

#include <credence/ledger/fact.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace credence {

// An event as recorded.
struct EventFact {
  std::uint64_t index = 0;
  Instant recorded;
  Date at;
  int type = 0;
  std::array<Cell, EventType::kMaxFields> fields = {};
  std::optional<std::uint64_t> corrects;
};

enum class DisputeOutcome { corrected, deleted, kept };

// A person's contest of one record, and what came of it. docs/formats/facts.md tells the payloads.
struct Dispute {
  std::uint64_t index = 0;   // of dispute_opened; names the dispute
  std::uint64_t record = 0;  // the contested fact
  std::string because;
  Instant opened;
  bool frozen = true;
  struct Decided {
    std::uint64_t index = 0;
    DisputeOutcome outcome = DisputeOutcome::kept;
    std::string by, because;
    Instant when;
  };
  std::optional<Decided> decided;
};

// Scores, decisions and what else was stated about the person, kept as they were recorded.
struct Statement {
  std::uint64_t index = 0;
  FactKind kind = FactKind::score_issued;
  Instant recorded;
  Json payload;
};

// Everything that the ledger holds about one person, typed.
struct Dossier {
  std::string subject;
  std::vector<EventFact> events;  // by index
  // Indexes of the events whose type the programme does not know (a later version added it): they
  // answer none of its questions and count nowhere.
  std::vector<std::uint64_t> foreign;
  Consents consents;
  std::vector<Dispute> disputes;      // by index
  std::vector<Statement> statements;  // by index
};

// What the person's fact `index` is, or nullptr when it is nothing of this kind. The pointer lives
// as long as the dossier.
const EventFact* find_record(const Dossier& dossier, std::uint64_t index);
const Dispute* find_dispute(const Dossier& dossier, std::uint64_t index);
const Statement* find_statement(const Dossier& dossier, std::uint64_t index);

// The record and all that it replaced, the newest first, each once. A version that is gone is named
// by the one that replaced it, and ends the chain.
std::vector<std::uint64_t> versions_of(const Dossier& dossier, std::uint64_t record);

// `facts` by rising index. An event of a type that the programme does not know is left out and
// named in `foreign`; whatever else cannot be read is an error that names its index (the record was
// made by another programme, or is corrupt).
Result<Dossier> read_dossier(std::string subject, std::span<const Fact> facts,
                             const LawfulProgramme& programme);

}  // namespace credence
