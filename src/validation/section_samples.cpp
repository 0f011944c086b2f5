#include <credence/monitor/distribution.h>
#include <credence/validation/section_writer.h>
#include <credence/validation/study.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

using enum NumberFormat;

PackTable overview(const Study& study) {
  PackTable table{"samples",
                  {"What was looked at", "Ce qui a été examiné"},
                  {{words::sample(), {}},
                   {words::records(), count},
                   {{"Bad", "Mauvais"}, count},
                   {words::bad_rate(), share},
                   {{"95% from", "95 % de"}, share},
                   {{"to", "à"}, share},
                   {{"Lowest score", "Score minimal"}, score},
                   {{"Mean score", "Score moyen"}, NumberFormat::number2},
                   {{"Highest score", "Score maximal"}, score}},
                  {}};
  double confidence = study.input->limits.confidence;
  Text percent = figure(100 * confidence, count);
  table.columns[4].title = fill({"{1}% from", "{1} % de"}, {percent});
  for (const StudiedSample& one : study.samples) {
    Interval interval = wilson(one.all.rate(), one.all.effective(), confidence);
    double mean = 0;
    for (const TieGroup& group : one.groups)
      mean += group.tally.weight() * group.score / one.all.weight();
    table.rows.push_back({one.name, one.all.records(), one.all.bad_records, one.all.rate(),
                          interval.low, interval.high,
                          static_cast<double>(one.groups.front().score), mean,
                          static_cast<double>(one.groups.back().score)});
  }
  return table;
}

// A round width that gives about two dozen columns. Scores may span their whole type.
double column_width(const StudiedSample& sample) {
  double range = static_cast<double>(sample.groups.back().score) - sample.groups.front().score;
  for (double power = 1;; power *= 10) {
    for (double factor : {1.0, 2.0, 5.0}) {
      if (range / (factor * power) <= 30) return factor * power;
    }
  }
}

PackChart distribution(const StudiedSample& sample) {
  double width = column_width(sample);
  PackChart chart{"distribution",
                  {"Scores of goods and of bads", "Scores des bons et des mauvais dossiers"}};
  chart.description = fill(
      {"{1}: share of each class per {2} points; the further apart, the better the score tells "
       "them",
       "{1} : part de chaque classe par tranche de {2} points ; plus elles s'écartent, mieux "
       "le score les distingue"},
      {sample.name, figure(width, count)});
  chart.x = {.title = words::score(), .format = score};
  chart.y = {.title = {"Share of the class", "Part de la classe"}, .format = share};
  using Shape = PackChart::Series::Shape;
  PackChart::Series goods = series_of({"Good", "Bons"}, Shape::bars);
  PackChart::Series bads = series_of({"Bad", "Mauvais"}, Shape::bars);
  auto slot_of = [&](int at) { return std::floor(at / width); };
  for (const TieGroup& group : sample.groups) {
    double middle = (slot_of(group.score) + 0.5) * width;
    while (goods.x.empty() || goods.x.back() < middle - 0.01) {
      double next = goods.x.empty() ? middle : goods.x.back() + width;
      for (auto* series : {&goods, &bads}) {
        series->x.push_back(next);
        series->y.push_back(0);
      }
    }
    if (sample.all.good > 0) goods.y.back() += group.tally.good / sample.all.good;
    if (sample.all.bad > 0) bads.y.back() += group.tally.bad / sample.all.bad;
  }
  chart.x.lowest = goods.x.front() - 0.5 * width;
  chart.x.highest = goods.x.back() + 0.5 * width;
  chart.series = {goods, bads};
  return chart;
}

