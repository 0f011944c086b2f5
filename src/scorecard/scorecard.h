#pragma once

#include <credence/base/finding.h>
#include <credence/base/text.h>
#include <credence/binning/cells.h>
#include <credence/optimum/tally.h>

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
    bool operator==(const Variable&) const = default;
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
    bool operator==(const Term&) const = default;
  };
  // P(bad) = 1 / (1 + exp((score - offset) / factor)); factor = pdo / ln 2.
  struct Scaling {
    double offset = 0, factor = 0;
    bool operator==(const Scaling&) const = default;
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
  std::string reason_of(const Term& term) const;        // its code, or what stands in for it
  static Text title_of(const Variable& variable);       // its title, or its name
  std::string cell_name(int variable, int cell) const;  // "[1, 3)", "no-record", "missing"
  bool operator==(const Scorecard&) const = default;

  static constexpr int kMaxPoints = 100'000;  // of a cell, either sign; and of the base
  static constexpr int kMaxTerms = 10'000;
  static constexpr int kMaxCells = 65'535;         // of one variable
  static constexpr int kMaxPairCells = 1'000'000;  // of one two-way table
};

// The defects that make a card unusable (codes scorecard.*): points count differs from cells, sums
// outside the range, a variable twice or in no term, two terms with one reason, terms out of order
// (those of one variable stand first, in the order of their variables), texts that are no UTF-8 ...
// Empty for a card that can score.
std::vector<Error> defects(const Scorecard& card);

struct ReadScorecard {
  std::optional<Scorecard> card;
  Findings findings;  // S001 ... with place and help
};
ReadScorecard read_scorecard(std::string_view text, const std::string& file);
// REQUIRES: defects(card) is empty. Reading it back gives an equal card.
std::string to_toml(const Scorecard& card);

}  // namespace credence
