#include <credence/recourse/horizon.h>

#include <algorithm>
#include <limits>
#include <tuple>

namespace credence {

namespace {

bool is_available(const RecourseOption& option, const Reach& reach, int months) {
  if (option.months > months) return false;
  if (option.until && *option.until < months) return false;
  if (reach.changes && option.changes > *reach.changes) return false;
  return !reach.effort || option.effort <= *reach.effort;
}

bool beats(const Move& better, const Move& move) {
  return better.gain >= move.gain && better.effort <= move.effort && better.changes <= move.changes;
}

// Moves sorted so that whatever may beat a move stands before it; the survivors by option again.
void leave_out_beaten(std::vector<Move>& moves, std::size_t first, WorkBudget& budget) {
  auto begin = moves.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, moves.end(), [](const Move& a, const Move& b) {
    return std::tie(a.cost, a.changes, a.option) < std::tie(b.cost, b.changes, b.option);
  });
  bool plain = std::all_of(begin, moves.end(), [&](const Move& move) {
    return move.effort == begin->effort && move.changes == begin->changes;
  });
  std::size_t kept = first;
  for (std::size_t i = first; i < moves.size(); ++i) {
    // Of plain moves the last one kept has the largest gain so far.
    std::size_t from = plain && kept > first ? kept - 1 : first;
    if (!budget.spend(4 * (1 + kept - from))) break;
    bool beaten = std::any_of(moves.begin() + static_cast<std::ptrdiff_t>(from),
                              moves.begin() + static_cast<std::ptrdiff_t>(kept),
                              [&](const Move& better) { return beats(better, moves[i]); });
    if (!beaten) moves[kept++] = moves[i];
  }
  moves.resize(kept);
  std::sort(moves.begin() + static_cast<std::ptrdiff_t>(first), moves.end(),
            [](const Move& a, const Move& b) { return a.option < b.option; });
}

void add_moves(const RecourseVariable& asked, const Reach& reach, std::int64_t dearest,
               Horizon& horizon) {
  int without = passing_gain(asked, horizon.months);
  for (std::size_t i = 0; i < asked.options.size(); ++i) {
    const RecourseOption& option = asked.options[i];
    int gain = option.gain - without;
    if (gain <= 0 || option.cost > dearest) continue;
    if (!is_available(option, reach, horizon.months)) continue;
    horizon.moves.push_back({.option = static_cast<int>(i),
                             .gain = std::min(gain, horizon.need),
                             .cost = option.cost,
                             .effort = option.effort,
                             .changes = option.changes});
  }
}

// A budget of effort that even the hardest moves together keep is none.
int effort_that_matters(const Horizon& horizon, const Reach& reach) {
  if (!reach.effort) return 0;
  std::int64_t most = 0;
  for (const Stage& stage : horizon.stages) {
    int hardest = 0;
    for (const Move& move : horizon.of(stage)) hardest = std::max(hardest, move.effort);
    most += hardest;
  }
  return most > *reach.effort ? *reach.effort : 0;
}

}  // namespace

int passing_gain(const RecourseVariable& variable, int months) {
  int gain = 0;
  for (const Passing& passing : variable.passing) {
    if (passing.months > months) break;
    gain = passing.gain;
  }
  return gain;
}

std::int64_t passing_gain(const RecourseProblem& problem, int months) {
  std::int64_t gain = 0;
  for (const RecourseVariable& variable : problem.variables) gain += passing_gain(variable, months);
  return gain;
}

Horizon look_ahead(const RecourseProblem& problem, const Reach& reach, const Outlook& outlook,
                   WorkBudget& budget) {
  constexpr std::int64_t kMostNeed = std::numeric_limits<int>::max() - 1;
  std::int64_t need = outlook.need - passing_gain(problem, outlook.months);
  Horizon horizon{.months = outlook.months,
                  .need = static_cast<int>(std::clamp<std::int64_t>(need, 0, kMostNeed)),
                  .changes = reach.changes.value_or(0),
                  .moves = {},
                  .stages = {}};
  for (std::size_t i = 0; i < problem.variables.size(); ++i) {
    if (outlook.fates[i] == Fate::left) continue;
    std::size_t first = horizon.moves.size();
    if (!budget.spend(1 + problem.variables[i].options.size())) break;
    add_moves(problem.variables[i], reach, outlook.dearest, horizon);
    if (horizon.moves.size() - first > 1) leave_out_beaten(horizon.moves, first, budget);
    std::size_t count = horizon.moves.size() - first;
    bool must = outlook.fates[i] == Fate::chosen;
    if (must && count == 0) horizon.impossible = true;
    if (count > 0) horizon.stages.push_back({static_cast<int>(i), must, first, count});
  }
  horizon.effort = effort_that_matters(horizon, reach);
  if (horizon.effort == 0) {
    for (Move& move : horizon.moves) move.effort = 0;
  }
  return horizon;
}

std::vector<int> horizons(const RecourseProblem& problem, const Reach& reach) {
  std::vector<int> months = {0};
  int longest = reach.months.value_or(RecourseProblem::kMostMonths);
  auto add = [&](int month) {
    if (month <= longest) months.push_back(month);
  };
  for (const RecourseVariable& variable : problem.variables) {
    for (const RecourseOption& option : variable.options) {
      if (option.months != months.back()) add(option.months);
    }
    for (const Passing& passing : variable.passing) add(passing.months);
  }
  std::ranges::sort(months);
  auto repeated = std::ranges::unique(months);
  months.erase(repeated.begin(), repeated.end());
  return months;
}

}  // namespace credence
