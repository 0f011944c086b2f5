#pragma once

#include <credence/decision/assessment.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace credence {

// The first member in which two payloads differ, in words; empty when they are equal.
std::string first_difference(const Json::Object& recorded, const Json::Object& computed);

// A recorded score, some of whose records may have been erased since.
struct Remains {
  const LawfulProgramme& programme;
  const Card& card;
  std::uint64_t programme_fact;
  const Dossier& dossier;  // what is left
  const Features& again;   // what is left answers this
  // INVARIANT: ascending; erased facts of this person below the score's as_of.known.
  std::span<const std::uint64_t> erased;
};

// Why erasure does not account for the score, though it does not come out again; empty when it
// does. What needs no erased record is computed: the points of every recorded answer, their sum,
// the outcome; the answers whose records are all there; and which records an answer may name.
std::string what_erasure_leaves_open(const Remains& remains, const IssuedScore& issued,
                                     const Json::Object& recorded);

// The records that the score names and that are no longer there, ascending.
std::vector<std::uint64_t> missing_records(const IssuedScore& issued, const Dossier& dossier);

}  // namespace credence
