#pragma once

#include <credence/points/joint_sums.h>
#include <credence/scorecard/scorecard.h>

#include <vector>

namespace credence {

// Log-losses of every whole score from the lowest to the highest, of good rows and of bad ones. A
// row's place in them says both its score and its outcome, and moves by one when the score does.
class ScoreLosses {
 public:
  // REQUIRES: highest is at least lowest + 2.
  ScoreLosses(int lowest, int highest);

  // Returns how many times larger a bend can have become, or 1 when none has. Bends of at most
  // kFlat are left out.
  double set(const Scorecard::Scaling& scaling);
  static constexpr double kFlat = 1e-13;

  std::size_t place(bool bad, int score) const {
    return static_cast<std::size_t>(score - lowest_) + (bad ? scores_ : 0);
  }
  std::size_t places() const { return 2 * scores_; }
  std::size_t scores() const { return scores_; }
  int lowest() const { return lowest_; }

  // Per unit of weight. Of the lowest and the highest score they are 0.
  const ScoreGain& gain(std::size_t place) const { return gains_[place]; }
  // What goes missing when a move up and a move down meet in one row: the sum of both gains.
  const double& bend(std::size_t place) const { return bends_[place]; }

 private:
  double set_gain(std::size_t place, const double* losses);

  int lowest_;
  std::size_t scores_;
  std::vector<double> good_, bad_;
  // Good, then bad.
  std::vector<ScoreGain> gains_;
  std::vector<double> bends_;
};

}  // namespace credence
