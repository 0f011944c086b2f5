#include <credence/monitor/distribution.h>
#include <credence/validation/section_writer.h>
#include <credence/validation/study.h>
#include <credence/validation/variable_cells.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace credence {

namespace {

using enum NumberFormat;
using Shape = PackChart::Series::Shape;

// One variable of the card, as it was trained and as it is seen now.
struct VariableView {
  std::size_t index = 0;
  CellTallies seen;              // of the headline sample, or as trained where it has no cells
  std::vector<double> evidence;  // seen
  const Scorecard::Term* term = nullptr;
};

// Cells that are worth more points and yet go bad more often, beyond chance.
int wrong_neighbours(const VariableView& view, double allowed) {
  if (view.term == nullptr) return 0;
  std::vector<std::size_t> order(view.seen.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t cell) { return view.seen[cell].weight() <= 0; });
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return view.term->points[a] < view.term->points[b];
  });
  int wrong = 0;
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    const ClassTally &low = view.seen[order[i]], &high = view.seen[order[i + 1]];
    if (view.term->points[order[i]] == view.term->points[order[i + 1]]) continue;
    if (high.rate() <= low.rate()) continue;
    double z = two_shares_z(high.rate(), high.effective(), low.rate(), low.effective());
    wrong += normal_below(-z) < allowed ? 1 : 0;
  }
  return wrong;
}

PackChart chart_of(const Scorecard& card, const VariableView& view, const Text& sample) {
  const Scorecard::Variable& variable = card.variables[view.index];
  PackChart chart{"woe-" + variable.name, Scorecard::title_of(variable)};
  chart.description = fill({"{1}: weight of evidence of each bin (high is safe) over its share of "
                            "records",
                            "{1} : poids de la preuve de chaque classe (haut = sûr) et part des "
                            "dossiers"},
                           {sample});
  chart.y = {.title = {"Weight of evidence", "Poids de la preuve"}, .format = number2};
  chart.right = PackChart::Axis{
      .title = {"Share of records", "Part des dossiers"}, .format = share, .lowest = 0};
  double all = 0;
  for (const ClassTally& one : view.seen) all += one.weight();
  PackChart::Series shares = series_of({"Share of records", "Part des dossiers"}, Shape::bars);
  shares.muted = true;
  shares.on_right_axis = true;
  PackChart::Series now = series_of({"Seen", "Constaté"}, Shape::line_and_points);
  PackChart::Series trained =
      series_of({"As trained", "À l'apprentissage"}, Shape::line_and_points);
  trained.muted = true;
  for (std::size_t i = 0; i < view.seen.size(); ++i) {
    if (view.seen[i].records() <= 0 && static_cast<int>(i) >= variable.cells.bins()) continue;
    double place = static_cast<double>(shares.x.size());
    if (static_cast<int>(i) == variable.cells.bins() && place > 0) {
      // What is not an ordered bin is not joined to the line.
      for (auto* series : {&now, &trained}) {
        series->x.push_back(place - 0.5);
        series->y.push_back(std::nan(""));
      }
    }
    chart.x.categories.push_back(cell_label(card, view.index, static_cast<int>(i)));
    shares.x.push_back(place);
    shares.y.push_back(view.seen[i].weight() / all);
    now.x.push_back(place);
    now.y.push_back(i < view.evidence.size() ? view.evidence[i] : std::nan(""));
    trained.x.push_back(place);
    trained.y.push_back(i < variable.woe.size() ? variable.woe[i] : std::nan(""));
  }
  chart.series = {shares, now};
  if (!variable.woe.empty()) chart.series.push_back(trained);
  return chart;
}

