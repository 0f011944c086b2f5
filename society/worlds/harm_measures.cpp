#include <credence/worlds/harm_themes.h>

namespace credence {
namespace {

// Of those who were in a spell at the start of a month, the share whose spell ends in it.
double escape_rate(const MonthTally& tally, double) {
  auto ended = static_cast<double>(tally[Counter::spells_ended]);
  auto stayed = static_cast<double>(tally[Counter::excluded] - tally[Counter::spells_begun]);
  return ratio_or_undefined(ended, stayed + ended);
}

double rate_of_selection(const MonthTally& tally, double) {
  return ratio_or_undefined(
      static_cast<double>(tally[Counter::reliable_granted] + tally[Counter::unreliable_granted]),
      static_cast<double>(tally[Counter::reliable_wanted] + tally[Counter::unreliable_wanted]));
}

constexpr std::string_view kFourFifths =
    "Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D): four-fifths rule";
constexpr std::string_view kEqualOpportunity =
    "Hardt, Price, Srebro: Equality of Opportunity in Supervised Learning, NIPS 2016";
constexpr std::string_view kBaseRates = "Bayes' rule; Fussey and Murray, University of Essex, 2019";

}  // namespace

std::vector<HarmMeasure> measures_of_exclusion() {
  return {
      {"excluded-share",
       {"Excluded people", "Personnes exclues"},
       {"Share of people who, in a month, are barred, on a black list, or refused something that "
        "they would have got without the programme.",
        "Part des personnes qui, un mois donné, sont interdites d'accès, sur une liste noire, ou "
        "se voient refuser ce qu'elles auraient obtenu sans le programme."},
       Direction::harm,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::excluded, Counter::people>},
      {"mean-spell",
       {"Length of exclusion", "Durée de l'exclusion"},
       {"Mean length of the spells of exclusion that have ended.",
        "Durée moyenne des périodes d'exclusion terminées."},
       Direction::harm,
       HarmUnit::months,
       "",
       &share_of_counter<Counter::spell_months, Counter::spells_ended>},
      {"escape-rate",
       {"Escape from exclusion", "Sortie de l'exclusion"},
       {"Share of excluded people who are free again a month later.",
        "Part des personnes exclues qui ne le sont plus un mois après."},
       Direction::benefit,
       HarmUnit::share,
       "",
       &escape_rate},
      {"refused-share",
       {"People refused", "Personnes refusées"},
       {"Share of people who hear a no of any kind in a month, whatever its reason.",
        "Part des personnes qui essuient un refus dans le mois, quelle qu'en soit la raison."},
       Direction::harm,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::refused, Counter::people>},
      {"refused-only-here",
       {"Refused because of the programme", "Refus dus au programme"},
       {"Months a year in which a person is refused what their twin without the programme is not.",
        "Mois par an où une personne se voit refuser ce que son double sans programme obtient."},
       Direction::harm,
       HarmUnit::per_person_year,
       "",
       &yearly_per_person<Counter::refused_only_here>},
      {"granted-only-here",
       {"Granted because of the programme", "Accords dus au programme"},
       {"Months a year in which a person is granted what their twin without the programme is not.",
        "Mois par an où une personne obtient ce que son double sans programme n'obtient pas."},
       Direction::benefit,
       HarmUnit::per_person_year,
       "",
       &yearly_per_person<Counter::granted_only_here>},
      {"black-listed-share",
       {"On a black list", "Sur une liste noire"},
       {"Share of people on a black list in a month.",
        "Part des personnes inscrites sur une liste noire dans le mois."},
       Direction::harm,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::black, Counter::people>},
      {"red-listed-share",
       {"On a red list", "Sur une liste rouge"},
       {"Share of people on a list of the praised in a month.",
        "Part des personnes inscrites sur une liste d'honneur dans le mois."},
       Direction::neutral,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::red, Counter::people>},
  };
}

std::vector<HarmMeasure> measures_of_mistakes() {
  return {
      {"false-alerts",
       {"False alerts", "Fausses alertes"},
       {"Months a year in which a face matcher takes a person for somebody else, once or more.",
        "Mois par an où la reconnaissance faciale prend une personne pour une autre, une fois "
        "ou plus."},
       Direction::harm,
       HarmUnit::per_person_year,
       kBaseRates,
       &yearly_per_person<Counter::false_alerts>},
      {"positive-predictive-value",
       {"Alerts that are right", "Alertes justes"},
       {"Share of all alerts that point at the person who is really looked for.",
        "Part des alertes qui désignent vraiment la personne recherchée."},
       Direction::benefit,
       HarmUnit::share,
       kBaseRates,
       &share_of_counter<Counter::true_alerts, Counter::alerts>},
      {"sanctions",
       {"Sanctions", "Sanctions"},
       {"Months a year in which one or more sanctions are laid on a person or begin again.",
        "Mois par an où une ou plusieurs sanctions frappent une personne ou recommencent."},
       Direction::harm,
       HarmUnit::per_person_year,
       "",
       &yearly_per_person<Counter::sanctioned>},
      {"wrongful-sanctions",
       {"Wrongful sanctions", "Sanctions injustes"},
       {"Months a year in which a sanction is laid on a person that a false match or a fault of "
        "the record alone calls for.",
        "Mois par an où frappe une personne une sanction que seule une fausse correspondance ou "
        "une erreur du dossier appelle."},
       Direction::harm,
       HarmUnit::per_person_year,
       "",
       &yearly_per_person<Counter::wrongly_sanctioned>},
      {"sanctioned-share",
       {"Under a sanction", "Sous sanction"},
       {"Share of people under a running sanction in a month.",
        "Part des personnes sous le coup d'une sanction dans le mois."},
       Direction::harm,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::sanction_months, Counter::people>},
      {"harmed-through-mistake",
       {"Harmed by a mistake", "Lésés par une erreur"},
       {"Months a year in which a person is refused or sanctioned while a false match or a fault "
        "of the record stands against them.",
        "Mois par an où une personne est refusée ou sanctionnée alors qu'une fausse "
        "correspondance ou une erreur du dossier joue contre elle."},
       Direction::harm,
       HarmUnit::per_person_year,
       "",
       &yearly_per_person<Counter::harmed_through_mistake>},
  };
}

std::vector<HarmMeasure> measures_of_fairness() {
  return {
      {"selection-rate",
       {"Requests granted", "Demandes accordées"},
       {"Share of requests for a rental without a deposit or for a loan that are granted; the "
        "lowest group over the highest is the adverse impact ratio.",
        "Part accordée des demandes de location sans caution ou de prêt ; le groupe le plus bas "
        "rapporté au plus haut donne le rapport d'impact."},
       Direction::benefit,
       HarmUnit::share,
       kFourFifths,
       &rate_of_selection},
      {"true-positive-rate",
       {"Reliable people who are granted", "Personnes fiables acceptées"},
       {"Of the requests of people who would have met the obligation, the share that is granted.",
        "Parmi les demandes de qui aurait tenu son engagement, la part accordée."},
       Direction::benefit,
       HarmUnit::share,
       kEqualOpportunity,
       &share_of_counter<Counter::reliable_granted, Counter::reliable_wanted>},
      {"false-positive-rate",
       {"Unreliable people who are granted", "Personnes non fiables acceptées"},
       {"Of the requests of people who would not have met the obligation, the share granted.",
        "Parmi les demandes de qui n'aurait pas tenu son engagement, la part accordée."},
       Direction::neutral,
       HarmUnit::share,
       kEqualOpportunity,
       &share_of_counter<Counter::unreliable_granted, Counter::unreliable_wanted>},
      {"enrolled-share",
       {"In the programme", "Dans le programme"},
       {"Share of people who take part in the programme.",
        "Part des personnes qui participent au programme."},
       Direction::neutral,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::enrolled, Counter::people>},
      {"mean-points",
       {"Mean points", "Points moyens"},
       {"Mean points of those who were scored.", "Moyenne des points des personnes notées."},
       Direction::neutral,
       HarmUnit::points,
       "",
       &share_of_counter<Counter::points_sum, Counter::scored>},
      {"not-enough-data-share",
       {"Too little known to be scored", "Trop peu connus pour être notés"},
       {"Of the participants who were to be scored, the share of whom too little is known.",
        "Parmi les participants à noter, la part de ceux dont on sait trop peu."},
       Direction::harm,
       HarmUnit::share,
       "",
       [](const MonthTally& tally, double) {
         auto unknown = static_cast<double>(tally[Counter::not_enough_data]);
         return ratio_or_undefined(unknown, unknown + static_cast<double>(tally[Counter::scored]));
       }},
  };
}

std::span<const HarmMeasure> harm_measures() {
  static const std::vector<HarmMeasure> all = [] {
    std::vector<HarmMeasure> measures;
    for (auto* theme : {&measures_of_exclusion, &measures_of_mistakes, &measures_of_fairness,
                        &measures_of_speech, &measures_of_reaction, &measures_of_refusals,
                        &measures_of_deposits, &measures_of_appeals, &measures_of_money}) {
      for (HarmMeasure& measure : theme()) measures.push_back(std::move(measure));
    }
    return measures;
  }();
  return all;
}

}  // namespace credence
