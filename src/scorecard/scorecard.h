#pragma once

#include <credence/base/finding.h>
#include <credence/base/text.h>
#include <credence/binning/cells.h>
#include <credence/binning/tally.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A points card over the columns of a table: score = base + the points of each term, whole numbers,
// inside [lowest, highest] by construction. What training makes, exports carry elsewhere and
// `credence score --card` applies. The river's Card is the same card once its columns are the
// features of a lawful programme. docs/formats/table-card.md tells the file.
struct Scorecard {
  struct Variable {
    std::string name;
    std::string family;  // one of the five families, or empty
    Text title;          // what a person reads; the name when left out
    Cells cells;
    std::vector<double> woe;     // per cell, as trained; empty when unknown
    std::vector<Tally> tallies;  // per cell, as trained; empty when unknown
  };
  // Points by cell of one variable, or of two: points[cell of first * cells of second + cell of
  // second]. Terms are what reasons name.
  struct Term {
    std::vector<int> variables;  // one or two indexes into `variables`
    std::vector<int> points;
    int baseline = 0;    // what `pointsBelow` is measured from; its best points by default
    std::string reason;  // code, as in PMML; the name (or "a x b") when left out
    int lowest() const;
    int highest() const;
  };
  // P(bad) = 1 / (1 + exp((score - offset) / factor)); factor = pdo / ln 2.
  struct Scaling {
    double offset = 0, factor = 0;
  };

  std::string id;
  int base = 0;
  int range_lowest = 350, range_highest = 950;
  std::optional<Scaling> scaling;
  std::vector<Variable> variables;
  std::vector<Term> terms;

  int lowest() const;  // of any score that it can give
  int highest() const;
  const Variable* find(std::string_view name) const;
};

// The defects that make a card unusable: points count differs from cells, sums outside the range, a
// variable twice or in no term, ... Empty for a card that can score.
std::vector<Error> defects(const Scorecard& card);

struct ReadScorecard {
  std::optional<Scorecard> card;
  Findings findings;  // S001 ... with place and help
};
ReadScorecard read_scorecard(std::string_view text, const std::string& file);
// REQUIRES: defects(card) is empty. Reading it back gives an equal card.
std::string to_toml(const Scorecard& card);

}  // namespace credence
