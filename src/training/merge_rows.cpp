#include <credence/base/expects.h>
#include <credence/training/merge_rows.h>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <span>

namespace credence {

namespace {

unsigned bits_for(std::size_t different) {
  return different == 0 ? 0 : static_cast<unsigned>(std::bit_width(different - 1));
}

// Numbers keys 0, 1, 2, ... in the order in which they first come.
class Numbering {
 public:
  explicit Numbering(std::size_t most) : bits_(bits_for(2 * most + 2)), slots_(1ULL << bits_) {
    expects(most < std::numeric_limits<std::uint32_t>::max(), "Numbering: fewer than 2^32 rows");
    keys_.reserve(most);
  }
  // Puts its number in the place of each key.
  void number(std::span<std::uint64_t> keys) {
    for (std::uint64_t& key : keys) key = number(key);
  }

 private:
  std::uint64_t number(std::uint64_t key) {
    std::size_t at = hash(key);
    while (slots_[at] != 0 && keys_[slots_[at] - 1] != key) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at] == 0) {
      keys_.push_back(key);
      slots_[at] = static_cast<std::uint32_t>(keys_.size());
    }
    return slots_[at] - 1;
  }
  // Fibonacci hashing (Knuth): the high bits of a product with 2^64 / phi.
  std::size_t hash(std::uint64_t key) const { return (key * 0x9e3779b97f4a7c15U) >> (64 - bits_); }

  unsigned bits_;
  std::vector<std::uint32_t> slots_;  // at least half are free (0), the others a number plus 1
  std::vector<std::uint64_t> keys_;   // by number
};

constexpr std::size_t block_rows = 1024;
using Keys = std::array<std::uint64_t, block_rows>;

void append(std::span<const std::uint16_t> cells, unsigned bits, Keys& keys) {
  for (std::size_t i = 0; i < cells.size(); ++i) keys[i] = keys[i] << bits | cells[i];
}

// Gives rows keys that differ where the outcome or any cell does, a block of rows at a time, which
// stays in a first-level cache. Where the cells of all candidates together outgrow 64 bits, keys
// are numbered, and go on from their numbers.
class RowKeys {
 public:
  RowKeys(const std::vector<Candidate>& candidates, const History& history) : history_(history) {
    unsigned used = 1;  // the outcome
    stages_.emplace_back(history.rows());
    for (const Candidate& candidate : candidates) {
      const unsigned bits = bits_for(candidate.woe.size());
      if (used + bits > 64) {
        stages_.emplace_back(history.rows());
        used = bits_for(history.rows());
      }
      stages_.back().cells.push_back({.of_row = candidate.rows.data(), .bits = bits});
      used += bits;
    }
  }

  // Numbers of the rows, 0, 1, 2, ... in the order in which keys first come. To be called for all
  // rows in order.
  void number_block(std::size_t from, std::size_t size, Keys& keys) {
    for (std::size_t i = 0; i < size; ++i) keys[i] = history_.bad[from + i];
    for (Stage& stage : stages_) {
      for (const auto [of_row, bits] : stage.cells) append({of_row + from, size}, bits, keys);
      stage.numbering.number(std::span{keys}.first(size));
    }
  }

 private:
  struct PackedCells {
    const std::uint16_t* of_row;
    unsigned bits;
  };
  struct Stage {
    explicit Stage(std::size_t rows) : numbering(rows) {}
    std::vector<PackedCells> cells;
    Numbering numbering;
  };

  const History& history_;
  std::vector<Stage> stages_;
};

void keep_rows(std::vector<std::uint16_t>& cells, const std::vector<std::size_t>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) cells[i] = cells[rows[i]];
  cells.resize(rows.size());
}

}  // namespace

History merge_equal_rows(std::vector<Candidate>& candidates, const History& history) {
  RowKeys row_keys(candidates, history);
  History merged;
  merged.total = history.total;
  std::vector<std::size_t> first;  // ascending
  first.reserve(history.rows());
  merged.bad.reserve(history.rows());
  merged.weights.reserve(history.rows());
  Keys numbers;
  for (std::size_t from = 0; from < history.rows(); from += block_rows) {
    const std::size_t size = std::min(block_rows, history.rows() - from);
    row_keys.number_block(from, size, numbers);
    for (std::size_t i = 0; i < size; ++i) {
      if (numbers[i] == first.size()) {
        first.push_back(from + i);
        merged.bad.push_back(history.bad[from + i]);
        merged.weights.push_back(0);
      }
      merged.weights[numbers[i]] += history.weights[from + i];
    }
  }
  for (Candidate& candidate : candidates) keep_rows(candidate.rows, first);
  return merged;
}

}  // namespace credence
