#pragma once

#include <credence/points/polish_moves.h>

#include <map>
#include <optional>
#include <tuple>

namespace credence {

// The bends of the rows that two moves share, as they were when they were summed, with a bound on
// what has happened since: a move changes a shared bend by no more than the bends of all its rows,
// another scaling multiplies it by no more than any bend. Most pairs of moves are far from being
// worth their while, and so need not be summed again: two in three.
class KnownBends {
 public:
  void note(const PointMove& a, const PointMove& b, double bend) {
    bends_[key(a, b)] = bend - drift_;
  }

  // At most this is shared now; nullopt when it was never summed.
  std::optional<double> most(const PointMove& a, const PointMove& b) const {
    const auto found = bends_.find(key(a, b));
    if (found == bends_.end()) return std::nullopt;
    return found->second + drift_;
  }

  void add_drift(double changed) { drift_ += changed; }

  // REQUIRES: at_most >= 1.
  void multiply(double at_most) {
    for (auto& [moves, bend] : bends_) bend = (bend + drift_) * at_most;
    drift_ = 0;
  }

 private:
  using Key =
      std::tuple<std::size_t, std::size_t, std::size_t, std::size_t, std::size_t, std::size_t>;
  static Key key(const PointMove& a, const PointMove& b) {
    return {a.term, a.first, a.last, b.term, b.first, b.last};
  }

  std::map<Key, double> bends_;  // less the drift when they were summed
  double drift_ = 0;
};

}  // namespace credence
