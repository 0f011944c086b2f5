#include <credence/base/expects.h>
#include <credence/binning/prebin_counts.h>
#include <credence/binning/prebin_sort.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace credence {

namespace {

constexpr std::size_t block_rows = 1024;

double weight_of(std::uint64_t) {
  return 1;
}
double weight_of(const WeightedKey& item) {
  return item.weight;
}

template <class Item>
Item item_of(std::uint64_t key, const Outcome& outcome, std::size_t row) {
  if constexpr (std::is_same_v<Item, WeightedKey>) {
    return {.key = key, .weight = outcome.weights[row]};
  } else {
    return key;
  }
}

// The rows of one variable, parted by outcome: good ones, bad ones.
template <class Item>
using Parted = std::array<std::vector<Item>, 2>;

template <class Item>
struct Rows {
  Parted<Item> clean;   // keys are values or codes
  Parted<Item> others;  // keys are cells: special codes, then missing
  std::optional<std::size_t> infinite;
};

template <class Item>
class Sorter {
 public:
  Sorter(std::size_t size, const Outcome& outcome, Rows<Item>& rows)
      : outcome_(outcome), rows_(rows) {
    const auto bads = static_cast<std::size_t>(std::ranges::count(outcome.bad, 1));
    rows.clean[0].resize(size - bads);
    rows.clean[1].resize(bads);
    for (std::size_t bad = 0; bad < 2; ++bad) ends_[bad] = rows.clean[bad].data();
  }
  void clean(std::uint64_t key, std::size_t row) {
    *ends_[outcome_.bad[row]]++ = item_of<Item>(key, outcome_, row);
  }
  void other(int cell, std::size_t row) {
    rows_.others[outcome_.bad[row]].push_back(
        item_of<Item>(static_cast<std::uint64_t>(cell), outcome_, row));
  }
  void finish() {
    for (std::size_t bad = 0; bad < 2; ++bad)
      rows_.clean[bad].resize(static_cast<std::size_t>(ends_[bad] - rows_.clean[bad].data()));
  }

