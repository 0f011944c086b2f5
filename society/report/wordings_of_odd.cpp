#include <credence/report/wordings.h>

namespace credence {

namespace {

using S = Say;

const SaidText kOdd[] = {
    {S::odd_title, {"The model, described (ODD)", "Description du modèle (ODD)"}},
    {S::odd_source,
     {"After the ODD protocol (Grimm et al., JASSS 23(2) 7, 2020), generated from the world, the "
      "rules in use and the programmes of this run.",
      "Selon le protocole ODD (Grimm et al., JASSS 23(2) 7, 2020), engendré à partir du monde, des "
      "règles en usage et des programmes de ce calcul."}},
    {S::odd_purpose, {"1. Purpose and patterns", "1. But et motifs"}},
    {S::odd_purpose_text,
     {"To see, before anybody real is concerned, what a programme of trust or credit points does "
      "to people: who is excluded and for how long, who is punished by mistake, who falls silent, "
      "who spends to look good, what the operator gains.",
      "Voir, avant que quiconque de réel soit concerné, ce qu'un programme de points de confiance "
      "ou de crédit fait aux gens : qui est exclu et combien de temps, qui est puni par erreur, "
      "qui se tait, qui dépense pour paraître, ce que gagne l'opérateur."}},
    {S::odd_patterns,
     {"Patterns by which it is judged: base rates of face matching, faults of credit records "
      "(Federal Trade Commission 2012), chilling effects (Penney 2016; Stoycheff 2016), and the "
      "published models that \u201ccredence society validate\u201d reproduces.",
      "Motifs qui servent à le juger : taux de base de la reconnaissance faciale, erreurs des "
      "dossiers de crédit (Federal Trade Commission 2012), effet d'intimidation (Penney 2016 ; "
      "Stoycheff 2016), et les modèles publiés que reproduit « credence society validate »."}},
    {S::odd_entities,
     {"2. Entities, state variables, and scales", "2. Entités, variables d'état et échelles"}},
    {S::odd_people,
     {"People ({1}). Fixed for each: age, sex, group, region of birth, education, work, bank and "
      "phone access, household, wage, diligence (how reliably obligations are met), conviction "
      "(how critical of those in power).",
      "Personnes ({1}). Fixes pour chacune : âge, sexe, groupe, quartier d'origine, instruction, "
      "activité, accès à la banque et au téléphone, foyer, salaire, assiduité (à tenir ses "
      "engagements), conviction (esprit critique envers le pouvoir)."}},
    {S::odd_state,
     {"Changing each month: money on the account and debt (cents); points; what the last 24 months "
      "left on the record; months for which rentals, credit, housing, travel, work, school or "
      "speech stay barred; length of the running exclusion; months out of work; a fault on the "
      "record and its age; a waiting appeal and its age; region; fear to speak (0 to 255); money "
      "spent on looking good; and marks: working, in the programme, aware of it, on a black or red "
      "list, name published, silent, gaming, in default, hit by a mistake, renting, borrower.",
      "Changent chaque mois : argent sur le compte et dette (centimes) ; points ; ce que les 24 "
      "derniers mois ont laissé au dossier ; mois d'interdiction restants pour la location, le "
      "crédit, le logement, les voyages, le travail, l'école ou la parole ; durée de l'exclusion "
      "en cours ; mois sans emploi ; erreur au dossier et son âge ; recours en attente et son "
      "âge ; quartier ; peur de parler (0 à 255) ; argent dépensé pour paraître ; et des marques : "
      "en emploi, inscrit, au courant, sur liste noire ou rouge, nom publié, silencieux, paraît, "
      "en défaut, frappé par erreur, locataire, emprunteur."}},
    {S::odd_institutions, {"Institutions: {1}.", "Institutions : {1}."}},
    {S::odd_scales,
     {"One step is a month. {1} months before any programme, then {2} with it. {3} regions on a "
      "map of tiles; within one, distance plays no part.",
      "Un pas vaut un mois. {1} mois avant tout programme, puis {2} avec. {3} quartiers sur une "
      "carte de tuiles ; à l'intérieur, la distance ne joue pas."}},
    {S::odd_traits_caption, {"Shares of the population", "Parts de la population"}},
    {S::odd_trait, {"Trait", "Trait"}},
    {S::odd_category, {"Category", "Catégorie"}},
    {S::odd_share, {"Share asked for", "Part demandée"}},
    {S::odd_process, {"3. Process overview and scheduling", "3. Processus et ordonnancement"}},
    {S::odd_process_text,
     {"Each month, for each person and each of their lives, in this order:",
      "Chaque mois, pour chaque personne et chacune de ses vies, dans cet ordre :"}},
    {S::odd_process_end,
     {"What people see of others is how those were at the end of the month before, so the order in "
      "which people are worked on does not matter. At the end of the month the board hears "
      "appeals, those that wait longest first, and everything is counted.",
      "Ce que l'on voit des autres est leur état à la fin du mois précédent : l'ordre de calcul "
      "des personnes est donc sans effet. En fin de mois, la commission entend les recours, les "
      "plus anciens d'abord, et tout est compté."}},
    {S::odd_concepts, {"4. Design concepts", "4. Principes de conception"}},
    {S::odd_principles,
     {"Basic principles: strategic classification (gaming), self-censorship under watch, base "
      "rates, and the institutional practice of scores and lists; each rule names its source or "
      "says that it is invented.",
      "Principes de base : classification stratégique (paraître), autocensure sous surveillance, "
      "taux de base, pratique des scores et des listes ; chaque règle cite sa source ou se dit "
      "inventée."}},
    {S::odd_emergence,
     {"Emergence: exclusion and its length, gaps between groups, silence and profit emerge; points "
      "for a deed, bars and lists are imposed by the programme.",
      "Émergence : l'exclusion et sa durée, les écarts entre groupes, le silence et le profit "
      "émergent ; points, interdictions et listes sont imposés par le programme."}},
    {S::odd_adaptation,
     {"Adaptation: people who know of the programme may hold back, praise, volunteer, spend on "
      "looking good, drop friends, contest.",
      "Adaptation : qui connaît le programme peut se taire, louer, aider, dépenser pour paraître, "
      "délaisser des amis, contester."}},
    {S::odd_objectives,
     {"Objectives: none are computed; people follow habits and chances, not a utility.",
      "Objectifs : aucun n'est calculé ; les gens suivent habitudes et chances, non une utilité."}},
    {S::odd_learning,
     {"Learning: awareness of the programme spreads, and fear to speak grows and fades; nothing "
      "else is learnt.",
      "Apprentissage : la connaissance du programme se répand, la peur de parler croît et "
      "s'estompe ; rien d'autre ne s'apprend."}},
    {S::odd_prediction,
     {"Prediction: none; people react to what is.",
      "Prédiction : aucune ; on réagit à ce qui "
      "est."}},
    {S::odd_sensing,
     {"Sensing: people see their friends' points and marks of the month before; institutions see "
      "the record, cameras what they cover, the operator what the programme reads.",
      "Perception : on voit les points et marques de ses amis au mois précédent ; les institutions "
      "voient le dossier, les caméras ce qu'elles couvrent, l'opérateur ce que lit le "
      "programme."}},
    {S::odd_interaction,
     {"Interaction: through ties (friends shun, friends' points count), households, and scarce "
      "places before the board.",
      "Interaction : par les liens (on s'évite, les points des amis comptent), les foyers, et les "
      "places rares devant la commission."}},
    {S::odd_stochasticity,
     {"Stochasticity: every draw is keyed by seed, replicate, person, month and purpose (Philox "
      "4x32-10), never by the programme: so each person has the same luck in each life.",
      "Hasard : chaque tirage est indexé par graine, réplique, personne, mois et motif (Philox "
      "4x32-10), jamais par le programme : même chance dans chaque vie."}},
    {S::odd_collectives,
     {"Collectives: households live together and may be barred together; groups and regions are "
      "only counted.",
      "Collectifs : les foyers vivent ensemble et peuvent être interdits ensemble ; groupes et "
      "quartiers sont seulement comptés."}},
    {S::odd_observation,
     {"Observation: counts by month, group and region, and every month of 200 people; observing "
      "draws nothing and changes nothing.",
      "Observation : comptes par mois, groupe et quartier, et chaque mois de 200 personnes ; "
      "observer ne tire ni ne change rien."}},
    {S::odd_initialisation, {"5. Initialisation", "5. Initialisation"}},
    {S::odd_initial_text,
     {"The population is fitted to the shares below by iterative proportional fitting and rounded "
      "to whole people by keyed draws (seed {1}); people are put into households, then tied. "
      "Lives begin with work, savings, homes and debts by the rules below and run {2} months, so "
      "that all arms start from one common past.",
      "La population est ajustée aux parts ci-dessous par ajustement proportionnel itératif, puis "
      "arrondie à des personnes entières par tirages indexés (graine {1}) ; on forme des foyers, "
      "puis des liens. Les vies commencent avec travail, épargne, logement et dettes selon les "
      "règles ci-dessous, et durent {2} mois : toutes partent d'un passé commun."}},
    {S::odd_ties, {"Ties, {1}: {2}", "Liens, {1} : {2}"}},
    {S::odd_small_world,
     {"small world, {1} neighbours, {2} rewired (Watts and Strogatz 1998).",
      "petit monde, {1} voisins, {2} recâblés (Watts et Strogatz 1998)."}},
    {S::odd_block,
     {"block model, {1} ties on average, {2} of them within the same {3}.",
      "modèle par blocs, {1} liens en moyenne, dont {2} au sein du même trait ({3})."}},
    {S::odd_configuration,
     {"configuration model with given shares of degrees.",
      "modèle de configuration, aux parts de degrés données."}},
    {S::odd_given, {"{1} pairs given in a file.", "{1} paires données dans un fichier."}},
    {S::odd_input, {"6. Input data", "6. Données d'entrée"}},
    {S::odd_input_text,
     {"The world file \u201c{1}\u201d and the programme files: {2}. No time series from outside "
      "drives the model.",
      "Le fichier du monde « {1} » et les fichiers de programmes : {2}. Aucune série temporelle "
      "extérieure ne mène le modèle."}},
    {S::odd_input_none, {"none", "aucun"}},
    {S::odd_submodels, {"7. Submodels", "7. Sous-modèles"}},
    {S::odd_submodels_text,
     {"{1} rules with {2} numbers. Low and high: the plausible range that sensitivity analysis "
      "moves through.",
      "{1} règles et {2} nombres. Bas et haut : la plage plausible parcourue par l'analyse de "
      "sensibilité."}},
    {S::odd_submodels_changed,
     {"{1} numbers differ from their standard in this run; they are marked \u201cchanged\u201d.",
      "{1} nombres diffèrent de leur norme dans ce calcul ; ils portent « changé »."}},
    {S::odd_submodels_standard,
     {"All numbers have their standard values.", "Tous les nombres ont leur valeur normale."}},
    {S::odd_actor, {"Who acts: {1}.", "Qui agit : {1}."}},
    {S::odd_rule_source, {"Source: {1}", "Source : {1}"}},
    {S::odd_parameters, {"Numbers of \u201c{1}\u201d", "Nombres de « {1} »"}},
    {S::odd_parameter, {"Number", "Nombre"}},
    {S::odd_value, {"In force", "En vigueur"}},
    {S::odd_standard, {"Standard", "Norme"}},
    {S::odd_range, {"Low to high", "Bas à haut"}},
    {S::odd_unit, {"Unit", "Unité"}},
    {S::odd_parameter_source, {"Source", "Source"}},
    {S::odd_changed, {"changed", "changé"}},
    {S::odd_outside, {"outside its range", "hors de sa plage"}},
    {S::odd_programme, {"Programme \u201c{1}\u201d ({2})", "Programme « {1} » ({2})"}},
};

}  // namespace

std::span<const SaidText> wordings_of_odd() {
  return kOdd;
}

}  // namespace credence
