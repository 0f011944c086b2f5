#include <credence/monitor/separation.h>
#include <credence/monitor/stability.h>
#include <credence/validation/periods.h>
#include <credence/validation/section_writer.h>
#include <credence/validation/variable_cells.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

using enum NumberFormat;
using Shape = PackChart::Series::Shape;

constexpr std::size_t kMostPeriods = 18, kMostVintages = 6;

struct PeriodFigures {
  Text label;
  ClassTally all;
  Interval interval;
  std::optional<double> predicted, gini, index;
};

std::vector<PeriodFigures> figures_of(const Study& study, std::span<const PeriodRows> periods) {
  const StudiedSample* development = study.development();
  std::vector<ScoreBand> bands;
  std::vector<std::int32_t> starts;
  if (development != nullptr) bands = equal_bands(development->groups, study.input->bands);
  for (const ScoreBand& band : bands) starts.push_back(band.from);
  auto counts = [](std::span<const ScoreBand> all) {
    std::vector<ClassTally> cells;
    for (const ScoreBand& band : all) cells.push_back(band.tally);
    return counts_of(cells);
  };
  std::vector<PeriodFigures> result;
  for (const PeriodRows& period : periods) {
    std::vector<TieGroup> groups = tie_groups(period.rows.scored());
    PeriodFigures one;
    one.label = period.label;
    one.all = total(groups);
    one.interval = wilson(one.all.rate(), one.all.effective(), study.input->limits.confidence);
    if (auto predicted = study.predicted(period.rows); !predicted.empty())
      one.predicted = whole(predicted).predicted;
    if (auto found = weighted_discrimination(groups)) one.gini = found->gini;
    if (!bands.empty()) {
      if (auto moved = stability(counts(bands), counts(bands_from(groups, starts))))
        one.index = moved->index;
    }
    result.push_back(one);
  }
  return result;
}

PackTable table_of(std::span<const PeriodFigures> figures) {
  PackTable table{"periods",
                  {"By period of opening", "Par période d'ouverture"},
                  {{{"Period", "Période"}, {}},
                   {words::records(), count},
                   {words::bad_rate(), share},
                   {words::from(), share},
                   {words::to(), share},
                   {{"Predicted", "Prévu"}, share},
                   {{"Gini", "Gini"}, number3},
                   {{"PSI against development", "PSI contre développement"}, number3}},
                  {}};
  for (const PeriodFigures& one : figures) {
    table.rows.push_back({one.label, one.all.records(), one.all.rate(), one.interval.low,
                          one.interval.high, cell(one.predicted), cell(one.gini), cell(one.index)});
  }
  return table;
}

PackChart rate_chart(std::span<const PeriodFigures> figures) {
  PackChart chart{"periods", {"Bad rate over time", "Taux de défaut dans le temps"}};
  chart.description = {"Whiskers are Wilson intervals; the pale line is what the card predicted",
                       "Barres d'erreur : intervalles de Wilson ; la ligne pâle est la prévision"};
  chart.x.title = {"Opened in", "Ouverture"};
  chart.y = {.title = words::bad_rate(), .format = share, .lowest = 0};
  PackChart::Series seen = series_of({"Seen", "Constaté"}, Shape::line_and_points);
  PackChart::Series predicted = line_series({"Predicted", "Prévu"}, true);
  for (const PeriodFigures& one : figures) {
    chart.x.categories.push_back(one.label);
    double place = static_cast<double>(seen.x.size());
    seen.x.push_back(place);
    seen.y.push_back(one.all.rate());
    seen.low.push_back(one.interval.low);
    seen.high.push_back(one.interval.high);
    predicted.x.push_back(place);
    predicted.y.push_back(one.predicted.value_or(std::nan("")));
  }
  chart.series = {seen};
  if (!figures.empty() && figures.front().predicted) chart.series.push_back(predicted);
  return chart;
}

PackChart power_chart(std::span<const PeriodFigures> figures) {
  PackChart chart{"periods-gini", {"Gini over time", "Gini dans le temps"}};
  chart.description = {"Periods with fewer than two bads or two goods have no point",
                       "Les périodes de moins de deux mauvais ou deux bons n'ont pas de point"};
  chart.x.title = {"Opened in", "Ouverture"};
  chart.y = {.title = {"Gini", "Gini"}, .format = number2, .highest = 1};
  PackChart::Series gini = series_of({"Gini", "Gini"}, Shape::line_and_points);
  double lowest = 0;
  for (const PeriodFigures& one : figures) {
    chart.x.categories.push_back(one.label);
    gini.x.push_back(static_cast<double>(gini.x.size()));
    gini.y.push_back(one.gini.value_or(std::nan("")));
    lowest = std::min(lowest, one.gini.value_or(0));
  }
  if (lowest >= 0) chart.y.lowest = 0;
  chart.series = {gini};
  return chart;
}

