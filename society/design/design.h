#pragma once

#include <credence/base/result.h>
#include <credence/clockwork/draw.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace credence {

// One input of an experiment: a parameter of a rule ("rules.bills.late"), a number of the world
// ("world.people") or of a programme ("city-points:society.cameras.coverage").
struct DesignInput {
  std::string path;
  double low = 0, high = 1;
  std::vector<double> values;  // of a grid
};

// Points to run, row by row, one column per input, in the inputs' own units.
struct Design {
  std::size_t inputs = 0;
  std::vector<double> points;
  std::size_t size() const { return inputs == 0 ? 0 : points.size() / inputs; }
  std::span<const double> point(std::size_t index) const {
    return {points.data() + index * inputs, inputs};
  }
};
Result<Design> grid(std::span<const DesignInput> inputs);  // the product of all values
Design latin_hypercube(std::span<const DesignInput> inputs, std::size_t points,
                       const KeyedDraws& draws);

// Elementary effects (Morris 1991; Campolongo, Cariboni and Saltelli 2007): trajectories x (inputs
// + 1) points on a grid of `levels`.
struct MorrisEffect {
  double mu = 0, mu_star = 0, sigma = 0;
  double error = 0;  // half width of the 95 % interval of mu_star, by bootstrap
};
Design morris_design(std::span<const DesignInput> inputs, std::size_t trajectories, int levels,
                     const KeyedDraws& draws);
std::vector<MorrisEffect> morris_effects(const Design& design, std::span<const double> outcomes,
                                         std::span<const DesignInput> inputs, int levels,
                                         const KeyedDraws& draws);

// Variance shares (Sobol; Saltelli 2010 for first, Jansen 1999 for total): base x (inputs + 2)
// points.
struct SobolIndex {
  double first = 0, total = 0;
  double first_error = 0, total_error = 0;  // half widths of 95 % intervals, by bootstrap
};
Design sobol_design(std::span<const DesignInput> inputs, std::size_t base, const KeyedDraws& draws);
std::vector<SobolIndex> sobol_indices(std::size_t inputs, std::span<const double> outcomes,
                                      const KeyedDraws& draws);

}  // namespace credence
