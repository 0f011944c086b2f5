#include <credence/training/history.h>
#include <credence/training/score_losses.h>

namespace credence {

ScoreLosses::ScoreLosses(int lowest, int highest)
    : lowest_(lowest),
      scores_(static_cast<std::size_t>(highest - lowest) + 1),
      good_(scores_),
      bad_(scores_),
      gains_(2 * scores_) {}

void ScoreLosses::set(const Scorecard::Scaling& scaling) {
  for (std::size_t i = 0; i < scores_; ++i) {
    const double x = (scaling.offset - (lowest_ + static_cast<int>(i))) / scaling.factor;
    good_[i] = softplus(x);
    bad_[i] = softplus(-x);
  }
  for (std::size_t i = 1; i + 1 < scores_; ++i) {
    gains_[i] = {good_[i + 1] - good_[i], good_[i - 1] - good_[i]};
    gains_[scores_ + i] = {bad_[i + 1] - bad_[i], bad_[i - 1] - bad_[i]};
  }
}

}  // namespace credence
