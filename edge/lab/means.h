#pragma once

#include <credence/base/result.h>
#include <credence/terminal/tongue.h>
#include <credence/worlds/world.h>

#include <optional>
#include <span>
#include <string>

namespace credence {

// What a run will need of this machine, told before it starts.
struct RunNeed {
  RunEstimate estimate;
  // By a short trial of the same world with few people; none where that world cannot be made (ties
  // that name people who are not among the few).
  std::optional<double> seconds = {};
};
// Lives a few thousand people for a few months to see how long one takes. `runs`: how many worlds
// of this size are lived in all (replicates x points).
RunNeed need_of(const World& world, std::span<const SocietyProgramme> programmes, double runs,
                unsigned threads);

// "about 1.2 GB of memory and 3 min 20 s"
std::string to_text(const RunNeed& need, const Tongue& tongue);

// Errors: society.memory (more than the machine has free), society.time (more than `most_minutes`
// allow); both say what would fit.
std::optional<Error> refuse_need(const RunNeed& need, const World& world,
                                 std::optional<double> most_minutes, std::uint64_t free);

// Bytes that can be had now, by what the machine has free and what the control groups that the
// program is in are allowed; the largest number when unknown.
std::uint64_t free_memory();

}  // namespace credence
