#include <credence/training/merge_rows.h>

#include <algorithm>
#include <bit>
#include <limits>

namespace credence {

namespace {

// Numbers keys 0, 1, 2, ... in the order in which they first come, in place; returns how many
// there are.
std::uint64_t number_keys(std::vector<std::uint64_t>& keys) {
  constexpr auto kFree = std::numeric_limits<std::uint64_t>::max();
  struct Slot {
    std::uint64_t key = kFree, number = 0;
  };
  const unsigned bits = static_cast<unsigned>(std::bit_width(2 * keys.size() + 1));
  std::vector<Slot> slots(std::size_t{1} << bits);
  std::uint64_t next = 0;
  for (std::uint64_t& key : keys) {
    // Fibonacci hashing (Knuth): the high bits of a product with 2^64 / phi.
    std::size_t at = (key * 0x9e3779b97f4a7c15U) >> (64 - bits);
    while (slots[at].key != key && slots[at].key != kFree) at = (at + 1) & (slots.size() - 1);
    if (slots[at].key == kFree) slots[at] = {key, next++};
    key = slots[at].number;
  }
  return next;
}

void keep_rows(std::vector<std::uint16_t>& cells, const std::vector<std::size_t>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) cells[i] = cells[rows[i]];
  cells.resize(rows.size());
}

}  // namespace

History merge_equal_rows(std::vector<Candidate>& candidates, const History& history) {
  std::vector<std::uint64_t> keys(history.bad.begin(), history.bad.end());
  std::uint64_t different = 2;
  for (const Candidate& candidate : candidates) {
    const std::uint64_t cells = candidate.woe.size();
    if (different > std::numeric_limits<std::uint64_t>::max() / cells)
      different = number_keys(keys);
    for (std::size_t row = 0; row < keys.size(); ++row)
      keys[row] = keys[row] * cells + candidate.rows[row];
    different *= cells;
  }
  const std::uint64_t groups = number_keys(keys);
  History merged;
  merged.total = history.total;
  merged.weights.assign(groups, 0.0);
  std::vector<std::size_t> first;  // ascending
  for (std::size_t row = 0; row < keys.size(); ++row) {
    if (keys[row] == first.size()) first.push_back(row);
    merged.weights[keys[row]] += history.weights[row];
  }
  for (std::size_t row : first) merged.bad.push_back(history.bad[row]);
  for (Candidate& candidate : candidates) keep_rows(candidate.rows, first);
  return merged;
}

}  // namespace credence
