#include <credence/monitor/distribution.h>
#include <credence/monitor/separation.h>
#include <credence/validation/section_writer.h>
#include <credence/validation/study.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

using enum NumberFormat;
using Level = Verdict::Level;

// Charts need no more points than the eye sees.
std::vector<CumulativePoint> thinned(const std::vector<CumulativePoint>& points) {
  constexpr double kSmallest = 1.0 / 300;
  std::vector<CumulativePoint> kept;
  for (const CumulativePoint& point : points) {
    bool is_last = &point == &points.back();
    if (!kept.empty() && !is_last && point.all - kept.back().all < kSmallest &&
        point.bad - kept.back().bad < kSmallest && point.good - kept.back().good < kSmallest)
      continue;
    kept.push_back(point);
  }
  return kept;
}

PackTable measures(const Study& study) {
  PackTable table{"discrimination",
                  {"How well the score orders goods and bads",
                   "Capacité du score à ordonner bons et mauvais dossiers"},
                  {{words::sample(), {}},
                   {{"Gini", "Gini"}, number3},
                   {{"from", "de"}, number3},
                   {{"to", "à"}, number3},
                   {{"AUC", "AUC"}, number3},
                   {{"Standard error", "Erreur type"}, number4},
                   {{"KS", "KS"}, number3},
                   {{"KS at score", "KS au score"}, score},
                   {{"H", "H"}, number3},
                   {{"Divergence", "Divergence"}, number3}},
                  {}};
  double z = normal_quantile(0.5 + study.input->limits.confidence / 2);
  for (const StudiedSample& one : study.samples) {
    if (!one.discrimination) {
      table.rows.push_back({one.name, {}, {}, {}, {}, {}, {}, {}, {}, {}});
      continue;
    }
    const Discrimination& found = *one.discrimination;
    double half = 2 * z * found.standard_error;
    table.rows.push_back({one.name, found.gini, std::max(-1.0, found.gini - half),
                          std::min(1.0, found.gini + half), found.auc, found.standard_error,
                          found.ks, static_cast<double>(found.ks_score), h_measure(one.groups),
                          cell(divergence(one.groups))});
  }
  return table;
}

void judge_order(const Study& study, SectionWriter& writer) {
  const StudiedSample& sample = study.headline();
  Text subject = {"Order of risk", "Ordre des risques"};
  if (!sample.discrimination) {
    writer.verdict(Level::unknown, "discrimination", subject,
                   fill({"{1} has fewer than two bads or two goods: nothing can be said.",
                         "{1} compte moins de deux mauvais ou de deux bons : rien ne peut être "
                         "dit."},
                        {sample.name}));
    return;
  }
  const Discrimination& found = *sample.discrimination;
  double z = normal_quantile(0.5 + study.input->limits.confidence / 2);
  double half = 2 * z * found.standard_error;
  Text figures[] = {figure(found.gini, number3), figure(std::max(-1.0, found.gini - half), number3),
                    figure(std::min(1.0, found.gini + half), number3), figure(found.auc, share)};
  bool orders = found.gini - half > 0, reversed = found.gini + half < 0;
  Text meaning = fill({"Gini {1} ({2} to {3}). Of a good and a bad taken at random, the score puts "
                       "the good higher in {4} of cases.",
                       "Gini {1} ({2} à {3}). Entre un bon et un mauvais dossier pris au hasard, "
                       "le score place le bon plus haut dans {4} des cas."},
                      {figures[0], figures[1], figures[2], figures[3]});
  if (reversed) {
    meaning.en += " That is the wrong way round: high scores go bad more often.";
    meaning.fr += " L'ordre est inversé : les hauts scores font plus souvent défaut.";
  } else if (!orders) {
    meaning.en += " That cannot be told from chance.";
    meaning.fr += " Cela ne se distingue pas du hasard.";
  }
  writer.verdict(orders ? Level::good : Level::act, "discrimination", subject, meaning);
}

