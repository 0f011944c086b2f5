#pragma once

#include <credence/cli/book.h>
#include <credence/cli/rechecking.h>
#include <credence/ledger/proof.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// The proof of one fact under the latest checkpoint; its leaf travels in the `extra` line, so that
// one file is enough. Errors: proof.range (no such fact, or not under a checkpoint yet).
Result<ProofFile> prove(const Store& store, std::uint64_t index);

// What a person is entitled to have, as one JSON file that verifies offline
// (docs/formats/export.md).
Result<std::string> export_person(const Book& book, const std::string& subject);

struct ExportReport {
  std::string subject;
  std::uint64_t facts = 0, erased = 0;  // that are proved; with content, and without
  std::uint64_t count = 0;              // of the person's facts, as the exporter says
  std::uint64_t size = 0;               // of the log at the checkpoint
  std::optional<std::uint64_t> last;    // up to which no fact is left out; none when one is
  ScoreChecks scores;
  std::vector<std::string> faults;  // those of the scores too
};
// Checks an export with the log's key alone: signature, every proof, every commitment, whose facts
// they are, that none between them is missing, and that every score comes out again.
Result<ExportReport> verify_export(std::string_view text, const VerifierKey& key);

}  // namespace credence