PackTable table_of(const Scorecard& card, const VariableView& view, double confidence) {
  const Scorecard::Variable& variable = card.variables[view.index];
  PackTable table{
      "bins-" + variable.name,
      fill({"{1}: bins (IV {2})", "{1} : classes (IV {2})"},
           {Scorecard::title_of(variable), figure(information_value(view.seen), number3)}),
      {{{"Bin", "Classe"}, {}},
       {words::records(), count},
       {words::share(), share},
       {words::bad_rate(), share},
       {words::from(), share},
       {words::to(), share},
       {{"WoE seen", "WoE constaté"}, number3},
       {{"WoE trained", "WoE appris"}, number3},
       {{"Points", "Points"}, points}},
      {}};
  double all = 0;
  for (const ClassTally& one : view.seen) all += one.weight();
  for (std::size_t i = 0; i < view.seen.size(); ++i) {
    const ClassTally& one = view.seen[i];
    std::vector<PackCell> row = {cell_label(card, view.index, static_cast<int>(i)), one.records(),
                                 all > 0 ? one.weight() / all : 0};
    if (one.weight() > 0) {
      Interval interval = wilson(std::min(1.0, one.rate()), one.effective(), confidence);
      row.insert(row.end(), {one.rate(), interval.low, interval.high});
    } else {
      row.resize(row.size() + 3);
    }
    bool known = i < view.evidence.size() && std::isfinite(view.evidence[i]);
    row.push_back(known ? cell(view.evidence[i]) : PackCell{});
    row.push_back(i < variable.woe.size() ? cell(variable.woe[i]) : PackCell{});
    row.push_back(view.term != nullptr ? cell(static_cast<double>(view.term->points[i]))
                                       : PackCell{});
    table.rows.push_back(row);
  }
  return table;
}

std::vector<VariableView> views_of(const Study& study, const Scorecard& card) {
  std::vector<VariableView> views;
  for (std::size_t i = 0; i < card.variables.size(); ++i) {
    VariableView view{i, cell_tallies(*study.headline().sample, card, i), {}, own_term(card, i)};
    if (view.seen.empty()) view.seen = trained_tallies(card, i);
    if (view.seen.empty()) continue;
    view.evidence = weights_of_evidence(view.seen);
    views.push_back(std::move(view));
  }
  return views;
}

void judge(const Study& study, std::span<const VariableView> views, SectionWriter& writer) {
  int wrong = 0, where = 0;
  for (const VariableView& view : views) {
    int found = wrong_neighbours(view, 1 - study.input->limits.confidence);
    wrong += found;
    where += found > 0 ? 1 : 0;
  }
  Text meaning =
      wrong == 0
          ? Text{"In every variable, bins with more points go bad less often, or as chance would "
                 "have it.",
                 "Dans chaque variable, les classes à plus de points font moins souvent défaut, au "
                 "hasard près."}
          : fill({"{1} pairs of bins in {2} variables: more points, and yet more bads than chance "
                  "explains.",
                  "{1} couples de classes dans {2} variables : plus de points et pourtant plus de "
                  "défauts que le hasard n'explique."},
                 {figure(wrong, count), figure(where, count)});
  writer.verdict(wrong > 0 ? Verdict::Level::watch : Verdict::Level::good, "variables.order",
                 {"Points against experience", "Points et expérience"}, meaning);
}

}  // namespace

PackSection variables_section(const Study& study) {
  SectionWriter writer("variables", {"Variables, bin by bin", "Variables, classe par classe"});
  if (!study.input->card) {
    writer.paragraph({"No card was given, so its variables cannot be shown.",
                      "Aucune carte n'a été fournie : ses variables ne peuvent être montrées."});
    return writer.take();
  }
  const Scorecard& card = *study.input->card;
  auto views = views_of(study, card);
  if (views.empty()) {
    writer.paragraph(
        {"Neither the sample nor the card says how many people are in each bin.",
         "Ni l'échantillon ni la carte ne disent combien de personnes sont dans chaque "
         "classe."});
    return writer.take();
  }
  bool from_sample = !study.headline().sample->cells.empty();
  Text origin = from_sample ? study.headline().name : Text{"As trained", "À l'apprentissage"};
  if (from_sample)
    judge(study, views, writer);
  else
    writer.paragraph(
        {"The bins of the sample were not given; what the card remembers of its "
         "training is shown.",
         "Les classes de l'échantillon n'ont pas été fournies ; sont montrées celles "
         "que la carte garde de son apprentissage."});
  for (const VariableView& view : views) {
    writer.add(chart_of(card, view, origin));
    writer.add(table_of(card, view, study.input->limits.confidence));
  }
  return writer.take();
}

}  // namespace credence
