#include <credence/report/wordings.h>

namespace credence {

namespace {

using S = Say;

const SaidText kMeasures[] = {
    {S::sensitivity_title, {"What the result hangs on", "De quoi dépend le résultat"}},
    {S::sensitivity_text,
     {"Each number of the rules was moved through its plausible range (Morris' method), and the "
      "last programme's difference in \u201c{1}\u201d was watched. The longer the bar, the more "
      "that number matters; where invented ones lead, the headline is only as good as they are.",
      "Chaque nombre des règles a parcouru sa plage plausible (méthode de Morris), et l'on a "
      "observé l'écart du dernier programme pour « {1} ». Plus la barre est longue, plus ce "
      "nombre compte ; si des nombres inventés dominent, le résultat ne vaut pas mieux "
      "qu'eux."}},
    {S::sensitivity_none,
     {"No sensitivity ranking was made with this run. To make one, add --sensitivity 10 to the "
      "command at the end of this page; until then nobody knows which of the invented numbers the "
      "result hangs on.",
      "Aucun classement de sensibilité n'a été fait. Pour l'obtenir, ajoutez --sensitivity 10 à "
      "la commande en fin de page ; d'ici là, on ne sait pas de quels nombres inventés le "
      "résultat dépend."}},
    {S::sensitivity_caption,
     {"Mean change of the result when the number moves through its range",
      "Changement moyen du résultat quand le nombre parcourt sa plage"}},
    {S::sensitivity_axis,
     {"unit: {1}; thin lines: 95% intervals by bootstrap",
      "unité : {1} ; traits fins : intervalles à 95\u202f% par bootstrap"}},
    {S::sensitivity_left_out,
     {"{1} further numbers matter less and are left out.",
      "{1} autres nombres comptent moins et sont omis."}},
    {S::measures_title, {"All measures", "Toutes les mesures"}},
    {S::measures_text,
     {"Everything that was counted, over all months and people, for each programme against the "
      "same people's lives without one. pp: percentage points. \u201cRuns to halve\u201d: how many "
      "replicates would halve the interval.",
      "Tout ce qui a été compté, sur tous les mois et toutes les personnes, pour chaque programme "
      "face aux mêmes vies sans programme. pt : points de pourcentage. « Pour diviser par deux » : "
      "nombre de répliques qui réduirait l'intervalle de moitié."}},
    {S::measures_caption, {"{1}, {2} replicates", "{1}, {2} répliques"}},
    {S::measures_measure, {"Measure", "Mesure"}},
    {S::measures_unit, {"Unit", "Unité"}},
    {S::measures_without, {"Without", "Sans"}},
    {S::measures_with, {"With", "Avec"}},
    {S::measures_difference, {"Difference", "Écart"}},
    {S::measures_says, {"95% interval", "Intervalle à 95\u202f%"}},
    {S::measures_judged, {"What it says", "Ce qu'il dit"}},
    {S::measures_what, {"What each measure counts", "Ce que compte chaque mesure"}},
    {S::measures_halve, {"Runs to halve", "Pour diviser par deux"}},
    {S::better, {"better", "mieux"}},
    {S::worse, {"worse", "moins bien"}},
    {S::differs, {"differs", "différent"}},
    {S::unclear, {"not distinguishable from 0", "indiscernable de 0"}},
    {S::one_run, {"one run", "un seul essai"}},
    {S::bimodal,
     {"{1} ({2}): in {3} of {4} replicates near {5}, in the others near {6}.",
      "{1} ({2}) : dans {3} répliques sur {4} près de {5}, dans les autres près de {6}."}},
    {S::bimodal_title,
     {"Two outcomes, so that a mean would describe neither:",
      "Deux issues, dont une moyenne ne décrirait aucune :"}},
    {S::limits_title, {"What this cannot tell you", "Ce que ceci ne peut pas vous dire"}},
    {S::limits_lead,
     {"A model shows what follows from what was put in. It does not foretell.",
      "Un modèle montre ce qui découle de ce qu'on y met. Il ne prédit pas."}},
    {S::limit_invented,
     {"Of {1} numbers in the rules, {2} are invented or have no source of their own: {3}.",
      "Sur {1} nombres des règles, {2} sont inventés ou n'ont pas de source propre : {3}."}},
    {S::limit_no_person,
     {"No record here corresponds to a real person, and nothing follows for anybody in "
      "particular.",
      "Aucun dossier ici ne correspond à une personne réelle, et rien n'en découle pour quiconque "
      "en particulier."}},
    {S::limit_no_model,
     {"The project knows of no credible published agent model of a whole social-credit programme "
      "with a table of results, so the whole could not be held against one; only its pieces were "
      "(credence society validate).",
      "Le projet ne connaît aucun modèle d'agents publié et crédible d'un programme entier de "
      "crédit social avec une table de résultats : l'ensemble n'a pu y être comparé, seulement "
      "ses parties (credence society validate)."}},
    {S::limit_chilling,
     {"How far surveillance silences people was set to published estimates (Penney 2016: some 20 "
      "to 30% fewer views of sensitive pages). Those are targets of calibration and no proof that "
      "people would behave so here.",
      "L'effet de la surveillance sur la parole est réglé sur des estimations publiées (Penney "
      "2016 : 20 à 30\u202f% de consultations sensibles en moins). Ce sont des cibles de calage, "
      "non la preuve que les gens se conduiraient ainsi ici."}},
    {S::limit_static,
     {"Who knows whom is fixed at the start: friends are shunned, but nobody makes new ones, has "
      "children, dies, organises, goes to court, or votes the programme out.",
      "Les relations sont fixées au départ : on évite des amis, mais nul ne s'en fait de nouveaux, "
      "n'a d'enfants, ne meurt, ne s'organise, ne saisit un tribunal ni ne vote contre le "
      "programme."}},
    {S::limit_sure,
     {"The intervals tell how much luck matters, not whether the rules are right: a wrong rule "
      "gives a narrow interval around a wrong number.",
      "Les intervalles disent la part du hasard, non si les règles sont justes : une règle fausse "
      "donne un intervalle étroit autour d'un chiffre faux."}},
    {S::limit_rare,
     {"Rare events (false alerts, wrongful sanctions) are few among {1} people in {2} months; with "
      "more people they are known better.",
      "Les événements rares (fausses alertes, sanctions injustes) sont peu nombreux parmi {1} "
      "personnes en {2} mois ; avec plus de monde, on les connaît mieux."}},
    {S::limit_story,
     {"The three lives were picked for what happens in them. They prove nothing about how often.",
      "Les trois vies sont choisies pour ce qui s'y passe. Elles ne prouvent rien sur la "
      "fréquence."}},
    {S::limit_lawful,
     {"That the charter admits a programme, or that it does little harm here, does not make it "
      "lawful or wise where you live.",
      "Qu'un programme soit admis par la charte, ou nuise peu ici, ne le rend ni licite ni sage "
      "là où vous vivez."}},
    {S::limit_interval,
     {"With one replicate no interval can be given at all.",
      "Avec une seule réplique, aucun intervalle ne peut être donné."}},
    {S::limit_interrupted,
     {"The run was interrupted; the replicates that are missing might have changed the numbers.",
      "Le calcul a été interrompu ; les répliques manquantes auraient pu changer les chiffres."}},
    {S::limit_prototype,
     {"A prototype's rule changed people, and this page cannot describe it.",
      "Une règle de prototype a modifié des personnes, et cette page ne peut la décrire."}},
    {S::repeat_title, {"How to repeat it", "Comment le refaire"}},
    {S::repeat_text,
     {"The same command with the same version gives the same bits on any machine, with any number "
      "of threads. The hashes below are of everything at the end of each replicate: equal hashes, "
      "equal lives.",
      "La même commande avec la même version donne les mêmes bits sur toute machine, quel que "
      "soit le nombre de fils. Les empreintes ci-dessous portent sur tout l'état final de chaque "
      "réplique : mêmes empreintes, mêmes vies."}},
    {S::repeat_caption,
     {"End state of each replicate (SHA-256), seed {1}",
      "État final de chaque réplique (SHA-256), graine {1}"}},
    {S::repeat_replicate, {"Replicate", "Réplique"}},
    {S::repeat_hash, {"Hash", "Empreinte"}},
    {S::repeat_fit,
     {"Largest error of the population's shares", "Plus grande erreur des parts de la population"}},
};

}  // namespace

std::span<const SaidText> wordings_of_measures() {
  return kMeasures;
}

}  // namespace credence
