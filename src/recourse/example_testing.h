#pragma once

#include <credence/recourse/recourse.h>

#include <random>

namespace credence {

// Random problems for tests and benches: whole numbers from one seeded engine, so that every
// machine has the same ones.
class ExampleProblems {
 public:
  explicit ExampleProblems(std::uint64_t seed) : engine_(seed) {}

  int number(int lowest, int highest) {
    auto range = static_cast<std::uint64_t>(highest - lowest) + 1;
    return lowest + static_cast<int>(engine_() % range);
  }
  bool one_in(int many) { return number(1, many) == 1; }

  // Small enough for every combination to be tried.
  RecourseProblem small() {
    RecourseProblem problem{.need = number(-2, 25), .margin = one_in(4) ? number(1, 3) : 0};
    problem.variables.resize(static_cast<std::size_t>(number(0, 5)));
    bool time_matters = one_in(2), effort_matters = one_in(3), joint = one_in(3);
    for (RecourseVariable& variable : problem.variables) {
      int options = number(0, 4);
      for (int i = 0; i < options; ++i) {
        RecourseOption option{.gain = number(-1, 12), .cost = number(0, 6)};
        if (time_matters) option.months = number(0, 6);
        if (time_matters && one_in(5)) option.until = option.months + number(0, 4);
        if (effort_matters) option.effort = number(0, 4);
        if (joint) option.changes = number(1, 3);
        variable.options.push_back(option);
      }
      if (!time_matters || one_in(2)) continue;
      for (int month = number(1, 3); month <= 6; month += number(1, 4)) {
        variable.passing.push_back({month, number(-5, 6)});
      }
    }
    problem.most_changes = number(0, 5);
    if (time_matters && one_in(2)) problem.most_months = number(0, 7);
    if (time_matters && one_in(3)) problem.cost_per_month = number(1, 2);
    if (effort_matters && !one_in(4)) problem.most_effort = number(0, 8);
    problem.cost_rule = one_in(3) ? CostRule::largest : CostRule::sum;
    problem.ways = number(1, 5);
    problem.diversity = static_cast<Diversity>(number(0, 2));
    return problem;
  }

  // As a points card has them: bins that cost more the further they are away.
  RecourseProblem card(int variables, int bins, int need, int changes) {
    RecourseProblem problem{.need = need, .most_changes = changes};
    for (int v = 0; v < variables; ++v) {
      RecourseVariable& variable = problem.variables.emplace_back();
      int gain = 0, cost = 0;
      for (int bin = 1; bin < bins; ++bin) {
        gain += number(1, 12);
        cost += number(1'000, 200'000);
        variable.options.push_back({.gain = gain, .cost = cost});
      }
    }
    return problem;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace credence
