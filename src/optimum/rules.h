#pragma once

#include <optional>

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

}  // namespace credence
