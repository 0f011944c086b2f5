#pragma once

#include <credence/terminal/command.h>
#include <credence/worlds/world.h>

#include <optional>
#include <span>
#include <string>

namespace credence {

// What a run will need of this machine, told before it starts.
struct RunNeed {
  RunEstimate estimate;
  double seconds = 0;  // by a short trial of the same world with few people
};
// Lives a few hundred people for two months to see how long one takes. `runs`: how many worlds of
// this size are lived in all (replicates x points).
RunNeed need_of(const World& world, std::span<const SocietyProgramme> programmes, double runs,
                unsigned threads);

// "1.2 GB of memory and 3 min 20 s"
std::string to_text(const RunNeed& need);

// Errors: society.memory (more than the machine has free), society.time (more than `most_minutes`
// allow); both say what would fit.
std::optional<Error> refuse_need(const RunNeed& need, const World& world,
                                 std::optional<double> most_minutes);

std::uint64_t free_memory();  // bytes that can be had now; the largest number when unknown

}  // namespace credence
