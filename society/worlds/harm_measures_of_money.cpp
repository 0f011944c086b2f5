#include <credence/worlds/harm_themes.h>

namespace credence {
namespace {

double operator_profit(const MonthTally& tally, double) {
  auto profit =
      static_cast<double>(tally[Counter::operator_income] - tally[Counter::operator_cost]);
  return ratio_or_undefined(12 * profit, static_cast<double>(tally[Counter::people])) / 100;
}

double decided_appeals(const MonthTally& tally) {
  return static_cast<double>(tally[Counter::appeals_won] + tally[Counter::appeals_lost]);
}

}  // namespace

std::vector<HarmMeasure> measures_of_deposits() {
  return {
      {"deposit-free-share",
       {"Rentals without a deposit", "Locations sans caution"},
       {"Share of wanted rentals that need no deposit.",
        "Part des locations souhaitées qui se font sans caution."},
       Direction::benefit,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::rental_without_deposit, Counter::wanted_rental>},
      {"rentals-not-afforded",
       {"Rentals not afforded", "Locations hors de portée"},
       {"Share of wanted rentals that fail because the deposit cannot be paid or a sanction bars "
        "the person.",
        "Part des locations souhaitées qui échouent faute de pouvoir payer la caution, ou parce "
        "qu'une sanction les interdit."},
       Direction::harm,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::rental_not_afforded, Counter::wanted_rental>},
      {"deposits-saved",
       {"Deposits saved", "Cautions évitées"},
       {"Deposits that a person did not have to pay, by year.",
        "Cautions qu'une personne n'a pas eu à verser, par an."},
       Direction::benefit,
       HarmUnit::money_per_person_year,
       "",
       &yearly_money<Counter::deposit_saved>},
      {"deposits-paid",
       {"Deposits paid", "Cautions versées"},
       {"Deposits that a person had to pay, by year.",
        "Cautions qu'une personne a dû verser, par an."},
       Direction::harm,
       HarmUnit::money_per_person_year,
       "",
       &yearly_money<Counter::deposit_paid>},
      {"rentals-lost-share",
       {"Rented things not given back", "Biens loués non rendus"},
       {"Share of rentals that end with the thing lost.",
        "Part des locations qui se terminent par la perte du bien."},
       Direction::harm,
       HarmUnit::share,
       "",
       [](const MonthTally& tally, double) {
         auto made = static_cast<double>(tally[Counter::rental_without_deposit] +
                                         tally[Counter::rental_with_deposit]);
         return ratio_or_undefined(static_cast<double>(tally[Counter::rental_lost]), made);
       }},
      {"default-share",
       {"Loans in default", "Prêts en défaut"},
       {"Loans that default, for each loan granted in the same time.",
        "Prêts en défaut, pour chaque prêt accordé dans le même temps."},
       Direction::harm,
       HarmUnit::ratio,
       "",
       &share_of_counter<Counter::defaulted, Counter::loan_granted>},
      {"operator-profit",
       {"Operator's profit", "Profit de l'opérateur"},
       {"What the programme's operator earns less what it costs, for each person and year.",
        "Ce que l'opérateur du programme gagne moins ce qu'il dépense, par personne et par an."},
       Direction::neutral,
       HarmUnit::money_per_person_year,
       "",
       &operator_profit},
  };
}

std::vector<HarmMeasure> measures_of_appeals() {
  return {
      {"appeals",
       {"Appeals", "Recours"},
       {"How often a year a person contests a fault or a sanction.",
        "Combien de fois par an une personne conteste une erreur ou une sanction."},
       Direction::neutral,
       HarmUnit::per_person_year,
       "",
       &yearly_per_person<Counter::appeals_opened>},
      {"appeal-success",
       {"Appeals won", "Recours gagnés"},
       {"Share of decided appeals that are won.", "Part des recours tranchés qui sont gagnés."},
       Direction::benefit,
       HarmUnit::share,
       "",
       [](const MonthTally& tally, double) {
         return ratio_or_undefined(static_cast<double>(tally[Counter::appeals_won]),
                                   decided_appeals(tally));
       }},
      {"appeals-justified-share",
       {"Appeals that are justified", "Recours fondés"},
       {"Share of decided appeals behind which a real mistake stands, won or not.",
        "Part des recours tranchés derrière lesquels il y a une vraie erreur, gagnés ou non."},
       Direction::neutral,
       HarmUnit::share,
       "",
       [](const MonthTally& tally, double) {
         return ratio_or_undefined(static_cast<double>(tally[Counter::appeals_justified]),
                                   decided_appeals(tally));
       }},
      {"appeal-waiting",
       {"Waiting for the board", "Attente de la commission"},
       {"Mean time between an appeal and its decision.",
        "Durée moyenne entre un recours et sa décision."},
       Direction::harm,
       HarmUnit::months,
       "",
       [](const MonthTally& tally, double) {
         return ratio_or_undefined(static_cast<double>(tally[Counter::waiting_months]),
                                   decided_appeals(tally));
       }},
      {"appeals-waiting-share",
       {"People waiting for the board", "Personnes en attente"},
       {"Share of people whose appeal still waits at the end of a month.",
        "Part des personnes dont le recours attend encore à la fin du mois."},
       Direction::harm,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::appeals_waiting, Counter::people>},
      {"errors-left-share",
       {"Records with a fault", "Dossiers erronés"},
       {"Share of people whose record holds a fault that nobody has mended.",
        "Part des personnes dont le dossier contient une erreur que personne n'a corrigée."},
       Direction::harm,
       HarmUnit::share,
       "Federal Trade Commission, Report to Congress under Section 319 of the FACT Act, 2012",
       &share_of_counter<Counter::faults_live, Counter::people>},
  };
}

std::vector<HarmMeasure> measures_of_money() {
  return {
      {"employment-share",
       {"In work", "En emploi"},
       {"Share of adults who work.", "Part des adultes qui travaillent."},
       Direction::benefit,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::working, Counter::adults>},
      {"mean-wealth",
       {"Money on the account", "Argent sur le compte"},
       {"Mean balance of a person's account.", "Solde moyen du compte d'une personne."},
       Direction::benefit,
       HarmUnit::money,
       "",
       &mean_money<Counter::wealth_sum>},
      {"mean-income",
       {"Monthly income", "Revenu mensuel"},
       {"Mean income of a person in a month.", "Revenu moyen d'une personne dans le mois."},
       Direction::benefit,
       HarmUnit::money,
       "",
       &mean_money<Counter::income_sum>},
      {"wealth-difference",
       {"Money gained or lost", "Argent gagné ou perdu"},
       {"Mean difference between a person's balance and that of their twin without the programme.",
        "Écart moyen entre le solde d'une personne et celui de son double sans programme."},
       Direction::benefit,
       HarmUnit::money,
       "",
       &mean_money<Counter::wealth_difference>},
      {"poorer-share",
       {"Poorer because of the programme", "Appauvris par le programme"},
       {"Share of people with less money than their twin without the programme.",
        "Part des personnes ayant moins d'argent que leur double sans programme."},
       Direction::harm,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::poorer, Counter::people>},
      {"richer-share",
       {"Richer because of the programme", "Enrichis par le programme"},
       {"Share of people with more money than their twin without the programme.",
        "Part des personnes ayant plus d'argent que leur double sans programme."},
       Direction::benefit,
       HarmUnit::share,
       "",
       &share_of_counter<Counter::richer, Counter::people>},
  };
}

}  // namespace credence
