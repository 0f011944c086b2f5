#pragma once

#include <credence/explanation/explanation.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace credence {

// Why points moved. The causes are applied one after the other, in this order, each by the same
// engine, so that every moved point has exactly one cause and the moves add up exactly.
enum class Cause { rules, erased, time, consent, corrected, restored, deleted, frozen, new_record };
const Text& name_of(Cause cause);

struct PointsMove {
  Cause cause = Cause::rules;
  int points = 0;  // not 0
  std::vector<std::uint64_t>
      records;  // that came or went by this cause; may be empty (time, rules)
};

struct ChangedLine {
  std::string id;  // feature; empty for the base points
  Text question;
  int before = 0, after = 0;  // after - before == the sum of the moves
  std::vector<PointsMove> moves;
};

struct Changes {
  AsOf before_as_of, after_as_of;
  std::optional<int> before, after;  // totals; absent: not enough data
  std::vector<ChangedLine>
      lines;  // only those with moves; their sum is after - before when both are there
};

// From a score as recorded to an assessment made now from `dossier`, which holds at least what was
// known then.
Changes changes(const IssuedScore& earlier, const LawfulProgramme& programme, const Card& card,
                std::uint64_t programme_fact, const Dossier& dossier, const Assessment& later);

Json to_json(const Changes& changes, Language language);

}  // namespace credence
