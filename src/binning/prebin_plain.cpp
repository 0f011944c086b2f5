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

// Calls use(row, place) for each row.
template <class Use>
void for_each_place(const Places& places, std::span<const double> values, const Use& use) {
  std::array<std::uint64_t, block_rows> block;
  for (std::size_t from = 0; from < values.size(); from += block_rows) {
    const std::size_t size = std::min(block_rows, values.size() - from);
    set_places(places, values.subspan(from, size), std::span{block}.first(size));
    for (std::size_t i = 0; i < size; ++i) use(from + i, block[i]);
  }
}

// The counters of one place stand together: per outcome, one for each of `turns` rows that follow
// each other. A counter that the row before has just changed is not ready at once, and where most
// rows have one value, four counters in turn halve the time.
constexpr std::size_t turns = 4;
using Counters = std::array<std::array<std::uint32_t, turns>, 2>;

std::uint32_t sum(const std::array<std::uint32_t, turns>& counters) {
  return (counters[0] + counters[1]) + (counters[2] + counters[3]);
}

PlainCounts count_in_places(const Places& places, std::span<const double> values,
                            std::span<const std::uint8_t> bad, CountRoom& memory) {
  std::vector<Counters> counters(std::size_t{places.last} + 2);
  for_each_place(places, values, [&](std::size_t row, std::uint64_t place) {
    ++counters[place][bad[row]][row % turns];
  });
  PlainCounts out = empty_counts(memory);
  resize(out.values, std::min(values.size(), counters.size() - 1) + 1);
  std::size_t entries = 0, bads = 0, rows = 0;
  for (std::size_t place = 0; place + 1 < counters.size(); ++place) {
    const std::uint32_t events = sum(counters[place][1]);
    const std::uint32_t records = sum(counters[place][0]) + events;
    bads += events, rows += records;
    out.values.low[entries] = places.value(place);
    out.values.events[entries] = static_cast<double>(bads);
    out.values.weight[entries] = static_cast<double>(rows);
    entries += records > 0 ? 1 : 0;
  }
  resize(out.values, entries);
  out.missing = plain_tally(sum(counters.back()[1]), values.size() - rows);
  return out;
}

// Entries of sorted items, whose lowest bit is the outcome and the rest the value.
template <class Item, class ValueOf>
void append_runs(OrderedCounts& out, std::span<const Item> items, const ValueOf& value_of) {
  if (items.empty()) return;
  std::size_t entry = out.size(), runs = 1;
  for (std::size_t i = 1; i < items.size(); ++i) runs += (items[i] ^ items[i - 1]) > 1 ? 1 : 0;
  std::size_t bads = entry == 0 ? 0 : static_cast<std::size_t>(out.events.back());
  const std::size_t before = entry == 0 ? 0 : static_cast<std::size_t>(out.weight.back());
  resize(out, entry + runs);
  double *low = out.low.data(), *events = out.events.data(), *weight = out.weight.data();
  // Each row writes its entry, and only the last one of a value goes on to the next: no branch that
  // the processor would have to guess.
  for (std::size_t i = 0; i + 1 < items.size(); ++i) {
    bads += items[i] & 1;
    low[entry] = value_of(items[i]);
    events[entry] = static_cast<double>(bads);
    weight[entry] = static_cast<double>(before + i + 1);
    entry += (items[i] ^ items[i + 1]) > 1 ? 1 : 0;
  }
  low[entry] = value_of(items.back());
  events[entry] = static_cast<double>(bads + (items.back() & 1));
  weight[entry] = static_cast<double>(before + items.size());
}

PlainCounts count_by_distance(const Places& places, std::span<const double> values,
                              std::span<const std::uint8_t> bad, CountRoom& memory) {
  SortRoom<std::uint32_t> room(values.size(), memory.sorting);
  for_each_place(places, values, [items = room.items(), bad](std::size_t row, std::uint64_t place) {
    items[row] = static_cast<std::uint32_t>(place << 1U | bad[row]);
  });
  const std::uint32_t missing = (places.last + 1) << 1U;
  const auto items =
      room.sorted(0, values.size(), static_cast<unsigned>(std::bit_width(missing >> 1U)));
  const auto first_missing = std::ranges::lower_bound(items, missing) - items.begin();
  PlainCounts out = empty_counts(memory);
  append_runs(out.values, items.first(static_cast<std::size_t>(first_missing)),
              [&](std::uint32_t item) { return places.value(item >> 1U); });
  std::size_t bads = 0;
  const auto rest = items.subspan(static_cast<std::size_t>(first_missing));
  for (const std::uint32_t item : rest) bads += item & 1U;
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

PlainCounts count_by_bits(std::span<const double> values, std::span<const std::uint8_t> bad,
                          CountRoom& memory) {
  SortRoom<std::uint64_t> room(values.size(), memory.sorting);
  SignedItems items{.items = room.items().data(), .end = 0, .negatives = values.size()};
  for (std::size_t from = 0; from < values.size(); from += block_rows) {
    const std::size_t size = std::min(block_rows, values.size() - from);
    if (set_items(values.subspan(from, size), bad.subspan(from, size),
                  room.items().subspan(items.end, size))) {
      items.end += size;
      continue;
    }
    for (std::size_t row = from; row < from + size; ++row) items.add(values[row], bad[row]);
  }
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
  const std::optional<Places> places = places_of(extent_of(values));
  if (!places) return count_by_bits(values, bad, memory);
  const bool is_narrow = places->last <= std::min(most_places, places_per_row * values.size());
  return is_narrow ? count_in_places(*places, values, bad, memory)
                   : count_by_distance(*places, values, bad, memory);
}

}  // namespace credence
