#include <credence/validation/section_writer.h>
#include <credence/validation/study.h>

#include <string_view>

namespace credence {

namespace {

struct Words {
  std::string_view en, fr;
  Text text() const { return {std::string{en}, std::string{fr}}; }
};
struct Method {
  Words name, meaning;
};

constexpr Method kMethods[] = {
    {{"AUC and Gini", "AUC et Gini"},
     {"AUC is the chance that a bad scores below a good, ties counting half; Gini = 2 AUC - 1. "
      "Intervals by DeLong (1988).",
      "L'AUC est la probabilité qu'un mauvais ait un score inférieur à un bon, les égalités "
      "comptant pour moitié ; Gini = 2 AUC - 1. Intervalles de DeLong (1988)."}},
    {{"KS", "KS"},
     {"Largest distance between the shares of bads and of goods at or below a score, either way, "
      "taken after whole groups of equal scores.",
      "Plus grand écart entre les parts de mauvais et de bons à un score ou en dessous, dans les "
      "deux sens, pris après des groupes entiers de scores égaux."}},
    {{"H", "H"},
     {"Hand's measure: share of the loss of the best blind rule that the score saves, over costs "
      "weighted by Beta(2, 2).",
      "Mesure de Hand : part de la perte de la meilleure règle aveugle que le score évite, coûts "
      "pondérés par Bêta(2, 2)."}},
    {{"Divergence", "Divergence"},
     {"Squared distance of the mean scores of goods and bads over their mean variance.",
      "Carré de l'écart des scores moyens des bons et des mauvais, rapporté à leur variance "
      "moyenne."}},
    {{"Brier, log-loss", "Brier, log-perte"},
     {"Mean squared error of the probabilities, taken apart as by Murphy; mean of minus the "
      "logarithm of the probability given to what happened.",
      "Erreur quadratique moyenne des probabilités, décomposée selon Murphy ; moyenne de "
      "l'opposé "
      "du logarithme de la probabilité donnée à ce qui est arrivé."}},
    {{"ECE, ACE", "ECE, ACE"},
     {"Mean distance of predicted and seen over bands of equal width (ECE) or equal weight "
      "(ACE).",
      "Écart moyen entre prévu et constaté par tranches d'égale largeur (ECE) ou d'égal poids "
      "(ACE)."}},
    {{"Slope and shift", "Pente et décalage"},
     {"Cox's logistic fit of the outcome on the log-odds of the probability. Slope 1 and shift 0 "
      "are right.",
      "Ajustement logistique de Cox du résultat sur les log-cotes prévues. Pente 1 et décalage "
      "0 "
      "sont justes."}},
    {{"Hosmer-Lemeshow, Spiegelhalter", "Hosmer-Lemeshow, Spiegelhalter"},
     {"Tests that probabilities are right throughout. Hosmer-Lemeshow has G - 2 degrees on the "
      "development sample and G on others.",
      "Tests de justesse des probabilités. Hosmer-Lemeshow a G - 2 degrés sur l'échantillon de "
      "développement et G sur les autres."}},
    {{"Jeffreys", "Jeffreys"},
     {"Chance that the true rate lies below the prediction after what was seen; small means that "
      "risk is understated.",
      "Probabilité que le vrai taux soit sous la prévision, vu le constat ; petite, le risque "
      "est "
      "sous-estimé."}},
    {{"PSI, CSI", "PSI, CSI"},
     {"Sum of (now - then) ln(now / then) over shares, half a record added to each cell; of "
      "scores "
      "and of each variable. Over 1/N + 1/M it is compared with chi-square.",
      "Somme de (après - avant) ln(après / avant) sur les parts, un demi-dossier ajouté par "
      "classe ; "
      "pour le score et chaque variable. Rapporté à 1/N + 1/M, il est comparé au khi-deux."}},
    {{"Weight of evidence, IV", "Poids de la preuve, IV"},
     {"ln(share of goods / share of bads) of a bin, half a record added; IV sums (goods - bads) "
      "times it.",
      "ln(part des bons / part des mauvais) d'une classe, un demi-dossier ajouté ; l'IV en somme "
      "le "
      "produit par (bons - mauvais)."}},
    {{"Acceptance ratio", "Rapport d'acceptation"},
     {"Share accepted in a group over that of the reference (adverse impact ratio); interval by "
      "Katz. Gaps of rates by Newcombe.",
      "Part acceptée d'un groupe sur celle de la référence (adverse impact ratio) ; intervalle "
      "de "
      "Katz. Écarts de taux par Newcombe."}},
    {{"Weights", "Pondération"},
     {"Every measure is of weights; tests count the effective size (sum w)^2 / sum w^2.",
      "Toute mesure porte sur les poids ; les tests comptent l'effectif (somme p)^2 / somme "
      "p^2."}},
};

}  // namespace

PackSection methods_section(const Study& study) {
  SectionWriter writer("methods", {"How the figures are made", "Méthodes"});
  writer.paragraph(fill(
      {"Confidence {1} throughout. Scores are whole numbers; equal scores are never cut apart.",
       "Confiance de {1} partout. Les scores sont entiers ; des scores égaux ne sont jamais "
       "séparés."},
      {figure(study.input->limits.confidence, NumberFormat::share)}));
  PackTable table{"methods",
                  {"Measures and tests", "Mesures et tests"},
                  {{{"Measure", "Mesure"}, {}}, {{"What it is", "Définition"}, {}}},
                  {}};
  for (const Method& one : kMethods) table.rows.push_back({one.name.text(), one.meaning.text()});
  writer.add(table);
  return writer.take();
}

}  // namespace credence