// Has the power fallen since development? S = (initial - current) / current error, one-sided, as
// the European Central Bank asks of internal models.
void judge_fall(const Study& study, SectionWriter& writer) {
  const StudiedSample* before = study.before();
  const StudiedSample& now = study.headline();
  if (before == nullptr || !before->discrimination || !now.discrimination) return;
  double fall = before->discrimination->gini - now.discrimination->gini;
  double error = now.discrimination->standard_error;
  double gap = before->discrimination->auc - now.discrimination->auc;
  double p = error > 0 ? normal_below(-gap / error) : (gap > 0 ? 0 : 1);
  bool certain = p < 1 - study.input->limits.confidence;
  bool large = fall > study.input->limits.gini_fall;
  Level level = certain && large ? Level::act : certain || large ? Level::watch : Level::good;
  Text conclusion = level == Level::good ? Text{"No loss of power that needs attention.",
                                                "Aucune perte de pouvoir discriminant notable."}
                    : level == Level::watch
                        ? Text{"Worth watching: large or certain, but not both.",
                               "À surveiller : important ou certain, mais pas les deux."}
                        : Text{"The score orders people less well than when it was made.",
                               "Le score ordonne moins bien qu'à sa construction."};
  writer.verdict(level, "discrimination.fall",
                 {"Power against development", "Pouvoir par rapport au développement"},
                 fill({"Gini went from {1} to {2} (limit of the fall {3}; {4}). {5}",
                       "Le Gini passe de {1} à {2} (baisse limite {3} ; {4}). {5}"},
                      {figure(before->discrimination->gini, number3),
                       figure(now.discrimination->gini, number3),
                       figure(study.input->limits.gini_fall, number3), p_phrase(p), conclusion}));
}

void judge_breaks(const Study& study, std::span<const ScoreBand> bands, SectionWriter& writer) {
  auto breaks = order_breaks(bands);
  int certain = 0;
  for (const OrderBreak& one : breaks)
    certain += one.p_value < 1 - study.input->limits.confidence ? 1 : 0;
  Text number = figure(static_cast<double>(breaks.size()), count);
  Text meaning =
      breaks.empty()
          ? Text{"The bad rate falls from band to band without a break.",
                 "Le taux de défaut baisse de tranche en tranche sans rupture."}
          : fill({"{1} neighbouring bands stand in the wrong order, {2} of them beyond chance.",
                  "{1} couples de tranches voisines sont dans le mauvais ordre, dont {2} au-delà "
                  "du hasard."},
                 {number, figure(certain, count)});
  writer.verdict(certain > 0 ? Level::watch : Level::good, "discrimination.order",
                 {"Rank order of bands", "Ordre des tranches"}, meaning);
}

void name_units(PackChart& chart, Text x, Text y) {
  chart.x = {.title = std::move(x), .format = share, .lowest = 0, .highest = 1};
  chart.y = {.title = std::move(y), .format = share, .lowest = 0, .highest = 1};
}

void add_diagonal(PackChart& chart, Text name) {
  PackChart::Series diagonal = line_series(std::move(name), true);
  diagonal.x = {0, 1};
  diagonal.y = {0, 1};
  chart.series.push_back(diagonal);
}

PackChart roc(const Study& study) {
  PackChart chart{"roc", {"ROC curve", "Courbe ROC"}};
  chart.description = {"Bads found against goods wrongly refused; above the diagonal is better",
                       "Mauvais repérés contre bons refusés à tort ; plus haut est meilleur"};
  name_units(chart, {"Goods refused", "Bons refusés"}, {"Bads refused", "Mauvais refusés"});
  for (const StudiedSample& one : study.samples) {
    if (!one.both_classes()) continue;
    PackChart::Series series = line_series(one.name);
    for (const CumulativePoint& point : thinned(cumulative(one.groups))) {
      series.x.push_back(point.good);
      series.y.push_back(point.bad);
    }
    chart.series.push_back(series);
  }
  add_diagonal(chart, {"Chance", "Hasard"});
  return chart;
}

PackChart cap(const Study& study) {
  PackChart chart{"cap", {"CAP curve (Lorenz)", "Courbe CAP (Lorenz)"}};
  chart.description = {"Share of bads among the lowest scores; the perfect score rises first",
                       "Part des mauvais parmi les scores les plus bas ; le score parfait monte "
                       "d'abord"};
  name_units(chart, {"Share of all, lowest scores first", "Part de tous, bas scores d'abord"},
             {"Share of bads", "Part des mauvais"});
  for (const StudiedSample& one : study.samples) {
    if (!one.both_classes()) continue;
    PackChart::Series series = line_series(one.name);
    for (const CumulativePoint& point : thinned(cumulative(one.groups))) {
      series.x.push_back(point.all);
      series.y.push_back(point.bad);
    }
    chart.series.push_back(series);
  }
  add_diagonal(chart, {"Chance", "Hasard"});
  if (study.headline().both_classes()) {
    PackChart::Series perfect = line_series({"Perfect", "Parfait"}, true);
    perfect.x = {0, study.headline().all.rate(), 1};
    perfect.y = {0, 1, 1};
    chart.series.push_back(perfect);
  }
  return chart;
}

