#include <credence/monitor/calibration.h>
#include <credence/monitor/sample_test.h>
#include <doctest/doctest.h>

#include <cmath>

using namespace credence;

namespace {

std::vector<PredictedGroup> groups_of(const ReferenceCases& cases, bool with_weights) {
  std::vector<double> none;
  return predicted_groups(cases.probabilities, cases.bad, with_weights ? cases.weights : none);
}

std::vector<PredictedGroup> of(std::vector<double> probabilities, std::vector<std::uint8_t> bad) {
  return predicted_groups(probabilities, bad, {});
}

}  // namespace

TEST_CASE("distributions: equal to SciPy's") {
  // SciPy 1.17.1: chi2.sf, beta.cdf, binom.sf, kstwobign.sf; statsmodels 0.15 proportion_confint.
  CHECK(chi_square_above(15.3, 8) == doctest::Approx(0.053568025975795304).epsilon(1e-12));
  CHECK(jeffreys_below(7, 100, 0.05) == doctest::Approx(0.17534439008710656).epsilon(1e-12));
  CHECK(jeffreys_below(3, 100, 0.02) == doctest::Approx(0.21904365210808363).epsilon(1e-12));
  CHECK(binomial_at_least(7, 100, 0.05) == doctest::Approx(0.23398601598516827).epsilon(1e-12));
  CHECK(kolmogorov_above(1.1) == doctest::Approx(0.1777181926064012).epsilon(1e-12));
  CHECK(kolmogorov_above(0.5) == doctest::Approx(0.9639452436648751).epsilon(1e-12));
  CHECK(normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-12));
  CHECK(two_sided(-1.959963984540054) == doctest::Approx(0.05).epsilon(1e-12));
}

TEST_CASE("distributions: the ends hold") {
  CHECK(binomial_at_least(0, 10, 0) == 1);
  CHECK(binomial_at_least(10, 10, 1) == 1);
  CHECK(chi_square_above(INFINITY, 3) == 0);
  CHECK(kolmogorov_above(0) == 1);
  CHECK(wilson(0, 0, 0.95).high == 1);
  CHECK(wilson(0, 20, 0.95).low == 0);
  CHECK(wilson(1, 20, 0.95).high == 1);
  CHECK(two_shares_z(0, 10, 0, 5) == 0);
  // By hand: z = 1.96, (0.3 + 0.0384146 -+ 1.96 sqrt(0.0042 + 0.00036902...)) / 1.0768292...
  CHECK(wilson(0.3, 50, 0.95).low == doctest::Approx(0.190992).epsilon(1e-4));
  CHECK(wilson(0.3, 50, 0.95).high == doctest::Approx(0.437509).epsilon(1e-4));
}

TEST_CASE("calibration: figures equal those of scikit-learn and SciPy") {
  // scikit-learn 1.9.1 brier_score_loss and log_loss; the Cox fit by scipy.optimize (BFGS to 1e-10,
  // errors from the inverse information); Spiegelhalter's Z by its formula in NumPy.
  ReferenceCases cases = reference_cases(400);
  auto plain = groups_of(cases, false), weighted = groups_of(cases, true);
  CHECK(brier(plain).brier == doctest::Approx(0.19587240192618757).epsilon(1e-12));
  CHECK(brier(weighted).brier == doctest::Approx(0.1868667283616045).epsilon(1e-12));
  CHECK(log_loss(plain) == doctest::Approx(0.5790470900192516).epsilon(1e-12));
  CHECK(log_loss(weighted) == doctest::Approx(0.5591915906957076).epsilon(1e-12));
  CHECK(*spiegelhalter_z(plain) == doctest::Approx(3.1032968468146565).epsilon(1e-12));
  auto cox = cox_calibration(plain);
  REQUIRE(cox);
  CHECK(cox->slope == doctest::Approx(0.93508801).epsilon(1e-7));
  CHECK(cox->slope_error == doctest::Approx(0.10091499).epsilon(1e-6));
  CHECK(cox->intercept == doctest::Approx(-0.90141883).epsilon(1e-7));
  CHECK(cox->intercept_error == doctest::Approx(0.1385472).epsilon(1e-6));
  CHECK(cox->shift == doctest::Approx(-0.9442921800436415).epsilon(1e-10));
  CHECK(cox->shift_error == doctest::Approx(0.12427709879011872).epsilon(1e-8));
  CHECK(cox->shift_p < 1e-10);
}

