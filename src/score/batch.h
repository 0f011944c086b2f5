#pragma once

#include <credence/score/card.h>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// Scores many applicants whose features are ready, column by column, exactly as score() and
// adverse_reasons() do one by one. Whether there is enough data to score (NotEnoughData) is the
// caller's question.
//
// A column holds one number per applicant, the code of the answer to one line of the card: the
// lowest number for none, the next ones for special codes, above them the values themselves. Order
// of codes is order of answers, so a line is a staircase of points over codes and needs no branch.

template <class Code>  // std::int32_t or std::int64_t
struct BatchCode {
  static constexpr Code kNone = std::numeric_limits<Code>::min();
  static constexpr Code kFirstValue = kNone + 1 + Cell::kMaxSpecial;
  // Values beyond 32 bits become the nearest code, which is exact for a card that is narrow().
  static Code of(Cell answer);
};

// The ranks of the reasons, as columns: the card's line, or kNoReason.
struct BatchReasons {
  static constexpr std::uint8_t kNoReason = 255;
  std::array<std::span<std::uint8_t>, 4> ranks;
};

// A card made ready for batches, by rising code.
class BatchCard {
 public:
  // Errors: batch.range when scores do not fit 16 bits or a line can lose more than 32,767 points;
  // batch.lines when the card has more than 255 lines.
  static Result<BatchCard> make(const Card& card, Baseline baseline);

  // Whether 32-bit codes tell all answers apart that this card tells apart.
  bool narrow() const { return narrow_; }
  std::size_t lines() const { return lines_.size(); }

  // REQUIRES: one column per line, in the card's order, each as long as `scores` (and as every
  // rank); special codes are among those that the field declares; the card is narrow() for 32-bit
  // codes.
  template <class Code>
  void score(std::span<const std::span<const Code>> columns, std::span<std::int16_t> scores) const;
  template <class Code>
  void score(std::span<const std::span<const Code>> columns, std::span<std::int16_t> scores,
             const BatchReasons& reasons) const;

  // From a code on, so many more points. Most lines are one pass; longer ones are divided.
  static constexpr std::size_t kStepsPerPass = 8;
  template <class Code>
  struct Pass {
    std::array<Code, kStepsPerPass> from;
    std::array<std::int32_t, kStepsPerPass> more;
    std::size_t steps = 0;  // of the arrays
  };
  struct Line {
    std::int32_t start = 0;  // points of none
    std::int32_t baseline = 0;
    std::int32_t tie =
        0;  // the greater one goes first among equal losses; its lowest byte is the line
    std::vector<Pass<std::int32_t>> narrow;
    std::vector<Pass<std::int64_t>> wide;
  };

 private:
  BatchCard() = default;
  std::vector<Line> lines_;
  std::int32_t start_ = 0;  // base and every line's `start`
  bool narrow_ = true;
};

}  // namespace credence
