#include <credence/exchange/naming.h>
#include <credence/exchange/pmml_verification.h>
#include <credence/exchange/writers.h>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace credence {

namespace {

// XML 1.0 has no way to write most control characters.
bool can_be_written(std::string_view text) {
  std::vector<char32_t> points = code_points(text);
  return std::all_of(points.begin(), points.end(), [](char32_t c) {
    return (c >= 0x20 && c != 0xfffe && c != 0xffff) || c == U'\n' || c == U'\t' || c == U'\r';
  });
}

class PmmlWriter {
 public:
  explicit PmmlWriter(const Scorecard& card) : card_(card), terms_(exported_terms(card)) {}

  Result<std::string> write() {
    if (auto checked = check(); !checked) return checked.error();
    out_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\">\n"
        "  <Header><Application name=\"Credence\"/></Header>\n";
    write_dictionary();
    out_ += fmt::format(
        "  <Scorecard modelName=\"{}\" functionName=\"regression\" initialScore=\"{}\" "
        "useReasonCodes=\"true\" reasonCodeAlgorithm=\"pointsBelow\" baselineMethod=\"{}\">\n",
        xml_attribute(card_.id.empty() ? "scorecard" : card_.id), card_.base, baseline_method());
    write_extensions();
    write_schema();
    write_output();
    out_ += "    <Characteristics>\n";
    for (std::size_t i : by_tie()) write_characteristic(terms_.terms[i]);
    out_ += "    </Characteristics>\n";
    out_ += pmml_verification(card_, by_tie());
    out_ += "  </Scorecard>\n</PMML>\n";
    return std::move(out_);
  }

 private:
  Result<Done> check() const {
    if (card_.terms.empty())
      return Error{
          "exchange.size", "PMML has no scorecard without characteristics", {}, "add a variable"};
    std::vector<std::string> own{card_.id};
    for (const ExportedTerm& term : terms_.terms) own.push_back(term.reason);
    if (auto checked = check_texts(own, "the card"); !checked) return checked;
    for (const Scorecard::Variable& variable : card_.variables) {
      std::vector<std::string> all{variable.name, variable.title.en, variable.title.fr};
      for (const auto& group : variable.cells.groups())
        all.insert(all.end(), group.begin(), group.end());
      for (const SpecialCode& code : variable.cells.specials()) {
        all.push_back(code.name);
        all.insert(all.end(), code.texts.begin(), code.texts.end());
      }
      if (auto checked = check_texts(all, fmt::format("`{}`", variable.name)); !checked)
        return checked;
    }
    return Done{};
  }

  static Result<Done> check_texts(std::span<const std::string> texts, std::string_view of) {
    if (std::all_of(texts.begin(), texts.end(), can_be_written)) return Done{};
    return Error{"exchange.text",
                 fmt::format("a text of {} holds a character that XML cannot carry", of),
                 {},
                 "take it out of the card and of the data"};
  }

  // PMML settles equal losses by the order of the characteristics, so they stand in ours.
  std::vector<std::size_t> by_tie() const {
    std::vector<std::size_t> order(terms_.terms.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return terms_.terms[a].tie > terms_.terms[b].tie;
    });
    return order;
  }

  std::string_view baseline_method() const {
    bool best = std::all_of(card_.terms.begin(), card_.terms.end(),
                            [](const auto& term) { return term.baseline == term.highest(); });
    return best ? "max" : "other";
  }

  void write_dictionary() {
    out_ += fmt::format("  <DataDictionary numberOfFields=\"{}\">\n", card_.variables.size());
    for (const Scorecard::Variable& variable : card_.variables) {
      bool text = variable.cells.kind() == Column::Kind::text;
      std::string inside;
      auto extend = [&](std::string_view name, const std::string& value) {
        if (value.empty()) return;
        inside += fmt::format("<Extension extender=\"credence\" name=\"{}\" value=\"{}\"/>", name,
                              xml_attribute(value));
      };
      extend("family", variable.family);
      extend("title.en", variable.title.en);
      extend("title.fr", variable.title.fr);
      out_ += fmt::format("    <DataField name=\"{}\" optype=\"{}\" dataType=\"{}\"{}\n",
                          xml_attribute(variable.name), text ? "categorical" : "continuous",
                          text ? "string" : "double",
                          inside.empty() ? "/>" : fmt::format(">{}</DataField>", inside));
    }
    out_ += "  </DataDictionary>\n";
  }

  void write_extensions() {
    out_ += fmt::format("    <Extension extender=\"credence\" name=\"range\" value=\"{} {}\"/>\n",
                        card_.range_lowest, card_.range_highest);
    if (!card_.scaling) return;
    out_ += fmt::format("    <Extension extender=\"credence\" name=\"scaling\" value=\"{} {}\"/>\n",
                        decimal(card_.scaling->offset), decimal(card_.scaling->factor));
  }

  void write_schema() {
    out_ += "    <MiningSchema>\n";
    for (const Scorecard::Variable& variable : card_.variables) {
      out_ += fmt::format(
          "      <MiningField name=\"{}\" missingValueTreatment=\"asIs\" "
          "invalidValueTreatment=\"asIs\"/>\n",
          xml_attribute(variable.name));
    }
    out_ += "    </MiningSchema>\n";
  }

