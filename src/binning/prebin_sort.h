#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace credence {

// An unsigned key in the order of the doubles; -0.0 has the key of 0.0. REQUIRES: not NaN.
inline std::uint64_t ordered_key(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
  const std::uint64_t negative = bits >> 63U;
  return bits ^ ((0 - negative) | (1ULL << 63U));
}

inline double value_of_key(std::uint64_t key) {
  const std::uint64_t negative = 1 - (key >> 63U);
  return std::bit_cast<double>(key ^ ((0 - negative) | (1ULL << 63U)));
}

struct WeightedKey {
  std::uint64_t key = 0;
  double weight = 0;
};

inline std::uint64_t key_of(std::uint64_t item) {
  return item;
}
inline std::uint64_t key_of(const WeightedKey& item) {
  return item.key;
}

// Ascending by key, and then by weight, so that the order of the rows leaves no trace in sums. Time
// is linear in the items; digits that all items share cost nothing. `spare` is room to work in.
void sort_items(std::vector<std::uint64_t>& items, std::vector<std::uint64_t>& spare);
void sort_items(std::vector<WeightedKey>& items, std::vector<WeightedKey>& spare);

}  // namespace credence
