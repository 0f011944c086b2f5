#pragma once

#include <credence/base/finding.h>
#include <credence/binning/rules.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace credence {

// What a modeller decides before training; docs/formats/plan.md tells the file. Everything has a
// default, so that a table and a target are enough.
struct TrainingPlan {
  struct Variable {
    std::string name;
    bool leave_out = false;
    bool keep = false;                 // never dropped by selection
    std::optional<Column::Kind> kind;  // of the column; numbers may be read as texts (codes)
    VariableRules rules;               // the plan's defaults with this variable's changes
    std::string family;                // credit-history, fulfilment, capacity, behaviour, identity
    Text title;
    int min_gap = 0;                     // points between neighbouring bins, at least
    std::optional<int> lowest, highest;  // of its points, relative to its own mean of 0
    // Override: bins that a person wants, instead of the optimum's.
    std::optional<Cells> bins;
    std::string bins_because;
    // Override: points by bin label, with the reason that goes into the log.
    struct FixedPoints {
      int cell = 0;
      int points = 0;
      std::string because;
    };
    std::vector<FixedPoints> fixed_points;
  };
  struct Selection {
    double min_iv = 0.02;
    double max_correlation = 0.95;  // of WoE columns; the one with the lower IV goes
    double max_vif = 10;
    double max_p_value = 1;  // Wald; 1 = off
    std::optional<int> max_variables;
  };
  struct Scaling {  // without anchor: the card's extremes are exactly the range
    struct Anchor {
      double points = 600, odds = 20, pdo = 50;  // good:bad odds at `points`
    };
    std::optional<Anchor> anchor;
    int lowest = 350, highest = 950;
  };
  struct Pairs {
    int most = 0;              // two-way tables at most
    double min_gain = 0.0005;  // of held-out AUC, each
    double ridge = 10;         // L2 penalty on each cell's log-odds
    int groups = 6;            // of cells of one variable, at most
  };
  // Whether missing and special answers may cost more than the worst ordinary bin. A programme's
  // card may not (A15).
  enum class Absence { empirical, never_below_worst };

  std::string id = "card";
  VariableRules defaults;
  std::vector<Variable> variables;  // only those with something of their own
  Selection selection;
  Scaling scaling;
  Pairs pairs;
  Absence absence = Absence::empirical;
  double ridge = 1;        // L2 penalty on standardised coefficients; C = 1 / ridge
  double cell_ridge = 20;  // L2 penalty on how far a cell's log-odds leave beta * woe, when jointly
  bool whole_points_jointly = true;  // false: only the best rounding, to compare with
  int folds = 5;
  std::uint64_t seed = 0;  // of the folds; equal seeds give equal folds
  unsigned threads = 1;    // never changes the result

  const Variable* find(std::string_view name) const;
  VariableRules rules_of(std::string_view name) const;
  // The same for a column of this kind: of special codes that come from the defaults it takes only
  // those that it can hold. Codes of its own are left as they are.
  VariableRules rules_of(std::string_view name, Column::Kind kind) const;
  VariableRules rules_of(const Variable* own, Column::Kind kind) const;  // null: the defaults
};

// The variables of a plan by name, for who looks up many: find() looks at each of them in turn.
// REQUIRES: the plan outlives it, and its variables stay as they are.
class PlanIndex {
 public:
  explicit PlanIndex(const TrainingPlan& plan);

  // What TrainingPlan::find() gives: of equal names the first.
  const TrainingPlan::Variable* find(std::string_view name) const;

 private:
  std::unordered_map<std::string_view, const TrainingPlan::Variable*> by_name_;
};

struct ReadPlan {
  std::optional<TrainingPlan> plan;
  Findings findings;  // T001 ... with place and help
};
ReadPlan read_plan(std::string_view text, const std::string& file);

}  // namespace credence
