#include <credence/base/expects.h>
#include <credence/binning/prebin_counts.h>
#include <credence/binning/prebin_plain.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace credence {

namespace {

constexpr std::size_t block_rows = 1024;

Error infinite(const Column& column, std::size_t row) {
  return refusal("binning.infinite", column.name(), fmt::format("row {} is infinite", row + 1),
                 "make it missing, or a finite number that is a special code");
}

// The first infinite number that is no special code.
std::optional<std::size_t> find_infinite(std::span<const double> values, const Cells& codes) {
  for (std::size_t row = 0; row < values.size(); ++row)
    if (std::isinf(values[row]) && codes.of(values[row]) == 0) return row;
  return std::nullopt;
}

Counted named(const Column& column, const std::vector<SpecialCode>& specials) {
  Counted counted;
  counted.counts.name = column.name();
  counted.counts.kind = column.kind();
  counted.counts.specials.resize(specials.size());
  return counted;
}

Tally& tally_of(VariableCounts& counts, std::uint64_t cell) {
  return cell < counts.specials.size() ? counts.specials[cell] : counts.missing;
}

// The cell of each text of the dictionary without any groups, missing before the first.
std::vector<int> cells_of_codes(const Column& column, const Cells& codes) {
  std::vector<int> cell_of{codes.missing()};
  for (const std::string& text : column.dictionary()) cell_of.push_back(codes.of(text));
  return cell_of;
}

// Counts without weights.

// Takes entries out of the running sums. REQUIRES: `entries` ascend; whole counts, so that no digit
// is lost.
void take_out(OrderedCounts& counts, std::span<const std::size_t> entries) {
  if (entries.empty()) return;
  double events = 0, records = 0;  // taken out so far
  auto next = entries.begin();
  std::size_t to = entries.front();
  for (std::size_t from = to; from < counts.size(); ++from) {
    if (next != entries.end() && *next == from) {
      events = counts.events[from] - (to == 0 ? 0 : counts.events[to - 1]);
      records = counts.weight[from] - (to == 0 ? 0 : counts.weight[to - 1]);
      ++next;
      continue;
    }
    counts.low[to] = counts.low[from];
    counts.events[to] = counts.events[from] - events;
    counts.weight[to] = counts.weight[from] - records;
    ++to;
  }
  counts.low.resize(to);
  counts.events.resize(to);
  counts.weight.resize(to);
}

// Special codes are counted like any other number, and go where they belong afterwards.
void move_specials(VariableCounts& counts, const Cells& codes) {
  std::vector<std::size_t> entries;
  for (const SpecialCode& special : codes.specials())
    for (const double number : special.numbers) {
      const auto found = std::ranges::lower_bound(counts.clean.low, number);
      if (found == counts.clean.low.end() || *found != number) continue;
      entries.push_back(static_cast<std::size_t>(found - counts.clean.low.begin()));
    }
  std::ranges::sort(entries);
  entries.erase(std::ranges::unique(entries).begin(), entries.end());
  for (const std::size_t entry : entries)
    tally_of(counts, static_cast<std::uint64_t>(codes.of(counts.clean.low[entry]) - 1)) +=
        counts.clean.tally(entry, entry);
  take_out(counts.clean, entries);
}

Result<Counted> count_plain_numbers(const Column& column, const Outcome& outcome,
                                    const std::vector<SpecialCode>& specials, CountRoom& room) {
  std::vector<double> copy;
  if (!column.in_place()) {
    copy.resize(column.size());
    column.read(0, copy);
  }
  const std::span<const double> values = column.in_place().value_or(copy);
  const Cells codes = Cells::of_numbers({}, specials);
  PlainCounts plain = count_plain(values, outcome.bad, room);
  Counted counted = named(column, specials);
  counted.counts.clean = std::move(plain.values);
  counted.counts.missing = plain.missing;
  move_specials(counted.counts, codes);
  const OrderedCounts::Numbers& low = counted.counts.clean.low;
  if (!low.empty() && (std::isinf(low.front()) || std::isinf(low.back())))
    return infinite(column, find_infinite(values, codes).value());
  return counted;
}

Counted count_plain_texts(const Column& column, const Outcome& outcome,
                          const std::vector<SpecialCode>& specials) {
  const Cells codes = Cells::of_texts({}, specials);
  const std::vector<int> cell_of = cells_of_codes(column, codes);
  std::vector<std::array<std::uint32_t, 2>> rows(cell_of.size());
  for (std::size_t row = 0; row < column.size(); ++row)
    ++rows[static_cast<std::size_t>(column.codes()[row] + 1)][outcome.bad[row]];
  Counted counted = named(column, specials);
  for (std::size_t code = 0; code < rows.size(); ++code) {
    const auto [good, bad] = rows[code];
    const double all = static_cast<double>(good) + bad;
    const Tally tally{.events = static_cast<double>(bad),
                      .nonevents = static_cast<double>(good),
                      .records = all,
                      .squares = all};
    if (cell_of[code] != codes.unknown())
      tally_of(counted.counts, static_cast<std::uint64_t>(cell_of[code])) += tally;
    else if (all > 0)
      counted.texts.push_back({.text = column.dictionary()[code - 1], .tally = tally});
  }
  return counted;
}

// Counts with weights. The rows of one variable, parted by outcome: good ones, bad ones.
using Parted = std::array<std::vector<WeightedKey>, 2>;

struct WeightedRows {
  Parted clean;   // keys are values or codes
  Parted others;  // keys are cells: special codes, then missing
};

void add_row(Parted& parted, std::uint64_t key, const Outcome& outcome, std::size_t row) {
  parted[outcome.bad[row]].push_back({.key = key, .weight = outcome.weights[row]});
}

Result<WeightedRows> part_numbers(const Column& column, const Outcome& outcome,
                                  const Cells& codes) {
  WeightedRows rows;
  std::vector<std::uint16_t> cells(column.size());
  codes.assign(column, cells);
  std::array<double, block_rows> block;
  for (std::size_t from = 0; from < column.size(); from += block_rows) {
    const std::size_t size = std::min(block_rows, column.size() - from);
    column.read(from, std::span{block}.first(size));
    for (std::size_t i = 0; i < size; ++i) {
      const int cell = cells[from + i];
      if (cell == 0 && std::isinf(block[i])) return infinite(column, from + i);
      if (cell == 0)
        add_row(rows.clean, ordered_key(block[i]), outcome, from + i);
      else
        add_row(rows.others, static_cast<std::uint64_t>(cell - 1), outcome, from + i);
    }
  }
  return rows;
}

WeightedRows part_texts(const Column& column, const Outcome& outcome, const Cells& codes) {
  WeightedRows rows;
  const std::vector<int> cell_of = cells_of_codes(column, codes);
  for (std::size_t row = 0; row < column.size(); ++row) {
    const std::int32_t code = column.codes()[row];
    const int cell = cell_of[static_cast<std::size_t>(code + 1)];
    if (cell == codes.unknown())
      add_row(rows.clean, static_cast<std::uint64_t>(code), outcome, row);
    else
      add_row(rows.others, static_cast<std::uint64_t>(cell), outcome, row);
  }
  return rows;
}

// Calls use(key, tally) for each key in ascending order.
template <class Use>
void for_each_key(Parted& parted, const Use& use) {
  std::vector<WeightedKey> spare;
  for (auto& items : parted) sort_items(items, spare);
  std::array<std::size_t, 2> at{};
  while (at[0] < parted[0].size() || at[1] < parted[1].size()) {
    std::uint64_t key = std::numeric_limits<std::uint64_t>::max();
    for (std::size_t bad = 0; bad < 2; ++bad) {
      if (at[bad] < parted[bad].size()) key = std::min(key, parted[bad][at[bad]].key);
    }
    Tally tally;
    for (std::size_t bad = 0; bad < 2; ++bad) {
      double& sum = bad == 1 ? tally.events : tally.nonevents;
      for (; at[bad] < parted[bad].size() && parted[bad][at[bad]].key == key; ++at[bad]) {
        const double weight = parted[bad][at[bad]].weight;
        sum += weight;
        tally.squares += weight * weight;
        tally.records += 1;
      }
    }
    use(key, tally);
  }
}

Result<Counted> count_weighted(const Column& column, const Outcome& outcome,
                               const std::vector<SpecialCode>& specials) {
  Counted counted = named(column, specials);
  auto set_others = [&](Parted& others) {
    for_each_key(others, [&](std::uint64_t cell, const Tally& tally) {
      tally_of(counted.counts, cell) = tally;
    });
  };
  if (column.kind() == Column::Kind::text) {
    WeightedRows rows = part_texts(column, outcome, Cells::of_texts({}, specials));
    set_others(rows.others);
    for_each_key(rows.clean, [&](std::uint64_t code, const Tally& tally) {
      counted.texts.push_back({.text = column.dictionary()[code], .tally = tally});
    });
    return counted;
  }
  auto rows = part_numbers(column, outcome, Cells::of_numbers({}, specials));
  if (!rows) return rows.error();
  set_others(rows->others);
  for_each_key(rows->clean, [&](std::uint64_t key, const Tally& tally) {
    counted.counts.clean.append(value_of_key(key), value_of_key(key), tally, true);
  });
  return counted;
}

}  // namespace

