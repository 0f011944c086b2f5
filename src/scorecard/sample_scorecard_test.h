#pragma once

#include <credence/scorecard/scorecard.h>

#include <cmath>
#include <limits>
#include <random>

namespace credence::sample {

// Cards and rows that nobody would write by hand, for tests that hold for every card.
class Cards {
 public:
  explicit Cards(std::uint64_t seed) : random_(seed) {}

  Scorecard card(int variables, int pairs) {
    Scorecard card;
    card.id = "random";
    card.base = 600;
    for (int i = 0; i < variables; ++i) {
      Scorecard::Variable variable;
      variable.name = "v" + std::to_string(i);
      variable.cells = below(3) == 0 ? text_cells() : number_cells();
      card.terms.push_back(term({i}, static_cast<std::size_t>(variable.cells.count())));
      card.variables.push_back(std::move(variable));
    }
    for (int i = 0; i < pairs; ++i) {
      std::size_t cells = count(card, i) * count(card, i + 1);
      card.terms.push_back(term({i, i + 1}, cells));
    }
    card.range_lowest = card.lowest();
    card.range_highest = card.highest();
    return card;
  }

  // Edges, their neighbours, codes, extremes, nothing.
  double value(const Cells& cells) {
    double infinity = std::numeric_limits<double>::infinity();
    std::vector<double> values{0.0, -0.0, infinity, -infinity, std::nan(""), 1e308, -1e308, 5e-324};
    for (double edge : cells.edges()) {
      values.push_back(edge);
      values.push_back(std::nextafter(edge, infinity));
      values.push_back(std::nextafter(edge, -infinity));
    }
    for (const SpecialCode& code : cells.specials())
      values.insert(values.end(), code.numbers.begin(), code.numbers.end());
    return values[below(values.size())];
  }

  std::size_t below(std::size_t most) {
    return std::uniform_int_distribution<std::size_t>{0, most - 1}(random_);
  }
  static std::size_t count(const Scorecard& card, int variable) {
    return static_cast<std::size_t>(
        card.variables[static_cast<std::size_t>(variable)].cells.count());
  }

 private:
  Cells number_cells() {
    std::vector<double> edges;
    double edge = std::uniform_real_distribution<double>{-50, 0}(random_);
    for (std::size_t i = below(below(8) == 0 ? 40 : 7); i > 0; --i) {
      edges.push_back(below(4) == 0 ? std::floor(edge) : edge);
      edge += 1.01 + std::uniform_real_distribution<double>{0, 20}(random_);
    }
    if (below(2) == 0) return Cells::of_numbers(edges, {});
    return Cells::of_numbers(edges, {{"no-record", {-9, 96}, {}}, {"none due", {-8}, {}}});
  }
  Cells text_cells() {
    std::vector<std::vector<std::string>> groups;
    for (std::size_t i = 0; i < 1 + below(4); ++i)
      groups.push_back({"a" + std::to_string(i), "é" + std::to_string(i)});
    return Cells::of_texts(groups, {{"refused", {}, {"refused", ""}}});
  }
  Scorecard::Term term(std::vector<int> variables, std::size_t cells) {
    Scorecard::Term term;
    term.variables = std::move(variables);
    for (std::size_t i = 0; i < cells; ++i)
      term.points.push_back(static_cast<int>(below(9)) * 7 - 30);
    term.baseline = below(3) == 0 ? term.points[below(cells)] : term.highest();
    return term;
  }

  std::mt19937_64 random_;
};

}  // namespace credence::sample
