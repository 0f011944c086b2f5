#pragma once

#include <credence/base/result.h>
#include <credence/scorecard/scorecard.h>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// Reasons are the terms that lost points against their baseline: most first; of equals the one that
// can lose more (baseline - lowest), then the card's order. A term that lost nothing is no reason.
struct ScoredRows {
  static constexpr std::uint16_t kNoReason = 65535;
  std::size_t reasons_per_row = 0;     // 0 to 4
  std::vector<std::int32_t> scores;    // one per row
  std::vector<std::uint16_t> reasons;  // rows * reasons_per_row, index of the term
};

struct ScoringOptions {
  std::size_t reasons = 0;  // at most 4
  unsigned threads = 1;     // the result does not depend on it
};

// Errors: score.card (the card has defects: the first one), score.column (a variable has no column:
// which, and the nearest name), score.kind (texts where numbers are needed, or the reverse),
// score.reasons (more than 4 of them).
Result<ScoredRows> score_table(const Scorecard& card, const Table& table,
                               const ScoringOptions& options);

// The rank of each term among equals: the term that can lose most is 0.
std::vector<std::uint16_t> tie_ranks(const Scorecard& card);

// One row whose cells are known, one per variable. For explanations, exports and tests.
struct ScoredRow {
  int score = 0;
  std::vector<int> points;             // per term
  std::vector<std::uint16_t> reasons;  // all, ranked
};
ScoredRow score_cells(const Scorecard& card, std::span<const std::uint16_t> cells);

}  // namespace credence
