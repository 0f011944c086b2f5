#pragma once

#include <credence/points/whole_points.h>

#include <optional>
#include <vector>

namespace credence {

// The nearest whole points of a term whose real points keep its rules as they are: in the order of
// its directions, without gaps and fixed points. Each cell then takes the whole number beside its
// own point, or the end of the range beyond which that lies. What is left to choose is which cell
// touches either end, and that costs one look at each cell instead of a dynamic program over all
// values: a hundredth of its time. INVARIANT: costs and points are those of nearest_points with
// Touch::both, summed in the same order.
class PlainRounding {
 public:
  // nullopt for a term that nearest_points has to round. REQUIRES: the term outlives this.
  static std::optional<PlainRounding> of(const RealTerm& term);
  // Less its order, gaps and fixed points: its costs are never above those of the term.
  static PlainRounding relaxed(const RealTerm& term);

  // Where the term ends by itself. nullopt when its limits contradict each other, or when a cell
  // lies in the middle of two whole numbers.
  std::optional<Extremes> own() const;
  // The least cost within the range and touching both of its ends; infinite when there is none.
  double cost(Extremes within);
  // The points of that cost; nullopt when other points cost as much, or when there are none.
  std::optional<std::vector<int>> points(Extremes within);

 private:
  struct Cell {
    double real = 0, weight = 0, near = 0;  // near: the whole number beside the real point
    bool low = true, high = true;           // whether it can touch this end by itself
    // Within the range looked at: its points and their cost, and what touching an end adds.
    double points = 0, cost = 0, to_low = 0, to_high = 0;
  };
  struct Touching {
    std::size_t low = 0, high = 0;
  };

  explicit PlainRounding(const RealTerm& term);
  void keep_order();
  bool possible(Extremes within) const;
  void place_cells(Extremes within);
  std::optional<Touching> cheapest(Extremes within) const;
  bool no_other(Extremes within, const Touching& best) const;

  const RealTerm* term_;
  std::vector<Cell> cells_;
};

}  // namespace credence
