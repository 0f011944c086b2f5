#include <credence/base/expects.h>
#include <credence/clockwork/statistics.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <compare>

namespace credence {

namespace {

// A total order, so that a value that is no number cannot lead a sort astray: it comes last.
void sort_totally(std::vector<double>& values) {
  std::sort(values.begin(), values.end(),
            [](double a, double b) { return std::strong_order(a, b) < 0; });
}

double quantile_of_sorted(const std::vector<double>& values, double share) {
  double place = share * static_cast<double>(values.size() - 1);
  auto below = static_cast<std::size_t>(place);
  if (below + 1 >= values.size()) return values.back();
  double part = place - static_cast<double>(below);
  if (part == 0) return values[below];
  return values[below] + part * (values[below + 1] - values[below]);
}

}  // namespace

double sum_by_halves(std::span<const double> values) {
  if (values.size() <= 8) {
    double sum = 0;
    for (double value : values) sum += value;
    return sum;
  }
  std::size_t half = values.size() / 2;
  return sum_by_halves(values.first(half)) + sum_by_halves(values.subspan(half));
}

ReplicateSpread spread_of(std::span<const double> replicates) {
  ReplicateSpread spread;
  spread.count = replicates.size();
  if (replicates.empty()) return spread;
  auto count = static_cast<double>(replicates.size());
  spread.mean = sum_by_halves(replicates) / count;
  std::vector<double> sorted(replicates.begin(), replicates.end());
  sort_totally(sorted);
  spread.low = quantile_of_sorted(sorted, 0.05);
  spread.high = quantile_of_sorted(sorted, 0.95);
  if (replicates.size() == 1) return spread;
  std::vector<double> squares;
  squares.reserve(replicates.size());
  for (double value : replicates) {
    squares.push_back((value - spread.mean) * (value - spread.mean));
  }
  spread.deviation = std::sqrt(sum_by_halves(squares) / (count - 1));
  spread.error = student_95(replicates.size() - 1) * spread.deviation / std::sqrt(count);
  return spread;
}

double quantile(std::vector<double> values, double share) {
  expects(!values.empty(), "quantile: no values");
  expects(share >= 0 && share <= 1, "quantile: the share is not in [0, 1]");
  sort_totally(values);
  return quantile_of_sorted(values, share);
}

double student_95(std::size_t degrees) {
  expects(degrees > 0, "student_95: no degrees of freedom");
  // Solved from the finite series of the distribution (Abramowitz and Stegun 26.7.3 and 26.7.4).
  constexpr std::array kPoints = {
      12.7062047362, 4.30265272975, 3.18244630528, 2.7764451052,  2.57058183564, 2.44691185114,
      2.36462425159, 2.3060041352,  2.2621571628,  2.22813885199, 2.20098516009, 2.17881282967,
      2.16036865646, 2.14478668792, 2.13144954556, 2.11990529922, 2.10981557783, 2.10092204024,
      2.09302405441, 2.08596344727, 2.07961384473, 2.0738730679,  2.06865761042, 2.06389856163,
      2.05953855275, 2.05552943864, 2.05183051648, 2.0484071418,  2.04522964213, 2.0422724563};
  if (degrees <= kPoints.size()) return kPoints[degrees - 1];
  // The expansion of Cornish and Fisher around the normal point (Abramowitz and Stegun 26.7.5);
  // from 31 degrees on it is right to 2 parts in 10^8.
  constexpr double kNormal = 1.959963984540054;
  constexpr double kSquare = kNormal * kNormal;
  constexpr double kFirst = (kSquare + 1) / 4;
  constexpr double kSecond = ((5 * kSquare + 16) * kSquare + 3) / 96;
  constexpr double kThird = (((3 * kSquare + 19) * kSquare + 17) * kSquare - 15) / 384;
  constexpr double kFourth =
      ((((79 * kSquare + 776) * kSquare + 1482) * kSquare - 1920) * kSquare - 945) / 92160;
  double part = 1 / static_cast<double>(degrees);
  return kNormal * (1 + part * (kFirst + part * (kSecond + part * (kThird + part * kFourth))));
}

double gini(std::vector<double> values) {
  if (values.empty()) return 0;
  sort_totally(values);
  double total = sum_by_halves(values);
  if (!(total > 0)) return 0;
  auto count = static_cast<double>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] *= 2 * static_cast<double>(i + 1) - count - 1;
  }
  return sum_by_halves(values) / (count * total);
}

}  // namespace credence
