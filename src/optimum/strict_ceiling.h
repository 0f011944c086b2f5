#pragma once

#include <credence/optimum/bin_set.h>

#include <vector>

namespace credence {

// What no row of a strict shape surpasses, by its peak, a bin of its highest rate M. The shape of
// all triples that begin or end with the peak says that what is missing to M at least doubles from
// bin to bin away from the peak: after a rate r comes one of at most 2 r - M, which is no more than
// r. So with M known neighbours alone limit each other, by their rates alone, and one walk over
// bins sorted by rate serves all pairs of them. A whole group of peaks is bounded at once by the
// lowest rate among them in place of M, which allows rows more; groups are split, best first, until
// the best peak of all is the lowest of its group.
class StrictCeiling {
 public:
  // `sign` is -1 for convex.
  StrictCeiling(const BinSet& bins, double sign);

  double sign() const { return sign_; }
  // Once nothing reaches `least`, nothing more is looked at.
  double best(double least, Effort& effort);
  // By bin, what no row through it surpasses that is worth `floor`: no row of a strict shape, or,
  // before best() has been asked for, none that rises and then falls.
  std::vector<double> through(double floor, Effort& effort);
  // The bins of which such rows can be worth `floor`.
  BinSet above(double floor, Effort& effort);

 private:
  // All bins by the prebin that they start (or end) with, then ascending by rate.
  struct Line {
    std::vector<int> first;             // by prebin, and one more
    std::vector<int> bins;              // their numbers
    std::vector<double> rates, worths;  // rates are signed
    std::vector<int> other;             // where each bin is in the other line
    // Of bins by start, the best rows from each to the last prebin; by end, to the first one.
    std::vector<double> away;      // the bin is the peak, or between it and that prebin
    std::vector<double> across;    // the peak is between the bin and that prebin
    std::vector<char> is_allowed;  // to be the peak, for `across`
  };
  // The highest rates of the rows that are looked at, and with them of all their bins.
  struct Peaks {
    double low = 0, high = 0;
  };
  struct Peak {
    std::size_t start = 0, end = 0;  // its places in the lines by start and by end
    double rate = 0, bound = kNever;
  };
  struct Group {
    double low = 0;  // the lowest rate of a peak
    std::vector<Peak> peaks;
    Peak best;
  };

  Line line_of(std::vector<int> bins, std::vector<int> first) const;
  Group everything() const;
  void start(Effort& effort);
  std::size_t best_group() const;
  void bound_group(Group& group, Effort& effort);
  double pivot(const Group& group) const;
  void fill_away(Line& known, const Line& next, const Peaks& peaks) const;
  void fill_across(Line& known, const Line& next, const Peaks& peaks) const;
  void fill_through(const Peaks& peaks, std::vector<double>& through);

  const BinSet& bins_;
  double sign_;
  Line starts_, ends_;
  std::vector<Group> groups_;
  double attained_ = kNever;  // the best of peaks that are the lowest of their group
};

}  // namespace credence
