#include <credence/base/json.h>
#include <credence/exchange/naming.h>
#include <credence/exchange/writers.h>

namespace credence {

namespace {

Json number(double value) {
  return Json::Number{decimal(value)};
}

template <class Values, class Write>
Json array(const Values& values, const Write& write) {
  Json::Array out;
  for (const auto& value : values) out.push_back(write(value));
  return out;
}

Json as_json(const std::string& text) {
  return text;
}
Json whole(int value) {
  return value;
}

Json bins_of(const Cells& cells) {
  Json::Array bins;
  if (cells.kind() == Column::Kind::text) {
    for (const auto& group : cells.groups())
      bins.push_back(Json::Object{{"texts", array(group, as_json)}});
    return bins;
  }
  for (std::size_t i = 0; i <= cells.edges().size(); ++i) {
    bins.push_back(
        Json::Object{{"from", i == 0 ? Json{} : number(cells.edges()[i - 1])},
                     {"to", i == cells.edges().size() ? Json{} : number(cells.edges()[i])}});
  }
  return bins;
}

Json tally(const Tally& of) {
  return Json::Object{{"events", number(of.events)},
                      {"nonevents", number(of.nonevents)},
                      {"records", number(of.records)},
                      {"squares", number(of.squares)}};
}

Json variable(const Scorecard::Variable& of) {
  bool text = of.cells.kind() == Column::Kind::text;
  Json::Object out{
      {"name", of.name}, {"kind", text ? "text" : "number"}, {"bins", bins_of(of.cells)}};
  out["special"] = array(of.cells.specials(), [&](const SpecialCode& code) -> Json {
    return Json::Object{
        {"name", code.name},
        {"values", text ? array(code.texts, as_json) : array(code.numbers, number)}};
  });
  if (!of.family.empty()) out["family"] = of.family;
  if (of.title != Text{}) out["title"] = Json::Object{{"en", of.title.en}, {"fr", of.title.fr}};
  if (!of.woe.empty()) out["woe"] = array(of.woe, number);
  if (!of.tallies.empty()) out["tallies"] = array(of.tallies, tally);
  return out;
}

}  // namespace

Result<std::string> write_json(const Scorecard& card) {
  Json::Object out{{"format", "credence-scorecard-1"},
                   {"id", card.id},
                   {"base", card.base},
                   {"range", Json::Array{card.range_lowest, card.range_highest}}};
  if (card.scaling) {
    out["scaling"] = Json::Object{{"offset", number(card.scaling->offset)},
                                  {"factor", number(card.scaling->factor)}};
  }
  out["variables"] = array(card.variables, variable);
  ExportedTerms terms = exported_terms(card);
  out["terms"] = array(terms.terms, [&](const ExportedTerm& each) -> Json {
    return Json::Object{
        {"variables",
         array(each.term->variables,
               [&](int i) -> Json { return card.variables[static_cast<std::size_t>(i)].name; })},
        {"points", array(each.term->points, whole)},
        {"baseline", each.term->baseline},
        {"reason", each.reason},
        {"tie", each.tie}};
  });
  return to_pretty_json(out) + "\n";
}

}  // namespace credence