PackTable population(const Study& study) {
  const StudiedSample& sample = study.headline();
  PackTable table{"population",
                  fill({"Population by score, {1}", "Population par score, {1}"}, {sample.name}),
                  {{words::score(), {}},
                   {words::records(), count},
                   {words::share(), share},
                   {words::bad_rate(), share},
                   {words::from(), share},
                   {words::to(), share},
                   {{"Goods per bad", "Bons par mauvais"}, number2}},
                  {}};
  for (const ScoreBand& band : equal_bands(sample.groups, study.input->bands)) {
    Interval interval =
        wilson(band.tally.rate(), band.tally.effective(), study.input->limits.confidence);
    PackCell odds;
    if (band.tally.bad > 0) odds = band.tally.good / band.tally.bad;
    table.rows.push_back({score_label(band.from, band.to), band.tally.records(),
                          band.tally.weight() / sample.all.weight(), band.tally.rate(),
                          interval.low, interval.high, odds});
  }
  return table;
}

// By the cells of the card, where no quality of the columns was given.
std::vector<ValidationSample::Quality> quality_by_cells(const ValidationSample& sample,
                                                        const Scorecard& card) {
  std::vector<ValidationSample::Quality> result;
  for (std::size_t i = 0; i < sample.cells.size(); ++i) {
    const Cells& cells = card.variables[i].cells;
    ValidationSample::Quality quality;
    quality.column = card.variables[i].name;
    quality.records = static_cast<double>(sample.cells[i].size());
    for (std::uint16_t cell : sample.cells[i]) {
      if (cell == cells.missing()) quality.missing += 1;
      if (cell >= cells.bins() && cell < cells.missing()) quality.special += 1;
      if (cell > cells.missing()) quality.unknown += 1;
    }
    quality.distinct = std::nan("");
    result.push_back(quality);
  }
  return result;
}

void add_quality(const Study& study, SectionWriter& writer) {
  const ValidationSample& sample = *study.headline().sample;
  auto known = sample.quality;
  if (known.empty() && study.input->card) known = quality_by_cells(sample, *study.input->card);
  if (known.empty()) {
    writer.paragraph(
        {"Nothing was given about the columns, so the quality of the data is not told "
         "here.",
         "Rien n'a été fourni sur les colonnes : la qualité des données n'est pas "
         "décrite ici."});
    return;
  }
  PackTable table{
      "quality",
      fill({"Quality of the data, {1}", "Qualité des données, {1}"}, {study.headline().name}),
      {{{"Column", "Colonne"}, {}},
       {{"Missing", "Manquant"}, share},
       {{"Special codes", "Codes spéciaux"}, share},
       {{"Unknown answers", "Réponses inconnues"}, share},
       {{"Distinct values", "Valeurs distinctes"}, count},
       {{"Lowest", "Minimum"}, number2},
       {{"Median", "Médiane"}, number2},
       {{"Highest", "Maximum"}, number2}},
      {}};
  for (const auto& one : known) {
    double all = std::max(1.0, one.records);
    table.rows.push_back({one.column, one.missing / all, one.special / all, one.unknown / all,
                          one.distinct, cell(one.lowest), cell(one.median), cell(one.highest)});
  }
  writer.add(table);
}

}  // namespace

PackSection samples_section(const Study& study) {
  SectionWriter writer("samples", {"Population and data", "Population et données"});
  writer.add(overview(study));
  for (const StudiedSample& one : study.samples) {
    if (one.both_classes()) continue;
    writer.paragraph(fill({"{1} has outcomes of one class only. Whatever compares goods and bads "
                           "cannot be computed on it, and is left out below.",
                           "{1} ne contient qu'une seule classe. Ce qui compare bons et mauvais "
                           "dossiers n'y est pas calculable et est omis plus loin."},
                          {one.name}));
  }
  if (!study.headline().sample->outcome.weights.empty()) {
    writer.paragraph(
        {"Rows carry weights. Rates are of weight; intervals and tests use the "
         "effective number of records.",
         "Les lignes sont pondérées. Les taux le sont aussi ; intervalles et tests "
         "emploient le nombre effectif de dossiers."});
  }
  writer.add(distribution(study.headline()));
  writer.add(population(study));
  add_quality(study, writer);
  return writer.take();
}

}  // namespace credence
