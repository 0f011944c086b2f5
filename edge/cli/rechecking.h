#pragma once

#include <credence/engine/engine.h>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace credence {

struct ScoreChecks {
  std::uint64_t same = 0, not_recomputable = 0;
  std::vector<std::string> faults;  // "fact 12: ..."

  std::uint64_t all() const { return same + not_recomputable + faults.size(); }
};

// Recomputes every score among a person's facts, each with the programme and card that it names and
// on what was recorded until the next version was published, read by that same programme: a later
// version reads the record in another way, and changes nothing afterwards. `engines` by the index
// of the publishing fact; `facts` and `erased` (facts whose content is gone) ascending.
ScoreChecks recheck_scores(const std::string& subject, const std::vector<Fact>& facts,
                           const std::map<std::uint64_t, Engine>& engines,
                           std::span<const std::uint64_t> erased);

}  // namespace credence
