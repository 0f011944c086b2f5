#pragma once

#include <cstddef>
#include <span>

namespace credence {

// Which neighbours a course of rates allows: `free` all, `rising` only a higher rate next,
// `turning` rising and, from some bin on, falling. Falling courses are rising ones of negated
// rates.
enum class Course { free, rising, turning };

// When two neighbouring bins may stand side by side.
struct EdgeLimits {
  double sign = 1;       // -1 negates rates
  double threshold = 0;  // their rates differ by at least this (may be slightly below 0)
  double z_squared = 0;  // pooled two-proportion test; 0 = no test
};

// Bins that end before a cut, by their start. `best[plane * stride + start]` becomes the best value
// among the followers that may stand next to the bin; `best_falling` for bins after the turn.
struct Enders {
  const double* rate = nullptr;
  const double* effective = nullptr;
  double* best = nullptr;
  double* best_falling = nullptr;
  std::size_t from = 0, to = 0;  // multiples of 8
  std::size_t stride = 0;
};

// Bins that start after the cut, by their end; values are `planes` side by side.
struct Followers {
  std::span<const int> ends;  // those that matter
  const double* rate = nullptr;
  const double* effective = nullptr;
  const double* value = nullptr;
  const double* value_falling = nullptr;
  std::size_t planes = 1;  // 1 or a multiple of 4
};

// Minus infinity where no follower may. Starts between `from` and `to` alone are written.
void find_best(Course course, const EdgeLimits& limits, const Followers& followers,
               const Enders& enders);

}  // namespace credence
