#pragma once

#include <optional>
#include <span>
#include <vector>

namespace credence {

// What the whole points of one term must keep.
struct PointsRules {
  int bins = 0;  // the first cells are ordered
  std::vector<int>
      direction;    // of neighbouring bins: +1 points may not fall, -1 not rise, 0 either
  int min_gap = 0;  // between neighbours with a direction
  std::optional<int> lowest, highest;
  std::vector<std::optional<int>> fixed;  // per cell; empty = none
  bool never_below_worst = false;         // other cells are at least the lowest bin
};

// A term as it would be without rounding; weights say how much each cell's distance counts.
struct RealTerm {
  std::vector<double> points, weights;
  PointsRules rules;
};

bool keeps(const PointsRules& rules, std::span<const int> points);
struct Extremes {
  int lowest = 0, highest = 0;
};
Extremes extremes(std::span<const int> points);

// The whole points nearest to the real ones (least weighted sum of absolute distances) that keep
// the rules, all within [lowest, highest] and, when told, touching both. nullopt when none keep
// them. Exact: a dynamic program over values and cells.
struct NearestPoints {
  std::vector<int> points;
  double cost = 0;
};
enum class Touch { either, both };
std::optional<NearestPoints> nearest_points(const RealTerm& term, Extremes within, Touch touch);

// The same without ends to touch: where a term would be if it were alone.
std::optional<NearestPoints> points_by_themselves(const RealTerm& term);

// Whole points of all terms whose minima and whose maxima sum to what is asked: exactly, or within.
// Of each term the extremes are tried up to `reach` away from where it would have them by itself.
struct RangeSum {
  int lowest = 0, highest = 0;
  enum class Fit { exact, inside } fit = Fit::exact;
};
struct WholePoints {
  std::vector<std::vector<int>> points;
  double cost = 0;
};
std::optional<WholePoints> round_points(std::span<const RealTerm> terms, const RangeSum& sum,
                                        int reach = 3);

}  // namespace credence
