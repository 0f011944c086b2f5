#include <credence/score/batch.h>
#include <credence/score/batch_kernel.h>
#include <credence/score/reasons.h>

#include <algorithm>
#include <limits>

namespace credence {

namespace {

// From a code on, the points of a line.
struct Level {
  std::int64_t from = 0;
  int points = 0;
};

// The levels of a line's values, by rising value; the first one starts below every value.
std::vector<Level> value_levels(const Card::Line& line) {
  std::vector<Level> levels;
  std::int64_t choices = 0;
  for (const Card::Bin& bin : line.bins) {
    for (std::int64_t position : bin.choices) choices = std::max(choices, position + 1);
  }
  if (choices == 0) {
    std::int64_t from = INT64_MIN;
    for (const Card::Bin& bin : line.bins) {
      levels.push_back({from, bin.points});
      from = bin.below;
    }
    return levels;
  }
  int others = line.bins.back().points;
  levels.push_back({INT64_MIN, others});
  for (std::int64_t position = 0; position < choices; ++position)
    levels.push_back({position, others});
  for (const Card::Bin& bin : line.bins) {
    for (std::int64_t position : bin.choices)
      levels[static_cast<std::size_t>(position) + 1].points = bin.points;
  }
  levels.push_back({choices, others});
  return levels;
}

template <class Code>
std::vector<BatchCard::Pass<Code>> passes_of(const Card::Line& line) {
  using Codes = BatchCode<Code>;
  std::vector<Level> levels;
  for (std::size_t i = 0; i < line.special.size(); ++i) {
    levels.push_back({Codes::of(Cell::special(static_cast<int>(i))), line.special[i]});
  }
  for (Level level : value_levels(line)) {
    level.from =
        std::clamp<std::int64_t>(level.from, Codes::kFirstValue, std::numeric_limits<Code>::max());
    levels.push_back(level);
  }
  std::vector<BatchCard::Pass<Code>> passes;
  int points = line.none;
  for (const Level& level : levels) {
    if (level.points == points) continue;
    if (passes.empty() || passes.back().steps == BatchCard::kStepsPerPass) {
      passes.emplace_back();
      passes.back().from.fill(std::numeric_limits<Code>::max());
      passes.back().more.fill(0);
    }
    BatchCard::Pass<Code>& pass = passes.back();
    pass.from[pass.steps] = static_cast<Code>(level.from);
    pass.more[pass.steps] = level.points - points;
    ++pass.steps;
    points = level.points;
  }
  return passes;
}

bool fits_narrow_codes(const Card::Line& line) {
  return std::all_of(line.bins.begin(), line.bins.end(), [](const Card::Bin& bin) {
    return bin.below == INT64_MAX ||
           (bin.below > BatchCode<std::int32_t>::kFirstValue && bin.below <= INT32_MAX);
  });
}

const auto& passes_for(const BatchCard::Line& line, std::int32_t) {
  return line.narrow;
}
const auto& passes_for(const BatchCard::Line& line, std::int64_t) {
  return line.wide;
}

Error too_wide() {
  return {"batch.range",
          "scores or losses of this card do not fit 16 bits",
          {},
          "score one applicant at a time, or use smaller points"};
}

// Among equal losses the line that can lose more goes first, then the card's order.
void rank_ties(std::vector<BatchCard::Line>& lines, const Card& card, Baseline baseline) {
  std::vector<std::size_t> order(lines.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  auto most = [&](std::size_t i) {
    return baseline_of(card.lines()[i], baseline) - card.lines()[i].lowest();
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return most(a) != most(b) ? most(a) > most(b) : a < b;
  });
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    lines[order[rank]].tie = static_cast<std::int32_t>(((255 - rank) << 8) | order[rank]);
  }
}

template <class Code>
void climb_line(const BatchCard::Line& line, std::span<const Code> codes, std::int32_t* points) {
  for (const auto& pass : passes_for(line, Code{})) climb(codes, pass, points);
}

template <class Code>
void expect_shape(std::span<const std::span<const Code>> columns, std::size_t lines,
                  std::size_t size, bool narrow) {
  expects(columns.size() == lines, "BatchCard: one column per line");
  expects(narrow || sizeof(Code) > 4, "BatchCard: this card needs 64-bit codes");
  for (const auto& column : columns)
    expects(column.size() == size, "BatchCard: columns of one length");
}

}  // namespace

