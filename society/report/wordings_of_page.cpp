#include <credence/report/wordings.h>

namespace credence {

namespace {

using S = Say;

const SaidText kPage[] = {
    {S::without_programme, {"Without a programme", "Sans programme"}},
    {S::kicker,
     {"A try on people who do not exist", "Un essai sur des personnes qui n'existent pas"}},
    {S::page_title, {"What {1} would do to {2} people", "{1} : ce qui arriverait à {2} personnes"}},
    {S::page_lead,
     {"Everybody here is invented. Each lives the same months several times, with the same luck: "
      "once without any programme, and once under each. What differs is due to the programme.",
      "Tout le monde ici est inventé. Chaque personne vit plusieurs fois les mêmes mois, avec la "
      "même chance : une fois sans programme, et une fois sous chacun. Ce qui diffère est dû au "
      "programme."}},
    {S::contents, {"On this page", "Sur cette page"}},
    {S::fact_people, {"People", "Personnes"}},
    {S::fact_time, {"Time", "Durée"}},
    {S::fact_burn_in, {"Before that", "Auparavant"}},
    {S::fact_replicates, {"Replicates", "Répliques"}},
    {S::fact_seed, {"Seed", "Graine"}},
    {S::fact_version, {"Made with", "Fait avec"}},
    {S::fact_time_value, {"{1} months, {2} to {3}", "{1} mois, de {2} à {3}"}},
    {S::interrupted,
     {"This run was interrupted. The report is partial: it rests on {1} whole replicates, and its "
      "intervals are wider than those that were asked for.",
      "Ce calcul a été interrompu. Le rapport est partiel : il repose sur {1} répliques entières, "
      "et ses intervalles sont plus larges que ce qui était demandé."}},
    {S::stopped_early,
     {"The run stopped after {1} replicates because the interval was as narrow as asked.",
      "Le calcul s'est arrêté après {1} répliques, l'intervalle étant aussi étroit que demandé."}},
    {S::one_replicate,
     {"There is one replicate only. Its numbers are one throw of the dice: this report claims no "
      "interval for any of them. Run at least 8.",
      "Il n'y a qu'une réplique. Ses chiffres sont un seul coup de dés : ce rapport n'annonce "
      "d'intervalle pour aucun d'eux. Faites-en au moins 8."}},
    {S::no_replicate,
     {"No replicate was lived to its end, so there is nothing to show yet.",
      "Aucune réplique n'est allée à son terme ; il n'y a encore rien à montrer."}},
    {S::prototype,
     {"A rule of a prototype changed people in this run, beyond the rules that are described "
      "below. The numbers hold for that prototype only.",
      "Une règle de prototype a modifié des personnes pendant ce calcul, en plus des règles "
      "décrites plus bas. Les chiffres ne valent que pour ce prototype."}},
    {S::how_to_read,
     {"How to read ±: over {1} replicates the true mean lies within it 95 times out of 100 "
      "(Student's interval of the mean). Differences are between two lives of the same people.",
      "Lire ± : sur {1} répliques, la vraie moyenne s'y trouve 95 fois sur 100 (intervalle de "
      "Student de la moyenne). Les écarts se prennent entre deux vies des mêmes personnes."}},
    {S::how_to_read_one,
     {"One replicate: there is no interval.", "Une seule réplique : il n'y a pas d'intervalle."}},
    {S::summary_title, {"In short", "En bref"}},
    {S::summary_tried,
     {"{1} people in {2} groups and {3} regions lived {4} months: {5}.",
      "{1} personnes, en {2} groupes et {3} quartiers, ont vécu {4} mois : {5}."}},
    {S::glance_caption,
     {"At a glance: an average month, all replicates",
      "D'un coup d'œil : un mois moyen, toutes "
      "les répliques"}},
    {S::glance_measure, {"What", "Quoi"}},
    {S::glance_difference, {"difference", "écart"}},
    {S::nobody_excluded,
     {"Nobody was barred, put on a black list, or refused what they would have got without the "
      "programme.",
      "Personne n'a été interdit d'accès, mis sur une liste noire, ni privé de ce qu'il aurait "
      "obtenu sans le programme."}},
    {S::excluded,
     {"Of {2} people, {1} more are excluded in an average month: barred, on a black list, or "
      "refused what they would have got without the programme.",
      "Sur {2} personnes, {1} de plus sont exclues en un mois moyen : interdites d'accès, sur une "
      "liste noire, ou privées de ce qu'elles auraient obtenu sans le programme."}},
    {S::by_mistake,
     {"In {1} cases a month a person was refused or sanctioned while a mistake stood against "
      "them: a false match or a fault in the record.",
      "Dans {1} cas par mois, une personne a essuyé un refus ou une sanction alors qu'une erreur "
      "jouait "
      "contre elle : fausse correspondance ou faute dans le dossier."}},
    {S::no_mistake,
     {"No refusal and no sanction came while a mistake stood against the person.",
      "Aucun refus, aucune sanction n'est venu alors qu'une erreur jouait contre la personne."}},
    {S::spells,
     {"An exclusion that ended had lasted {1} months on average.",
      "Une exclusion terminée avait duré {1} mois en moyenne."}},
    {S::sanctions,
     {"{1} sanctions were laid on people in all; {2} of them for what they did not do.",
      "{1} sanctions ont été prononcées en tout ; {2} pour ce que la personne n'avait pas fait."}},
    {S::alerts,
     {"Cameras gave {1} alerts; of 100 alerts, {2} pointed at the person who was looked for.",
      "Les caméras ont donné {1} alertes ; sur 100 alertes, {2} désignaient la personne "
      "recherchée."}},
    {S::speech,
     {"Of 100 people who are critical of something, {1} say so; without the programme {2} do "
      "(difference: {3}).",
      "Sur 100 personnes critiques, {1} le disent ; sans le programme, {2} (écart : {3})."}},
    {S::silence_none,
     {"Nobody speaks less freely than without the programme.",
      "Personne ne parle moins librement que sans le programme."}},
    {S::gaming,
     {"{1} people spend money in an average month only to look good to the programme.",
      "{1} personnes dépensent de l'argent, en un mois moyen, seulement pour bien paraître."}},
    {S::money,
     {"At the end {1} of 100 people have less money than in their life without the programme, and "
      "{2} have more; the mean difference is {3} {4}.",
      "À la fin, {1} personnes sur 100 ont moins d'argent que dans leur vie sans programme, et {2} "
      "en ont plus ; l'écart moyen est de {3} {4}."}},
    {S::money_same,
     {"Everybody has the same money as in their life without the programme.",
      "Tout le monde a autant d'argent que dans sa vie sans programme."}},
    {S::deposits,
     {"Of 100 rentals that are wanted, {1} need no deposit (without the programme: {2}). That "
      "saves deposits of {3} {4} a person and year, which would mostly have come back.",
      "Sur 100 locations souhaitées, {1} se font sans caution (sans le programme : {2}). Cela "
      "évite {3} {4} de cautions par personne et par an, dont l'essentiel serait revenu."}},
    {S::operator_profit,
     {"The programme's operator makes {1} {2} a person and year.",
      "L'opérateur du programme gagne {1} {2} par personne et par an."}},
    {S::impact,
     {"For each request that the best-placed group is granted, the worst-placed is granted {1} "
      "(as shares of what each asks). {2}",
      "Pour une demande accordée au groupe le mieux placé, le moins bien placé en obtient {1} (en "
      "part de ce que chacun demande). {2}"}},
    {S::impact_warning,
     {"Below 0.80 the four-fifths rule takes this for a sign of discrimination.",
      "Sous 0,80, la règle des quatre cinquièmes y voit un signe de discrimination."}},
    {S::impact_fine,
     {"The four-fifths rule asks for 0.80.", "La règle des quatre cinquièmes demande 0,80."}},
};

}  // namespace

std::span<const SaidText> wordings_of_page() {
  return kPage;
}

}  // namespace credence
