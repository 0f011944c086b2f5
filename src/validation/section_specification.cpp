#include <credence/validation/section_writer.h>
#include <credence/validation/study.h>

#include <cmath>

namespace credence {

namespace {

using enum NumberFormat;
using Level = Verdict::Level;

void add_training(const TrainingReport& report, SectionWriter& writer) {
  PackTable stages{
      "stages",
      {"What whole points cost", "Ce que coûtent les points entiers"},
      {{{"Stage", "Étape"}, {}}, {{"Log-loss", "Log-perte"}, number4}, {{"AUC", "AUC"}, number4}},
      {}};
  auto stage = [&](Text name, const TrainingReport::Stage& one) {
    stages.rows.push_back({std::move(name), one.log_loss, one.auc});
  };
  stage({"Unrounded model", "Modèle non arrondi"}, report.unrounded);
  stage({"Best rounding", "Meilleur arrondi"}, report.rounded);
  stage({"Whole points, fitted jointly", "Points entiers, ajustés ensemble"}, report.whole);
  if (report.lower_bound > 0)
    stages.rows.push_back(
        {Text{"Least with these bins (estimate)", "Minimum avec ces classes (estimation)"},
         report.lower_bound, PackCell{}});
  writer.add(stages);

  PackTable table{"coefficients",
                  {"Fit of the variables", "Ajustement des variables"},
                  {{{"Variable", "Variable"}, {}},
                   {{"IV", "IV"}, number3},
                   {{"Coefficient", "Coefficient"}, number3},
                   {{"Standard error", "Erreur type"}, number3},
                   {{"Wald p", "p de Wald"}, p_value},
                   {{"VIF", "VIF"}, number2}},
                  {}};
  for (const Coefficient& one : report.coefficients) {
    table.rows.push_back({one.variable, one.iv, one.beta, one.standard_error, one.wald_p, one.vif});
  }
  if (!table.rows.empty()) writer.add(table);
}

void add_cross_validation(const TrainingReport& report, SectionWriter& writer) {
  if (!report.cross_validated) {
    writer.paragraph({"The card was not cross-validated.",
                      "La carte n'a pas fait l'objet d'une validation croisée."});
    return;
  }
  const auto& found = *report.cross_validated;
  writer.paragraph(fill(
      {"Cross-validated with everything refitted in each of {1} folds, binning included: AUC "
       "{2} (deviation {3} between folds), Brier {4}.",
       "Validation croisée, tout réajusté dans chacun des {1} plis, découpage compris : AUC {2} "
       "(écart-type {3} entre plis), Brier {4}."},
      {figure(static_cast<double>(found.auc.size()), count), figure(found.mean, number4),
       figure(found.standard_deviation, number4), figure(found.brier, number4)}));
}

Text reason_text(const std::string& reason) {
  if (reason == "iv") return {"too little information", "trop peu d'information"};
  if (reason == "correlation") return {"too like another", "trop proche d'une autre"};
  if (reason == "vif") return {"explained by the others", "expliquée par les autres"};
  if (reason == "sign") return {"wrong direction", "sens contraire"};
  if (reason == "p-value") return {"not told from chance", "ne se distingue pas du hasard"};
  if (reason == "limit") return {"limit on variables", "limite de variables"};
  if (reason == "left-out") return {"left out by the plan", "écartée par le plan"};
  if (reason == "constant") return {"constant", "constante"};
  if (reason == "separates")
    return {"tells the outcome by itself: a leak?", "dit l'issue à elle seule : une fuite ?"};
  if (reason == "missing") return {"missing throughout", "toujours manquante"};
  if (reason == "infeasible") return {"no bins keep the rules", "aucun découpage conforme"};
  if (reason == "points") return {"all points equal", "points tous égaux"};
  return same(reason);
}

void add_dropped(const TrainingReport& report, SectionWriter& writer) {
  if (report.dropped.empty()) return;
  PackTable table{"dropped",
                  {"Variables that were left out", "Variables écartées"},
                  {{{"Variable", "Variable"}, {}},
                   {{"Reason", "Motif"}, {}},
                   {{"Figure", "Valeur"}, number4},
                   {{"Limit", "Limite"}, number4},
                   {{"Beside", "Au profit de"}, {}}},
                  {}};
  for (const Dropped& one : report.dropped) {
    table.rows.push_back({one.variable, reason_text(one.reason), one.figure, one.limit,
                          one.beside.empty() ? PackCell{} : cell(one.beside)});
  }
  writer.add(table);
}

void judge_fit(const TrainingReport& report, SectionWriter& writer) {
  int wrong = 0, tangled = 0;
  for (const Coefficient& one : report.coefficients) {
    // Weights of evidence are high for safe people, so no coefficient may be above 0.
    wrong += one.beta > 0 ? 1 : 0;
    tangled += one.vif > 10 ? 1 : 0;
  }
  Level level = wrong > 0 ? Level::act : tangled > 0 ? Level::watch : Level::good;
  writer.verdict(
      level, "specification.fit", {"Signs and entanglement", "Signes et colinéarité"},
      fill({"{1} coefficients of the wrong sign; {2} variables with a VIF above 10.",
            "{1} coefficients de signe contraire ; {2} variables au VIF supérieur à 10."},
           {figure(wrong, count), figure(tangled, count)}));
}

void add_overrides(const Study& study, SectionWriter& writer) {
  std::vector<OverrideEffect> all;
  if (study.input->training) all = study.input->training->overrides;
  all.insert(all.end(), study.input->overrides.begin(), study.input->overrides.end());
  if (all.empty()) {
    writer.paragraph(
        {"No bin and no points were changed by hand, as far as was told.",
         "Aucune classe ni aucun point n'a été modifié à la main, d'après ce qui a été "
         "fourni."});
    return;
  }
  PackTable table{"overrides",
                  {"Changes made by hand", "Modifications manuelles"},
                  {{{"Variable", "Variable"}, {}},
                   {{"Bin", "Classe"}, {}},
                   {{"Because", "Motif"}, {}},
                   {{"Points before", "Points avant"}, points},
                   {{"after", "après"}, points},
                   {{"Log-loss before", "Log-perte avant"}, number4},
                   {{"after", "après"}, number4},
                   {{"AUC before", "AUC avant"}, number4},
                   {{"after", "après"}, number4}},
                  {}};
  for (const OverrideEffect& one : all) {
    table.rows.push_back({one.variable, one.bin, one.because,
                          static_cast<double>(one.points_before),
                          static_cast<double>(one.points_after), one.log_loss_before,
                          one.log_loss_after, one.auc_before, one.auc_after});
  }
  writer.add(table);
}

}  // namespace

PackSection specification_section(const Study& study) {
  SectionWriter writer("specification", {"How the card was made", "Construction de la carte"});
  if (study.input->training) {
    const TrainingReport& report = *study.input->training;
    if (!report.coefficients.empty()) judge_fit(report, writer);
    writer.paragraph(fill({"Made from {1} records, {2} of them bad.",
                           "Construite sur {1} dossiers, dont {2} mauvais."},
                          {figure(static_cast<double>(report.rows), count),
                           figure(static_cast<double>(report.bad), count)}));
    add_cross_validation(report, writer);
    add_training(report, writer);
    add_dropped(report, writer);
    for (const std::string& note : report.notes) writer.paragraph(same(note));
  } else {
    writer.paragraph(
        {"No report of training was given: coefficients, selection and cross-validation "
         "are not shown.",
         "Aucun rapport d'apprentissage n'a été fourni : coefficients, sélection et "
         "validation croisée ne sont pas montrés."});
  }
  add_overrides(study, writer);
  return writer.take();
}

}  // namespace credence
