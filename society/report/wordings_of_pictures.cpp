#include <credence/report/wordings.h>

namespace credence {

namespace {

using S = Say;

const SaidText kPictures[] = {
    {S::pictures_title, {"In pictures", "En images"}},
    {S::flows_title, {"From grade to grade", "D'un rang à l'autre"}},
    {S::flows_caption,
     {"{1}: where people began and where they are now",
      "{1} : où chacun a commencé et où il en est"}},
    {S::flows_note,
     {"Left: first month with the programme. Right: last month. A ribbon is as thick as the number "
      "of people who took that way (mean of replicates). Blue: rose; orange: fell; grey: stayed, "
      "or came to have points.",
      "À gauche : premier mois avec le programme. À droite : dernier mois. Un ruban a l'épaisseur "
      "du nombre de personnes (moyenne des répliques). Bleu : montées ; orange : descentes ; gris "
      ": restées, ou désormais notées."}},
    {S::flows_none,
     {"No programme here has grades or gives points, so nobody moves between any.",
      "Aucun programme n'a de rangs ni de points ; personne n'en change."}},
    {S::flows_says,
     {"{1} people rose, {2} fell, {3} stayed where they were, {4} came to have points or lost "
      "them.",
      "{1} personnes sont montées, {2} descendues, {3} restées, {4} ont reçu ou perdu leurs "
      "points."}},
    {S::not_scored, {"not scored", "sans points"}},
    {S::scored, {"scored", "avec points"}},
    {S::then, {"then", "avant"}},
    {S::now, {"now", "après"}},
    {S::groups_title, {"Who is hit", "Qui est touché"}},
    {S::groups_text,
     {"The harms in which the groups differ most, against their size. A mark is the mean of the "
      "group; its line is the 95% interval over replicates.",
      "Les dommages où les groupes diffèrent le plus, rapportés à leur ampleur. Un repère est la "
      "moyenne du groupe ; son trait, l'intervalle à 95\u202f% sur les répliques."}},
    {S::groups_none,
     {"There are not two groups, or no harm was counted, so nothing can be compared.",
      "Il n'y a pas deux groupes, ou aucun dommage n'a été compté : rien à comparer."}},
    {S::groups_note, {"{1} Unit: {2}.", "{1} Unité : {2}."}},
    {S::impact_caption,
     {"Answers by group: requests for a rental without a deposit or a loan",
      "Réponses par groupe : demandes de location sans caution ou de prêt"}},
    {S::impact_column, {"Life", "Vie"}},
    {S::impact_ratio, {"Adverse impact ratio", "Rapport d'impact"}},
    {S::true_gap, {"Gap, reliable people", "Écart, personnes fiables"}},
    {S::false_gap, {"Gap, unreliable people", "Écart, personnes non fiables"}},
    {S::per_step, {"{1}, per month", "{1}, par mois"}},
    {S::cumulated, {"{1}, cumulated", "{1}, cumulé"}},
    {S::impact_explained,
     {"Ratio: share granted in the worst-placed group over that of the best-placed; below 0.80 the "
      "four-fifths rule takes it for a sign of discrimination. Gaps: percentage points between the "
      "best- and the worst-placed group among people who would keep their promise (and among those "
      "who would not). With few requests a month, chance alone makes monthly gaps large; the "
      "cumulated ones are steadier.",
      "Rapport : part accordée au groupe le moins bien placé sur celle du mieux placé ; sous 0,80, "
      "la règle des quatre cinquièmes y voit un signe de discrimination. Écarts : points de "
      "pourcentage entre le groupe le mieux et le moins bien placé, parmi qui tiendrait sa "
      "promesse (et parmi les autres). Avec peu de demandes par mois, le hasard seul creuse les "
      "écarts mensuels ; les cumulés sont plus stables."}},
    {S::time_title, {"Month by month", "Mois par mois"}},
    {S::time_text,
     {"Lines are means of replicates; bands hold 90 of 100 replicates (5% to 95%).",
      "Les lignes sont des moyennes de répliques ; les bandes en contiennent 90 sur 100 (de "
      "5\u202f% à 95\u202f%)."}},
    {S::time_text_one,
     {"One replicate: lines without bands.", "Une seule réplique : des lignes sans bandes."}},
    {S::time_none,
     {"Zero in every month of every life: {1}.", "Zéro pour chaque mois de chaque vie : {1}."}},
    {S::spells_title, {"How long exclusion lasts", "Combien de temps dure l'exclusion"}},
    {S::spells_text,
     {"Spells of exclusion by their length, those that still run included, with the length they "
      "have so far. Bars are means of replicates; thin lines hold 90 of 100.",
      "Périodes d'exclusion selon leur durée, celles en cours comprises avec leur durée à ce jour. "
      "Barres : moyennes des répliques ; les traits fins en contiennent 90 sur 100."}},
    {S::spells_caption, {"{1}: number of spells", "{1} : nombre de périodes"}},
    {S::spells_one, {"month", "mois"}},
    {S::spells_axis, {"months", "mois"}},
    {S::spells_none,
     {"Nobody was excluded in any life.",
      "Personne n'a été exclu dans aucune "
      "vie."}},
    {S::map_title, {"Where", "Où"}},
    {S::map_text,
     {"Share of people in each region who are excluded in the last month, mean of replicates. The "
      "darker, the more.",
      "Part des personnes de chaque quartier exclues le dernier mois, moyenne des répliques. Plus "
      "c'est foncé, plus il y en a."}},
    {S::map_none,
     {"Nobody is excluded in the last month, wherever they live.",
      "Personne n'est exclu le dernier mois, où que ce soit."}},
    {S::map_caption, {"{1}: excluded in the last month", "{1} : exclus le dernier mois"}},
    {S::map_table,
     {"Excluded in the last month, by region",
      "Exclus le dernier mois, par "
      "quartier"}},
    {S::region, {"Region", "Quartier"}},
    {S::profit_title,
     {"What the operator earns, what people lose",
      "Ce que gagne l'opérateur, ce que perdent les gens"}},
    {S::profit_text,
     {"For each person of the population, over the whole time. A deposit that is saved would "
      "mostly have come back, so it is not money gained.",
      "Par personne de la population, sur toute la durée. Une caution évitée serait revenue pour "
      "l'essentiel : ce n'est pas de l'argent gagné."}},
    {S::profit_earned, {"Operator: income", "Opérateur : recettes"}},
    {S::profit_cost, {"Operator: costs", "Opérateur : dépenses"}},
    {S::profit_saved, {"People: deposits saved", "Gens : cautions évitées"}},
    {S::profit_gamed, {"People: spent to look good", "Gens : dépensé pour paraître"}},
    {S::profit_wealth,
     {"People: account at the end, against no programme",
      "Gens : compte à la fin, face à la vie sans programme"}},
    {S::profit_caption, {"{1}: {2} a person", "{1} : {2} par personne"}},
    {S::numbers_of_picture, {"The numbers of these pictures", "Les chiffres de ces images"}},
};

}  // namespace

std::span<const SaidText> wordings_of_pictures() {
  return kPictures;
}

}  // namespace credence