TEST_CASE("calibration: the parts of Brier's score add up to it") {
  ReferenceCases cases = reference_cases(400);
  for (bool with_weights : {false, true}) {
    Brier parts = brier(groups_of(cases, with_weights));
    CHECK(parts.reliability - parts.resolution + parts.uncertainty + parts.within_variance -
              parts.within_covariance ==
          doctest::Approx(parts.brier).epsilon(1e-12));
    CHECK(parts.reliability > 0.01);
  }
}

TEST_CASE("calibration: bands by mass keep equal probabilities together, by width leave gaps out") {
  auto groups = of({0.1, 0.1, 0.1, 0.1, 0.9}, {0, 0, 0, 1, 1});
  auto mass = mass_bands(groups, {.bands = 5});
  REQUIRE(mass.size() == 2);
  CHECK(mass[0].predicted == 0.1);
  CHECK(mass[0].tally.rate() == 0.25);
  auto width = width_bands(groups, {.bands = 10});
  REQUIRE(width.size() == 2);
  CHECK(calibration_error(width) == doctest::Approx(0.8 * 0.15 + 0.2 * 0.1));
  CHECK(width_bands(of({0, 1}, {0, 1})).size() == 2);
  CHECK(mass_bands({}).empty());
  CHECK(whole({}).effective == 0);
}

TEST_CASE("calibration: Hosmer-Lemeshow by hand, and no degrees no test") {
  // Two bands of 100: predicted 0.1 and 0.2, seen 0.15 and 0.2: 25 / 9 = 2.7778.
  std::vector<CalibrationBand> bands(2);
  bands[0].predicted = 0.1;
  bands[0].tally = {15, 85, 15, 85, 15, 85};
  bands[1].predicted = 0.2;
  bands[1].tally = {20, 80, 20, 80, 20, 80};
  for (auto& band : bands) band.effective = 100;
  auto result = hosmer_lemeshow(bands, Freshness::new_rows);
  REQUIRE(result);
  CHECK(result->statistic == doctest::Approx(25.0 / 9));
  CHECK(result->degrees == 2);
  CHECK(result->p_value == doctest::Approx(std::exp(-25.0 / 18)));
  CHECK_FALSE(hosmer_lemeshow(bands, Freshness::same_rows));
}

TEST_CASE("calibration: a model that calls everything half cannot fail Spiegelhalter's test") {
  CHECK_FALSE(spiegelhalter_z(of({0.5, 0.5}, {0, 1})));
}

TEST_CASE("calibration: no slope of one class, of one probability, of classes apart") {
  CHECK_FALSE(cox_calibration(of({0.2, 0.4}, {1, 1})));
  CHECK_FALSE(cox_calibration(of({0.2, 0.2, 0.2}, {1, 0, 0})));
  CHECK_FALSE(cox_calibration(of({0.1, 0.2, 0.8, 0.9}, {0, 0, 1, 1})));
  CHECK_FALSE(cox_calibration({}));
}

TEST_CASE("calibration: a certain prediction that fails costs everything") {
  CHECK(std::isinf(log_loss(of({0.0, 0.5}, {1, 0}))));
  CHECK(log_loss(of({0.0, 1.0}, {0, 1})) == 0);
  auto certain = whole(of({0.0, 0.0}, {1, 0}));
  CHECK(certain.binomial_p == 0);
  CHECK(certain.jeffreys_p == 0);
}

TEST_CASE("calibration: rounding of a large sum of logarithms does not hide the slope") {
  // Seeds for which the likelihood of a step at the optimum comes out lower by rounding alone.
  for (std::uint32_t seed : {73U, 222U, 236U}) {
    std::uint32_t state = seed;
    auto draw = [&state] {
      state = state * 1664525 + 1013904223;
      return static_cast<double>(state >> 8) / (1 << 24);
    };
    std::vector<double> probabilities;
    std::vector<std::uint8_t> bad;
    for (int i = 0; i < 20000; ++i) {
      double logit = -4 + 4 * draw(), uniform = draw();
      probabilities.push_back(1 / (1 + std::exp(-logit)));
      bad.push_back(uniform < 1 / (1 + std::exp(-(0.3 + 0.7 * logit))) ? 1 : 0);
    }
    auto cox = cox_calibration(of(probabilities, bad));
    REQUIRE(cox);
    CHECK(cox->slope == doctest::Approx(0.7).epsilon(0.1));
  }
}
