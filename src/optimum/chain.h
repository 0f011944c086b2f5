#pragma once

#include <credence/optimum/bin_set.h>

#include <memory>
#include <optional>
#include <vector>

namespace credence {

// How far the number of bins is kept apart in a dynamic program. Plane p holds rows of exactly p
// bins; when `open`, the last plane holds those of at least `planes`.
struct Counting {
  int planes = 1;
  bool open = true;
  int min_bins = 1, max_bins = 1;

  static Counting none() { return {}; }
  // REQUIRES: a limit on the number of bins; min_bins and max_bins are at most `most`.
  static Counting of(const PathRules& rules, int most);

  std::size_t stored() const {  // planes in memory: whole vectors of them
    return planes == 1 ? 1 : (static_cast<std::size_t>(planes) + 3) / 4 * 4;
  }
  // The best of the planes that a bin in this position (from 1) may have.
  double best(const double* values, int position) const;
  // The planes of a row from those of the best rows after its first bin (nullptr: it is the last).
  void extend(double worth, const double* after, std::size_t after_stride, double* values) const;
};

// The best sums of worth from each bin to the end, where only neighbours limit each other: trends
// none, ascending, descending, peak and valley.
class Chain {
 public:
  Chain(const Nodes& nodes, const BinSet& bins, const PathRules& rules, const Counting& counting,
        Effort& effort);

  const BinSet& bins() const { return bins_; }
  std::optional<Step> next(const Step& step, int bin) const;
  double value(const Step& step, int position) const;

 private:
  std::size_t place(int bin) const { return static_cast<std::size_t>(bin) * counting_.stored(); }
  void before_cut(int end, Effort& effort);  // values of all bins with this end
  void list_followers(int start);
  void gather(std::span<const int> ending);
  void keep(int bin, const double* best, const double* falling);

  const Nodes& nodes_;
  const BinSet& bins_;
  Counting counting_;
  Course course_;
  EdgeLimits edges_;
  std::size_t stride_ = 0;                      // bins of the fullest end, in whole blocks
  std::unique_ptr<double[]> values_, falling_;  // by bin, then plane
  std::vector<double> rate_, effective_;        // of the bins that end before a cut
  std::vector<double> best_, best_falling_;     // after them, by plane
  std::vector<int> followers_;
};

}  // namespace credence
