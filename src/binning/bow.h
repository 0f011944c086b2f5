#pragma once

#include <credence/binning/chain.h>

#include <algorithm>
#include <memory>

namespace credence {

// The best sums of worth where three bins in a row limit each other: twice the rate of the middle
// one is at least the sum of its neighbours' (concave; convex is concave of negated rates). The
// state is a pair of neighbouring bins.
class Bow {
 public:
  Bow(const Nodes& nodes, const PathRules& rules, const Worth& worth, const Counting& counting,
      Effort& effort);

  int last() const { return nodes_.prebins - 1; }
  std::optional<Step> first(int end) const { return Step{.start = 0, .end = end}; }
  std::optional<Step> next(const Step& step, int end) const;
  double value(const Step& step, int position) const;
  double worth(const Step& step) const { return worth_[nodes_.at(step.start, step.end)]; }

  // Whether neighbours may follow one another, whatever came before.
  bool joined(const Step& step, int end) const;
  double rate(int start, int end) const { return edges_.sign * nodes_.rate[nodes_.at(start, end)]; }
  const Counting& counting() const { return counting_; }

 private:
  // Where the pairs begin whose first bin is (start, end), by the end of the second.
  void append(double worth, const double* after, std::size_t planes, double* pair) const {
    pair[0] = kNever;
    for (std::size_t plane = 1; plane < planes; ++plane) pair[plane] = worth + after[plane - 1];
    if (!counting_.open) return;
    const auto last = static_cast<std::size_t>(counting_.planes - 1);
    pair[last] = std::max(pair[last], worth + after[last]);
  }
  double* pairs(int start, int end) { return &values_[offsets_[nodes_.at(start, end)]]; }
  const double* pairs(int start, int end) const {
    return &values_[offsets_[nodes_.at(start, end)]];
  }
  void sort_by_rate();
  void best_before(int start, int end, Effort& effort);
  template <std::size_t kPlanes>  // as many as are stored, or 0 where only that is known
  void best_before_in(int start, int end);

  const Nodes& nodes_;
  const Worth& worth_;
  Counting counting_;
  EdgeLimits edges_;
  bool limited_;                            // whether neighbours limit each other but by the shape
  std::vector<std::size_t> offsets_;        // by node
  std::unique_ptr<double[]> values_;        // by first bin, end of the second, plane
  std::vector<double> starts_;              // of rows that begin with (0, end), by plane
  std::vector<std::vector<int>> by_start_;  // per start: ends, ascending by rate
  std::vector<std::vector<int>> by_end_;    // per end: starts, descending by rate
  std::vector<double> best_;                // of one middle bin, by plane
};

}  // namespace credence
