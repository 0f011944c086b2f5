#pragma once

#include <credence/worlds/harm.h>

#include <array>
#include <cstdint>
#include <vector>

namespace credence {

// One person's month in one arm beside the same month of the same person without any programme.
struct CountedMonth {
  const Population& population;
  const Lives& lives;
  const Happenings& now;
  const Lives& lives_without;  // arm 0; in arm 0 the same as `lives`
  const Happenings& now_without;
  std::uint32_t person = 0;
};

inline constexpr std::size_t kLongestCountedSpell = 120;  // months; longer ones share a place
using SpellLengths = std::array<std::uint64_t, kLongestCountedSpell + 2>;

// What one worker has counted of one arm in one month. All of it is whole numbers, so that the sum
// over workers does not depend on which worker had which block.
struct ArmCounts {
  std::vector<MonthTally> groups, regions;
  SpellLengths ended = {}, running = {};
  std::vector<std::uint32_t> appellants;  // who waits for the board

  void clear(std::size_t group_count, std::size_t region_count);
  void operator+=(const ArmCounts& other);
};

// Whether the programme shuts a person out this month: barred somewhere, on a black list, or
// refused what the twin without a programme is not refused.
bool shut_out(const CountedMonth& month);

// Lengthens or ends the person's spell of exclusion. A spell ends with the first clear month.
struct SpellStep {
  bool begun = false;
  std::uint8_t ended = 0;  // length of the spell that ended, or 0
};
SpellStep advance_spell(Lives& lives, std::uint32_t person, bool shut_out);

// Adds the month to the person's group and region. The spell has been advanced before.
void count_month(const CountedMonth& month, const SpellStep& spell, ArmCounts& counts);

}  // namespace credence
