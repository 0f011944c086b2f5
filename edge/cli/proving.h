#pragma once

#include <credence/cli/book.h>
#include <credence/ledger/proof.h>

#include <cstdint>
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
  std::uint64_t facts = 0, scores = 0;
  std::uint64_t gaps = 0;  // facts of the person that are not in the file: erased, or left out
  std::vector<std::string> faults;
};
// Checks an export with the log's key alone: signature, every proof, every commitment, that no fact
// of the person is missing, and that every score comes out again.
Result<ExportReport> verify_export(std::string_view text, const VerifierKey& key);

}  // namespace credence
