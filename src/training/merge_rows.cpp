#include <credence/base/expects.h>
#include <credence/training/merge_rows.h>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <memory>
#include <span>

namespace credence {

namespace {

unsigned bits_for(std::size_t different) {
  return different == 0 ? 0 : static_cast<unsigned>(std::bit_width(different - 1));
}

// Numbers keys 0, 1, 2, ... in the order in which they first come.
class Numbering {
 public:
  explicit Numbering(std::size_t most)
      : shift_(64 - bits_for(most + most / 2 + 2)),
        slots_(1ULL << (64 - shift_)),
        keys_(std::make_unique_for_overwrite<std::uint64_t[]>(most + 1)) {
    expects(most < std::numeric_limits<std::uint32_t>::max(), "Numbering: fewer than 2^32 rows");
  }
  // Puts its number in the place of each key. Whether a key is new cannot be guessed, so that a new
  // one and one that is found take the same way, without a branch.
  void number(std::span<std::uint64_t> keys) {
    std::uint32_t* slots = slots_.data();
    std::uint64_t* known = keys_.get();
    std::uint32_t size = size_;
    // The table outgrows the nearer caches, and does not wait for each slot then.
    for (const std::uint64_t key : keys) __builtin_prefetch(&slots[hash(key)]);
    for (std::uint64_t& key : keys) {
      std::size_t at = hash(key);
      known[size] = key;
      std::uint32_t number = std::min(slots[at] - 1, size);  // of a free slot the next one
      while (known[number] != key) {
        at = (at + 1) & (slots_.size() - 1);
        number = std::min(slots[at] - 1, size);
      }
      slots[at] = number + 1;
      size += number == size ? 1 : 0;
      key = number;
    }
    size_ = size;
  }

 private:
  // Fibonacci hashing (Knuth): the high bits of a product with 2^64 / phi.
  std::size_t hash(std::uint64_t key) const { return (key * 0x9e3779b97f4a7c15U) >> shift_; }

  unsigned shift_;
  std::vector<std::uint32_t> slots_;  // a third and more are free (0), the others a number plus 1
  std::unique_ptr<std::uint64_t[]> keys_;  // by number, and room for one that is looked for
  std::uint32_t size_ = 0;
};

constexpr std::size_t block_rows = 1024;
using Keys = std::array<std::uint64_t, block_rows>;

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void append(const std::uint16_t* cells, std::size_t size, unsigned bits, std::uint64_t* keys) {
  for (std::size_t i = 0; i < size; ++i) keys[i] = keys[i] << bits | cells[i];
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
      for (const auto [of_row, bits] : stage.cells) append(of_row + from, size, bits, keys.data());
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

void keep_rows(std::vector<std::uint16_t>& cells, const std::vector<std::uint32_t>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) cells[i] = cells[rows[i]];
  cells.resize(rows.size());
}

}  // namespace

History merge_equal_rows(std::vector<Candidate>& candidates, const History& history) {
  RowKeys row_keys(candidates, history);
  History merged;
  merged.total = history.total;
  std::vector<std::uint32_t> first(history.rows() + 1);  // ascending
  merged.bad.resize(history.rows());
  merged.weights.resize(history.rows());
  std::size_t size = 0;
  Keys numbers;
  for (std::size_t from = 0; from < history.rows(); from += block_rows) {
    const std::size_t rows = std::min(block_rows, history.rows() - from);
    row_keys.number_block(from, rows, numbers);
    for (std::size_t i = 0; i < rows; ++i) {
      const std::size_t number = numbers[i];
      first[size] = static_cast<std::uint32_t>(from + i);
      size += number == size ? 1 : 0;
      merged.weights[number] += history.weights[from + i];
    }
  }
  first.resize(size);
  merged.weights.resize(size);
  for (std::size_t i = 0; i < size; ++i) merged.bad[i] = history.bad[first[i]];
  merged.bad.resize(size);
  for (Candidate& candidate : candidates) keep_rows(candidate.rows, first);
  return merged;
}

}  // namespace credence
