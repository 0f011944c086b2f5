#pragma once

#include <credence/binning/cells.h>
#include <credence/optimum/rules.h>

#include <optional>
#include <string>
#include <vector>

namespace credence {

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
