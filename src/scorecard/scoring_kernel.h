#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace credence {

// The inner loops of scoring over one block of rows. Plain loops, compiled once for every vector
// width that processors of the platform have; the widest that runs here is chosen at load time.

inline constexpr std::size_t kScoringBlock = 2048;

// cells[i] = how many of the edges are at or below values[i]: none for NaN. Made for few edges.
void count_few_edges(std::span<const double> values, std::span<const double> edges,
                     std::uint16_t* cells);

// The four greatest losses of each row, as keys: loss << 14 | what breaks ties; 0 = no loss.
struct TopLosses {
  std::array<std::array<std::uint32_t, kScoringBlock>, 4> keys;
};

// totals[i] += points[cells[i]]
void add_points(std::span<const std::uint16_t> cells, const std::int32_t* points,
                std::int32_t* totals);
// The same, and keys[cells[i]] takes its rank.
void add_points_and_losses(std::span<const std::uint16_t> cells, const std::int32_t* points,
                           const std::uint32_t* keys, std::int32_t* totals, TopLosses& top);

}  // namespace credence
