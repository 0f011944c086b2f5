#pragma once

#include <credence/recourse/recourse.h>

#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// Steps of work that may still be spent, so that no problem runs for longer than seconds.
class WorkBudget {
 public:
  static constexpr std::uint64_t kMost = 4'000'000'000;
  // False, from then on, when the work is more than what is left.
  bool spend(std::uint64_t steps) {
    left_ = steps > left_ ? 0 : left_ - steps;
    return left_ > 0;
  }
  bool is_spent() const { return left_ == 0; }

 private:
  std::uint64_t left_ = kMost;
};

// Part of the search for several ways: what is decided about each variable beforehand.
enum class Fate : std::uint8_t { open, chosen, left };

// What an open problem looks like on one day: so many months from now.
struct Move {
  int option = 0;
  int gain = 0;  // against the variable's points on that day if nothing is done; 1 to Horizon::need
  std::int64_t cost = 0;
  int effort = 0, changes = 1;
};
struct Stage {
  int variable = 0;
  bool must = false;  // one of its moves has to be chosen
  std::size_t first = 0, count = 0;
};
struct Horizon {
  int months = 0;
  int need = 0;                 // points still missing on that day, 0 or more
  int changes = 0, effort = 0;  // what may be used; effort 0: no limit that matters
  bool impossible = false;      // a variable that must be chosen has no move
  std::vector<Move> moves;      // of each stage together, by option
  std::vector<Stage> stages;    // by variable
  std::span<const Move> of(const Stage& stage) const {
    return std::span{moves}.subspan(stage.first, stage.count);
  }
};

// The limits of a problem, or some of them; an absent one is none.
struct Reach {
  std::optional<int> changes = {}, months = {}, effort = {};
  static Reach of(const RecourseProblem& problem) {
    return {problem.most_changes, problem.most_months, problem.most_effort};
  }
};

// The points that time alone brings until then.
int passing_gain(const RecourseVariable& variable, int months);
std::int64_t passing_gain(const RecourseProblem& problem, int months);

// Moves that can be part of no best way are left out: those that another move of the same variable
// beats in cost (or ties with it and was declared before) with no less gain, no more effort and
// no more changes.
struct Outlook {
  int months = 0;
  std::span<const Fate> fates = {};                   // one per variable
  std::int64_t dearest = RecourseProblem::kMostCost;  // options above are not looked at
  std::int64_t need = 0;                              // of the problem, before time passes
};
Horizon look_ahead(const RecourseProblem& problem, const Reach& reach, const Outlook& outlook,
                   WorkBudget& budget);

// The days on which something may become better, ascending, 0 first.
std::vector<int> horizons(const RecourseProblem& problem, const Reach& reach);

}  // namespace credence
