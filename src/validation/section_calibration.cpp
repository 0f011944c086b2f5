#include <credence/validation/section_writer.h>
#include <credence/validation/study.h>

#include <cmath>

namespace credence {

namespace {

using enum NumberFormat;
using Level = Verdict::Level;

Freshness freshness(const StudiedSample& sample) {
  return sample.sample->role == ValidationSample::Role::development ? Freshness::same_rows
                                                                    : Freshness::new_rows;
}

CalibrationOptions options(const Study& study) {
  return {.bands = study.input->bands, .confidence = study.input->limits.confidence};
}

Text within_limit(bool certain) {
  if (certain)
    return {"The difference is certain, but within the limit.",
            "L'écart est certain, mais dans la limite."};
  return {"The difference may be chance or is within the limit.",
          "L'écart peut être dû au hasard ou reste dans la limite."};
}

void judge_level(const Study& study, SectionWriter& writer) {
  const ValidationLimits& limits = study.input->limits;
  CalibrationBand all = whole(study.headline().predicted, limits.confidence);
  double rate = all.tally.rate();
  // Jeffreys' test answers both questions: a small value means too low, one near 1 too high.
  double p = 2 * std::min(all.jeffreys_p, 1 - all.jeffreys_p);
  bool large = std::abs(all.predicted - rate) > limits.calibration_gap * rate;
  bool certain = p < 1 - limits.confidence;
  bool low = all.predicted < rate;
  Level level = large && certain ? (low ? Level::act : Level::watch) : Level::good;
  Text conclusion = level == Level::good ? within_limit(certain)
                    : low ? Text{"Risk is understated.", "Le risque est sous-estimé."}
                          : Text{"Risk is overstated, which is cautious but costs people credit.",
                                 "Le risque est surestimé : prudent, mais il prive des personnes "
                                 "de crédit."};
  writer.verdict(level, "calibration.level",
                 {"Level of the probabilities", "Niveau des probabilités"},
                 fill({"Predicted {1}, seen {2} (Jeffreys {3}; limit {4} of the rate). {5}",
                       "Prévu {1}, constaté {2} (Jeffreys : {3} ; limite {4} du taux). {5}"},
                      {figure(all.predicted, share), figure(rate, share), p_phrase(p),
                       figure(limits.calibration_gap, share), conclusion}));
}

void judge_slope(const Study& study, const std::optional<CoxCalibration>& cox,
                 SectionWriter& writer) {
  Text subject = {"Spread of the probabilities", "Étendue des probabilités"};
  if (!cox) {
    writer.verdict(Level::unknown, "calibration.slope", subject,
                   {"The slope cannot be computed: one class, one probability, or classes that do "
                    "not overlap.",
                    "La pente n'est pas calculable : une seule classe, une seule probabilité, ou "
                    "des classes sans recouvrement."});
    return;
  }
  const ValidationLimits& limits = study.input->limits;
  bool certain = cox->slope_p < 1 - limits.confidence;
  bool large = std::abs(cox->slope - 1) > limits.calibration_gap;
  Level level = certain && large ? Level::watch : Level::good;
  Text conclusion =
      level == Level::good
          ? Text{"The points mean what the scaling says.",
                 "Les points valent ce qu'annonce l'échelle."}
      : cox->slope < 1
          ? Text{"Probabilities are too extreme: points to double the odds are fewer in the card "
                 "than in life.",
                 "Probabilités trop extrêmes : la carte compte moins de points pour doubler les "
                 "chances que la réalité."}
          : Text{"Probabilities are too timid: the score separates more than it says.",
                 "Probabilités trop timides : le score sépare plus qu'il ne le dit."};
  writer.verdict(level, "calibration.slope", subject,
                 fill({"Slope {1} (1 is right; {2}). {3}", "Pente {1} (1 est juste ; {2}). {3}"},
                      {figure(cox->slope, number3), p_phrase(cox->slope_p), conclusion}));
}

void judge_bands(const Study& study, std::span<const CalibrationBand> bands,
                 SectionWriter& writer) {
  double allowed = (1 - study.input->limits.confidence) / static_cast<double>(bands.size());
  int low = 0;
  for (const CalibrationBand& band : bands) low += band.jeffreys_p < allowed ? 1 : 0;
  writer.verdict(low > 0 ? Level::watch : Level::good, "calibration.bands",
                 {"Bands whose risk is understated", "Tranches au risque sous-estimé"},
                 fill({"{1} of {2} by Jeffreys' test, each held to {3} for their number.",
                       "{1} sur {2} au test de Jeffreys, chacune au seuil {3} vu leur nombre."},
                      {figure(low, count), figure(static_cast<double>(bands.size()), count),
                       figure(allowed, number4)}));
}

PackTable scores_table(const Study& study) {
  PackTable table{"calibration",
                  {"Accuracy of the probabilities", "Justesse des probabilités"},
                  {{words::sample(), {}},
                   {{"Predicted", "Prévu"}, share},
                   {words::bad_rate(), share},
                   {{"Brier", "Brier"}, number4},
                   {{"Reliability", "Fiabilité"}, number4},
                   {{"Resolution", "Résolution"}, number4},
                   {{"Uncertainty", "Incertitude"}, number4},
                   {{"Log-loss", "Log-perte"}, number4},
                   {{"ECE", "ECE"}, number4},
                   {{"ACE", "ACE"}, number4}},
                  {}};
  for (const StudiedSample& one : study.samples) {
    CalibrationBand all = whole(one.predicted);
    Brier parts = brier(one.predicted, study.input->bands);
    table.rows.push_back({one.name, all.predicted, all.tally.rate(), parts.brier, parts.reliability,
                          parts.resolution, parts.uncertainty, log_loss(one.predicted),
                          calibration_error(width_bands(one.predicted, options(study))),
                          calibration_error(mass_bands(one.predicted, options(study)))});
  }
  return table;
}

PackTable tests_table(const Study& study) {
  PackTable table{"calibration-tests",
                  {"Tests of the probabilities", "Tests des probabilités"},
                  {{words::sample(), {}},
                   {{"Slope", "Pente"}, number3},
                   {{"p (slope 1)", "p (pente 1)"}, p_value},
                   {{"Shift of log-odds", "Décalage des log-cotes"}, number3},
                   {{"p (shift 0)", "p (décalage 0)"}, p_value},
                   {{"Spiegelhalter Z", "Z de Spiegelhalter"}, number2},
                   {{"p", "p"}, p_value},
                   {{"Hosmer-Lemeshow", "Hosmer-Lemeshow"}, number2},
                   {{"Degrees", "Degrés"}, count},
                   {{"p", "p"}, p_value}},
                  {}};
  for (const StudiedSample& one : study.samples) {
    auto cox = cox_calibration(one.predicted);
    auto z = spiegelhalter_z(one.predicted);
    auto lemeshow = hosmer_lemeshow(mass_bands(one.predicted, options(study)), freshness(one));
    std::vector<PackCell> row = {one.name};
    if (cox)
      row.insert(row.end(), {cox->slope, cox->slope_p, cox->shift, cox->shift_p});
    else
      row.resize(row.size() + 4);
    if (z)
      row.insert(row.end(), {*z, two_sided(*z)});
    else
      row.resize(row.size() + 2);
    if (lemeshow)
      row.insert(row.end(), {lemeshow->statistic, lemeshow->degrees, lemeshow->p_value});
    else
      row.resize(row.size() + 3);
    table.rows.push_back(row);
  }
  return table;
}

PackChart curve(const StudiedSample& sample, std::span<const CalibrationBand> bands) {
  PackChart chart{"calibration", {"Predicted and seen, by band", "Prévu et constaté, par tranche"}};
  chart.description =
      fill({"{1}: bands of equal weight; whiskers are Wilson intervals of the bad rate; on the "
            "diagonal the probabilities are right",
            "{1} : tranches de poids égal ; barres d'erreur : intervalles de Wilson ; sur la "
            "diagonale, les probabilités sont justes"},
           {sample.name});
  chart.x = {.title = {"Predicted probability of bad", "Probabilité de défaut prévue"},
             .format = share,
             .lowest = 0};
  chart.y = {.title = words::bad_rate(), .format = share, .lowest = 0};
  PackChart::Series seen = series_of({"Seen", "Constaté"}, PackChart::Series::Shape::points);
  double highest = 0;
  for (const CalibrationBand& band : bands) {
    seen.x.push_back(band.predicted);
    seen.y.push_back(band.tally.rate());
    seen.low.push_back(band.interval.low);
    seen.high.push_back(band.interval.high);
    highest = std::max({highest, band.predicted, band.tally.rate()});
  }
  PackChart::Series right = line_series({"Predicted = seen", "Prévu = constaté"}, true);
  right.x = {0, highest};
  right.y = {0, highest};
  chart.series = {seen, right};
  return chart;
}

PackTable bands_table(const StudiedSample& sample, std::span<const CalibrationBand> bands) {
  PackTable table{
      "calibration-bands",
      fill({"Probabilities by band, {1}", "Probabilités par tranche, {1}"}, {sample.name}),
      {{{"Band", "Tranche"}, count},
       {words::records(), count},
       {{"Predicted", "Prévu"}, share},
       {words::bad_rate(), share},
       {words::from(), share},
       {words::to(), share},
       {{"Binomial p", "p binomiale"}, p_value},
       {{"Jeffreys p", "p de Jeffreys"}, p_value}},
      {}};
  for (const CalibrationBand& band : bands) {
    table.rows.push_back({static_cast<double>(table.rows.size() + 1), band.tally.records(),
                          band.predicted, band.tally.rate(), band.interval.low, band.interval.high,
                          band.binomial_p, band.jeffreys_p});
  }
  return table;
}

}  // namespace

PackSection calibration_section(const Study& study) {
  SectionWriter writer("calibration", {"Calibration", "Calibrage"});
  const StudiedSample& sample = study.headline();
  if (sample.predicted.empty()) {
    writer.verdict(
        Level::unknown, "calibration.level",
        {"Level of the probabilities", "Niveau des probabilités"},
        {"Neither the samples nor the card give probabilities (the card has no scaling), "
         "so calibration cannot be judged.",
         "Ni les échantillons ni la carte ne donnent de probabilités (la carte n'a pas "
         "d'échelle) : le calibrage ne peut être jugé."});
    return writer.take();
  }
  auto bands = mass_bands(sample.predicted, options(study));
  judge_level(study, writer);
  judge_slope(study, cox_calibration(sample.predicted), writer);
  judge_bands(study, bands, writer);
  writer.add(curve(sample, bands));
  writer.add(scores_table(study));
  writer.add(tests_table(study));
  writer.add(bands_table(sample, bands));
  return writer.take();
}

}  // namespace credence
