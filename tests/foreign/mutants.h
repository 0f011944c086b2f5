#pragma once

#include <optional>
#include <string>

#include "case.h"
#include "logs.h"

namespace credence {

// A valid proof in parts, from which mutants are made.
struct Proved {
  const SigningKey& key;     // of the log
  const SigningKey& forger;  // another key under the same name
  Checkpoint checkpoint;
  std::uint64_t index = 0;
  Bytes entry;
  std::vector<Hash> path;
};

ForeignCase inclusion_case(const Proved& proved);

inline constexpr std::size_t kInclusionMutations = 16;
// The mutant of class `which`; nothing when this proof is too short for the class.
std::optional<ForeignCase> mutate_inclusion(const Proved& proved, std::size_t which,
                                            Numbers& numbers);

inline constexpr std::size_t kConsistencyMutations = 7;
std::optional<ForeignCase> mutate_consistency(ForeignCase valid, std::size_t which,
                                              Numbers& numbers);

}  // namespace credence
