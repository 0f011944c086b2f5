#include <credence/monitor/calibration.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

// Cases of one logit; weights scaled to the effective size.
struct Cases {
  double logit = 0, bad = 0, all = 0;
};

struct Fit {
  double intercept = 0, slope = 1;
  double intercept_variance = 0, slope_variance = 0;
};

double chance(double logit) {
  return 1 / (1 + std::exp(-logit));
}

double log_likelihood(const std::vector<Cases>& cases, double intercept, double slope) {
  double sum = 0;
  for (const Cases& one : cases) {
    double at = intercept + slope * one.logit;
    double log_one_plus = at > 0 ? at + std::log1p(std::exp(-at)) : std::log1p(std::exp(at));
    sum += one.bad * at - one.all * log_one_plus;
  }
  return sum;
}

struct Derivatives {
  double intercept = 0, slope = 0;  // gradient
  double aa = 0, ab = 0, bb = 0;    // information
  double determinant() const { return aa * bb - ab * ab; }
};

Derivatives derive(const std::vector<Cases>& cases, const Fit& fit) {
  Derivatives sum;
  for (const Cases& one : cases) {
    double p = chance(fit.intercept + fit.slope * one.logit);
    double residual = one.bad - one.all * p, weight = one.all * p * (1 - p);
    sum.intercept += residual;
    sum.slope += residual * one.logit;
    sum.aa += weight;
    sum.ab += weight * one.logit;
    sum.bb += weight * one.logit * one.logit;
  }
  return sum;
}

constexpr int kMostSteps = 100;

// Newton with halving. Where classes are apart the likelihood has no maximum: the steps then do not
// end, or the information vanishes.
std::optional<Fit> fit_both(const std::vector<Cases>& cases) {
  Fit fit;
  for (int step = 0; step < kMostSteps; ++step) {
    Derivatives at = derive(cases, fit);
    double determinant = at.determinant();
    if (!(determinant > 1e-12 * at.aa * at.bb) || at.aa < 1e-9) return std::nullopt;
    double by_intercept = (at.bb * at.intercept - at.ab * at.slope) / determinant;
    double by_slope = (at.aa * at.slope - at.ab * at.intercept) / determinant;
    if (std::abs(by_intercept) < 1e-10 && std::abs(by_slope) < 1e-10) {
      fit.intercept_variance = at.bb / determinant;
      fit.slope_variance = at.aa / determinant;
      return fit;
    }
    double before = log_likelihood(cases, fit.intercept, fit.slope), part = 1;
    // What a large sum loses by rounding is no fall.
    double rounding = 1e-12 * (1 + std::abs(before));
    while (part > 1e-6 && log_likelihood(cases, fit.intercept + part * by_intercept,
                                         fit.slope + part * by_slope) < before - rounding)
      part /= 2;
    fit.intercept += part * by_intercept;
    fit.slope += part * by_slope;
  }
  return std::nullopt;
}

// The intercept alone, by halving an interval: its equation is monotone.
std::optional<Fit> fit_shift(const std::vector<Cases>& cases) {
  Fit fit;
  double low = -60, high = 60;
  for (int step = 0; step < 200; ++step) {
    fit.intercept = (low + high) / 2;
    (derive(cases, fit).intercept > 0 ? low : high) = fit.intercept;
  }
  double information = derive(cases, fit).aa;
  if (information < 1e-9) return std::nullopt;
  fit.intercept_variance = 1 / information;
  return fit;
}

}  // namespace

std::optional<CoxCalibration> cox_calibration(std::span<const PredictedGroup> groups) {
  ClassTally all;
  for (const PredictedGroup& group : groups) all += group.tally;
  if (all.bad <= 0 || all.good <= 0) return std::nullopt;
  double scale = all.effective() / all.weight();
  std::vector<Cases> cases;
  for (const PredictedGroup& group : groups) {
    double p = std::clamp(group.probability, 1e-12, 1 - 1e-12);
    cases.push_back(
        {std::log(p) - std::log1p(-p), group.tally.bad * scale, group.tally.weight() * scale});
  }
  std::optional<Fit> both = fit_both(cases), shift = fit_shift(cases);
  if (!both || !shift) return std::nullopt;
  CoxCalibration result;
  result.slope = both->slope;
  result.slope_error = std::sqrt(both->slope_variance);
  result.intercept = both->intercept;
  result.intercept_error = std::sqrt(both->intercept_variance);
  result.shift = shift->intercept;
  result.shift_error = std::sqrt(shift->intercept_variance);
  result.slope_p = two_sided((result.slope - 1) / result.slope_error);
  result.shift_p = two_sided(result.shift / result.shift_error);
  return result;
}

}  // namespace credence
