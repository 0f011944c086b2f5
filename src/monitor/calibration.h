#pragma once

#include <credence/monitor/distribution.h>
#include <credence/monitor/tie_groups.h>

#include <optional>
#include <span>
#include <vector>

namespace credence {

// Cases that were given one probability of being bad, 0 to 1, with what became of them.
struct PredictedGroup {
  double probability = 0;
  ClassTally tally;
};

// Equal probabilities together, ascending. REQUIRES: one probability per row, 0 to 1.
std::vector<PredictedGroup> predicted_groups(std::span<const double> probabilities,
                                             std::span<const std::uint8_t> bad,
                                             std::span<const double> weights);

// Neighbouring probabilities looked at together.
struct CalibrationBand {
  double from = 0, to = 0;  // the lowest and the highest probability in it
  double predicted = 0;     // weighted mean
  ClassTally tally;
  double effective = 0;   // Kish's size; tests and intervals count with it
  Interval interval;      // Wilson's, of the bad rate
  double binomial_p = 1;  // P(at least so many bads), were the prediction true
  double jeffreys_p = 1;  // P(true rate <= prediction); small: the prediction is too low
};

struct CalibrationOptions {
  int bands = 10;
  double confidence = 0.95;
};

// Bands of nearly equal weight, cut between equal probabilities; or of equal width from 0 to 1
// (empty ones are left out).
std::vector<CalibrationBand> mass_bands(std::span<const PredictedGroup> groups,
                                        const CalibrationOptions& options = {});
std::vector<CalibrationBand> width_bands(std::span<const PredictedGroup> groups,
                                         const CalibrationOptions& options = {});
CalibrationBand whole(std::span<const PredictedGroup> groups, double confidence = 0.95);

// Brier's score, mean (y - p)^2, taken apart over bands (A. H. Murphy, J. Appl. Meteorology 12,
// 1973; the two terms within bands: D. B. Stephenson et al., Weather and Forecasting 23, 2008):
// brier = reliability - resolution + uncertainty + within_variance - within_covariance.
struct Brier {
  double brier = 0, reliability = 0, resolution = 0, uncertainty = 0;
  double within_variance = 0, within_covariance = 0;
};
Brier brier(std::span<const PredictedGroup> groups, int bands = 10);

// Mean of -ln of the probability given to what happened; infinite when that was 0.
double log_loss(std::span<const PredictedGroup> groups);

// Sum over bands of share * |bad rate - mean prediction|. With width_bands that is ECE, with
// mass_bands ACE.
double calibration_error(std::span<const CalibrationBand> bands);

// D. J. Spiegelhalter (Statistics in Medicine 5, 1986): sum w (y - p)(1 - 2p) over the root of
// sum w^2 (1 - 2p)^2 p (1 - p). Nothing when that is 0.
std::optional<double> spiegelhalter_z(std::span<const PredictedGroup> groups);

// D. R. Cox (Biometrika 45, 1958): logit P(y) = intercept + slope * logit p, by maximum likelihood.
// `shift` is the intercept with slope 1 (calibration in the large). Weights are scaled to the
// effective size. Probabilities are held within [1e-12, 1 - 1e-12]. Nothing for one class, for one
// probability only, or where no maximum exists (classes that do not overlap).
struct CoxCalibration {
  double slope = 1, slope_error = 0, intercept = 0, intercept_error = 0;
  double shift = 0, shift_error = 0;
  double slope_p = 1, shift_p = 1;  // Wald, two-sided: of slope 1, of shift 0
};
std::optional<CoxCalibration> cox_calibration(std::span<const PredictedGroup> groups);

// D. W. Hosmer and S. Lemeshow: sum (O - E)^2 / (n p (1 - p)) over bands. Chi-square with G - 2
// degrees on the rows that made the model, G on new ones. Nothing when no degrees remain.
struct HosmerLemeshow {
  double statistic = 0, degrees = 0, p_value = 1;
};
enum class Freshness { same_rows, new_rows };
std::optional<HosmerLemeshow> hosmer_lemeshow(std::span<const CalibrationBand> bands,
                                              Freshness freshness);

}  // namespace credence
