#include <credence/report/wordings.h>

namespace credence {

namespace {

using S = Say;

const SaidText kProgrammes[] = {
    {S::tried_title, {"What was tried", "Ce qui a été essayé"}},
    {S::tried_world,
     {"The world: {1}. {2} people; groups: {3}. They live {4} months before any programme, then "
      "{5} months with one, from {6} on.",
      "Le monde : {1}. {2} personnes ; groupes : {3}. Elles vivent {4} mois avant tout programme, "
      "puis {5} mois avec, à partir de {6}."}},
    {S::tried_twins,
     {"Income, unexpected expenses, wishes and moods turn out the same in each life of a person; "
      "only the programme differs. So a difference is no accident between two crowds.",
      "Revenus, imprévus, envies et humeurs tombent de la même façon dans chaque vie d'une "
      "personne ; seul le programme change. Un écart n'est donc pas un hasard entre deux "
      "foules."}},
    {S::lawful_only,
     {"Everything in it is admitted by the charter for real people.",
      "La charte admet tout ce qu'il contient, aussi pour de vraies personnes."}},
    {S::refuses_caption,
     {"What the charter refuses of it for real people",
      "Ce que la charte en refuse pour de "
      "vraies personnes"}},
    {S::refuses_article, {"Article", "Article"}},
    {S::refuses_section, {"Section of the file", "Section du fichier"}},
    {S::refuses_what, {"What it is", "Ce que c'est"}},
    {S::refuses_rule, {"Rule of the charter", "Règle de la charte"}},
    {S::no_lawful_part,
     {"It has no lawful part: nobody is scored by Credence's engine.",
      "Il n'a pas de partie licite : personne n'est noté par le moteur de Credence."}},
    {S::lawful_features,
     {"Whoever agrees is scored from {1} to {2} points, by Credence's engine, on {3} questions "
      "that the record answers.",
      "Qui accepte reçoit de {1} à {2} points, du moteur de Credence, d'après {3} questions "
      "auxquelles le dossier répond."}},
    {S::lawful_benefit,
     {"{1}: from {2} points; without a score the same can be had another way.",
      "{1} : à partir de {2} points ; sans score, la même chose s'obtient autrement."}},
    {S::lawful_benefits_more, {"and {1} more.", "et {1} de plus."}},
    {S::lawful_consequence,
     {"{1}: decided by a person, for {2} at most.",
      "{1} : décidé par une personne, pour {2} au plus."}},
    {S::points_start,
     {"Everybody in it begins with {1} points, between {2} and {3}.",
      "Chacun y commence avec {1} points, entre {2} et {3}."}},
    {S::points_engine,
     {"What people do beyond the lawful questions adds to the engine's points or takes from them, "
      "between {1} and {2}.",
      "Ce que font les gens au-delà des questions licites ajoute ou retire aux points du moteur, "
      "entre {1} et {2}."}},
    {S::points_decay,
     {"Points added or taken fade within {1} months.",
      "Les points ajoutés ou retirés s'effacent en {1} mois."}},
    {S::points_never,
     {"Points that were taken never come back by themselves.",
      "Les points retirés ne reviennent jamais d'eux-mêmes."}},
    {S::deed, {"{1} ({2})", "{1} ({2})"}},
    {S::deeds, {"Deeds that count, in points: {1}.", "Actes qui comptent, en points : {1}."}},
    {S::tiers, {"Grades: {1}.", "Rangs : {1}."}},
    {S::cameras,
     {"Cameras cover {1} of places, more where there is more policing; an offence before one is "
      "detected {2} of the time.",
      "Des caméras couvrent {1} des lieux, davantage là où la police est plus présente ; une "
      "infraction filmée est détectée dans {2} des cas."}},
    {S::matcher,
     {"Faces are compared with a watch list of {1} of people; a scan is wrong once in {2}, and {3} "
      "of those who are looked for are missed.",
      "Les visages sont comparés à une liste de {1} des personnes ; une comparaison se trompe une "
      "fois sur {2}, et {3} des personnes recherchées passent inaperçues."}},
    {S::matcher_groups,
     {"False matches by group, against the first figure: {1}.",
      "Fausses correspondances par groupe, par rapport à ce chiffre : {1}."}},
    {S::loyalty,
     {"{1} of what people say is read: criticism {2} points, praise {3}.",
      "{1} de ce que disent les gens est lu : critique {2} points, louange {3}."}},
    {S::friends,
     {"Points move by {1} towards the mean of one's friends.",
      "Les points glissent de {1} vers la moyenne des amis."}},
    {S::friends_household,
     {"A listed relative bars the whole household.",
      "Une personne listée fait interdire tout son foyer."}},
    {S::list_black, {"Black list: {1}; {2}.", "Liste noire : {1} ; {2}."}},
    {S::list_red, {"Red list: {1}; {2}.", "Liste rouge : {1} ; {2}."}},
    {S::list_below, {"below {1} points", "sous {1} points"}},
    {S::list_from, {"from {1} points", "à partir de {1} points"}},
    {S::list_default, {"at once for a loan in default", "aussitôt pour un prêt en défaut"}},
    {S::list_months, {"for {1} months at least", "pour {1} mois au moins"}},
    {S::list_for_ever, {"for ever", "pour toujours"}},
    {S::sanction, {"Sanction, {1}: {2}; {3}; {4}.", "Sanction, {1} : {2} ; {3} ; {4}."}},
    {S::sanction_below, {"below {1} points", "sous {1} points"}},
    {S::sanction_black, {"who is on the black list", "qui est sur la liste noire"}},
    {S::sanction_alert, {"an alert is enough", "une alerte suffit"}},
    {S::reward, {"Reward, {1}: {2}; from {3} points.", "Récompense, {1} : {2} ; dès {3} points."}},
    {S::publication_black,
     {"Names on the black list are published; each month {1} of a named person's ties shun them.",
      "Les noms de la liste noire sont publiés ; chaque mois, {1} des proches s'en détournent."}},
    {S::publication_red,
     {"Names on the red list are published.", "Les noms de la liste rouge sont publiés."}},
    {S::reviewers,
     {"Of appeals, a board hears {1} a month for each 1,000 people; it sees {2} of real mistakes "
      "and "
      "grants {3} of the others.",
      "Des recours, une commission en entend {1} par mois pour 1\u202f000 personnes ; elle "
      "reconnaît {2} "
      "des vraies erreurs et accorde {3} des autres."}},
    {S::freeze,
     {"What is contested does not count meanwhile.",
      "Ce qui est contesté ne compte pas "
      "entre-temps."}},
    {S::no_freeze,
     {"What is contested goes on counting.", "Ce qui est contesté continue de compter."}},
    {S::enrolment,
     {"Adults are asked; {1} agree within a year.",
      "Les adultes sont sollicités ; {1} acceptent "
      "dans l'année."}},
    {S::enrolment_compulsory,
     {"All adults are in it; nobody is asked.",
      "Tous les adultes y sont ; personne n'est consulté."}},
    {S::awareness,
     {"After a year {1} of people know that it exists.",
      "Au bout d'un an, {1} des gens savent qu'il existe."}},
    {S::record_faults,
     {"Each year {1} of people get a mistake on their record that moves their points.",
      "Chaque année, {1} des gens ont dans leur dossier une erreur qui change leurs points."}},
};

}  // namespace

std::span<const SaidText> wordings_of_programmes() {
  return kProgrammes;
}

}  // namespace credence
