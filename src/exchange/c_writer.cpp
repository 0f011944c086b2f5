#include <credence/exchange/naming.h>
#include <credence/exchange/writers.h>
#include <fmt/format.h>

namespace credence {

namespace {

// One C99 file that needs <string.h> alone: a struct of inputs, a struct of results, tables that
// never change, and one function without state.
class CWriter {
 public:
  CWriter(const Scorecard& card, const ExportOptions& options)
      : card_(card),
        reasons_(options.reasons),
        name_(identifier(options.name)),
        fields_(identifiers(variable_names(card))) {}

  std::string write() {
    write_head();
    ExportedTerms terms = exported_terms(card_);
    for (std::size_t i = 0; i < card_.variables.size(); ++i) write_cell_function(i);
    for (std::size_t i = 0; i < terms.terms.size(); ++i) {
      out_ += fmt::format("static const int {}_points_{}[] = {{{}}};\n", name_, i,
                          fmt::join(terms.terms[i].term->points, ", "));
    }
    write_reason_names(terms);
    write_score(terms);
    return std::move(out_);
  }

 private:
  void write_head() {
    out_ = fmt::format(
        "/* Scorecard {}: {} to {} points, high is safe. Intervals are [from, to).\n"
        "   C99. Numbers: NaN is missing. Texts: UTF-8 that ends with a zero; a null pointer is "
        "missing.\n"
        "   Do not compile with -ffast-math: it forgets what NaN is. */\n#include <string.h>\n\n"
        "typedef struct {{\n",
        comment(card_.id), card_.lowest(), card_.highest());
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      bool number = card_.variables[i].cells.kind() == Column::Kind::number;
      out_ += fmt::format("  {}{}; /* {} */\n", number ? "double " : "const char *", fields_[i],
                          comment(card_.variables[i].name));
    }
    if (fields_.empty()) out_ += "  int no_inputs;\n";
    out_ += fmt::format(
        "}} {0}_input;\n\ntypedef struct {{\n  int score;\n  int reasons[4]; /* index into "
        "{0}_reason_names, -1 for none; the first {1} are filled */\n}} {0}_result;\n\n",
        name_, reasons_);
  }

  void write_cell_function(std::size_t i) {
    const Cells& cells = card_.variables[i].cells;
    bool number = cells.kind() == Column::Kind::number;
    out_ += fmt::format("static int {}_cell_{}({}) {{\n", name_, i,
                        number ? "double x" : "const char *x");
    out_ += fmt::format("  if ({}) return {};\n", number ? "x != x" : "!x", cells.missing());
    auto equal_text = [&](const std::string& text, int cell) {
      out_ += fmt::format("  if (strcmp(x, {}) == 0) return {};\n", c_string(text), cell);
    };
    for (std::size_t code = 0; code < cells.specials().size(); ++code) {
      for (double value : cells.specials()[code].numbers) {
        out_ += fmt::format("  if (x == {} /* {} */) return {};\n", hexadecimal(value),
                            decimal(value), cells.special(code));
      }
      for (const std::string& text : cells.specials()[code].texts)
        equal_text(text, cells.special(code));
    }
    for (std::size_t bin = 0; bin < cells.groups().size(); ++bin) {
      for (const std::string& text : cells.groups()[bin]) equal_text(text, static_cast<int>(bin));
    }
    for (std::size_t bin = 0; bin < cells.edges().size(); ++bin) {
      out_ += fmt::format("  if (x < {} /* {} */) return {};\n", hexadecimal(cells.edges()[bin]),
                          decimal(cells.edges()[bin]), bin);
    }
    out_ += fmt::format("  return {};\n}}\n\n", number ? cells.bins() - 1 : cells.unknown());
  }

  void write_reason_names(const ExportedTerms& terms) {
    out_ += fmt::format("\nconst char *const {}_reason_names[] = {{", name_);
    for (const ExportedTerm& term : terms.terms) out_ += fmt::format("{}, ", c_string(term.reason));
    out_ += "0};\n\n";
  }

  void write_score(const ExportedTerms& terms) {
    out_ += fmt::format("{0}_result {0}_score(const {0}_input *input) {{\n", name_);
    out_ += fmt::format("  {}_result result = {{{}, {{-1, -1, -1, -1}}}};\n", name_, card_.base);
    if (reasons_ > 0) out_ += "  long keys[4] = {0, 0, 0, 0};\n  int rank;\n  long key, other;\n";
    out_ += "  int points;\n";
    for (std::size_t i = 0; i < fields_.size(); ++i)
      out_ += fmt::format("  const int c{0} = {1}_cell_{0}(input->{2});\n", i, name_, fields_[i]);
    if (fields_.empty()) out_ += "  (void)input;\n";
    for (std::size_t i = 0; i < terms.terms.size(); ++i) write_term(terms, i);
    if (terms.terms.empty()) out_ += "  points = 0;\n  result.score += points;\n";
    out_ += "  return result;\n}\n";
  }

  void write_term(const ExportedTerms& terms, std::size_t i) {
    const ExportedTerm& term = terms.terms[i];
    std::string cell = fmt::format("c{}", term.term->variables[0]);
    if (term.term->variables.size() == 2) {
      auto second = static_cast<std::size_t>(term.term->variables[1]);
      cell = fmt::format("{} * {} + c{}", cell, card_.variables[second].cells.count(), second);
    }
    out_ +=
        fmt::format("  points = {}_points_{}[{}];\n  result.score += points;\n", name_, i, cell);
    if (reasons_ == 0) return;
    // Each loss sinks to its rank; the reason travels as the remainder.
    out_ += fmt::format(
        "  key = points < {0} ? ((long){0} - points) * {1} + {2} : 0;\n"
        "  other = {3};\n"
        "  for (rank = 0; rank < {4}; ++rank) {{\n"
        "    if (key > keys[rank]) {{\n"
        "      const long k = keys[rank];\n      const int r = result.reasons[rank];\n"
        "      keys[rank] = key;\n      result.reasons[rank] = (int)other;\n"
        "      key = k;\n      other = r;\n    }}\n  }}\n",
        fmt::format("({})", term.term->baseline), terms.ties, term.tie, i, reasons_);
  }

  const Scorecard& card_;
  std::size_t reasons_;
  std::string name_;
  std::vector<std::string> fields_;
  std::string out_;
};

}  // namespace

Result<std::string> write_c(const Scorecard& card, const ExportOptions& options) {
  return CWriter{card, options}.write();
}

}  // namespace credence
