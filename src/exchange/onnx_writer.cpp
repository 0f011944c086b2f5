#include <credence/exchange/onnx_graph.h>
#include <credence/exchange/writers.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace credence {

namespace {

// Comparisons in double, sums in whole numbers of 64 bits: nothing is rounded anywhere.
class OnnxWriter {
 public:
  OnnxWriter(const Scorecard& card, const ExportOptions& options)
      : card_(card), options_(options), terms_(exported_terms(card)) {}

  Result<std::string> write() {
    if (auto checked = check(); !checked) return checked.error();
    for (std::size_t i = 0; i < card_.variables.size(); ++i) cells_.push_back(cell_of(i));
    std::vector<std::string> points;
    for (const ExportedTerm& term : terms_.terms) points.push_back(points_of(*term.term));
    std::string all = graph_.concat_columns(points);  // [rows, terms]
    graph_.name_result(graph_.node("Add", {graph_.sum_of_columns(all), graph_.whole(card_.base)}),
                       "score");
    graph_.output("score", OnnxGraph::Type::i64, "1");
    if (options_.reasons > 0) write_reasons(all);
    return graph_.model("credence", options_.name);
  }

 private:
  Result<Done> check() const {
    if (card_.terms.empty())
      return Error{"exchange.size",
                   "a card without terms has no rows to count in ONNX",
                   {},
                   "add a variable"};
    std::set<std::string> names{"score", "reasons"};
    for (const Scorecard::Variable& variable : card_.variables) {
      bool text = variable.cells.kind() == Column::Kind::text;
      bool taken = variable.name.starts_with("credence/") || !names.insert(variable.name).second ||
                   (text && !names.insert(variable.name + ".missing").second);
      if (!taken) continue;
      return Error{"exchange.name",
                   fmt::format("`{}` meets a name that the ONNX model needs itself", variable.name),
                   {},
                   "rename the variable"};
    }
    return Done{};
  }

  std::string cell_of(std::size_t i) {
    const Scorecard::Variable& variable = card_.variables[i];
    return variable.cells.kind() == Column::Kind::number ? number_cell(variable)
                                                         : text_cell(variable);
  }

  std::string number_cell(const Scorecard::Variable& variable) {
    const Cells& cells = variable.cells;
    const std::string& x = variable.name;
    graph_.input(x, OnnxGraph::Type::f64);
    std::string missing = graph_.node("IsNaN", {x});
    std::string cell;
    if (cells.edges().empty()) {  // 0 for every row
      cell = graph_.node("Mul", {graph_.cast_to_whole(missing), graph_.whole(0)});
    } else {
      std::string reached = graph_.node("GreaterOrEqual", {x, graph_.numbers(cells.edges())});
      cell = graph_.sum_of_columns(graph_.cast_to_whole(reached));
    }
    std::vector<double> codes;
    std::vector<std::int64_t> code_cells;
    for (std::size_t code = 0; code < cells.specials().size(); ++code) {
      for (double value : cells.specials()[code].numbers) {
        codes.push_back(value);
        code_cells.push_back(cells.special(code) + 1);
      }
    }
    if (!codes.empty()) {  // at most one of them is met
      std::string met = graph_.cast_to_whole(graph_.node("Equal", {x, graph_.numbers(codes)}));
      std::string code =
          graph_.sum_of_columns(graph_.node("Mul", {met, graph_.wholes(code_cells)}));
      cell = graph_.node("Where", {graph_.node("Greater", {code, graph_.whole(0)}),
                                   graph_.node("Sub", {code, graph_.whole(1)}), cell});
    }
    return graph_.node("Where", {missing, graph_.whole(cells.missing()), cell});
  }

  std::string text_cell(const Scorecard::Variable& variable) {
    const Cells& cells = variable.cells;
    std::string missing = variable.name + ".missing";
    graph_.input(variable.name, OnnxGraph::Type::text);
    graph_.input(missing, OnnxGraph::Type::boolean, true);
    std::vector<std::string> texts;
    std::vector<std::int64_t> places;
    for (std::size_t bin = 0; bin < cells.groups().size(); ++bin) {
      for (const std::string& text : cells.groups()[bin]) {
        texts.push_back(text);
        places.push_back(static_cast<std::int64_t>(bin));
      }
    }
    for (std::size_t code = 0; code < cells.specials().size(); ++code) {
      for (const std::string& text : cells.specials()[code].texts) {
        texts.push_back(text);
        places.push_back(cells.special(code));
      }
    }
    if (texts.empty()) {  // a table needs an entry: one that says what every other text says
      texts.emplace_back();
      places.push_back(cells.unknown());
    }
    return graph_.node("Where", {missing, graph_.whole(cells.missing()),
                                 graph_.look_up(variable.name, texts, places, cells.unknown())});
  }

  std::string points_of(const Scorecard::Term& term) {
    std::string cell = cells_[static_cast<std::size_t>(term.variables[0])];
    if (term.variables.size() == 2) {
      auto second = static_cast<std::size_t>(term.variables[1]);
      std::string row =
          graph_.node("Mul", {cell, graph_.whole(card_.variables[second].cells.count())});
      cell = graph_.node("Add", {row, cells_[second]});
    }
    std::vector<std::int64_t> points(term.points.begin(), term.points.end());
    return graph_.node("Gather", {graph_.wholes(points), cell});
  }

  // A loss and its tie-breaker make one whole number; of these the greatest are taken.
  void write_reasons(const std::string& points) {
    std::vector<std::int64_t> baselines, ties;
    std::vector<std::string> names;
    for (const ExportedTerm& term : terms_.terms) {
      baselines.push_back(term.term->baseline);
      ties.push_back(term.tie);
      names.push_back(term.reason);
    }
    names.emplace_back();  // no reason
    auto count = static_cast<std::int64_t>(terms_.terms.size());
    std::string lost = graph_.node("Sub", {graph_.wholes(baselines), points});
    std::string keys =
        graph_.node("Add", {graph_.node("Mul", {lost, graph_.whole(count)}), graph_.wholes(ties)});
    auto ranks = std::min<std::int64_t>(static_cast<std::int64_t>(options_.reasons), count);
    auto [greatest, places] = graph_.greatest(keys, ranks);
    std::string is_loss = graph_.node("GreaterOrEqual", {greatest, graph_.whole(count)});
    std::string chosen = graph_.node("Where", {is_loss, places, graph_.whole(count)});
    graph_.name_result(graph_.node("Gather", {graph_.texts(names), chosen}), "reasons");
    graph_.output("reasons", OnnxGraph::Type::text, std::to_string(ranks));
  }

  const Scorecard& card_;
  const ExportOptions& options_;
  ExportedTerms terms_;
  OnnxGraph graph_;
  std::vector<std::string> cells_;
};

}  // namespace

Result<std::string> write_onnx(const Scorecard& card, const ExportOptions& options) {
  return OnnxWriter{card, options}.write();
}

}  // namespace credence
