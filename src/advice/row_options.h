#pragma once

#include <credence/advice/advice.h>

#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// The problem of one row, and what each of its options means.
class RowOptions {
 public:
  RowOptions(const Adviser& adviser, const AdviceRow& row) : adviser_(adviser), row_(row) {}

  // Errors: advice.row, advice.size.
  std::optional<Error> build(int target);

  const RecourseProblem& problem() const { return problem_; }
  int score() const { return score_; }
  // What to do and what time does.
  Advice advice(const Way& way) const;

 private:
  using CellList = std::vector<std::uint16_t>;
  struct Meaning {                // of the options of one group
    std::vector<CellList> cells;  // per option, of the group's variables
  };
  // From `months` on, until the next interval, time has brought the group's variables there.
  struct Interval {
    int months = 0;
    CellList cells;
  };
  // Where a variable may go, and what it takes.
  struct Goal {
    std::uint16_t cell = 0;
    std::int64_t cost = 0;
    std::int64_t months = 0, effort = 0;
    bool moves = true;
  };

  std::optional<Error> check_row() const;
  std::optional<Error> build_group(const Adviser::Group& group);
  std::vector<Goal> goals(int variable, std::uint16_t stays_in) const;
  std::vector<Interval> intervals(const Adviser::Group& group) const;
  std::uint16_t cell_at(int variable, int months) const;
  int points(const Adviser::Group& group, const CellList& cells) const;
  void add_options(const Adviser::Group& group, const Interval& interval, std::optional<int> until,
                   int now, RecourseVariable& variable, Meaning& meaning) const;

  const Adviser& adviser_;
  AdviceRow row_;
  RecourseProblem problem_;
  int score_ = 0;
  std::vector<Meaning> meanings_;
};

}  // namespace credence
