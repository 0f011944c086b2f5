#include <credence/published/attention.h>

#include <algorithm>
#include <cmath>

namespace credence {
namespace {

// P(X = units - 1) / P(X >= units) at `rate`, for each number of units: the slope of the logarithm
// of the tail. With T(a) = sum over j >= 1 of rate^j / (a (a+1) .. (a+j-1)) it is 1 / T(a), and
// T(a) = rate / a * (1 + T(a+1)): no exponential and no cancellation.
std::array<double, kAttention + 1> tail_slopes(double rate) {
  double term = 1, tail = 0;
  for (double at = kAttention + 1; term > 1e-17 * tail || at < rate; ++at) {
    term *= rate / at;
    tail += term;
  }
  std::array<double, kAttention + 1> slopes{};
  for (std::size_t units = kAttention; units > 0; --units) {
    tail = rate / static_cast<double>(units) * (1 + tail);
    slopes[units] = 1 / tail;
  }
  return slopes;
}

}  // namespace

void SiteRecord::note(std::size_t found, std::size_t units, int times) {
  if (units == 0) return;
  if (found < units) {
    exact_ += times;
    exact_sum_ += times * static_cast<double>(found);
  } else {
    reached_[units] += times;
  }
}

double SiteRecord::likeliest_rate(double start) const {
  const bool reached = std::any_of(reached_.begin(), reached_.end(), [](int n) { return n > 0; });
  if (!reached && exact_sum_ <= 0) return 0;
  if (!reached) return std::min(exact_sum_ / exact_, kHighestRate);
  double low = 0, high = kHighestRate;  // the slope falls from infinity at 0
  double rate = start > 0 && start < high ? start : 3;
  for (int step = 0; step < 60; ++step) {
    auto slopes = tail_slopes(rate);
    double slope = exact_sum_ / rate - exact_, bend = -exact_sum_ / (rate * rate);
    for (std::size_t units = 1; units <= kAttention; ++units) {
      double of_tail = slopes[units];
      slope += reached_[units] * of_tail;
      bend += reached_[units] * of_tail * ((static_cast<double>(units) - 1) / rate - 1 - of_tail);
    }
    (slope > 0 ? low : high) = rate;
    double next = rate - slope / bend;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (std::abs(next - rate) < 1e-10) return next;
    rate = next;
  }
  return rate;
}

}  // namespace credence
