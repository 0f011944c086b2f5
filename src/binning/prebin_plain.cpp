#include <credence/binning/prebin_extent.h>
#include <credence/binning/prebin_plain.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

namespace credence {

namespace {

constexpr std::size_t block_rows = 512;

Tally plain_tally(std::size_t bads, std::size_t records) {
  const auto events = static_cast<double>(bads), all = static_cast<double>(records);
  return {.events = events, .nonevents = all - events, .records = all, .squares = all};
}

void resize(OrderedCounts& counts, std::size_t size) {
  counts.low.resize(size);
  counts.events.resize(size);
  counts.weight.resize(size);
}

// The entries of ascending values, with their running sums. What is added writes the next entry in
// any case, and only what counts as one goes on to the one after: no branch that the processor
// would have to guess.
class Entries {
 public:
  // REQUIRES: at most `most` entries are added.
  Entries(CountRoom& memory, std::size_t most) : counts_(std::move(memory.counts)) {
    resize(counts_, most + 1);
  }

  // The rows of one value; no rows are no entry.
  void add(double value, std::uint32_t goods, std::uint32_t bads) {
    bads_ += bads, rows_ += goods + std::int64_t{bads};
    counts_.low[size_] = value;
    counts_.events[size_] = static_cast<double>(bads_);
    counts_.weight[size_] = static_cast<double>(rows_);
    size_ += goods + std::size_t{bads} > 0 ? 1 : 0;
  }

  // Ascending items, whose lowest bit is the outcome and the rest the value.
  template <class Item, class ValueOf>
  void add_runs(std::span<const Item> items, const ValueOf& value_of) {
    if (items.empty()) return;
    std::size_t entry = size_;
    std::int64_t bads = bads_;
    auto rows = static_cast<double>(rows_);
    double *low = counts_.low.data(), *events = counts_.events.data(),
           *weight = counts_.weight.data();
    Item before = items.front();
    for (const Item item : items) {
      entry += (item ^ before) > 1 ? 1 : 0;
      before = item;
      bads += item & 1;
      low[entry] = value_of(item);
      events[entry] = static_cast<double>(bads);
      weight[entry] = rows += 1;
    }
    size_ = entry + 1;
    bads_ = bads;
    rows_ += std::ssize(items);
  }

  OrderedCounts take() {
    resize(counts_, size_);
    return std::move(counts_);
  }
  std::int64_t rows() const { return rows_; }

 private:
  OrderedCounts counts_;
  std::size_t size_ = 0;
  // Signed, because a processor turns such numbers into doubles at once.
  std::int64_t bads_ = 0, rows_ = 0;
};

// Places of whole numbers, where the range is narrow enough to subtract without rounding and to
// leave a place and an outcome in 32 bits.
std::optional<Places> places_of(const Extent& extent) {
  constexpr double exact = 0x1p51, widest = 0x1p31 - 2;
  if (!extent.is_whole) return std::nullopt;
  if (extent.least > extent.most) return Places{};  // every row is missing
  if (extent.least < -exact || extent.most > exact) return std::nullopt;
  const double last = extent.most - extent.least;
  if (last >= widest) return std::nullopt;
  return Places{.least = extent.least, .last = static_cast<std::uint32_t>(last)};
}

// Places of numbers of which none is negative.
std::optional<BitPlaces> bit_places_of(const PositiveExtent& extent) {
  if (extent.has_negative || extent.least > extent.most) return std::nullopt;
  const std::uint64_t below = std::bit_cast<std::uint64_t>(extent.least) - 1;
  return BitPlaces{.below_least = below, .last = std::bit_cast<std::uint64_t>(extent.most) - below};
}

// Of an item, one counter for each of `turns` rows that follow each other. A counter that the row
// before has just changed is not ready at once, and where most rows have one value, four counters
// in turn halve the time.
constexpr std::size_t turns = 4;
using Counters = std::array<std::uint32_t, turns>;

std::uint32_t sum(const Counters& counters) {
  return (counters[0] + counters[1]) + (counters[2] + counters[3]);
}

void count_items(std::span<const std::uint32_t> items, std::vector<Counters>& counters) {
  Counters* const of = counters.data();
  const std::size_t even = items.size() / turns * turns;
  for (std::size_t i = 0; i < even; i += turns)
    for (std::size_t turn = 0; turn < turns; ++turn) ++of[items[i + turn]][turn];
  for (std::size_t i = even; i < items.size(); ++i) ++of[items[i]][0];
}

PlainCounts count_in_places(const Places& places, std::span<const double> values,
                            std::span<const std::uint8_t> bad, CountRoom& memory) {
  std::vector<Counters> counters(2 * (std::size_t{places.last} + 2));
  std::array<std::uint32_t, block_rows> block;
  for (std::size_t from = 0; from < values.size(); from += block_rows) {
    const std::size_t size = std::min(block_rows, values.size() - from);
    const auto items = std::span{block}.first(size);
    set_items(places, values.subspan(from, size), bad.subspan(from, size), items);
    count_items(items, counters);
  }
  Entries entries(memory, std::min<std::size_t>(values.size(), places.last + 1));
  for (std::size_t place = 0; place <= places.last; ++place)
    entries.add(places.value(place), sum(counters[2 * place]), sum(counters[2 * place + 1]));
  const std::size_t missing = values.size() - static_cast<std::size_t>(entries.rows());
  return {.values = entries.take(), .missing = plain_tally(sum(counters.back()), missing)};
}

template <class Item>
std::size_t bads_of(std::span<const Item> items) {
  std::size_t bads = 0;
  for (const Item item : items) bads += item & 1U;
  return bads;
}

// How many of the ascending items have a place before.
template <class Item>
std::size_t before(std::span<const Item> items, Item place) {
  const auto first = std::ranges::lower_bound(items, static_cast<Item>(place << 1U));
  return static_cast<std::size_t>(first - items.begin());
}

template <class Item, class AnyPlaces>
PlainCounts count_sorted(const AnyPlaces& places, std::span<const Item> items, CountRoom& memory) {
  const std::size_t missing_from = before(items, static_cast<Item>(places.last + 1));
  Entries entries(memory, missing_from);
  entries.add_runs(items.first(missing_from), [&](Item item) { return places.value(item >> 1U); });
  const auto missing = items.subspan(missing_from);
  return {.values = entries.take(), .missing = plain_tally(bads_of(missing), missing.size())};
}

PlainCounts count_by_bits(const BitPlaces& places, std::span<const double> values,
                          std::span<const std::uint8_t> bad, CountRoom& memory) {
  SortRoom<std::uint64_t> room(values.size(), memory.sorting);
  set_items(places, values, bad, room.items());
  const auto bits = static_cast<unsigned>(std::bit_width(places.last + 1));
  return count_sorted(places, room.sorted(0, values.size(), bits), memory);
}

// Ranges of neighbouring places that many rows share, beside others where rows are few.
struct DenseParts {
  unsigned width = 0;                // bits of an item within its part
  std::vector<std::uint32_t> start;  // of each part's counters, one per item; 0 = not dense
  std::size_t counters = 0;          // in all; the first so many as a part has serve no part
  std::size_t rows = 0;              // dense ones, about

