#pragma once

#include <credence/ledger/proof.h>

#include <string>
#include <string_view>
#include <vector>

namespace credence {

// What a verifier shall say to a case, and whether it counts as a proof or as a mutant.
enum class Label { valid, mutant, lenient };

// One thing to judge. `lenient` is a mutant that x/mod accepts by its own rules and that we refuse.
struct ForeignCase {
  std::string group;  // "inclusion: flipped root"
  Label label = Label::valid;
  std::string vkey;
  Bytes entry;
  std::string proof;  // the text of a tlog-proof; empty for a case of consistency

  std::uint64_t from = 0, to = 0;
  Hash from_root = {}, to_root = {};
  std::vector<Hash> path;
};

std::string to_line(const ForeignCase& item);  // one JSON object
Result<ForeignCase> parse_line(std::string_view line);
// Our own judgement.
bool accepts(const ForeignCase& item);

}  // namespace credence
