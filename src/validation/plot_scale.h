#pragma once

#include <credence/validation/pack.h>

#include <string>
#include <vector>

namespace credence {

// From values of one axis to positions, with ticks at round values (1, 2 or 5 times a power of 10).
struct PlotScale {
  double lowest = 0, highest = 1;
  double step = 0.2;
  NumberFormat format = NumberFormat::number2;

  double at(double value) const { return (value - lowest) / (highest - lowest); }  // 0 to 1
  std::vector<double> ticks() const;
  std::string label(double tick, Language language) const;  // as few decimals as the step needs
};

// A scale for values between `low` and `high` with about `ticks` ticks. Ends that the axis names
// are kept; the others go out to a tick. Infinite or missing ends are 0 and 1.
PlotScale scale_for(const PackChart::Axis& axis, double low, double high, int ticks);

}  // namespace credence
