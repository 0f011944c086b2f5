#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// What the log-loss of some rows changes by when their scores go one up or one down.
struct ScoreGain {
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
  // For the inmost loops over rows.
  class Adder {
   public:
    explicit Adder(JointSums& of)
        : joint_(of.joint_.data()), sums_(&of.sums_.data()->up), groups_(of.groups_.size()) {}

    [[gnu::always_inline]] void add(std::size_t row, const ScoreGain& gain) const {
      const std::uint32_t* joint = joint_ + row * groups_;
      const std::uint32_t* end = joint + groups_;
      for (; joint + 4 <= end; joint += 4) {
        add_to(joint[0], gain);
        add_to(joint[1], gain);
        add_to(joint[2], gain);
        add_to(joint[3], gain);
      }
      for (; joint != end; ++joint) add_to(*joint, gain);
    }

   private:
    [[gnu::always_inline]] void add_to(std::uint32_t place, const ScoreGain& gain) const {
      double* sum = sums_ + place;
      sum[0] += gain.up;
      sum[1] += gain.down;
    }

    const std::uint32_t* joint_;
    double* sums_;
    std::size_t groups_;
  };
  // Calls look(row, total) with the sum of a whole number of each of a row's cells, which are given
  // of all cells, term by term.
  template <class Look>
  void each_total(std::span<const int> values, Look look) const {
    const std::vector<int> joint_values = joint_values_of(values);
    const std::size_t groups = groups_.size();
    const std::uint32_t* joint = joint_.data();
    for (std::size_t row = 0; row < rows_; ++row) {
      int total = 0;
      for (std::size_t g = 0; g < groups; ++g) total += joint_values[*joint++ / 2];
      look(row, total);
    }
  }

  // Of all cells, term by term.
  std::span<const ScoreGain> cells();

 private:
  struct Group {
    std::vector<std::size_t> terms;  // the first one's cells are side by side
    std::size_t size = 1;
  };

  void make_groups();
  void list_rows(std::span<const Term> terms);
  void sum_group(std::size_t g);
  std::vector<int> joint_values_of(std::span<const int> values) const;

  std::size_t rows_ = 0;
  std::vector<std::size_t> counts_, first_cell_;  // cells of each term
  std::vector<Group> groups_;
  std::vector<std::size_t> starts_;   // of each group among the sums
  std::vector<std::uint32_t> joint_;  // row by row, the place of each group's joint cell
  std::vector<ScoreGain> sums_, cells_, spare_;
};

}  // namespace credence
