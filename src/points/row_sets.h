#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// A set of rows, one bit each. Made in one pass over the cells of a variable, 16 rows at a time, it
// spares the lists of the rows of every cell; what two sets share is found 64 rows at a time.
class RowSet {
 public:
  RowSet() = default;
  // The rows whose cell lies from `first` to `last`.
  RowSet(std::span<const std::uint16_t> cells, std::size_t first, std::size_t last);

  // In the order of the rows.
  template <class Look>
  void each(Look look) const {
    for (std::size_t word = 0; word < words_.size(); ++word) each_of(words_[word], word, look);
  }
  // REQUIRES: both are sets of the same rows.
  template <class Look>
  void each_shared(const RowSet& other, Look look) const {
    for (std::size_t word = 0; word < words_.size(); ++word)
      each_of(words_[word] & other.words_[word], word, look);
  }

 private:
  template <class Look>
  static void each_of(std::uint64_t bits, std::size_t word, Look look) {
    for (; bits != 0; bits &= bits - 1)
      look(64 * word + static_cast<std::size_t>(std::countr_zero(bits)));
  }

  std::vector<std::uint64_t> words_;
};

}  // namespace credence
