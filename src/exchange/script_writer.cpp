#include <credence/exchange/naming.h>
#include <credence/exchange/writers.h>
#include <fmt/format.h>

namespace credence {

namespace {

template <class Values, class Write>
std::string list(const Values& values, const Write& write) {
  std::string out = "[";
  for (const auto& value : values)
    out += fmt::format("{}{}", out.size() > 1 ? ", " : "", write(value));
  return out + "]";
}

std::string whole(int value) {
  return std::to_string(value);
}

// The card as literals, which Python and JavaScript write alike; the code after them reads it.
class ScriptTables {
 public:
  using Quote = std::string (*)(std::string_view);
  ScriptTables(const Scorecard& card, Quote quote) : card_(card), quote_(quote) {}

  // name, is it numbers, special values with cells, edges or texts with cells, missing, the rest
  std::string variables() const {
    std::string out = "[\n";
    for (const Scorecard::Variable& variable : card_.variables) {
      const Cells& cells = variable.cells;
      bool number = cells.kind() == Column::Kind::number;
      std::string known = "[";
      auto add = [&](const std::string& value, int cell) {
        known += fmt::format("{}[{}, {}]", known.size() > 1 ? ", " : "", value, cell);
      };
      for (std::size_t code = 0; code < cells.specials().size(); ++code) {
        for (double value : cells.specials()[code].numbers)
          add(decimal(value), cells.special(code));
        for (const std::string& text : cells.specials()[code].texts)
          add(quote_(text), cells.special(code));
      }
      for (std::size_t bin = 0; bin < cells.groups().size(); ++bin) {
        for (const std::string& text : cells.groups()[bin])
          add(quote_(text), static_cast<int>(bin));
      }
      out += fmt::format("  [{}, {}, {}], {}, {}, {}],\n", quote_(variable.name), number ? 1 : 0,
                         known, list(cells.edges(), decimal), cells.missing(),
                         number ? cells.bins() - 1 : cells.unknown());
    }
    return out + "]";
  }

  // variables, width of the second, points, baseline, tie, reason
  std::string terms() const {
    std::string out = "[\n";
    ExportedTerms terms = exported_terms(card_);
    for (const ExportedTerm& each : terms.terms) {
      const Scorecard::Term& term = *each.term;
      int width = 1;
      if (term.variables.size() == 2)
        width = card_.variables[static_cast<std::size_t>(term.variables[1])].cells.count();
      out += fmt::format("  [{}, {}, {}, {}, {}, {}],\n", list(term.variables, whole), width,
                         list(term.points, whole), term.baseline, each.tie, quote_(each.reason));
    }
    return out + "]";
  }

 private:
  const Scorecard& card_;
  Quote quote_;
};

constexpr std::string_view kPython = R"(

def cell(variable, value):
    """The cell of a value: missing, then what is named, then intervals [from, to)."""
    _, numeric, known, edges, missing, rest = variable
    if value is None:
        return missing
    if numeric:
        value = float(value)
        if value != value:
            return missing
    for named, index in known:
        if value == named:
            return index
    for index, edge in enumerate(edges):
        if value < edge:
            return index
    return rest


def score(row):
    """The score of a mapping from names to values (None and NaN are missing), and its reasons."""
    cells = [cell(variable, row.get(variable[0])) for variable in VARIABLES]
    total, lost = BASE, []
    for variables, width, points, baseline, tie, reason in TERMS:
        at = cells[variables[0]]
        if len(variables) == 2:
            at = at * width + cells[variables[1]]
        total += points[at]
        if points[at] < baseline:
            lost.append((baseline - points[at], tie, reason))
    lost.sort(reverse=True)
    return total, [reason for _, _, reason in lost[:REASONS]]
)";

constexpr std::string_view kJavaScript = R"(
// The cell of a value: missing, then what is named, then intervals [from, to).
function cell([, numeric, known, edges, missing, rest], value) {
  if (value === null || value === undefined || (numeric && Number.isNaN(value))) return missing;
  for (const [named, index] of known) if (value === named) return index;
  for (let index = 0; index < edges.length; index++) if (value < edges[index]) return index;
  return rest;
}

// The score of an object from names to values (null, undefined and NaN are missing), and its
// reasons. Numbers are numbers and texts are strings: nothing is converted.
export function score(row) {
  const cells = VARIABLES.map((variable) =>
    cell(variable, Object.hasOwn(row, variable[0]) ? row[variable[0]] : null));
  let total = BASE;
  const lost = [];
  for (const [variables, width, points, baseline, tie, reason] of TERMS) {
    let at = cells[variables[0]];
    if (variables.length === 2) at = at * width + cells[variables[1]];
    total += points[at];
    if (points[at] < baseline) lost.push([baseline - points[at], tie, reason]);
  }
  lost.sort((a, b) => b[0] - a[0] || b[1] - a[1]);
  return { score: total, reasons: lost.slice(0, REASONS).map((each) => each[2]) };
}
)";

}  // namespace

Result<std::string> write_python(const Scorecard& card, const ExportOptions& options) {
  ScriptTables tables{card, python_string};
  return fmt::format(
             "\"\"\"Scorecard {}: {} to {} points, high is safe. Intervals are [from, "
             "to).\"\"\"\n\n"
             "BASE = {}\nREASONS = {}\nVARIABLES = {}\nTERMS = {}\n",
             comment(card.id), card.lowest(), card.highest(), card.base, options.reasons,
             tables.variables(), tables.terms()) +
         std::string{kPython};
}

Result<std::string> write_javascript(const Scorecard& card, const ExportOptions& options) {
  ScriptTables tables{card, utf16_string};
  return fmt::format(
             "// Scorecard {}: {} to {} points, high is safe. Intervals are [from, to).\n"
             "const BASE = {};\nconst REASONS = {};\nconst VARIABLES = {};\n"
             "const TERMS = {};\n",
             comment(card.id), card.lowest(), card.highest(), card.base, options.reasons,
             tables.variables(), tables.terms()) +
         std::string{kJavaScript};
}

}  // namespace credence
