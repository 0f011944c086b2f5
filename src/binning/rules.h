#pragma once

#include <credence/binning/cells.h>

#include <optional>
#include <string>
#include <vector>

namespace credence {

// Convex measures of how far the shares of events and non-events of a bin lie apart, p = E/TE and
// q = Q/TQ over the clean rows:
//   iv          (p - q) ln(p / q)
//   js          (p ln(p/m) + q ln(q/m)) / 2, m = (p + q) / 2
//   hellinger   (sqrt p - sqrt q)^2 / 2
//   triangular  (p - q)^2 / (p + q)
enum class Divergence { iv, js, hellinger, triangular };

// How the event rate goes from bin to bin; equal rates count as either direction. Peak is rising,
// then falling; valley the reverse; both contain the monotone ones. Concave is 2 D(b) >= D(a) +
// D(c) of neighbouring bins a, b, c; convex the reverse; with `strict_shape` of all triples a < b <
// c. Automatic solves all of none's alternatives exactly and chooses by held-out loss (binning.h).
enum class Trend { automatic, none, ascending, descending, peak, valley, concave, convex };

enum class SizeBasis { records, weight };  // what size limits count
enum class PValuePolicy { consecutive, all };

// Limits of one solve. Shares are of all records of the variable, missing and special ones
// included, and become ceil(share * total).
struct BinningRules {
  Divergence divergence = Divergence::iv;
  Trend trend = Trend::automatic;
  bool strict_shape = false;
  std::optional<int> min_bins, max_bins;  // clean bins
  double min_bin_share = 0.05, max_bin_share = 1;
  std::optional<double> min_bin_events, max_bin_events;        // weighted counts; at least > 0 for
  std::optional<double> min_bin_nonevents, max_bin_nonevents;  // iv and js
  double min_rate_difference = 0;                              // of neighbouring bins
  std::optional<double> max_p_value;  // pooled two-proportion z test, two-sided
  PValuePolicy p_value_policy = PValuePolicy::consecutive;
  double gamma = 0;  // takes gamma * (largest - smallest bin) / clean size off the objective
  SizeBasis size_basis = SizeBasis::records;
};

enum class Prebinning { cart, quantile, uniform, mdlp, splits };

struct PrebinRules {
  Prebinning method = Prebinning::cart;
  int max_prebins = 50;
  double min_share = 0.01;     // of all records, per prebin
  std::vector<double> splits;  // user's cut points, with method `splits`, or to be kept
  std::vector<bool> fixed;     // per split: it must be an edge of a bin
  std::vector<std::vector<std::string>> groups;  // texts with method `splits`
};

// What a bin without (enough) records of its own is given.
enum class AbsencePolicy {
  empirical,  // the smoothed weight of evidence of its own rows
  neutral,    // 0
  worst,      // that of the riskiest clean bin
  nearest,    // that of the clean bin with the nearest event rate
  fixed       // a number that the rules name
};
struct Absence {
  AbsencePolicy policy = AbsencePolicy::empirical;
  double value = 0;        // for `fixed`
  double min_records = 0;  // below, `fallback` holds, and the result says so
  AbsencePolicy fallback = AbsencePolicy::neutral;
};

enum class OnInfeasible { error, relax, one_bin };

// All that is said about one variable.
struct VariableRules {
  BinningRules binning;
  PrebinRules prebins;
  std::vector<SpecialCode> specials;
  Absence missing, special, unknown = {.policy = AbsencePolicy::neutral};
  std::optional<double> rare_share;  // texts below this share of clean rows go into one group
  double smoothing = 0.5;  // added to events and non-events of each cell, times the mean weight
  OnInfeasible on_infeasible = OnInfeasible::error;
  int folds = 5;  // of the held-out choice of an automatic trend
};

}  // namespace credence