template <class Code>
Code BatchCode<Code>::of(Cell answer) {
  if (answer.is_missing()) return kNone;
  if (answer.is_special()) return static_cast<Code>(kNone + 1 + answer.special_code());
  return static_cast<Code>(
      std::clamp<std::int64_t>(answer.value(), kFirstValue, std::numeric_limits<Code>::max()));
}
template struct BatchCode<std::int32_t>;
template struct BatchCode<std::int64_t>;

Result<BatchCard> BatchCard::make(const Card& card, Baseline baseline) {
  if (card.lines().size() > BatchReasons::kNoReason) {
    return Error{
        "batch.lines", "this card has more than 255 lines", {}, "score one applicant at a time"};
  }
  if (card.lowest() < INT16_MIN || card.highest() > INT16_MAX) return too_wide();
  BatchCard batch;
  batch.start_ = card.base();
  for (const Card::Line& line : card.lines()) {
    int against = baseline_of(line, baseline);
    if (against - line.lowest() > INT16_MAX) return too_wide();
    batch.start_ += line.none;
    batch.narrow_ = batch.narrow_ && fits_narrow_codes(line);
    batch.lines_.push_back({.start = line.none,
                            .baseline = against,
                            .tie = 0,
                            .narrow = passes_of<std::int32_t>(line),
                            .wide = passes_of<std::int64_t>(line)});
  }
  rank_ties(batch.lines_, card, baseline);
  return batch;
}

template <class Code>
void BatchCard::score(std::span<const std::span<const Code>> columns,
                      std::span<std::int16_t> scores) const {
  expect_shape(columns, lines_.size(), scores.size(), narrow_);
  alignas(64) std::array<std::int32_t, kBlock> totals;
  for (std::size_t at = 0; at < scores.size(); at += kBlock) {
    std::size_t size = std::min(kBlock, scores.size() - at);
    std::fill_n(totals.begin(), size, start_);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      climb_line(lines_[i], columns[i].subspan(at, size), totals.data());
    }
    write_scores({totals.data(), size}, scores.data() + at);
  }
}

template <class Code>
void BatchCard::score(std::span<const std::span<const Code>> columns,
                      std::span<std::int16_t> scores, const BatchReasons& reasons) const {
  expect_shape(columns, lines_.size(), scores.size(), narrow_);
  for (auto rank : reasons.ranks)
    expects(rank.size() == scores.size(), "BatchCard: ranks of one length");
  alignas(64) std::array<std::int32_t, kBlock> totals, points;
  alignas(64) Losses losses;
  for (std::size_t at = 0; at < scores.size(); at += kBlock) {
    std::size_t size = std::min(kBlock, scores.size() - at);
    std::fill_n(totals.begin(), size, start_);
    for (auto& keys : losses.keys) keys.fill(0);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      std::fill_n(points.begin(), size, 0);
      climb_line(line, columns[i].subspan(at, size), points.data());
      count_losses({points.data(), size}, line.baseline - line.start, line.tie, totals.data(),
                   losses);
    }
    write_scores({totals.data(), size}, scores.data() + at);
    for (std::size_t rank = 0; rank < reasons.ranks.size(); ++rank) {
      write_ranks({losses.keys[rank].data(), size}, reasons.ranks[rank].data() + at);
    }
  }
}

template void BatchCard::score(std::span<const std::span<const std::int32_t>>,
                               std::span<std::int16_t>) const;
template void BatchCard::score(std::span<const std::span<const std::int64_t>>,
                               std::span<std::int16_t>) const;
template void BatchCard::score(std::span<const std::span<const std::int32_t>>,
                               std::span<std::int16_t>, const BatchReasons&) const;
template void BatchCard::score(std::span<const std::span<const std::int64_t>>,
                               std::span<std::int16_t>, const BatchReasons&) const;

}  // namespace credence
