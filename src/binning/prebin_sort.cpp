#include <credence/binning/prebin_sort.h>

#include <algorithm>
#include <array>
#include <functional>

namespace credence {

namespace {

// 2,048 counters of 4 bytes per digit: the six tables of one key together fit a first-level cache.
constexpr unsigned digit_bits = 11;
constexpr unsigned digits = (64 + digit_bits - 1) / digit_bits;
constexpr std::size_t buckets = 1U << digit_bits;
constexpr std::size_t few = 256;  // below, a comparison sort is faster

std::size_t digit(std::uint64_t key, unsigned at) {
  return static_cast<std::size_t>(key >> (at * digit_bits)) & (buckets - 1);
}

using Counters = std::array<std::array<std::uint32_t, buckets>, digits>;

// By the digits from `lowest` on.
template <class Item, class Key>
void sort_by(std::vector<Item>& items, std::vector<Item>& spare, unsigned lowest, const Key& key) {
  Counters counters{};
  for (const Item& item : items) {
    const std::uint64_t bits = key(item);
    for (unsigned at = lowest; at < digits; ++at) ++counters[at][digit(bits, at)];
  }
  for (unsigned at = lowest; at < digits; ++at) {
    auto& starts = counters[at];
    if (starts[digit(key(items.front()), at)] == items.size()) continue;  // all share the digit
    std::uint32_t start = 0;
    for (std::uint32_t& slot : starts) {
      const std::uint32_t count = slot;
      slot = start;
      start += count;
    }
    for (const Item& item : items) spare[starts[digit(key(item), at)]++] = item;
    items.swap(spare);
  }
}

// Puts a nearly sorted row in order, or gives up after `most_moves` and leaves it half done.
template <class Item, class Before>
bool finish_by_insertion(std::vector<Item>& items, std::size_t most_moves, const Before& before) {
  std::size_t moves = 0;
  for (std::size_t i = 1; i < items.size(); ++i) {
    const Item item = items[i];
    std::size_t to = i;
    for (; to > 0 && before(item, items[to - 1]) && moves < most_moves; --to, ++moves)
      items[to] = items[to - 1];
    items[to] = item;
    if (moves == most_moves) return false;
  }
  return true;
}

bool lighter(const WeightedKey& a, const WeightedKey& b) {
  return a.key != b.key ? a.key < b.key : a.weight < b.weight;
}

// The first 42 bits mostly tell doubles apart: a third of the passes is saved, and insertion sees
// to the rest. Where they do not, because values come often or large numbers differ by little, all
// digits are sorted.
constexpr unsigned lowest_digit = 2;

}  // namespace

void sort_items(std::vector<std::uint64_t>& items, std::vector<std::uint64_t>& spare) {
  if (items.size() < few) {
    std::ranges::sort(items);
    return;
  }
  spare.resize(items.size());
  auto key = [](std::uint64_t item) { return item; };
  sort_by(items, spare, lowest_digit, key);
  if (!finish_by_insertion(items, items.size(), std::less{})) sort_by(items, spare, 0, key);
}

void sort_items(std::vector<WeightedKey>& items, std::vector<WeightedKey>& spare) {
  if (items.size() < few) {
    std::ranges::sort(items, lighter);
    return;
  }
  spare.resize(items.size());
  auto key = [](const WeightedKey& item) { return item.key; };
  sort_by(items, spare, lowest_digit, key);
  if (finish_by_insertion(items, items.size(), lighter)) return;
  sort_by(items, spare, 0, [](const WeightedKey& item) { return ordered_key(item.weight); });
  sort_by(items, spare, 0, key);
}

}  // namespace credence
