#include <credence/binning/prebin_extent.h>
#include <credence/binning/prebin_plain.h>

#include <algorithm>
#include <array>
#include <bit>
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

PlainCounts empty_counts(CountRoom& memory) {
  PlainCounts out{.values = std::move(memory.counts), .missing = {}};
  resize(out.values, 0);
  return out;
}

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
  PlainCounts out = empty_counts(memory);
  resize(out.values, std::min<std::size_t>(values.size(), places.last + 1) + 1);
  std::size_t entries = 0, bads = 0, rows = 0;
  for (std::size_t place = 0; place <= places.last; ++place) {
    const std::uint32_t events = sum(counters[2 * place + 1]);
    const std::uint32_t records = sum(counters[2 * place]) + events;
    bads += events, rows += records;
    out.values.low[entries] = places.value(place);
    out.values.events[entries] = static_cast<double>(bads);
    out.values.weight[entries] = static_cast<double>(rows);
    entries += records > 0 ? 1 : 0;
  }
  resize(out.values, entries);
  out.missing = plain_tally(sum(counters.back()), values.size() - rows);
  return out;
}

// Entries of sorted items, whose lowest bit is the outcome and the rest the value.
template <class Item, class ValueOf>
void append_runs(OrderedCounts& out, std::span<const Item> items, const ValueOf& value_of) {
  if (items.empty()) return;
  std::size_t entry = out.size();
  // Signed, because a processor turns such numbers into doubles at once; and doubles count to 2^53.
  auto bads = entry == 0 ? 0 : static_cast<std::int64_t>(out.events.back());
  double rows = entry == 0 ? 0 : out.weight.back();
  resize(out, entry + items.size());
  double *low = out.low.data(), *events = out.events.data(), *weight = out.weight.data();
  // Each row writes its entry, over what those before of its value wrote: no branch that the
  // processor would have to guess.
  Item before = items.front();
  for (const Item item : items) {
    entry += (item ^ before) > 1 ? 1 : 0;
    before = item;
    bads += item & 1;
    low[entry] = value_of(item);
    events[entry] = static_cast<double>(bads);
    weight[entry] = rows += 1;
  }
  resize(out, entry + 1);
}

template <class Item, class AnyPlaces>
PlainCounts count_by_sorting(const AnyPlaces& places, std::span<const double> values,
                             std::span<const std::uint8_t> bad, CountRoom& memory) {
  SortRoom<Item> room(values.size(), memory.sorting);
  set_items(places, values, bad, room.items());
  const Item missing = static_cast<Item>(places.last) + 1;
  const auto items = room.sorted(0, values.size(), static_cast<unsigned>(std::bit_width(missing)));
  const auto first_missing = static_cast<std::size_t>(
      std::ranges::lower_bound(items, static_cast<Item>(missing << 1U)) - items.begin());
  PlainCounts out = empty_counts(memory);
  append_runs(out.values, items.first(first_missing),
              [&](Item item) { return places.value(item >> 1U); });
  std::size_t bads = 0;
  const auto rest = items.subspan(first_missing);
  for (const Item item : rest) bads += item & 1U;
  out.missing = plain_tally(bads, rest.size());
  return out;
}

// Items of numbers by their bits. Their sign is told by where they lie, so that the outcome has
// room for a bit: from the front those that are not negative, from the back the others.
struct SignedItems {
  std::uint64_t* items;
  std::size_t end, negatives;  // of those in front; of those behind
  std::size_t missing_bads = 0;

  void add(double value, std::uint8_t bad) {
    const std::size_t is_negative = value < 0 ? 1 : 0, is_other = value >= 0 ? 1 : 0;
    negatives -= is_negative;
    items[is_negative == 1 ? negatives : end] = ordered_key(value) << 1U | bad;
    end += is_other;
    missing_bads += bad & ~(is_negative | is_other);
  }
};

PlainCounts count_by_signed_bits(std::span<const double> values, std::span<const std::uint8_t> bad,
                                 CountRoom& memory) {
  SortRoom<std::uint64_t> room(values.size(), memory.sorting);
  SignedItems items{.items = room.items().data(), .end = 0, .negatives = values.size()};
  for (std::size_t row = 0; row < values.size(); ++row) items.add(values[row], bad[row]);
  PlainCounts out = empty_counts(memory);
  append_runs(out.values, room.sorted(items.negatives, values.size(), 63),
              [](std::uint64_t item) { return value_of_key(item >> 1U); });
  append_runs(out.values, room.sorted(0, items.end, 63),
              [](std::uint64_t item) { return value_of_key(item >> 1U | 1ULL << 63U); });
  out.missing = plain_tally(items.missing_bads, items.negatives - items.end);
  return out;
}

}  // namespace

PlainCounts count_plain(std::span<const double> values, std::span<const std::uint8_t> bad,
                        CountRoom& memory) {
  // Above, clearing and reading the counters takes longer than sorting.
  constexpr std::size_t most_places = 1U << 13U, places_per_row = 2;
  if (const std::optional<Places> places = places_of(extent_of(values))) {
    const bool is_narrow = places->last <= std::min(most_places, places_per_row * values.size());
    return is_narrow ? count_in_places(*places, values, bad, memory)
                     : count_by_sorting<std::uint32_t>(*places, values, bad, memory);
  }
  if (const std::optional<BitPlaces> places = bit_places_of(positive_extent_of(values)))
    return count_by_sorting<std::uint64_t>(*places, values, bad, memory);
  return count_by_signed_bits(values, bad, memory);
}

}  // namespace credence
