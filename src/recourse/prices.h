#pragma once

#include <credence/recourse/horizon.h>

#include <array>
#include <vector>

namespace credence {

// What a point, a change and a unit of effort are worth in cost: prices of the limits of a horizon.
struct Prices {
  static constexpr std::size_t kLimits = 3;  // points, changes, effort
  std::array<double, kLimits> of = {};
  bool are_known = false;  // from a horizon much like this one
};

// What prices prove (Lagrangian relaxation): a way within the limits costs no less when each point
// is credited, up to the need, and each change and effort is charged beyond what may be used; so no
// less than the cheapest choices of all stages, each for itself, do then. Sums are of doubles, and
// are compared with room for their rounding. REQUIRES: a need, and moves.
class CostBound {
 public:
  // Betters `start` by a few steps of the subgradient method with Polyak's step length, until the
  // bound is above `enough`.
  CostBound(const Horizon& horizon, const Prices& start, double enough);

  // Whether no way within the limits costs `cost` or less.
  bool is_above(double cost) const;
  double bound() const { return bound_; }
  const Prices& prices() const { return prices_; }
  // The same horizon with the moves alone that a way of at most this cost may take: one that takes
  // another move costs no less than the bound and what the move is dearer than the best of its
  // stage.
  Horizon within(double cost) const;

 private:
  struct Look {
    double bound = 0;
    std::array<double, Prices::kLimits> excess;  // by how much the choices miss each limit
  };
  void price(const Prices& prices);  // fills in priced_
  Look look_at(const Prices& prices);
  double room(double cost) const;
  double rounding(double cost) const;

  const Horizon& horizon_;
  std::array<double, Prices::kLimits> limits_;
  std::vector<double> terms_;   // of all moves: costs, then gains, changes and efforts
  std::vector<double> priced_;  // of all moves
  Prices prices_;
  double bound_ = 0, dearest_ = 0;
};

}  // namespace credence
