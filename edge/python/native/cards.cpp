#include <credence/native/cards.h>
#include <credence/native/errors.h>
#include <credence/native/rules.h>
#include <credence/native/tables.h>
#include <credence/scorecard/scoring.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

nb::dict to_dict(const Scorecard::Variable& variable) {
  nb::dict title;
  title["en"] = variable.title.en;
  title["fr"] = variable.title.fr;
  nb::list tallies;
  for (const Tally& tally : variable.tallies) {
    tallies.append(
        std::vector<double>{tally.events, tally.nonevents, tally.records, tally.squares});
  }
  nb::dict out;
  out["name"] = variable.name;
  out["family"] = variable.family;
  out["title"] = title;
  out["kind"] = variable.cells.kind() == Column::Kind::text ? "text" : "number";
  out["cells"] = to_dict(variable.cells);
  out["woe"] = variable.woe;
  out["tallies"] = tallies;
  return out;
}

nb::dict to_dict(const Scorecard::Term& term) {
  nb::dict out;
  out["variables"] = term.variables;
  out["points"] = term.points;
  out["baseline"] = term.baseline;
  out["reason"] = term.reason;
  return out;
}

// Scores (int32, one per row) and, when asked for, reasons (uint16, rows * reasons; 65535 is none).
nb::tuple score(const Scorecard& card, const Table& table, std::size_t reasons, unsigned threads) {
  const ScoringOptions options{.reasons = reasons, .threads = std::clamp(threads, 1U, 256U)};
  ScoredRows rows = value_or_raise(without_gil([&] { return score_table(card, table, options); }));
  return nb::make_tuple(to_numpy(std::move(rows.scores)), to_numpy(std::move(rows.reasons)));
}

// Everything about each row: meant for explanations of people, not for batches of millions.
nb::list trace(const Scorecard& card, const Table& table) {
  nb::list out;
  for (const std::vector<std::uint16_t>& cells : cells_of_rows(card, table)) {
    const ScoredRow scored = score_cells(card, cells);
    nb::dict row;
    row["cells"] = std::vector<int>(cells.begin(), cells.end());
    row["score"] = scored.score;
    row["points"] = scored.points;
    row["reasons"] = std::vector<int>(scored.reasons.begin(), scored.reasons.end());
    out.append(row);
  }
  return out;
}

}  // namespace

const Column& column_of(const Table& table, const Scorecard::Variable& variable) {
  const Column* column = table.find(variable.name);
  if (column == nullptr) {
    raise(Error{.code = "score.column",
                .message = "there is no column '" + variable.name + "', which the card needs",
                .help = "give every column that the card was made from"});
  }
  if (column->kind() == variable.cells.kind()) return *column;
  raise(Error{.code = "score.kind",
              .message = "column '" + variable.name + "' is of the other kind",
              .help = variable.cells.kind() == Column::Kind::text ? "give texts" : "give numbers"});
}

std::vector<std::vector<std::uint16_t>> cells_of_rows(const Scorecard& card, const Table& table) {
  std::vector<std::vector<std::uint16_t>> rows(table.rows());
  std::vector<std::uint16_t> places(table.rows());
  for (const Scorecard::Variable& variable : card.variables) {
    variable.cells.assign(column_of(table, variable), places);
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row].push_back(places[row]);
  }
  return rows;
}

Scorecard card_from_toml(std::string_view text, const std::string& file) {
  ReadScorecard read = read_scorecard(text, file);
  if (!read.card) raise(read.findings);
  return *std::move(read.card);
}

nb::dict to_dict(const Scorecard& card) {
  nb::list variables, terms;
  for (const Scorecard::Variable& variable : card.variables) variables.append(to_dict(variable));
  for (const Scorecard::Term& term : card.terms) terms.append(to_dict(term));
  nb::dict out;
  out["id"] = card.id;
  out["base"] = card.base;
  out["lowest"] = card.lowest();
  out["highest"] = card.highest();
  out["range"] = nb::make_tuple(card.range_lowest, card.range_highest);
  out["scaling"] = card.scaling
                       ? nb::object(nb::make_tuple(card.scaling->offset, card.scaling->factor))
                       : nb::object(nb::none());
  out["variables"] = variables;
  out["terms"] = terms;
  return out;
}

void bind_cards(nb::module_& module) {
  nb::class_<Scorecard>(module, "Card", "A card of whole points that scores tables.")
      .def_static("from_toml", &card_from_toml, nb::arg("text"), nb::arg("file"))
      .def("to_toml", [](const Scorecard& card) { return to_toml(card); })
      .def("to_dict", [](const Scorecard& card) { return to_dict(card); })
      .def("score", &score, nb::arg("table"), nb::arg("reasons"), nb::arg("threads"),
           "Scores (int32, one per row) and the indexes of the terms that lost most (uint16, "
           "rows * reasons, 65535 for none). The GIL is released.")
      .def("trace", &trace, nb::arg("table"), "Cells, points and reasons of each row.")
      .def("__getstate__", [](const Scorecard& card) { return to_toml(card); })
      .def("__setstate__", [](Scorecard& self, const std::string& state) {
        new (&self) Scorecard(card_from_toml(state, "pickle"));
      });
}

}  // namespace credence
