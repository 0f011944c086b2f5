#pragma once

#include <credence/people/network.h>

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace credence {

// Pairs of people, and how many elementary steps it took to find them (draws and comparisons), so
// that a test can see that the work grows with people and ties alone.
struct PairsFound {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  std::uint64_t steps = 0;
};

// `ring`: the members of one cell in the order of the ring. Adds to `found`.
void add_small_world(std::span<const std::uint32_t> ring, const SmallWorldTies& kind,
                     std::uint32_t layer, const KeyedDraws& draws, PairsFound& found);
// `category`: of each person (not of each member).
PairsFound block_pairs(std::span<const std::uint32_t> members, const BlockTies& kind,
                       std::span<const std::uint8_t> category, std::uint32_t layer,
                       const KeyedDraws& draws);
// Nothing where no network has such degrees, or the sum is odd and cannot be mended.
std::optional<PairsFound> configuration_pairs(std::span<const std::uint32_t> members,
                                              const ConfigurationTies& kind, std::uint32_t layer,
                                              const KeyedDraws& draws);

}  // namespace credence