PackChart ks(const StudiedSample& sample) {
  PackChart chart{
      "ks", {"KS: bads and goods below each score", "KS : mauvais et bons sous chaque score"}};
  chart.description =
      fill({"{1}: the largest distance is {2}, taken after whole groups of equal scores",
            "{1} : l'écart maximal est {2}, pris après des groupes entiers de scores égaux"},
           {sample.name, figure(sample.discrimination->ks, number3)});
  chart.x = {.title = words::score(), .format = score};
  chart.y = {.title = {"Share at or below", "Part à ou sous le score"},
             .format = share,
             .lowest = 0,
             .highest = 1};
  PackChart::Series bads = line_series({"Bad", "Mauvais"}), goods = line_series({"Good", "Bons"});
  for (const CumulativePoint& point : thinned(cumulative(sample.groups))) {
    bads.x.push_back(point.score);
    bads.y.push_back(point.bad);
    goods.x.push_back(point.score);
    goods.y.push_back(point.good);
  }
  chart.series = {bads, goods};
  int at = sample.discrimination->ks_score;
  chart.marks.push_back({PackChart::Mark::Across::at_x, static_cast<double>(at),
                         fill({"score {1}", "score {1}"}, {figure(at, score)})});
  return chart;
}

PackChart gains_chart(const StudiedSample& sample, std::span<const Gain> table) {
  PackChart chart{"gains", {"Gains by band", "Gains par tranche"}};
  chart.description = fill({"{1}: bad rate of each band, and the share of all bads found up to it",
                            "{1} : taux de défaut de chaque tranche et part cumulée des mauvais"},
                           {sample.name});
  chart.x.title = words::score();
  chart.y = {.title = words::bad_rate(), .format = share};
  chart.right = PackChart::Axis{
      .title = {"Bads found", "Mauvais repérés"}, .format = share, .lowest = 0, .highest = 1};
  using Shape = PackChart::Series::Shape;
  PackChart::Series rate = series_of(words::bad_rate(), Shape::bars);
  PackChart::Series found =
      series_of({"Bads found, cumulative", "Mauvais repérés, cumul"}, Shape::line_and_points);
  found.on_right_axis = true;
  for (const Gain& gain : table) {
    chart.x.categories.push_back(same(score_label(gain.band.from, gain.band.to)));
    double place = static_cast<double>(rate.x.size());
    rate.x.push_back(place);
    rate.y.push_back(gain.band.tally.rate());
    found.x.push_back(place);
    found.y.push_back(gain.bad);
  }
  chart.series = {rate, found};
  return chart;
}

PackTable gains_table(const StudiedSample& sample, std::span<const Gain> rows) {
  PackTable table{"gains",
                  fill({"Gains and lift, {1}", "Gains et lift, {1}"}, {sample.name}),
                  {{words::score(), {}},
                   {words::records(), count},
                   {words::bad_rate(), share},
                   {{"All up to here", "Cumul de tous"}, share},
                   {{"Bads up to here", "Cumul des mauvais"}, share},
                   {{"Goods up to here", "Cumul des bons"}, share},
                   {{"Lift", "Lift"}, number2}},
                  {}};
  for (const Gain& gain : rows) {
    table.rows.push_back({score_label(gain.band.from, gain.band.to), gain.band.tally.records(),
                          gain.band.tally.rate(), gain.all, gain.bad, gain.good, gain.lift});
  }
  return table;
}

}  // namespace

PackSection discrimination_section(const Study& study) {
  SectionWriter writer("discrimination", {"Discrimination", "Pouvoir discriminant"});
  const StudiedSample& sample = study.headline();
  auto bands = equal_bands(sample.groups, study.input->bands);
  judge_order(study, writer);
  judge_fall(study, writer);
  if (sample.both_classes()) judge_breaks(study, bands, writer);
  writer.add(measures(study));
  writer.add(roc(study));
  writer.add(cap(study));
  if (sample.discrimination) writer.add(ks(sample));
  if (sample.both_classes()) {
    auto rows = gains(bands);
    writer.add(gains_chart(sample, rows));
    writer.add(gains_table(sample, rows));
  }
  return writer.take();
}

}  // namespace credence
