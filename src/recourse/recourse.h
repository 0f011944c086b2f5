#pragma once

#include <credence/base/result.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace credence {

// The exact cheapest changes that bring a score of whole points to a target: a multiple-choice
// knapsack solved by dynamic programming. A variable is one thing, or several that only move
// together (a joint limit: a credit line and its use); of its options at most one is chosen.
// Traits that cannot change and cells that are no goal (missing, special) are not offered at all.
struct RecourseOption {
  std::int32_t gain = 0;          // points against today, once it has taken effect
  std::int64_t cost = 0;          // fixed point in a unit of the caller's choice, 0 to kMostCost
  int months = 0;                 // until it has taken effect; all waiting runs side by side
  std::optional<int> until = {};  // last month at which it still holds; none: it stays
  int effort = 0;                 // taken from a budget that all changes share, as hours are
  int changes = 1;                // how many things it changes: more than 1 for joint moves
};

// What becomes of a variable when nothing is done, from month `months` on: time passes for every
// variable at once, never faster for one than for another. `gain` is against today and may be
// negative. A chosen option stands in its place.
struct Passing {
  int months = 1;  // 1 or more
  std::int32_t gain = 0;
};

struct RecourseVariable {
  std::vector<RecourseOption> options = {};
  std::vector<Passing> passing = {};  // months ascend strictly
};

enum class CostRule {
  sum,     // least total; then fewer changes, fewer months, declared order
  largest  // least cost of the dearest change; then as above
};

// Each further way is the best of those that, against every way before it,
enum class Diversity {
  different_sets,  // changes another set of variables
  no_superset,     // leaves out at least one of its variables (a way of mere waiting excepted)
  disjoint         // has no variable in common
};

struct RecourseProblem {
  static constexpr std::int64_t kMostCost = 1'000'000'000'000'000;
  static constexpr int kMostNeed = 10'000;              // points, margin included
  static constexpr std::int32_t kMostGain = 1'000'000;  // of one option, and of passing time
  static constexpr int kMostMonths = 2'400;
  static constexpr int kMostChanges = 64;
  static constexpr int kMostEffort = 100'000;
  static constexpr int kMostWays = 32;
  static constexpr std::size_t kMostOptions = 1'000'000;  // of all variables
  static constexpr std::size_t kMostVariables = 10'000;

  int need = 0;    // target - score; 0 or less: already there
  int margin = 0;  // points on top of the need, so that the answer is not on the edge
  std::vector<RecourseVariable> variables = {};
  int most_changes = 5;
  std::optional<int> most_months = {};  // the horizon; none: as long as any option needs
  std::optional<int> most_effort = {};  // budget of the sum of efforts; none: no limit
  std::int64_t cost_per_month = 0;      // of the months that the whole way takes
  CostRule cost_rule = CostRule::sum;
  int ways = 1;
  Diversity diversity = Diversity::no_superset;
};

struct Choice {
  int variable = 0, option = 0;  // indexes into the problem
  bool operator==(const Choice&) const = default;
};

// Sufficient at `months`, counted from today, and chosen so that no way is cheaper.
struct Way {
  std::vector<Choice> choices = {};  // by variable; empty: waiting is enough, or nothing is needed
  int gain = 0;                      // choices and passing time together
  std::int64_t cost = 0;             // of the choices and of the months
  std::int64_t largest = 0;          // the dearest choice
  int changes = 0, months = 0, effort = 0;
  bool operator==(const Way&) const = default;
};

struct Ways {
  std::vector<Way> ways;  // best first, at least one; fewer than asked: there are no more
};

// No way within the limits. The first of these that holds:
enum class WhyNot {
  nothing_offered,  // no option brings a point, and time brings none
  changes,          // with more changes it could be reached
  months,           // with more time
  effort,           // with more effort
  limits,           // with several limits lifted at once
  points            // not even with everything
};
struct NotReachable {
  WhyNot why = WhyNot::points;
  int best_gain = 0;       // the most points within the limits
  int unlimited_gain = 0;  // the most points if no limit held
};

using RecourseAnswer = std::variant<Ways, NotReachable>;

// Of ways that tie in cost, changes and months the one that comes first when written as a list of
// (variable, option) wins.
// Errors: recourse.limit (a number outside of its range, with its place), recourse.size (the work
// or the memory would be beyond what is done in seconds: which number to lower).
// Source: the usual recurrence of the multiple-choice knapsack problem (Kellerer, Pferschy,
// Pisinger, Knapsack Problems, 2004, chapter 11) with demand instead of capacity.
Result<RecourseAnswer> cheapest_ways(const RecourseProblem& problem);

}  // namespace credence
