#pragma once

#include <credence/base/finding.h>
#include <credence/charter/charter.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// Whole points per answer. docs/formats/card.md tells the file:
//   id = "deposit-free-2026"                   # the programme's id when left out
//   base = 600
//   [[feature]]
//   id = "late_bills_12m"
//   none = 0                                   # no such record; never negative (A15)
//   bins = [ { below = 1, points = 60 }, { below = 3, points = 0 }, { points = -90 } ]
//   special = { no-record = 0 }                # every code that the field declares; never negative
//   (A15) mean = 12                                  # when the programme's baseline is `mean`
//   policy = 60                                # when it is `policy`: the points of one of the bins
// or, for a choice: bins = [ { is = ["monthly"], points = 5 }, { points = 0 } ].
class Card {
 public:
  struct Bin {
    std::int64_t below = INT64_MAX;     // value < below; the last bin is open
    std::vector<std::int64_t> choices;  // positions, for an unordered feature of a choice
    int points = 0;
    Text label;  // "1 to 2", "under 500.00 EUR"; in the unit of the feature
  };
  struct Line {
    int feature = 0;  // index into Programme::features
    std::vector<Bin> bins;
    int none = 0;
    std::vector<int> special;  // points by special code of the field
    int lowest() const;
    int highest() const;
    int mean = 0;    // baseline `mean`: declared expectation over the population
    int policy = 0;  // baseline `policy`: the points of the answer that is expected
  };
  static constexpr int kMaxPoints = 100'000;    // |points| of a bin, a line's baseline, the base
  static constexpr std::size_t kMaxBins = 100;  // of one line

  const std::string& id() const { return id_; }
  int base() const { return base_; }
  const std::vector<Line>& lines() const { return lines_; }
  // The line of a feature of the programme, or nullptr when the card leaves it out.
  const Line* find_line(int feature) const;
  int lowest() const;  // of any score that this card can give
  int highest() const;

 private:
  friend class CardReader;
  std::string id_, text_;
  int base_ = 0;
  std::vector<Line> lines_;

 public:
  const std::string& text() const { return text_; }  // the file, as published
};

// The card exists only when it keeps the programme's promises: every line a feature of the
// programme, points monotone in the declared direction of risk, `none` never negative, any sum
// within the programme's range without clamping. Findings C001 ... and A15, A26.
struct ReadCard {
  std::optional<Card> card;
  Findings findings;
};
ReadCard read_card(std::string_view text, const std::string& file,
                   const LawfulProgramme& programme);

// What a rule of the format demands and why, for `credence explain C009`; nothing when there is no
// such code.
std::optional<Text> explain_card_code(std::string_view code);
std::vector<std::string> card_codes();  // all of them, in order

}  // namespace credence
