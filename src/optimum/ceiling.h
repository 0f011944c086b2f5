#pragma once

#include <credence/optimum/bin_set.h>

namespace credence {

// What no row of bins can surpass: the best rows when nothing but their number limits which bins
// stand side by side. It costs one look at each bin where a search looks at each pair of
// neighbours, and in most real histories its best rows keep the trend anyway.
class Ceiling {
 public:
  // REQUIRES: `max_bins` is 1 or more. A limit that is not counted is not looked at.
  static bool counts(int max_bins) { return max_bins <= kMostPlanes; }
  Ceiling(const BinSet& bins, int max_bins, Effort& effort);

  double best() const { return best_; }
  // For each bin: of all rows that it is part of.
  std::vector<double> through(Effort& effort) const;

 private:
  static constexpr int kMostPlanes = 16;
  template <std::size_t kPlanes>
  void fill_after();
  template <std::size_t kPlanes>
  std::vector<double> through_in() const;

  const BinSet& bins_;
  std::size_t planes_ = 1;
  bool counted_ = false;
  std::vector<double> after_;  // by cut and plane, see ceiling.cpp
  double best_ = kNever;
};

}  // namespace credence
