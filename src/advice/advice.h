#pragma once

#include <credence/recourse/recourse.h>
#include <credence/scorecard/scorecard.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace credence {

// How dear it is to move from one bin of a variable to another. Costs are kept in millionths, so
// that they add up exactly.
enum class MoveCost {
  steps,          // bins moved; of texts always one step
  percentile,     // |Q(to) - Q(from)|, Q of the middle of a bin over the clean training rows
  log_percentile  // |ln((1 - Q(from)) / (1 - Q(to)))|, as in ustunb/actionable-recourse
};

// What can be done about one variable. Missing, special and unknown cells are never a goal, and
// somebody who is in one has no place from which to move: such variables stay as they are.
struct VariableActions {
  std::string variable;
  bool may_rise = true, may_fall = true;            // of numbers; texts have no direction
  std::optional<double> lowest = {}, highest = {};  // no bin wholly beyond is a goal
  std::optional<int> most_steps = {};               // bins at most
  MoveCost cost = MoveCost::steps;
  double weight = 1;                    // times the cost; 0 to 1,000
  int months = 0, months_per_step = 0;  // until a move has taken effect
  int effort_per_step = 0;              // from the budget that all moves share
  // A number that time alone moves, by so much a month (1 for months since an event, 1.0 / 12 for
  // years), for every variable at the same pace; nobody can move it otherwise. Needs the row's
  // value.
  std::optional<double> per_month = {};
};

struct AdvicePlan {
  std::vector<VariableActions> variables = {};  // one that is not named never changes
  std::optional<VariableActions> others = {};   // unless this says what holds for all others
  std::vector<std::string> immutable = {};      // never change, whatever `others` says
  // Joint limits: of each list all variables move, or none does.
  std::vector<std::vector<std::string>> together = {};
  int most_changes = 5;  // variables
  int most_months = 60;
  std::optional<int> most_effort = {};
  double cost_per_month = 0;
  int margin = 0;  // points on top of the target
  CostRule cost_rule = CostRule::sum;
  int ways = 1;
  Diversity diversity = Diversity::no_superset;
};

struct AdvisedMove {
  int variable = 0;      // index into Scorecard::variables
  int from = 0, to = 0;  // cells
  bool operator==(const AdvisedMove&) const = default;
};
struct Advice {
  std::vector<AdvisedMove> moves = {};    // what to do, by variable
  std::vector<AdvisedMove> passing = {};  // what time does in the meantime
  int score = 0;                          // then, by the card itself
  double cost = 0;
  int months = 0, effort = 0;
};
using AdviceAnswer = std::variant<std::vector<Advice>, NotReachable>;

// One row: a cell per variable; values (NaN where missing or text) when time moves a variable.
struct AdviceRow {
  std::span<const std::uint16_t> cells;
  std::span<const double> values = {};
};

// A card and what can be done about it, prepared once for many rows. Two variables of one term
// (a pair) are not separable, so they and whatever hangs together with them become one variable of
// the problem with all combinations as options: the answers stay exact.
class Adviser {
 public:
  static constexpr std::size_t kMostCombinations = 65'536;
  static constexpr double kOneCost = 1'000'000;  // a cost of 1 in the numbers of problem()

  // Errors: advice.variable (no such variable, with the nearest name; named twice; or immutable
  // and moved by time),
  // advice.number (a number outside of its range), advice.tallies (a percentile cost needs the
  // counts of training), advice.card (the card's first defect).
  static Result<Adviser> of(Scorecard card, AdvicePlan plan);

  // Errors: advice.row (cells or values of another length, or a cell that does not exist; a value
  // that time moves is absent), advice.size (a chain of pairs has too many combinations), and
  // those of cheapest_ways().
  Result<AdviceAnswer> advise(const AdviceRow& row, int target) const;
  // The same as a problem, for audits (recourse/audit.h).
  Result<RecourseProblem> problem(const AdviceRow& row, int target) const;

  const Scorecard& card() const { return card_; }

 private:
  friend class AdviserMaker;
  friend class RowOptions;
  // Variables that hang together by pairs or joint limits, and the terms over them.
  struct Group {
    std::vector<int> variables, terms;
    std::vector<std::vector<std::size_t>> together = {};  // positions in `variables`
  };
  Adviser() = default;

  Scorecard card_;
  AdvicePlan plan_;
  std::vector<std::optional<VariableActions>> actions_;  // per variable; none: it stays as it is
  std::vector<std::vector<double>> ranks_;  // Q per bin, where a percentile is the cost
  std::vector<Group> groups_;               // those in which something can change
};

}  // namespace credence