  std::size_t part(std::uint32_t item) const { return item >> width; }
  std::uint32_t places() const { return 1U << (width - 1); }  // of a part
  std::uint32_t first_place(std::size_t at) const {
    return static_cast<std::uint32_t>(at << (width - 1));
  }
};

DenseParts dense_parts(std::span<const std::uint32_t> items, std::uint32_t last_item) {
  constexpr unsigned most_parts = 12, least_width = 11;  // in bits: their counters stay near
  constexpr std::size_t sampled = 8;                     // one row of so many tells well enough
  constexpr std::size_t most_counters = 0x7FFF'FFFF;
  const auto bits = static_cast<unsigned>(std::bit_width(last_item));
  DenseParts parts{.width = std::max(bits, most_parts + least_width) - most_parts, .start = {}};
  std::vector<std::uint32_t> rows(parts.part(last_item) + 1);
  for (std::size_t i = 0; i < items.size(); i += sampled) ++rows[parts.part(items[i])];
  const std::size_t size = std::size_t{1} << parts.width;
  parts.counters = size;
  for (const std::uint32_t here : rows) {
    // Half as many rows as places are counted in less time than they are sorted in.
    const bool is_dense = 2 * here * sampled >= parts.places() && parts.counters < most_counters;
    parts.start.push_back(is_dense ? static_cast<std::uint32_t>(parts.counters) : 0);
    parts.counters += is_dense ? size : 0;
    parts.rows += is_dense ? here * sampled : 0;
  }
  return parts;
}

// Counts the dense items and moves the others to the front. Each item is counted and moved, and
// what is wrong of both is forgotten: no branch. Returns how many were moved.
std::size_t count_dense(const DenseParts& parts, std::span<std::uint32_t> items,
                        std::vector<std::uint32_t>& counters) {
  const std::uint32_t within = 2 * parts.places() - 1;
  std::size_t others = 0;
  for (const std::uint32_t item : items) {
    const std::uint32_t start = parts.start[parts.part(item)];
    ++counters[start + (item & within)];
    items[others] = item;
    others += start == 0 ? 1 : 0;
  }
  return others;
}

// Whole numbers far apart mostly lie close together in a few ranges, as amounts of money do, and
// counting them there takes half the time of sorting.
PlainCounts count_in_parts(const Places& places, std::span<const double> values,
                           std::span<const std::uint8_t> bad, CountRoom& memory) {
  SortRoom<std::uint32_t> room(values.size(), memory.sorting);
  set_items(places, values, bad, room.items());
  const std::uint32_t missing = places.last + 1;
  const auto bits = static_cast<unsigned>(std::bit_width(missing));
  const DenseParts parts = dense_parts(room.items(), missing << 1U | 1U);
  if (parts.rows < values.size() / 2)
    return count_sorted(places, room.sorted(0, values.size(), bits), memory);
  std::vector<std::uint32_t> counters(parts.counters);
  auto others = room.sorted(0, count_dense(parts, room.items(), counters), bits);
  Entries entries(memory, values.size());
  auto add_others = [&](std::uint32_t to) {
    const std::size_t size = before(others, to);
    entries.add_runs(others.first(size),
                     [&](std::uint32_t item) { return places.value(item >> 1U); });
    others = others.subspan(size);
  };
  std::size_t missing_bads = 0;
  for (std::size_t part = 0; part < parts.start.size(); ++part) {
    if (parts.start[part] == 0) continue;
    const std::uint32_t first = parts.first_place(part);
    const std::uint32_t size = std::min(missing - first, parts.places());
    const std::uint32_t* const here = &counters[parts.start[part]];
    add_others(first);
    for (std::uint32_t at = 0; at < size; ++at)
      entries.add(places.value(first + at), here[2 * at], here[2 * at + 1]);
    if (part == parts.part(missing << 1U)) missing_bads = here[2 * size + 1];
  }
  add_others(missing);
  missing_bads += bads_of(others);
  const std::size_t missing_rows = values.size() - static_cast<std::size_t>(entries.rows());
  return {.values = entries.take(), .missing = plain_tally(missing_bads, missing_rows)};
}

// Places of the negative numbers by their bits, of which the lowest number has the first.
struct NegativePlaces {
  std::uint64_t lowest = 0;  // its bits without the sign
  std::uint64_t last = 0;

