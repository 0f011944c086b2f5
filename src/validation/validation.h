#pragma once

#include <credence/base/result.h>
#include <credence/training/train.h>
#include <credence/validation/pack.h>
#include <credence/validation/sample.h>

#include <optional>
#include <string>
#include <vector>

namespace credence {

// What counts as good, to be watched and to be acted on. Every limit is printed beside its figure.
struct ValidationLimits {
  double confidence = 0.95;
  double stability_watch = 0.10, stability_act = 0.25;  // population stability index
  double impact_ratio = 0.80;                           // adverse impact ratio, at least
  double mean_difference = 30;    // standardised mean difference, per cent of a deviation
  double error_rate_gap = 0.05;   // true and false positive rates between groups
  double smallest_cell = 30;      // fewer records: the figure is not given
  double gini_fall = 0.05;        // from development, beyond which significance matters
  double calibration_gap = 0.10;  // of the mean probability against the bad rate, relative
};

struct ValidationInput {
  // Several samples are compared; the first of role development is what stability is measured
  // from, the last one in the order development, test, out of time is the one in the headline.
  std::vector<ValidationSample> samples = {};
  std::optional<Scorecard> card = {};  // names, bins, points, scaling; sections that need it say so
  std::optional<TrainingReport> training = {};
  std::vector<OverrideEffect> overrides = {};  // of people, beside those in `training`
  std::optional<int> cut_off = {};             // scores at or above it are accepted
  int bands = 10;                              // of scores, 2 to 50
  std::string prepared_on = {};                // a date, printed as it is; may be empty
  std::string prepared_by = {};                // may be empty
  ValidationLimits limits;
};

// Every figure of the pack, from the data given and nothing else. Deterministic. Sections whose
// data are missing, or of one class, are there and say so. Errors: validation.empty (no sample, no
// rows), validation.rows (lists of differing length: which), validation.outcome (neither 0 nor 1),
// validation.weights (not positive and finite), validation.months, validation.probability,
// validation.cells, validation.groups, validation.bands, validation.limits, those of defects() for
// the card, validation.one_class (no sample has both bad and good).
Result<ValidationPack> validate(const ValidationInput& input);

}  // namespace credence
