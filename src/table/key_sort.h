#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
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

// Ascending by key, and then by weight, so that the order of the rows leaves no trace in sums. Time
// is linear in the items; digits that all items share cost nothing. `spare` is room to work in.
void sort_items(std::vector<WeightedKey>& items, std::vector<WeightedKey>& spare);

// Memory to sort in, kept from one sorting to the next, because fresh memory has to be cleared.
class SortMemory {
 public:
  // Two parts of `bytes`, for any type without constructors; what was there is lost.
  std::array<std::byte*, 2> ask(std::size_t bytes);

 private:
  std::size_t bytes_ = 0;
  std::array<std::unique_ptr<std::byte[]>, 2> parts_;
};

// Room for unsigned items, to be filled by the caller, and to sort them in. An item is a value with
// an outcome in its lowest bit, which plays no part in the order.
template <class Item>
class SortRoom {
 public:
  // REQUIRES: the memory outlives the room and serves no other one meanwhile.
  SortRoom(std::size_t size, SortMemory& memory);

  std::span<Item> items() { return items_; }
  // The items from `begin` to before `end`, ascending, valid as long as the room. Values have at
  // most `bits` bits. To be called once for each item.
  std::span<const Item> sorted(std::size_t begin, std::size_t end, unsigned bits);

 private:
  std::span<Item> items_, spare_;
};

extern template class SortRoom<std::uint32_t>;
extern template class SortRoom<std::uint64_t>;

}  // namespace credence
