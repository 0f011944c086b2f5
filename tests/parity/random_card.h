#pragma once

#include <credence/scorecard/scorecard.h>

#include <random>
#include <string>
#include <vector>

namespace credence::parity {

enum class Flavour {
  plain,    // as a bank would write it
  awkward,  // names and texts that every language would like to read otherwise
  extreme,  // thresholds at both ends of what a double holds, and next to each other
  wide      // many variables, and pairs
};

// What a row says of one variable: a number, or a text by its place in `texts`; -1 is missing.
struct Answers {
  std::vector<double> numbers;
  std::vector<std::int32_t> codes;
};

class RandomCards {
 public:
  explicit RandomCards(std::uint64_t seed) : random_(seed) {}

  Scorecard card(Flavour flavour);
  // The same card with one threshold moved to the next double, as a wrong closure of the interval
  // would move it.
  Scorecard with_wrong_closure(const Scorecard& card);

  // All that a variable should be asked with: cut points and their neighbours, codes, extremes.
  static std::vector<double> telling_numbers(const Cells& cells);
  static std::vector<std::string> telling_texts(const Cells& cells);
  Answers answers(const Cells& cells, std::size_t rows);

 private:
  std::size_t below(std::size_t most) {
    return std::uniform_int_distribution<std::size_t>{0, most - 1}(random_);
  }
  std::string name(Flavour flavour, int variable) const;
  Cells number_cells(Flavour flavour);
  Cells text_cells(Flavour flavour);
  Scorecard::Term term(std::vector<int> variables, std::size_t cells);

  std::mt19937_64 random_;
};

}  // namespace credence::parity
