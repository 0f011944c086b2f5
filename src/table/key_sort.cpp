#include <credence/table/key_sort.h>

#include <algorithm>
#include <array>
#include <utility>

namespace credence {

namespace {

// 2,048 counters of 4 bytes take a small part of a first-level cache.
constexpr unsigned most_digit_bits = 11;
constexpr std::size_t few = 256;  // below, a comparison sort is faster

struct BitRange {
  unsigned from = 0, to = 64;
};

struct Digit {
  unsigned from, width;
  std::size_t buckets() const { return std::size_t{1} << width; }
  template <class Key>
  std::size_t of(Key key) const {
    return static_cast<std::size_t>(key >> from) & (buckets() - 1);
  }
};

using Counters = std::array<std::uint32_t, 1U << most_digit_bits>;

// Where the items of each bucket start. Neighbours are counted in different tables, because most
// doubles share their first digit, and a counter that was just changed is not ready at once.
template <class Item, class Key>
void find_starts(std::span<const Item> items, Digit digit, const Key& key, Counters& starts) {
  constexpr std::size_t turns = 4;
  std::array<Counters, turns> counters;
  for (Counters& one : counters) std::fill_n(one.begin(), digit.buckets(), 0U);
  const std::size_t even = items.size() / turns * turns;
  for (std::size_t i = 0; i < even; i += turns)
    for (std::size_t turn = 0; turn < turns; ++turn)
      ++counters[turn][digit.of(key(items[i + turn]))];
  for (std::size_t i = even; i < items.size(); ++i) ++counters[0][digit.of(key(items[i]))];
  std::uint32_t start = 0;
  for (std::size_t bucket = 0; bucket < digit.buckets(); ++bucket) {
    starts[bucket] = start;
    for (const Counters& one : counters) start += one[bucket];
  }
}

// By the bits in the range, equal ones in the order in which they came; as few digits as there can
// be, all of one width. Returns where the items then lie: in their own place or in the spare one.
template <class Item, class Key>
std::span<Item> sort_by(std::span<Item> items, std::span<Item> spare, BitRange bits,
                        const Key& key) {
  const unsigned all = bits.to - bits.from;
  const unsigned digits = (all + most_digit_bits - 1) / most_digit_bits;
  Counters starts;
  for (unsigned at = 0; at < digits; ++at) {
    const unsigned width = (all + digits - 1) / digits;
    const Digit digit{.from = bits.from + at * width, .width = width};
    find_starts(std::span<const Item>{items}, digit, key, starts);
    const std::size_t first = digit.of(key(items.front()));
    const bool is_shared =
        starts[first] == 0 && (first + 1 == digit.buckets() || starts[first + 1] == items.size());
    if (is_shared) continue;
    for (const Item& item : items) spare[starts[digit.of(key(item))]++] = item;
    std::swap(items, spare);
  }
  return items;
}

// Puts a nearly sorted row in order, or gives up after `most_moves` and leaves it half done.
template <class Item, class Before>
bool finish_by_insertion(std::span<Item> items, std::size_t most_moves, const Before& before) {
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

// The first bits mostly tell doubles apart: half of the passes is saved, and insertion sees to the
// rest. Where they do not, because large numbers differ by little, all digits are sorted.
BitRange telling_bits(std::size_t items, unsigned bits) {
  const unsigned telling = items < (1U << 20U) ? 3 * most_digit_bits : 4 * most_digit_bits;
  return {.from = std::max(telling, bits) - telling, .to = bits};
}

}  // namespace

void sort_items(std::vector<WeightedKey>& items, std::vector<WeightedKey>& spare) {
  if (items.size() < few) {
    std::ranges::sort(items, lighter);
    return;
  }
  spare.resize(items.size());
  auto sort = [&](BitRange bits, const auto& key) {
    const auto sorted = sort_by(std::span{items}, std::span{spare}, bits, key);
    if (sorted.data() != items.data()) items.swap(spare);
  };
  auto key = [](const WeightedKey& item) { return item.key; };
  sort({.from = 2 * most_digit_bits, .to = 64}, key);
  if (finish_by_insertion(std::span{items}, items.size(), lighter)) return;
  sort({}, [](const WeightedKey& item) { return ordered_key(item.weight); });
  sort({}, key);
}

std::array<std::byte*, 2> SortMemory::ask(std::size_t bytes) {
  if (bytes > bytes_) {
    for (auto& part : parts_) part = std::make_unique_for_overwrite<std::byte[]>(bytes);
    bytes_ = bytes;
  }
  return {parts_[0].get(), parts_[1].get()};
}

template <class Item>
SortRoom<Item>::SortRoom(std::size_t size, SortMemory& memory) {
  const auto parts = memory.ask(size * sizeof(Item));
  items_ = {reinterpret_cast<Item*>(parts[0]), size};
  spare_ = {reinterpret_cast<Item*>(parts[1]), size};
}

template <class Item>
std::span<const Item> SortRoom<Item>::sorted(std::size_t begin, std::size_t end, unsigned bits) {
  const std::span<Item> items = items_.subspan(begin, end - begin);
  const std::span<Item> spare = spare_.subspan(begin, end - begin);
  auto less = [](Item a, Item b) { return (a >> 1U) < (b >> 1U); };
  if (items.size() < few) {
    std::ranges::sort(items, less);
    return items;
  }
  auto value = [](Item item) { return item >> 1U; };
  const BitRange telling = telling_bits(items.size(), bits);
  const std::span<Item> sorted = sort_by(items, spare, telling, value);
  if (telling.from == 0 || finish_by_insertion(sorted, sorted.size(), less)) return sorted;
  return sort_by(sorted, sorted.data() == items.data() ? spare : items, {.from = 0, .to = bits},
                 value);
}

template class SortRoom<std::uint32_t>;
template class SortRoom<std::uint64_t>;

}  // namespace credence
