#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// What the log-loss of some rows changes by when their scores go one up or one down.
struct Gain {
  double up = 0, down = 0;
};

// Sums over the rows of each cell of each term. A row is in one cell of every term; terms of few
// cells are taken together, in groups, and a row adds to one joint cell of each group: half to a
// third of the additions. The sums of the cells themselves are added up when they are asked for.
class JointSums {
 public:
  struct Term {
    std::span<const std::uint16_t> rows;  // the cell of each row
    std::size_t cells = 0;
  };
  // REQUIRES: all terms have as many rows, and each cell of a row is one of its term's.
  explicit JointSums(std::span<const Term> terms);

  void clear();
  void add(std::size_t row, const Gain& gain) {
    const std::uint16_t* joint = joint_.data() + row * starts_.size();
    for (std::size_t g = 0; g < starts_.size(); ++g) {
      Gain& sum = sums_[starts_[g] + joint[g]];
      sum.up += gain.up;
      sum.down += gain.down;
    }
  }
  // Of all cells, term by term.
  std::span<const Gain> cells();

 private:
  struct Group {
    std::vector<std::size_t> terms;  // the first one's cells are side by side
    std::size_t size = 1;
  };

  void make_groups(std::size_t rows);
  void list_rows(std::span<const Term> terms, std::size_t rows);
  void sum_group(std::size_t g);

  std::vector<std::size_t> counts_, first_cell_;  // cells of each term
  std::vector<Group> groups_;
  std::vector<std::size_t> starts_;   // of each group among the sums
  std::vector<std::uint16_t> joint_;  // row by row, the joint cell of each group
  std::vector<Gain> sums_, cells_, spare_;
};

}  // namespace credence
