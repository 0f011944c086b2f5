#pragma once

#include <credence/optimum/bin_set.h>

#include <vector>

namespace credence {

// What no row of a strict shape surpasses. Let M be the highest rate of a row, and d = M - rate:
// the shape of all triples a < b < M and M < b < c says that d at least halves from bin to bin on
// the way up, and at least doubles on the way down. So with M known neighbours alone limit each
// other, by their rates alone, and sorting serves all pairs at once. Where M is only known to be in
// an interval, its lower end limits them; intervals are halved, best first, until one is of a
// single rate.
class StrictCeiling {
 public:
  // `sign` is -1 for convex.
  StrictCeiling(const BinSet& bins, double sign);

  double sign() const { return sign_; }
  // Once nothing reaches `least`, nothing more is looked at.
  double best(double least, Effort& effort);
  // The bins of which rows can be worth `floor`.
  BinSet above(double floor, Effort& effort);

 private:
  struct Interval {  // of highest rates
    double low = 0, high = 0;
    double bound = kNever;
    bool operator<(const Interval& other) const { return bound < other.bound; }
  };
  // By bin, the best rows from it to one end of all prebins.
  struct Side {
    std::vector<double> away;    // it is between the peak and that end
    std::vector<double> peak;    // it is the peak
    std::vector<double> across;  // the peak is on the way
  };
  enum class Toward { first_prebin, last_prebin };
  struct Sorted {  // bins that start or end at one prebin, ascending by rate
    std::span<const int> numbers;
    std::span<const double> rates;  // signed
  };

  void sort_by_rate();
  double rate(int bin) const { return sign_ * bins_.rate[static_cast<std::size_t>(bin)]; }
  Sorted starting_at(int prebin) const;
  Sorted ending_at(int prebin) const;
  void fill(Side& side, const Interval& interval, Toward toward, Effort& effort);
  void start(const Interval& interval, const Sorted& bins, Side& side) const;
  void extend(const Interval& interval, const Sorted& known, const Sorted& bins, Side& side);
  void add(double low, double high, Effort& effort);

  const BinSet& bins_;
  double sign_;
  std::vector<int> by_start_, by_end_;
  std::vector<double> rates_by_start_, rates_by_end_;
  std::vector<double> rates_;        // that a row may have, ascending
  std::vector<Interval> intervals_;  // all highest rates; a heap
  Side left_, right_;                // of one interval
  Side sorted_;                      // the best so far of neighbours sorted by rate
};

}  // namespace credence