  void write_output() {
    out_ +=
        "    <Output>\n      <OutputField name=\"Credence score\" optype=\"continuous\" "
        "dataType=\"double\" feature=\"predictedValue\"/>\n";
    for (std::size_t rank = 1; rank <= terms_.terms.size(); ++rank) {
      out_ += fmt::format(
          "      <OutputField name=\"Credence reason {0}\" optype=\"categorical\" "
          "dataType=\"string\" feature=\"reasonCode\" rank=\"{0}\"/>\n",
          rank);
    }
    out_ += "    </Output>\n";
  }

  // The cells of a variable in the order of their tests, each with its predicate.
  struct Test {
    int cell = 0;
    std::string predicate;
    std::string special;  // name of the code
  };
  std::vector<Test> tests_of(const Scorecard::Variable& variable) const {
    const Cells& cells = variable.cells;
    std::string field = xml_attribute(variable.name);
    std::vector<Test> tests{
        {cells.missing(),
         fmt::format("<SimplePredicate field=\"{}\" operator=\"isMissing\"/>", field), ""}};
    auto equal = [&](const std::string& value) {
      return fmt::format("<SimplePredicate field=\"{}\" operator=\"equal\" value=\"{}\"/>", field,
                         value);
    };
    for (std::size_t code = 0; code < cells.specials().size(); ++code) {
      const SpecialCode& special = cells.specials()[code];
      std::vector<std::string> any;
      for (double value : special.numbers) any.push_back(equal(decimal(value)));
      for (const std::string& text : special.texts) any.push_back(equal(xml_attribute(text)));
      tests.push_back({cells.special(code), any_of(any), special.name});
    }
    for (std::size_t bin = 0; bin < cells.groups().size(); ++bin) {
      std::vector<std::string> any;
      for (const std::string& text : cells.groups()[bin]) any.push_back(equal(xml_attribute(text)));
      tests.push_back({static_cast<int>(bin), any_of(any), ""});
    }
    for (std::size_t bin = 0; bin < cells.edges().size(); ++bin)
      tests.push_back({static_cast<int>(bin), interval(field, cells.edges(), bin), ""});
    if (cells.kind() == Column::Kind::text) {
      tests.push_back({cells.unknown(), "<True/>", ""});
      return tests;
    }
    // The last bin has its end, so that NaN, which evaluators compare in different ways, falls
    // through to what is missing.
    tests.push_back({cells.bins() - 1, last_interval(field, cells.edges()), ""});
    tests.push_back({cells.missing(), "<True/>", ""});
    return tests;
  }

  static std::string last_interval(const std::string& field, std::span<const double> edges) {
    std::string to = fmt::format(
        "<SimplePredicate field=\"{}\" operator=\"lessOrEqual\" value=\"INF\"/>", field);
    if (edges.empty()) return to;
    return fmt::format(
        "<CompoundPredicate booleanOperator=\"and\"><SimplePredicate field=\"{}\" "
        "operator=\"greaterOrEqual\" value=\"{}\"/>{}</CompoundPredicate>",
        field, decimal(edges.back()), to);
  }

  static std::string interval(const std::string& field, std::span<const double> edges,
                              std::size_t bin) {
    std::string below =
        fmt::format("<SimplePredicate field=\"{}\" operator=\"lessThan\" value=\"{}\"/>", field,
                    decimal(edges[bin]));
    if (bin == 0) return below;
    return fmt::format(
        "<CompoundPredicate booleanOperator=\"and\"><SimplePredicate field=\"{}\" "
        "operator=\"greaterOrEqual\" value=\"{}\"/>{}</CompoundPredicate>",
        field, decimal(edges[bin - 1]), below);
  }

  static std::string any_of(const std::vector<std::string>& predicates) {
    if (predicates.size() == 1) return predicates.front();
    return fmt::format("<CompoundPredicate booleanOperator=\"or\">{}</CompoundPredicate>",
                       fmt::join(predicates, ""));
  }

  void write_attribute(int points, const std::string& special, const std::string& predicate) {
    std::string extension =
        special.empty()
            ? ""
            : fmt::format("<Extension extender=\"credence\" name=\"special\" value=\"{}\"/>",
                          xml_attribute(special));
    out_ += fmt::format("        <Attribute partialScore=\"{}\">{}{}</Attribute>\n", points,
                        extension, predicate);
  }

  void write_characteristic(const ExportedTerm& exported) {
    const Scorecard::Term& term = *exported.term;
    auto variable = [&](std::size_t i) -> const Scorecard::Variable& {
      return card_.variables[static_cast<std::size_t>(term.variables[i])];
    };
    std::string name = variable(0).name;
    if (term.variables.size() == 2) name += " x " + variable(1).name;
    out_ +=
        fmt::format("      <Characteristic name=\"{}\" reasonCode=\"{}\" baselineScore=\"{}\">\n",
                    xml_attribute(name), xml_attribute(exported.reason), term.baseline);
    for (const Test& first : tests_of(variable(0))) {
      auto row = static_cast<std::size_t>(first.cell);
      if (term.variables.size() == 1) {
        write_attribute(term.points[row], first.special, first.predicate);
        continue;
      }
      auto width = static_cast<std::size_t>(variable(1).cells.count());
      for (const Test& second : tests_of(variable(1))) {
        write_attribute(
            term.points[row * width + static_cast<std::size_t>(second.cell)], "",
            fmt::format("<CompoundPredicate booleanOperator=\"and\">{}{}</CompoundPredicate>",
                        first.predicate, second.predicate));
      }
    }
    out_ += "      </Characteristic>\n";
  }

  const Scorecard& card_;
  ExportedTerms terms_;
  std::string out_;
};

}  // namespace

Result<std::string> write_pmml(const Scorecard& card) {
  return PmmlWriter{card}.write();
}

}  // namespace credence
