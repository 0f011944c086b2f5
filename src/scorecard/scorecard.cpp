#include <credence/scorecard/scorecard.h>
#include <credence/scorecard/scorecard_defects.h>
#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace credence {

namespace {

int saturated(std::int64_t value) {
  return static_cast<int>(std::clamp<std::int64_t>(value, std::numeric_limits<int>::min(),
                                                   std::numeric_limits<int>::max()));
}

std::string number_cell_name(const Cells& cells, int cell) {
  std::span<const double> edges = cells.edges();
  if (edges.empty()) return "any number";
  auto at = static_cast<std::size_t>(cell);
  if (at == 0) return fmt::format("(-inf, {})", edges.front());
  if (at == edges.size()) return fmt::format("[{}, inf)", edges.back());
  return fmt::format("[{}, {})", edges[at - 1], edges[at]);
}

}  // namespace

int Scorecard::Term::lowest() const {
  return points.empty() ? 0 : *std::min_element(points.begin(), points.end());
}

int Scorecard::Term::highest() const {
  return points.empty() ? 0 : *std::max_element(points.begin(), points.end());
}

int Scorecard::lowest() const {
  std::int64_t sum = base;
  for (const Term& term : terms) sum += term.lowest();
  return saturated(sum);
}

int Scorecard::highest() const {
  std::int64_t sum = base;
  for (const Term& term : terms) sum += term.highest();
  return saturated(sum);
}

const Scorecard::Variable* Scorecard::find(std::string_view name) const {
  auto found = std::find_if(variables.begin(), variables.end(),
                            [&](const Variable& variable) { return variable.name == name; });
  return found == variables.end() ? nullptr : &*found;
}

std::string Scorecard::reason_of(const Term& term) const {
  if (!term.reason.empty()) return term.reason;
  std::vector<std::string_view> names;
  for (int variable : term.variables)
    names.push_back(variables[static_cast<std::size_t>(variable)].name);
  return fmt::format("{}", fmt::join(names, " x "));
}

Text Scorecard::title_of(const Variable& variable) {
  if (variable.title == Text{}) return {variable.name, variable.name};
  return variable.title;
}

std::string Scorecard::cell_name(int variable, int cell) const {
  const Cells& cells = variables[static_cast<std::size_t>(variable)].cells;
  if (cell >= cells.missing()) return cell == cells.missing() ? "missing" : "unknown";
  if (cell >= cells.bins())
    return cells.specials()[static_cast<std::size_t>(cell - cells.bins())].name;
  if (cells.kind() == Column::Kind::number) return number_cell_name(cells, cell);
  return fmt::format("{}", fmt::join(cells.groups()[static_cast<std::size_t>(cell)], ", "));
}

std::vector<Error> defects(const Scorecard& card) {
  std::vector<Error> errors;
  for (const ScorecardDefect& defect : find_defects(card))
    errors.push_back({defect.code, defect.message.en, {}, defect.help.en});
  return errors;
}

}  // namespace credence
