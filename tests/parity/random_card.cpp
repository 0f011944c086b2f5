#include "random_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace credence::parity {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLargest = std::numeric_limits<double>::max();
constexpr double kSmallest = std::numeric_limits<double>::denorm_min();

const std::array<std::string, 12>& awkward_names() {
  static const std::array<std::string, 12> names{"select",
                                                 "late.bills 12m",
                                                 "class",
                                                 "int",
                                                 "it's \"quoted\"",
                                                 "back\\slash",
                                                 "été à la mer",
                                                 "收入",
                                                 "late bills 12m",
                                                 "a]b`c",
                                                 "x",
                                                 "--x"};
  return names;
}

const std::array<std::string, 14>& awkward_texts() {
  static const std::array<std::string, 14> texts{"it's",
                                                 "say \"no\"",
                                                 "back\\slash",
                                                 "100%",
                                                 "a,%b",
                                                 "?"
                                                 "?=",
                                                 "\\n",
                                                 "two\nlines",
                                                 "tab\there",
                                                 " blanks ",
                                                 "blanks",
                                                 "Blanks",
                                                 "crème",
                                                 "收入 😀"};
  return texts;
}

}  // namespace

std::string RandomCards::name(Flavour flavour, int variable) const {
  auto at = static_cast<std::size_t>(variable);
  if (flavour == Flavour::awkward && at < awkward_names().size()) return awkward_names()[at];
  return "variable_" + std::to_string(variable);
}

Cells RandomCards::number_cells(Flavour flavour) {
  std::vector<double> edges;
  if (flavour == Flavour::extreme) {
    edges = {-kLargest,
             -1e100,
             -1.0 / 3,
             -kSmallest,
             0.0,
             kSmallest,
             2.2250738585072014e-308,
             0.1,
             0.1 + 0.2,
             std::nextafter(0.1 + 0.2, 1.0),
             1.0 / 3,
             5e15 + 0.5,
             9007199254740993.0,
             1e22,
             1e23,
             8.41e21,
             1.2345678901234567e200,
             kLargest};
    std::vector<double> kept;
    for (double edge : edges) {
      if (below(3) > 0) kept.push_back(edge);
    }
    std::sort(kept.begin(), kept.end());
    edges = kept;
  } else {
    double edge = std::uniform_real_distribution<double>{-60, 10}(random_);
    for (std::size_t i = below(8); i > 0; --i) {
      edges.push_back(below(3) == 0 ? std::round(edge * 8) / 8 : edge);
      edge += 1 + std::uniform_real_distribution<double>{0, 30}(random_);
    }
  }
  std::vector<SpecialCode> specials;
  if (below(2) == 0) specials = {{"no record", {-9, 96}, {}}, {"it's \"none\"", {-8.5}, {}}};
  if (below(4) == 0) specials = {{"zero", {0}, {}}};
  if (flavour == Flavour::extreme && below(2) == 0)
    specials = {{"largest", {kLargest, 0.1 + 0.2}, {}}, {"smallest", {-kSmallest}, {}}};
  return Cells::of_numbers(std::move(edges), std::move(specials));
}

Cells RandomCards::text_cells(Flavour flavour) {
  std::vector<std::string> texts{"monthly", "weekly", "none", "pension", "student", "other"};
  if (flavour != Flavour::plain)
    texts.insert(texts.end(), awkward_texts().begin(), awkward_texts().end());
  std::shuffle(texts.begin(), texts.end(), random_);
  std::vector<std::vector<std::string>> groups(1 + below(3));
  for (std::size_t i = 0; i + 3 < texts.size(); ++i) groups[i % groups.size()].push_back(texts[i]);
  std::vector<SpecialCode> specials;
  if (below(2) == 0) specials = {{"refused", {}, {texts[texts.size() - 2], "REFUSED"}}};
  if (flavour == Flavour::awkward) {
    if (specials.empty())
      groups.front().emplace_back();
    else
      specials.front().texts.emplace_back();
  }
  return Cells::of_texts(std::move(groups), std::move(specials));
}

Scorecard::Term RandomCards::term(std::vector<int> variables, std::size_t cells) {
  Scorecard::Term term;
  term.variables = std::move(variables);
  // Few levels, so that losses are often equal and the order of equals matters.
  for (std::size_t i = 0; i < cells; ++i)
    term.points.push_back(static_cast<int>(below(7)) * 5 - 20);
  term.baseline = below(3) == 0 ? term.points[below(cells)] : term.highest();
  return term;
}

