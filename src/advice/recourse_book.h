#pragma once

#include <credence/advice/advice.h>
#include <credence/recourse/audit.h>
#include <credence/table/column.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace credence {

struct BookAudit {
  int target = 0;
  unsigned threads = 1;  // never changes the result
  // From the calling thread only.
  std::function<void(std::size_t done, std::size_t total)> progress = {};
  // Asked before each person, by every thread; true ends the audit with recourse.stopped.
  std::function<bool()> stopped = {};
};

// The applicants of a table as a card sees them, with the groups kept for the audit.
class RecourseBook {
 public:
  // Errors: score.column, score.kind (as of score_table()), recourse.groups (no such column, or one
  // with more than 50 values).
  static Result<RecourseBook> of(Adviser adviser, const Table& table,
                                 const std::vector<std::string>& groups);

  std::size_t rows() const { return rows_; }
  const Adviser& adviser() const { return adviser_; }
  int score(std::size_t row) const { return scores_[row]; }
  Result<AdviceAnswer> advise(std::size_t row, int target) const;
  // Over all and by the values of each column of groups. Costs are in millionths
  // (Adviser::kOneCost). Errors: those of Adviser::problem() and cheapest_ways().
  Result<RecourseAudit> audit(const BookAudit& asked) const;

 private:
  explicit RecourseBook(Adviser adviser) : adviser_(std::move(adviser)) {}
  struct Row {  // of one applicant, side by side
    std::vector<std::uint16_t> cells;
    std::vector<double> values;
  };
  Row row(std::size_t at) const;

  Adviser adviser_;
  std::size_t rows_ = 0;
  std::vector<std::int32_t> scores_;
  std::vector<std::vector<std::uint16_t>> cells_;  // per variable of the card
  std::vector<std::vector<double>> values_;        // per variable; empty for texts
  std::vector<AuditPartition> partitions_;
  std::vector<std::vector<int>> parts_;  // per partition and row
};

}  // namespace credence
