#pragma once

#include <credence/worlds/society.h>

#include <cstdint>
#include <vector>

namespace credence {

// One person's life under a programme against the same life without any, in months.
struct LifeDifference {
  int barred = 0;           // something barred, or on the black list
  int refused = 0;          // refused here and not there
  int granted = 0;          // granted here and not there
  int mistaken = 0;         // a running sanction or listing rests on a mistake
  int mistakes = 0;         // a false alert, a wrongful sanction, a fault of the record
  std::int64_t wealth = 0;  // at the end, in cents
};
LifeDifference difference_of(const std::vector<StoryMonth>& without,
                             const std::vector<StoryMonth>& with);

}  // namespace credence