  double value(std::uint64_t place) const { return -std::bit_cast<double>(lowest - place); }
};

// Numbers of both signs, each sign in places of its own, from its least size to its greatest.
struct SignedPlaces {
  BitPlaces others;  // 0 and the positive ones
  NegativePlaces negatives;
};

SignedPlaces signed_places_of(std::span<const double> values) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double least = infinity, most = 0, nearest = infinity, lowest = 0;  // of positive, negative ones
  for (const double value : values) {
    const double positive = value > 0 ? value : infinity, negative = value < 0 ? -value : infinity;
    least = std::min(least, positive);
    nearest = std::min(nearest, negative);
    most = value > most ? value : most;
    lowest = value < lowest ? value : lowest;
  }
  const auto bits = [](double value) { return std::bit_cast<std::uint64_t>(value); };
  SignedPlaces places;
  if (most > 0) places.others.below_least = bits(least) - 1;
  if (most > 0) places.others.last = bits(most) - places.others.below_least;
  if (lowest < 0) places.negatives.lowest = bits(-lowest);
  if (lowest < 0) places.negatives.last = places.negatives.lowest - bits(nearest);
  return places;
}

// The sign is told by where items lie: from the front those that are not negative, from the back
// the others.
struct SignedItems {
  SignedPlaces places;
  std::uint64_t* items;
  std::size_t end, negatives;  // of those in front; of those behind
  std::size_t missing_bads = 0;

  void add(double value, std::uint8_t bad) {
    const std::size_t is_negative = value < 0 ? 1 : 0, is_other = value >= 0 ? 1 : 0;
    const auto bits = std::bit_cast<std::uint64_t>(std::abs(value));
    const std::uint64_t other = bits == 0 ? 0 : bits - places.others.below_least;
    const std::uint64_t place = is_negative == 1 ? places.negatives.lowest - bits : other;
    negatives -= is_negative;
    items[is_negative == 1 ? negatives : end] = place << 1U | bad;
    end += is_other;
    missing_bads += bad & ~(is_negative | is_other);
  }
};

PlainCounts count_by_signed_bits(std::span<const double> values, std::span<const std::uint8_t> bad,
                                 CountRoom& memory) {
  SortRoom<std::uint64_t> room(values.size(), memory.sorting);
  SignedItems items{.places = signed_places_of(values),
                    .items = room.items().data(),
                    .end = 0,
                    .negatives = values.size()};
  for (std::size_t row = 0; row < values.size(); ++row) items.add(values[row], bad[row]);
  Entries entries(memory, values.size());
  auto add_runs = [&](std::size_t begin, std::size_t end, const auto& places) {
    const auto bits = static_cast<unsigned>(std::bit_width(places.last));
    entries.add_runs(room.sorted(begin, end, bits),
                     [&](std::uint64_t item) { return places.value(item >> 1U); });
  };
  add_runs(items.negatives, values.size(), items.places.negatives);
  add_runs(0, items.end, items.places.others);
  return {.values = entries.take(),
          .missing = plain_tally(items.missing_bads, items.negatives - items.end)};
}

}  // namespace

PlainCounts count_plain(std::span<const double> values, std::span<const std::uint8_t> bad,
                        CountRoom& memory) {
  // Above, clearing and reading the counters takes longer than sorting.
  constexpr std::size_t most_places = 1U << 13U, places_per_row = 2;
  if (const std::optional<Places> places = places_of(extent_of(values))) {
    const bool is_narrow = places->last <= std::min(most_places, places_per_row * values.size());
    return is_narrow ? count_in_places(*places, values, bad, memory)
                     : count_in_parts(*places, values, bad, memory);
  }
  if (const std::optional<BitPlaces> places = bit_places_of(positive_extent_of(values)))
    return count_by_bits(*places, values, bad, memory);
  return count_by_signed_bits(values, bad, memory);
}

}  // namespace credence
