#include <credence/exchange/naming.h>
#include <credence/exchange/writers.h>
#include <fmt/format.h>

namespace credence {

namespace {

// One class. Cells and points are methods of their own, because Java limits the size of one.
class JavaWriter {
 public:
  JavaWriter(const Scorecard& card, const ExportOptions& options)
      : card_(card),
        reasons_(options.reasons),
        name_(type_identifier(options.name)),
        fields_(identifiers(variable_names(card))) {}

  std::string write() {
    ExportedTerms terms = exported_terms(card_);
    write_head(terms);
    for (std::size_t i = 0; i < card_.variables.size(); ++i) write_cell(i);
    for (std::size_t i = 0; i < terms.terms.size(); ++i) write_points(i, *terms.terms[i].term);
    write_score(terms);
    out_ += "}\n";
    return std::move(out_);
  }

 private:
  void write_head(const ExportedTerms& terms) {
    out_ = fmt::format(
        "/** Scorecard {}: {} to {} points, high is safe. Intervals are [from, to).\n"
        " *  NaN and null are missing. */\npublic final class {} {{\n  private {}() {{}}\n\n"
        "  public static final class Input {{\n",
        comment(card_.id), card_.lowest(), card_.highest(), name_, name_);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      bool number = card_.variables[i].cells.kind() == Column::Kind::number;
      out_ += fmt::format("    public {} {}{};\n", number ? "double" : "String", fields_[i],
                          number ? " = Double.NaN" : "");
    }
    out_ += fmt::format(
        "  }}\n\n  public static final class Result {{\n    public int score = {};\n"
        "    /** Codes, the greatest loss first. */\n"
        "    public final java.util.List<String> reasons = new java.util.ArrayList<>();\n  }}\n\n",
        card_.base);
    out_ += "  private static String reason(int term) {\n    switch (term) {\n";
    for (std::size_t i = 0; i < terms.terms.size(); ++i)
      out_ += fmt::format("      case {}: return {};\n", i, utf16_string(terms.terms[i].reason));
    out_ += "      default: return null;\n    }\n  }\n\n";
  }

  void write_cell(std::size_t i) {
    const Cells& cells = card_.variables[i].cells;
    bool number = cells.kind() == Column::Kind::number;
    out_ +=
        fmt::format("  private static int cell{}({} x) {{\n    if ({}) return {};\n", i,
                    number ? "double" : "String", number ? "x != x" : "x == null", cells.missing());
    auto equal_text = [&](const std::string& text, int cell) {
      out_ += fmt::format("    if (x.equals({})) return {};\n", utf16_string(text), cell);
    };
    for (std::size_t code = 0; code < cells.specials().size(); ++code) {
      for (double value : cells.specials()[code].numbers)
        out_ += fmt::format("    if (x == {}) return {};\n", decimal(value), cells.special(code));
      for (const std::string& text : cells.specials()[code].texts)
        equal_text(text, cells.special(code));
    }
    for (std::size_t bin = 0; bin < cells.groups().size(); ++bin) {
      for (const std::string& text : cells.groups()[bin]) equal_text(text, static_cast<int>(bin));
    }
    for (std::size_t bin = 0; bin < cells.edges().size(); ++bin)
      out_ += fmt::format("    if (x < {}) return {};\n", decimal(cells.edges()[bin]), bin);
    out_ += fmt::format("    return {};\n  }}\n\n", number ? cells.bins() - 1 : cells.unknown());
  }

  void write_switch(const std::string& name, std::string_view parameters, std::string_view on,
                    const std::vector<std::string>& results) {
    out_ +=
        fmt::format("  private static int {}({}) {{\n    switch ({}) {{\n", name, parameters, on);
    for (std::size_t i = 0; i + 1 < results.size(); ++i)
      out_ += fmt::format("      case {}: return {};\n", i, results[i]);
    out_ += fmt::format("      default: return {};\n    }}\n  }}\n\n", results.back());
  }

  void write_points(std::size_t i, const Scorecard::Term& term) {
    if (term.variables.size() == 1) {
      std::vector<std::string> points;
      for (int each : term.points) points.push_back(std::to_string(each));
      write_switch(fmt::format("points{}", i), "int a", "a", points);
      return;
    }
    auto second = static_cast<std::size_t>(term.variables[1]);
    auto width = static_cast<std::size_t>(card_.variables[second].cells.count());
    std::vector<std::string> rows;
    for (std::size_t row = 0; row * width < term.points.size(); ++row) {
      std::vector<std::string> points;
      for (std::size_t k = 0; k < width; ++k)
        points.push_back(std::to_string(term.points[row * width + k]));
      write_switch(fmt::format("points{}of{}", i, row), "int b", "b", points);
      rows.push_back(fmt::format("points{}of{}(b)", i, row));
    }
    write_switch(fmt::format("points{}", i), "int a, int b", "a", rows);
  }

  void write_score(const ExportedTerms& terms) {
    std::size_t ranks = reasons_;
    out_ += fmt::format(
        "  private static void rank(long key, long[] best) {{\n"
        "    for (int i = 0; i < best.length; i++) {{\n"
        "      if (key > best[i]) {{\n        long other = best[i];\n        best[i] = key;\n"
        "        key = other;\n      }}\n    }}\n  }}\n\n"
        "  public static Result score(Input input) {{\n    Result result = new Result();\n"
        "    long[] best = new long[{}];\n    int points;\n",
        ranks);
    for (std::size_t i = 0; i < fields_.size(); ++i)
      out_ += fmt::format("    int c{0} = cell{0}(input.{1});\n", i, fields_[i]);
    for (std::size_t i = 0; i < terms.terms.size(); ++i) {
      const ExportedTerm& term = terms.terms[i];
      std::string cells = fmt::format("c{}", term.term->variables[0]);
      if (term.term->variables.size() == 2) cells += fmt::format(", c{}", term.term->variables[1]);
      out_ += fmt::format(
          "    points = points{}({});\n    result.score += points;\n"
          "    if (points < {}) rank((({}L - points) * {} + {}) * {}L + {}, best);\n",
          i, cells, term.term->baseline, term.term->baseline, terms.ties, term.tie, terms.ties, i);
    }
    out_ += fmt::format(
        "    for (long key : best) {{\n"
        "      if (key > 0) result.reasons.add(reason((int) (key % {}L)));\n    }}\n"
        "    return result;\n  }}\n",
        terms.ties);
  }

  const Scorecard& card_;
  std::size_t reasons_;
  std::string name_;
  std::vector<std::string> fields_;
  std::string out_;
};

}  // namespace

Result<std::string> write_java(const Scorecard& card, const ExportOptions& options) {
  return JavaWriter{card, options}.write();
}

}  // namespace credence
