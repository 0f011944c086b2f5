#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace credence {

// e^-|x| for x = first, first + step, first + 2 step and so on, as whole scores have them: each is
// the product of one of a few coarse powers and one of 32 fine ones, within some units of the last
// place, where the exponential itself would cost ten times as much.
class SpacedExponentials {
 public:
  SpacedExponentials(double first, double step, std::size_t count) : first_(first), step_(step) {
    // Steps so wide would go from the largest to the smallest numbers within the fine ones.
    if (!(std::abs(step) <= kWidest)) return;
    for (std::size_t i = 0; i < kFine; ++i)
      fine_.push_back(std::exp(step * static_cast<double>(i)));
    for (std::size_t i = 0; i < count; i += kFine)
      coarse_.push_back(std::exp(first + step * static_cast<double>(i)));
  }

  // REQUIRES: index is below the count.
  double operator[](std::size_t index) const {
    if (fine_.empty()) return std::exp(-std::abs(first_ + step_ * static_cast<double>(index)));
    const double power = coarse_[index / kFine] * fine_[index % kFine];
    return power > 1 ? 1 / power : power;
  }

 private:
  static constexpr std::size_t kFine = 32;
  static constexpr double kWidest = 1;

  double first_, step_;
  std::vector<double> coarse_, fine_;
};

}  // namespace credence