 private:
  const Outcome& outcome_;
  Rows<Item>& rows_;
  std::array<Item*, 2> ends_{};
};

template <class Item>
Rows<Item> part_numbers(const Column& column, const Outcome& outcome, const Cells& codes) {
  Rows<Item> rows;
  Sorter<Item> sorter{column.size(), outcome, rows};
  std::vector<std::uint16_t> cells(column.size());
  codes.assign(column, cells);
  const auto whole = column.in_place();
  std::array<double, block_rows> block;
  for (std::size_t from = 0; from < column.size(); from += block_rows) {
    const std::size_t size = std::min(block_rows, column.size() - from);
    if (!whole) column.read(from, std::span{block}.first(size));
    const double* values = whole ? whole->data() + from : block.data();
    for (std::size_t i = 0; i < size; ++i) {
      if (const int cell = cells[from + i]; cell != 0) {
        sorter.other(cell - 1, from + i);
        continue;
      }
      if (std::isinf(values[i]) && !rows.infinite) rows.infinite = from + i;
      sorter.clean(ordered_key(values[i]), from + i);
    }
  }
  sorter.finish();
  return rows;
}

template <class Item>
Rows<Item> part_texts(const Column& column, const Outcome& outcome, const Cells& codes) {
  Rows<Item> rows;
  Sorter<Item> sorter{column.size(), outcome, rows};
  std::vector<int> cell_of{codes.missing()};
  for (const std::string& text : column.dictionary()) cell_of.push_back(codes.of(text));
  for (std::size_t row = 0; row < column.size(); ++row) {
    const std::int32_t code = column.codes()[row];
    const int cell = cell_of[static_cast<std::size_t>(code + 1)];
    if (cell == codes.unknown()) {
      sorter.clean(static_cast<std::uint64_t>(code), row);
    } else {
      sorter.other(cell, row);
    }
  }
  sorter.finish();
  return rows;
}

template <class Item>
void sort_parted(Parted<Item>& parted) {
  std::vector<Item> spare;
  for (std::vector<Item>& items : parted) sort_items(items, spare);
}

// Calls use(key, tally) for each key in ascending order. REQUIRES: both parts are sorted.
template <class Item, class Use>
void for_each_key(const Parted<Item>& parted, const Use& use) {
  std::array<std::size_t, 2> at{};
  while (at[0] < parted[0].size() || at[1] < parted[1].size()) {
    std::uint64_t key = std::numeric_limits<std::uint64_t>::max();
    for (std::size_t bad = 0; bad < 2; ++bad) {
      if (at[bad] < parted[bad].size()) key = std::min(key, key_of(parted[bad][at[bad]]));
    }
    Tally tally;
    for (std::size_t bad = 0; bad < 2; ++bad) {
      double& sum = bad == 1 ? tally.events : tally.nonevents;
      for (; at[bad] < parted[bad].size() && key_of(parted[bad][at[bad]]) == key; ++at[bad]) {
        const double weight = weight_of(parted[bad][at[bad]]);
        sum += weight;
        tally.squares += weight * weight;
        tally.records += 1;
      }
    }
    use(key, tally);
  }
}

// The same for weights of 1, where a running count of events and of records says everything.
void append_counts(OrderedCounts& out, Parted<std::uint64_t>& parted) {
  const std::size_t most = parted[0].size() + parted[1].size();
  for (auto& part : parted) part.push_back(std::numeric_limits<std::uint64_t>::max());  // a stop
  const std::uint64_t* good = parted[0].data();
  const std::uint64_t* bad = parted[1].data();
  out.low.resize(most);
  out.events.resize(most);
  out.weight.resize(most);
  std::size_t entries = 0, goods = 0, bads = 0;
  while (goods + bads < most) {
    const std::uint64_t key = std::min(good[goods], bad[bads]);
    while (good[goods] == key) ++goods;
    while (bad[bads] == key) ++bads;
    out.low[entries] = value_of_key(key);
    out.events[entries] = static_cast<double>(bads);
    out.weight[entries] = static_cast<double>(goods + bads);
    ++entries;
  }
  out.low.resize(entries);
  out.events.resize(entries);
  out.weight.resize(entries);
}

// Where whole numbers lie that are close together: each has a place of its own.
struct Places {
  std::int64_t least = 0;
  std::size_t count = 0;
};

std::optional<Places> places_of(const Parted<std::uint64_t>& parted) {
  constexpr double exact = 0x1p52;     // up to here a double and a whole number are the same
  constexpr std::size_t sparsity = 4;  // places per row at most
  const std::size_t rows = parted[0].size() + parted[1].size();
  if (rows == 0) return std::nullopt;
  std::uint64_t lowest = std::numeric_limits<std::uint64_t>::max(), highest = 0;
  for (const auto& part : parted)
    for (const std::uint64_t key : part)
      lowest = std::min(lowest, key), highest = std::max(highest, key);
  const double least = value_of_key(lowest), most = value_of_key(highest);
  const double most_places = static_cast<double>(sparsity * rows);
  if (least < -exact || most > exact || most - least >= most_places) return std::nullopt;
  if (least != std::floor(least)) return std::nullopt;
  return Places{static_cast<std::int64_t>(least), static_cast<std::size_t>(most - least) + 1};
}

// The same for whole numbers close together, which need not be sorted. False for other numbers.
bool append_whole_counts(OrderedCounts& out, const Parted<std::uint64_t>& parted) {
  const std::optional<Places> places = places_of(parted);
  if (!places) return false;
  std::vector<std::array<std::uint32_t, 2>> counts(places->count);
  for (std::size_t bad = 0; bad < 2; ++bad) {
    for (const std::uint64_t key : parted[bad]) {
      const double value = value_of_key(key);
      const auto whole = static_cast<std::int64_t>(value);
      if (static_cast<double>(whole) != value) return false;
      ++counts[static_cast<std::size_t>(whole - places->least)][bad];
    }
  }
  std::size_t goods = 0, bads = 0;
  for (std::size_t place = 0; place < counts.size(); ++place) {
    const auto [good, bad] = counts[place];
    if (good + bad == 0) continue;
    goods += good, bads += bad;
    out.low.push_back(static_cast<double>(places->least + static_cast<std::int64_t>(place)));
    out.events.push_back(static_cast<double>(bads));
    out.weight.push_back(static_cast<double>(goods + bads));
  }
  return true;
}

Tally& tally_of(VariableCounts& counts, std::uint64_t cell) {
  return cell < counts.specials.size() ? counts.specials[cell] : counts.missing;
}

void set_others(VariableCounts& counts, const Parted<std::uint64_t>& others) {
  for (std::size_t bad = 0; bad < 2; ++bad)
    for (const std::uint64_t cell : others[bad])
      tally_of(counts, cell) += {.events = bad == 1 ? 1.0 : 0.0,
                                 .nonevents = bad == 1 ? 0.0 : 1.0,
                                 .records = 1,
                                 .squares = 1};
}

void set_others(VariableCounts& counts, Parted<WeightedKey>& others) {
  sort_parted(others);
  for_each_key(others,
               [&](std::uint64_t cell, const Tally& tally) { tally_of(counts, cell) = tally; });
}

template <class Item>
void set_clean(Counted& counted, const Column& column, Parted<Item>& clean) {
  OrderedCounts& out = counted.counts.clean;
  if (column.kind() == Column::Kind::text) {
    sort_parted(clean);
    for_each_key(clean, [&](std::uint64_t code, const Tally& tally) {
      counted.texts.push_back({.text = column.dictionary()[code], .tally = tally});
    });
  } else if constexpr (std::is_same_v<Item, std::uint64_t>) {
    if (append_whole_counts(out, clean)) return;
    sort_parted(clean);
    append_counts(out, clean);
  } else {
    sort_parted(clean);
    for_each_key(clean, [&](std::uint64_t key, const Tally& tally) {
      out.append(value_of_key(key), value_of_key(key), tally, true);
    });
  }
}

template <class Item>
Result<Counted> count_items(const Column& column, const Outcome& outcome,
                            const std::vector<SpecialCode>& specials) {
  const bool is_text = column.kind() == Column::Kind::text;
  Rows<Item> rows = is_text ? part_texts<Item>(column, outcome, Cells::of_texts({}, specials))
                            : part_numbers<Item>(column, outcome, Cells::of_numbers({}, specials));
  if (rows.infinite) {
    return refusal("binning.infinite", column.name(),
                   fmt::format("row {} is infinite", *rows.infinite + 1),
                   "make it missing, or a finite number that is a special code");
  }
  Counted counted;
  counted.counts.name = column.name();
  counted.counts.kind = column.kind();
  counted.counts.specials.resize(specials.size());
  set_others(counted.counts, rows.others);
  set_clean(counted, column, rows.clean);
  return counted;
}

}  // namespace