Scorecard RandomCards::card(Flavour flavour) {
  Scorecard card;
  card.id = flavour == Flavour::awkward ? "struct \"l'été\" */" : "parity card";
  card.base = static_cast<int>(below(200)) + 500;
  int variables = flavour == Flavour::wide ? 30 : flavour == Flavour::awkward ? 12 : 8;
  for (int i = 0; i < variables; ++i) {
    Scorecard::Variable variable;
    variable.name = name(flavour, i);
    bool number = i % 3 != 1 || flavour == Flavour::extreme;
    variable.cells = number ? number_cells(flavour) : text_cells(flavour);
    bool only_in_pair = flavour != Flavour::plain && i + 1 == variables;
    if (!only_in_pair)
      card.terms.push_back(term({i}, static_cast<std::size_t>(variable.cells.count())));
    card.variables.push_back(std::move(variable));
  }
  auto cells = [&](int i) {
    return static_cast<std::size_t>(card.variables[static_cast<std::size_t>(i)].cells.count());
  };
  if (flavour != Flavour::plain) {
    card.terms.push_back(term({variables - 1, 0}, cells(variables - 1) * cells(0)));
    card.terms.push_back(term({1, 2}, cells(1) * cells(2)));
    card.terms.back().reason = flavour == Flavour::awkward ? "R\\'1\" é" : "R1";
  }
  card.range_lowest = card.lowest();
  card.range_highest = card.highest();
  return card;
}

Scorecard RandomCards::with_wrong_closure(const Scorecard& card) {
  Scorecard wrong = card;
  for (std::size_t i = 0; i < wrong.terms.size(); ++i) {
    Scorecard::Term& term = wrong.terms[i];
    Scorecard::Variable& variable = wrong.variables[static_cast<std::size_t>(term.variables[0])];
    if (term.variables.size() == 2 || variable.cells.edges().empty()) continue;
    std::vector<double> edges(variable.cells.edges().begin(), variable.cells.edges().end());
    if (term.points[0] == term.points[1]) continue;
    edges[0] = std::nextafter(edges[0], kInfinity);
    std::vector<SpecialCode> specials(variable.cells.specials().begin(),
                                      variable.cells.specials().end());
    variable.cells = Cells::of_numbers(std::move(edges), std::move(specials));
    return wrong;
  }
  return wrong;
}

std::vector<double> RandomCards::telling_numbers(const Cells& cells) {
  std::vector<double> values{0.0,      -0.0,      1.0,       -1.0,       kInfinity, -kInfinity,
                             kLargest, -kLargest, kSmallest, -kSmallest, 1e22,      123.456};
  for (double edge : cells.edges()) {
    values.push_back(edge);
    values.push_back(std::nextafter(edge, kInfinity));
    values.push_back(std::nextafter(edge, -kInfinity));
  }
  for (const SpecialCode& code : cells.specials()) {
    for (double value : code.numbers) {
      values.push_back(value);
      values.push_back(std::nextafter(value, kInfinity));
      values.push_back(std::nextafter(value, -kInfinity));
    }
  }
  values.push_back(std::nan(""));
  return values;
}

std::vector<std::string> RandomCards::telling_texts(const Cells& cells) {
  std::vector<std::string> texts;
  auto add = [&](const std::string& text) {
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  };
  for (const auto& group : cells.groups()) std::for_each(group.begin(), group.end(), add);
  for (const SpecialCode& code : cells.specials())
    std::for_each(code.texts.begin(), code.texts.end(), add);
  std::vector<std::string> named = texts;
  for (const std::string& text : named) {
    add(text + " ");
    add(" " + text);
  }
  for (const char* text : {"", "never seen", "MONTHLY", "NULL", "null", "nan", "'; --", "0"})
    add(text);
  return texts;
}

Answers RandomCards::answers(const Cells& cells, std::size_t rows) {
  Answers out;
  bool number = cells.kind() == Column::Kind::number;
  std::vector<double> numbers = number ? telling_numbers(cells) : std::vector<double>{};
  std::size_t choices = number ? numbers.size() : telling_texts(cells).size() + 1;
  for (std::size_t row = 0; row < rows; ++row) {
    // First each in turn, so that none is left to chance.
    std::size_t choice = row < choices ? row : below(choices);
    if (!number)
      out.codes.push_back(static_cast<std::int32_t>(choice) - 1);
    else if (row >= choices && below(4) == 0)
      out.numbers.push_back(std::uniform_real_distribution<double>{-100, 100}(random_));
    else
      out.numbers.push_back(numbers[choice]);
  }
  return out;
}

}  // namespace credence::parity
