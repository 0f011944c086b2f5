#pragma once

namespace credence {

// Distributions that tests and intervals need, by Boost.Math. `n` and `successes` may be fractions
// (effective sizes of weighted cases).

double normal_below(double z);     // P(Z <= z)
double normal_quantile(double p);  // REQUIRES: 0 < p < 1
double two_sided(double z);        // P(|Z| >= |z|)
// P(X >= statistic) for chi-square. REQUIRES: degrees > 0; statistic >= 0 (infinite gives 0).
double chi_square_above(double statistic, double degrees);
// P(X >= successes) of a binomial with n trials; through the beta distribution, so that fractions
// are allowed. REQUIRES: 0 <= successes <= n; 0 <= probability <= 1.
double binomial_at_least(double successes, double n, double probability);
// P(true probability <= probability) after `successes` of n under Jeffreys' prior Beta(1/2, 1/2): a
// small one means that `probability` is too low. REQUIRES: as above.
double jeffreys_below(double successes, double n, double probability);
// P(K >= k) of the Kolmogorov distribution, for sqrt(n m / (n + m)) times the distance of two
// samples. Conservative for whole scores.
double kolmogorov_above(double k);

struct Interval {
  double low = 0, high = 1;
};
// Wilson's interval of a share (E. B. Wilson, JASA 22, 1927). REQUIRES: 0 <= share <= 1;
// 0 < confidence < 1. Everything from 0 to 1 for n = 0.
Interval wilson(double share, double n, double confidence);

// z of the difference of two shares, pooled; 0 where both are 0 or both are 1.
double two_shares_z(double first, double first_n, double second, double second_n);

}  // namespace credence
