#include <credence/points/score_losses.h>
#include <credence/points/spaced_exponentials.h>

#include <algorithm>
#include <cmath>

namespace credence {

ScoreLosses::ScoreLosses(int lowest, int highest)
    : lowest_(lowest),
      scores_(static_cast<std::size_t>(highest - lowest) + 1),
      good_(scores_),
      bad_(scores_),
      gains_(2 * scores_),
      bends_(2 * scores_) {}

double ScoreLosses::set(const Scorecard::Scaling& scaling) {
  const SpacedExponentials exponentials((scaling.offset - lowest_) / scaling.factor,
                                        -1 / scaling.factor, scores_);
  for (std::size_t i = 0; i < scores_; ++i) {
    const double x = (scaling.offset - (lowest_ + static_cast<int>(i))) / scaling.factor;
    const double least = std::log1p(exponentials[i]);
    good_[i] = least + std::max(x, 0.0);
    bad_[i] = least + std::max(-x, 0.0);
  }
  double most = 1;
  for (std::size_t i = 1; i + 1 < scores_; ++i) {
    most = std::max(most, set_gain(i, good_.data() + i));
    most = std::max(most, set_gain(scores_ + i, bad_.data() + i));
  }
  return most;
}

// From the losses around a score; returns how many times larger its bend became.
double ScoreLosses::set_gain(std::size_t place, const double* losses) {
  const double before = bends_[place];
  gains_[place] = {losses[1] - losses[0], losses[-1] - losses[0]};
  bends_[place] = gains_[place].up + gains_[place].down;
  return before > kFlat ? bends_[place] / before : 1;
}

}  // namespace credence
