#include <credence/report/wordings.h>

namespace credence {

namespace {

using S = Say;

const SaidText kLives[] = {
    {S::lives_title, {"Three people, several lives", "Trois personnes, plusieurs vies"}},
    {S::lives_text,
     {"These people are invented, and so are their names. They were chosen from {1} whose every "
      "month was kept, because of what happened to them under the last programme: they show what "
      "can happen, not what is usual.",
      "Ces personnes sont inventées, leurs prénoms aussi. Elles sont choisies parmi {1} dont "
      "chaque mois a été gardé, pour ce qui leur arrive sous le dernier programme : elles "
      "montrent ce qui peut arriver, non ce qui est courant."}},
    {S::lives_none, {"No life was kept in this run.", "Aucune vie n'a été gardée dans ce calcul."}},
    {S::life_loses,
     {"loses most, of those kept, under the last programme",
      "perd le plus, parmi les vies gardées, sous le dernier programme"}},
    {S::life_mistake,
     {"is hit by a mistake under the last programme",
      "subit une erreur sous le dernier programme"}},
    {S::life_gains,
     {"gains most, of those kept, under the last programme",
      "gagne le plus, parmi les vies gardées, sous le dernier programme"}},
    {S::life_of, {"{1}, person number {2}: {3}", "{1}, personne n° {2} : {3}"}},
    {S::life_end,
     {"Without a programme: {1} on the account at the end.",
      "Sans programme : {1} sur le compte à la fin."}},
    {S::life_end_other,
     {"{1}: {2} on the account at the end ({3}); {4} months with something barred or on a list; "
      "{5} "
      "months with a refusal that the first life does not have, {6} with a yes that it does not "
      "have.",
      "{1} : {2} sur le compte à la fin ({3}) ; {4} mois avec une interdiction ou sur une liste ; "
      "{5} mois avec un refus que la première vie n'a pas, {6} avec un oui qu'elle n'a pas."}},
    {S::lives_alike,
     {"None of the people whose every month was kept lives differently under the last programme.",
      "Aucune des personnes suivies mois par mois ne vit autrement sous le dernier programme."}},
    {S::life_quiet,
     {"Nothing of note happened in these months.", "Rien de notable n'est arrivé ces mois-là."}},
    {S::life_points, {"points", "points"}},
    {S::life_money, {"account, {1}", "compte, {1}"}},
    {S::life_barred, {"barred", "interdit"}},
    {S::life_strip, {"{1}: {2}", "{1} : {2}"}},
    {S::life_legend,
     {"Upper line: points (left out where there are none). Lower line: money on the account. Bars: "
      "months in which something is barred, or on the black list. Letters: the events below.",
      "Ligne du haut : points (absente s'il n'y en a pas). Ligne du bas : argent sur le compte. "
      "Barres : mois avec une interdiction ou sur la liste noire. Lettres : les événements "
      "ci-dessous."}},
    {S::life_table,
     {"{1}: what happened, life beside life",
      "{1} : ce qui s'est passé, vie à "
      "côté de vie"}},
    {S::life_month, {"Month", "Mois"}},
    {S::programme_begins, {"programme begins", "début du programme"}},
};

}  // namespace

std::span<const SaidText> wordings_of_lives() {
  return kLives;
}

}  // namespace credence
