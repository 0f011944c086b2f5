#pragma once

#include <credence/base/time.h>
#include <credence/institutions/institutions.h>
#include <credence/people/living.h>

#include <cstdint>

namespace credence {

// What a month in one arm needs besides the person.
struct ArmMonth {
  const Population& population;
  const Network& network;
  const KeyedDraws& draws;
  const Living& living;
  const Institutions& institutions;
  const SeenLives& seen;
  Lives& lives;
  InstitutionDesk& desk;
  Date start;               // first day of the world's first month
  std::uint32_t month = 0;  // since the world began
};

// One person lives one month. REQUIRES: `now` is fresh. `luck`: of this person and month, where it
// was drawn already.
void live_month(const ArmMonth& arm, std::uint32_t person, Happenings& now,
                const MonthLuck* luck = nullptr);

}  // namespace credence
