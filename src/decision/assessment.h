#pragma once

#include <credence/base/sha256.h>
#include <credence/score/score.h>

#include <cstdint>
#include <string>
#include <vector>

namespace credence {

// What was answered about one person at one time, and the points it gave: the trace. Everything
// that is later said about a score (explanation, letter, recomputation) is read from it and from
// nothing else (A17).
struct Assessment {
  Features features;
  ScoreOutcome outcome;

  const Score* score() const { return std::get_if<Score>(&outcome); }
};

// The payload of score_issued, canonical and sufficient to compute the same again;
// docs/formats/decision.md. REQUIRES: `assessment` was made with `programme` and `card`, and its
// as_of.known is below 2^63. `programme_fact` is the index of the fact that published programme and
// card.
Json::Object score_payload(const Assessment& assessment, const LawfulProgramme& programme,
                           const Card& card, std::uint64_t programme_fact);

// SHA-256 of the canonical payload without its recording time: names the trace in decisions and
// letters.
Hash trace_hash(Json::Object payload);

// A score as it was recorded, read back without the rules that made it.
struct IssuedScore {
  struct IssuedTerm {
    std::string feature;
    Cell answer;
    int bin = 0, points = 0;
    std::vector<std::uint64_t> facts;
  };
  std::uint64_t index = 0;  // of the fact
  Instant recorded;
  AsOf as_of;
  std::string programme;
  int programme_version = 0;
  std::uint64_t programme_fact = 0;
  Hash card_hash = {};  // SHA-256 of the card's text
  bool enough = false;  // false: not enough data; no total, no terms
  int total = 0, base = 0;
  std::vector<IssuedTerm> terms;
  int usable_facts = 0;
  Hash trace = {};
};

// Errors: decision.payload, with what is wrong in it. A total that is not the sum of its parts is
// refused.
Result<IssuedScore> read_issued_score(const Statement& statement);

}  // namespace credence
