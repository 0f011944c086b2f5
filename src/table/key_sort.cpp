#include <credence/table/key_sort.h>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace credence {

namespace {

// Each of 4,096 buckets has a line of its own in a second-level cache.
constexpr unsigned most_digit_bits = 12;
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

// Of each bucket how many items it has, and then where they start.
using Counters = std::array<std::uint32_t, 1U << most_digit_bits>;

// Neighbouring digits, counted in one reading of the items.
template <std::size_t digits, class Item, class Key>
void find_starts(std::span<const Item> items, const Digit* digit, const Key& key,
                 Counters* starts) {
  for (std::size_t at = 0; at < digits; ++at)
    std::fill_n(starts[at].begin(), digit[at].buckets(), 0U);
  for (const Item& item : items)
    for (std::size_t at = 0; at < digits; ++at) ++starts[at][digit[at].of(key(item))];
  for (std::size_t at = 0; at < digits; ++at) {
    std::uint32_t start = 0;
    for (std::size_t bucket = 0; bucket < digit[at].buckets(); ++bucket)
      start += std::exchange(starts[at][bucket], start);
  }
}

// Deals the items to their buckets in the spare place, which becomes their own; not where all of
// them share the digit.
template <class Item, class Key>
void deal(std::span<Item>& items, std::span<Item>& spare, Digit digit, Counters& starts,
          const Key& key) {
  const std::size_t first = digit.of(key(items.front()));
  const bool is_shared =
      starts[first] == 0 && (first + 1 == digit.buckets() || starts[first + 1] == items.size());
  if (is_shared) return;
  for (const Item& item : items) spare[starts[digit.of(key(item))]++] = item;
  std::swap(items, spare);
}

// By the bits in the range, equal ones in the order in which they came; as few digits as there can
// be, all of one width. Returns where the items then lie: in their own place or in the spare one.
template <class Item, class Key>
std::span<Item> sort_by(std::span<Item> items, std::span<Item> spare, BitRange bits,
                        const Key& key) {
  const unsigned all = bits.to - bits.from;
  const unsigned digits = (all + most_digit_bits - 1) / most_digit_bits;
  const unsigned width = digits == 0 ? 0 : (all + digits - 1) / digits;
  std::array<Counters, 2> starts;
  for (unsigned at = 0; at < digits; at += 2) {
    const Digit low{.from = bits.from + at * width, .width = width};
    const std::array<Digit, 2> pair{low, Digit{.from = low.from + width, .width = width}};
    const bool is_last = at + 1 == digits;
    is_last ? find_starts<1>(std::span<const Item>{items}, pair.data(), key, starts.data())
            : find_starts<2>(std::span<const Item>{items}, pair.data(), key, starts.data());
    deal(items, spare, pair[0], starts[0], key);
    if (!is_last) deal(items, spare, pair[1], starts[1], key);
  }
  return items;
}

// Puts the items from `from` to before `to` where they belong among those before, which are in
// order. Returns how many places they moved, and gives up at `most`.
template <class Item, class Before>
std::size_t insert(std::span<Item> items, std::size_t from, std::size_t to, std::size_t most,
                   const Before& before) {
  std::size_t moves = 0;
  for (std::size_t i = from; i < to && moves < most; ++i) {
    const Item item = items[i];
    std::size_t at = i;
    for (; at > 0 && before(item, items[at - 1]) && moves < most; --at, ++moves)
      items[at] = items[at - 1];
    items[at] = item;
  }
  return moves;
}

bool lighter(const WeightedKey& a, const WeightedKey& b) {
  return a.key != b.key ? a.key < b.key : a.weight < b.weight;
}

template <class Item>
bool has_less_value(Item a, Item b) {
  return (a >> 1U) < (b >> 1U);
}

// Whether an item has a lesser value than the one before. The highest bit of a difference tells,
// because values have one bit less than items; vectors on every processor can subtract.
template <class Item>
bool falls(std::span<const Item> items) {
  Item seen = 0;
  for (std::size_t i = 1; i < items.size(); ++i) seen |= (items[i] >> 1U) - (items[i - 1] >> 1U);
  return seen >> (sizeof(Item) * 8 - 1) != 0;
}

// Puts a nearly sorted row in order, or gives up and leaves it half done. Blocks in order, as most
// are, take a third of the time of looking at each item.
template <class Item>
bool finish_by_insertion(std::span<Item> items) {
  constexpr std::size_t block = 16;
  const std::size_t most_moves = items.size();
  std::size_t moves = 0;
  for (std::size_t from = 1; from < items.size() && moves < most_moves; from += block) {
    const std::size_t to = std::min(items.size(), from + block);
    if (falls(std::span<const Item>{items}.subspan(from - 1, to - from + 1)))
      moves += insert(items, from, to, most_moves - moves, has_less_value<Item>);
  }
  return moves < most_moves;
}

// So many of a value's first bits mostly tell it from all others: 64 buckets for each item.
unsigned telling_bits(std::size_t items) {
  return static_cast<unsigned>(std::bit_width(items)) + 6;
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
  sort({.from = 22, .to = 64}, key);
  const std::size_t most_moves = items.size();
  if (insert(std::span{items}, 1, items.size(), most_moves, lighter) < most_moves) return;
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
  if (items.size() < few) {
    std::ranges::sort(items, has_less_value<Item>);
    return items;
  }
  std::span<Item> sorted = items;
  // Where the first bits tell too little apart, because most values lie close to each other beside
  // a few far away, more of them are looked at.
  for (unsigned telling = telling_bits(items.size());; telling *= 2) {
    // The bits of the item: those of the value stand above the outcome.
    const BitRange range{.from = std::max(telling, bits) - telling + 1, .to = bits + 1};
    sorted = sort_by(sorted, sorted.data() == items.data() ? spare : items, range, std::identity{});
    if (range.from == 1 || finish_by_insertion(sorted)) return sorted;
  }
}

template class SortRoom<std::uint32_t>;
template class SortRoom<std::uint64_t>;

}  // namespace credence