Tally OrderedCounts::tally(std::size_t first, std::size_t last) const {
  auto sum = [&](const Numbers& running) {
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
  auto add = [](Numbers& running, double value) {
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
                           const std::vector<SpecialCode>& specials, CountRoom& room) {
  expects(outcome.bad.size() == column.size(), "count_rows: an outcome for each row");
  if (!outcome.weights.empty()) return count_weighted(column, outcome, specials);
  if (column.kind() == Column::Kind::text) return count_plain_texts(column, outcome, specials);
  return count_plain_numbers(column, outcome, specials, room);
}

Result<VariableCounts> count(const Column& column, const Outcome& outcome,
                             const VariableRules& rules, CountRoom& room) {
  if (auto sound = check_rules(rules, column.name(), column.kind()); !sound) return sound.error();
  if (auto sound = check_rows(outcome, column); !sound) return sound.error();
  auto counted = count_rows(column, outcome, rules.specials, room);
  if (!counted) return counted.error();
  VariableCounts& counts = counted->counts;
  if (column.kind() == Column::Kind::text) set_texts(counts, std::move(counted->texts), rules);
  if (auto sound = check_counts(counts); !sound) return sound.error();
  return std::move(counts);
}

Result<VariableCounts> count(const Column& column, const Outcome& outcome,
                             const VariableRules& rules) {
  CountRoom room;
  return count(column, outcome, rules, room);
}

}  // namespace credence