Tally OrderedCounts::tally(std::size_t first, std::size_t last) const {
  auto sum = [&](const std::vector<double>& running) {
    return running[last] - (first == 0 ? 0 : running[first - 1]);
  };
  const double all = sum(weight), bad = sum(events);
  // With weights the difference of two sums would leave crumbs where there is no non-event at all.
  return {.events = bad,
          .nonevents = nonevents.empty() ? all - bad : sum(nonevents),
          .records = records.empty() ? all : sum(records),
          .squares = squares.empty() ? all : sum(squares)};
}

std::span<const double> OrderedCounts::sizes(SizeBasis basis) const {
  return basis == SizeBasis::weight || records.empty() ? weight : records;
}

void OrderedCounts::append(double lowest, double highest_value, const Tally& tally, bool weighted) {
  auto add = [](std::vector<double>& running, double value) {
    running.push_back((running.empty() ? 0 : running.back()) + value);
  };
  if (lowest != highest_value && high.empty()) high = low;
  if (lowest != highest_value || !high.empty()) high.push_back(highest_value);
  low.push_back(lowest);
  add(events, tally.events);
  add(weight, tally.weight());
  if (!weighted) return;
  add(nonevents, tally.nonevents);
  add(records, tally.records);
  add(squares, tally.squares);
}

Tally VariableCounts::total() const {
  Tally sum;
  if (clean.size() > 0) sum = clean.tally(0, clean.size() - 1);
  for (const Tally& special : specials) sum += special;
  sum += missing;
  sum += unknown;
  return sum;
}

double size_of(const Tally& tally, SizeBasis basis) {
  return basis == SizeBasis::records ? tally.records : tally.weight();
}

Error refusal(std::string code, const std::string& variable, const std::string& message,
              std::string help) {
  return {.code = std::move(code),
          .message = fmt::format("`{}`: {}", variable, message),
          .help = std::move(help)};
}

Result<Counted> count_rows(const Column& column, const Outcome& outcome,
                           const std::vector<SpecialCode>& specials) {
  expects(outcome.bad.size() == column.size(), "count_rows: an outcome for each row");
  if (outcome.weights.empty()) return count_items<std::uint64_t>(column, outcome, specials);
  return count_items<WeightedKey>(column, outcome, specials);
}

Result<VariableCounts> count(const Column& column, const Outcome& outcome,
                             const VariableRules& rules) {
  if (auto sound = check_rules(rules, column.name(), column.kind()); !sound) return sound.error();
  if (auto sound = check_rows(outcome, column); !sound) return sound.error();
  auto counted = count_rows(column, outcome, rules.specials);
  if (!counted) return counted.error();
  VariableCounts& counts = counted->counts;
  if (column.kind() == Column::Kind::text) set_texts(counts, std::move(counted->texts), rules);
  if (auto sound = check_counts(counts); !sound) return sound.error();
  return std::move(counts);
}

}  // namespace credence
