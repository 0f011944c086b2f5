#pragma once

#include <credence/optimum/chain.h>

#include <algorithm>
#include <memory>

namespace credence {

// The best sums of worth where three bins in a row limit each other: twice the rate of the middle
// one is at least the sum of its neighbours' (concave; convex is concave of negated rates). The
// state is a pair of neighbouring bins.
class Bow {
 public:
  Bow(const Nodes& nodes, const BinSet& bins, const PathRules& rules, const Counting& counting,
      Effort& effort);

  const BinSet& bins() const { return bins_; }
  std::optional<Step> next(const Step& step, int bin) const;
  double value(const Step& step, int position) const;

  // Whether neighbours may follow one another, whatever came before.
  bool joined(const Step& step, int bin) const;
  double rate(int bin) const { return edges_.sign * bins_.rate[static_cast<std::size_t>(bin)]; }
  double worth(int bin) const { return bins_.worth[static_cast<std::size_t>(bin)]; }

 private:
  void append(double worth, const double* after, std::size_t planes, double* pair) const {
    pair[0] = kNever;
    for (std::size_t plane = 1; plane < planes; ++plane) pair[plane] = worth + after[plane - 1];
    if (!counting_.open) return;
    const auto last = static_cast<std::size_t>(counting_.planes - 1);
    pair[last] = std::max(pair[last], worth + after[last]);
  }
  // Where the pairs begin whose first bin this is, by the number of the second.
  std::size_t pairs(int bin) const { return offsets_[static_cast<std::size_t>(bin)]; }
  void sort_by_rate();
  void best_before(int bin, Effort& effort);
  template <std::size_t kPlanes>  // as many as are stored, or 0 where only that is known
  void best_before_in(int bin);

  const Nodes& nodes_;
  const BinSet& bins_;
  Counting counting_;
  EdgeLimits edges_;
  bool limited_;                      // whether neighbours limit each other but by the shape
  std::vector<std::size_t> offsets_;  // by first bin
  std::unique_ptr<double[]> values_;  // by first bin, second bin, plane
  std::vector<double> starts_;        // of rows that begin with a bin, by plane
  std::vector<int> rising_;           // bins by start, ascending by rate
  std::vector<int> falling_;          // bins by end, descending by rate
  std::vector<double> best_;          // of one middle bin, by plane
};

}  // namespace credence
