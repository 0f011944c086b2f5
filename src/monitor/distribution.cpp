#include <credence/monitor/distribution.h>

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numbers>

namespace credence {

double normal_below(double z) {
  return std::erfc(-z / std::numbers::sqrt2) / 2;
}

double normal_quantile(double p) {
  return boost::math::quantile(boost::math::normal{}, p);
}

double two_sided(double z) {
  return std::erfc(std::abs(z) / std::numbers::sqrt2);
}

double chi_square_above(double statistic, double degrees) {
  if (std::isinf(statistic)) return 0;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared{degrees}, statistic));
}

double binomial_at_least(double successes, double n, double probability) {
  if (successes <= 0) return 1;
  // P(X >= k) = I_p(k, n - k + 1).
  return boost::math::cdf(boost::math::beta_distribution<>{successes, n - successes + 1},
                          probability);
}

double jeffreys_below(double successes, double n, double probability) {
  return boost::math::cdf(boost::math::beta_distribution<>{successes + 0.5, n - successes + 0.5},
                          probability);
}

double kolmogorov_above(double k) {
  if (k < 0.2) return 1;  // the series converges slowly there, and 1 - P is below 1e-12
  double sum = 0;
  for (int i = 1; i <= 100; ++i) {
    double term = std::exp(-2.0 * i * i * k * k);
    sum += i % 2 == 1 ? term : -term;
    if (term < 1e-18) break;
  }
  return std::clamp(2 * sum, 0.0, 1.0);
}

Interval wilson(double share, double n, double confidence) {
  if (n <= 0) return {0, 1};
  double z = normal_quantile(0.5 + confidence / 2);
  double centre = share + z * z / (2 * n);
  double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  double scale = 1 + z * z / n;
  // At 0 and 1 one limit is the share itself; rounding must not push it out.
  double low = share <= 0 ? 0 : (centre - half) / scale;
  double high = share >= 1 ? 1 : (centre + half) / scale;
  return {std::max(0.0, low), std::min(1.0, high)};
}

double two_shares_z(double first, double first_n, double second, double second_n) {
  double pooled = (first * first_n + second * second_n) / (first_n + second_n);
  double variance = pooled * (1 - pooled) * (1 / first_n + 1 / second_n);
  return variance > 0 ? (first - second) / std::sqrt(variance) : 0;
}

}  // namespace credence
