#pragma once

#include <cstdint>
#include <span>
#include <utility>

namespace credence {

// What puts numbers into cells: bins by edges, special codes, missing.
struct NumberCells {
  std::span<const double> edges;                  // ascending
  std::span<const std::pair<double, int>> codes;  // number to cell, no number twice
  int missing = 0;
};

// The cell of each value, by comparing it with every edge and every code. Time grows with their
// number, and up to a few dozen it is less than that of a search. REQUIRES: as many cells as
// values.
void compare_with_all(const NumberCells& rules, std::span<const double> values,
                      std::span<std::uint16_t> out);

}  // namespace credence