// How much of each vintage had gone bad by each month: needs to know when.
PackChart vintage_curves(std::span<const PeriodRows> vintages) {
  PackChart chart{"vintages", {"Vintages", "Générations"}};
  chart.description = {"Share of each vintage that had gone bad, by months since opening",
                       "Part de chaque génération devenue mauvaise, par mois depuis l'ouverture"};
  chart.x = {.title = {"Months since opening", "Mois depuis l'ouverture"}, .format = count};
  chart.x.lowest = 0;
  chart.y = {.title = {"Bad so far", "Mauvais, cumul"}, .format = share, .lowest = 0};
  std::int32_t last = 1;
  for (const PeriodRows& one : vintages) {
    for (std::int32_t months : one.months_to_bad) last = std::max(last, months);
  }
  chart.x.highest = last;
  for (const PeriodRows& one : vintages) {
    if (one.months_to_bad.empty()) continue;
    std::vector<double> by_month(static_cast<std::size_t>(last) + 1);
    double all = 0, below = 0;
    for (std::size_t row = 0; row < one.rows.scores.size(); ++row) {
      all += one.rows.weights[row];
      if (one.rows.bad[row] != 0 && one.months_to_bad[row] >= 0)
        by_month[static_cast<std::size_t>(one.months_to_bad[row])] += one.rows.weights[row];
    }
    PackChart::Series series = line_series(one.label);
    for (std::size_t month = 0; month < by_month.size(); ++month) {
      below += by_month[month];
      series.x.push_back(static_cast<double>(month));
      series.y.push_back(below / all);
    }
    chart.series.push_back(series);
  }
  return chart;
}

// Without the months, the bad rate of low, middle and high scores in each vintage.
PackChart thirds_chart(const Study& study, std::span<const PeriodRows> periods) {
  PackChart chart{"vintages", {"Vintages by score", "Générations par score"}};
  chart.description = {"Bad rate of each third of the scores; the lines should not cross",
                       "Taux de défaut de chaque tiers des scores ; les lignes ne devraient pas se "
                       "croiser"};
  chart.x.title = {"Opened in", "Ouverture"};
  chart.y = {.title = words::bad_rate(), .format = share, .lowest = 0};
  std::vector<ScoreBand> thirds = equal_bands(study.headline().groups, 3);
  std::vector<std::int32_t> starts;
  for (const ScoreBand& third : thirds) {
    starts.push_back(third.from);
    chart.series.push_back(
        series_of(same(score_label(third.from, third.to)), Shape::line_and_points));
  }
  for (const PeriodRows& period : periods) {
    double place = static_cast<double>(chart.x.categories.size());
    chart.x.categories.push_back(period.label);
    auto bands = bands_from(tie_groups(period.rows.scored()), starts);
    for (std::size_t i = 0; i < bands.size(); ++i) {
      bool known = bands[i].tally.weight() > 0;
      chart.series[i].x.push_back(place);
      chart.series[i].y.push_back(known ? bands[i].tally.rate() : std::nan(""));
    }
  }
  return chart;
}

}  // namespace

PackSection time_section(const Study& study) {
  SectionWriter writer("time", {"Over time", "Dans le temps"});
  std::vector<PeriodRows> found = periods(study, kMostPeriods);
  if (found.empty()) {
    writer.paragraph(
        {"No date of opening was given, so neither vintages nor an out-of-time view "
         "can be shown.",
         "Aucune date d'ouverture n'a été fournie : ni générations ni vue hors période "
         "ne peuvent être montrées."});
    return writer.take();
  }
  if (found.size() == 1)
    writer.paragraph(
        {"All dates lie in one period: nothing can be said about time.",
         "Toutes les dates sont d'une même période : rien ne peut être dit du temps."});
  std::vector<PeriodFigures> figures = figures_of(study, found);
  writer.add(rate_chart(figures));
  std::vector<PeriodRows> vintages = periods(study, kMostVintages);
  bool has_months = std::any_of(vintages.begin(), vintages.end(),
                                [](const PeriodRows& one) { return !one.months_to_bad.empty(); });
  writer.add(power_chart(figures));
  writer.add(has_months ? vintage_curves(vintages) : thirds_chart(study, found));
  if (!has_months)
    writer.paragraph(
        {"The months until a bad turned bad were not given; curves by months since "
         "opening cannot be drawn.",
         "Le nombre de mois avant défaut n'a pas été fourni ; les courbes par mois "
         "depuis l'ouverture ne peuvent être tracées."});
  writer.add(table_of(figures));
  return writer.take();
}

}  // namespace credence
