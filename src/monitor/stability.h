#pragma once

#include <credence/monitor/tie_groups.h>

#include <optional>
#include <span>
#include <vector>

namespace credence {

// How far a sample moved from the one before, over the same cells: every cell of either sample,
// with missing and special ones. Shares are of weight. How many cases a sample tells as much as is
// given beside them: its records or, where weights differ, its effective size.
struct CellCounts {
  std::vector<double> weights;  // per cell
  double records = 0;           // size of the sample; 0: the sum of the weights
};

struct Stability {
  // Population stability index: sum (a - e) ln(a / e) with shares (n + 0.5) / (N + 0.5 B), which is
  // never infinite; `raw` without smoothing is infinite when a cell is empty in one sample only.
  double index = 0, raw = 0;
  std::vector<double> parts;  // of `index`, per cell
  // Were both samples from one population, raw index / (1/N + 1/M) would be about chi-square with
  // B - 1 degrees (B. Yurdakul, 2018); the smoothed index is used, so it is never infinite.
  double statistic = 0, degrees = 0, p_value = 1;
  double jensen_shannon = 0;             // divergence in nats, 0 to ln 2, of raw shares
  std::vector<double> expected, actual;  // raw shares
};
// Nothing when a sample is empty. REQUIRES: as many cells in both.
std::optional<Stability> stability(const CellCounts& expected, const CellCounts& actual);

// What the move is worth: sum (a - e) * points. REQUIRES: one entry per cell.
double points_shift(const Stability& stability, std::span<const int> points);

// The distance of two samples' scores, whatever became of them, with Kolmogorov's p (Smirnov;
// effective sizes; conservative, as scores are whole numbers).
struct ScoreDrift {
  double distance = 0;  // share of the actual below less that of the expected; signed
  int score = 0;        // up to which it is taken
  double p_value = 1;
};
// REQUIRES: neither is empty.
ScoreDrift score_drift(std::span<const TieGroup> expected, std::span<const TieGroup> actual);

// Herfindahl and Hirschman: sum of squared shares, 1/K to 1; normalised (h - 1/K) / (1 - 1/K), 0 to
// 1 (0 for one cell). Nothing for no weight.
struct Concentration {
  double index = 0, normalised = 0;
};
std::optional<Concentration> concentration(std::span<const double> weights);

}  // namespace credence
