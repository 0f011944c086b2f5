#include <credence/regression/logistic_fit.h>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace credence;

namespace {

// One column, 1 in the first rows and 0 in the others. None of the first is bad, so that only the
// penalty ends how far beta goes.
struct RareCell {
  Outcome outcome;
  std::vector<std::uint16_t> cells;

  explicit RareCell(std::size_t first) {
    for (std::size_t row = 0; row < 600; ++row) {
      cells.push_back(row < first ? 1 : 0);
      outcome.bad.push_back(row >= first && row % 4 == 0 ? 1 : 0);
    }
  }
};

// The intercept and beta of one column of zeros and ones.
struct OneBeta {
  double intercept = 0, beta = 0, standard_error = 0;
};

// Newton's method to the last digit, in the two numbers by hand.
OneBeta newton(const RareCell& sample, double ridge) {
  OneBeta at;
  for (int round = 0; round < 200; ++round) {
    double slope[] = {0, ridge * at.beta}, h00 = 0, h01 = 0, h11 = ridge;
    for (std::size_t row = 0; row < sample.cells.size(); ++row) {
      const double p = logistic(at.intercept + at.beta * sample.cells[row]);
      slope[0] += p - sample.outcome.bad[row];
      slope[1] += (p - sample.outcome.bad[row]) * sample.cells[row];
      h00 += p * (1 - p);
      h01 += p * (1 - p) * sample.cells[row];
      h11 += p * (1 - p) * sample.cells[row];
    }
    const double all = h00 * h11 - h01 * h01;
    at.intercept -= (h11 * slope[0] - h01 * slope[1]) / all;
    at.beta -= (h00 * slope[1] - h01 * slope[0]) / all;
    at.standard_error = std::sqrt(h00 / all);
  }
  return at;
}

}  // namespace

TEST_CASE(
    "fit: a cell without a bad row, which steps near slowly, is fitted as exactly as others") {
  for (const std::size_t first : {5U, 12U, 60U})
    for (const double ridge : {1.0, 0.01}) {
      CAPTURE(first);
      CAPTURE(ridge);
      const RareCell sample(first);
      const History history(sample.outcome);
      const std::vector<double> values{0, 1};
      const std::vector<double> weights{static_cast<double>(sample.cells.size() - first),
                                        static_cast<double>(first)};
      const double endless = std::numeric_limits<double>::infinity();
      const LogisticFit fit = fit_logistic({.history = history,
                                            .columns = {{{sample.cells, 2}, values, weights}},
                                            .penalties = {ridge},
                                            .lower = {-endless},
                                            .upper = {endless}});
      const OneBeta exact = newton(sample, ridge);
      CHECK(fit.converged);
      CHECK(fit.intercept == doctest::Approx(exact.intercept).epsilon(1e-6));
      CHECK(fit.betas[0] == doctest::Approx(exact.beta).epsilon(1e-6));
      CHECK(fit.standard_errors[0] == doctest::Approx(exact.standard_error).epsilon(1e-3));
    }
}
