#include <credence/score/card.h>

#include <array>

namespace credence {

namespace {

struct Rule {
  std::string_view code;
  std::string_view en, fr;
};

constexpr std::array kRules{
    Rule{"A15",
         "too little data means \"not enough data\", never a low score: an answer that is absent "
         "never "
         "loses points",
         "trop peu de données signifie « données insuffisantes », jamais un score bas : une "
         "réponse absente ne "
         "perd jamais de points"},
    Rule{"A26",
         "the result is a sum of whole points under fixed rules, and points follow the declared "
         "direction of risk",
         "le résultat est une somme de points entiers selon des règles fixes, et les points "
         "suivent le sens "
         "déclaré du risque"},
    Rule{"C001", "a card is a TOML 1.0 file", "une carte est un fichier TOML 1.0"},
    Rule{"C002", "a key that nobody reads would promise something that does not happen",
         "une clé que personne ne lit promettrait une chose qui n'arrive pas"},
    Rule{"C003", "a card says everything that makes the score; nothing has a hidden default",
         "une carte dit tout ce qui fait le score ; rien n'a de valeur cachée par défaut"},
    Rule{"C004", "every key has one kind of value", "chaque clé a un seul genre de valeur"},
    Rule{"C005", "points are limited so that no sum can overflow",
         "les points sont limités pour qu'aucune somme ne déborde"},
    Rule{"C006",
         "a card gives points to features that the programme publishes, and to nothing else",
         "une carte donne des points aux critères publiés par le programme et à rien d'autre"},
    Rule{"C007", "a feature has one line, so that its points are said in one place",
         "un critère a une seule ligne, pour que ses points soient dits en un seul lieu"},
    Rule{"C008", "a feature without a line is asked for and gives no points",
         "un critère sans ligne est demandé et ne donne aucun point"},
    Rule{"C009",
         "bins rise strictly and the last is open, so that every answer falls into exactly one",
         "les classes montent strictement et la dernière est ouverte, pour que chaque réponse "
         "tombe dans une "
         "seule"},
    Rule{"C010", "a choice or a yes-no is divided by its answers (`is`), each named once",
         "un choix ou un oui-non se divise par ses réponses (« is »), chacune nommée une fois"},
    Rule{"C011", "a threshold is written in the unit of its feature",
         "un seuil s'écrit dans l'unité de son critère"},
    Rule{"C012",
         "every special code that a source declares has points of its own, and no other code has "
         "any",
         "chaque code spécial déclaré par une source a ses propres points, et aucun autre code "
         "n'en a"},
    Rule{"C013",
         "any sum of points lies within the programme's range, so that no score is ever cut off",
         "toute somme de points reste dans l'intervalle du programme, pour qu'aucun score ne soit "
         "tronqué"},
    Rule{"C014",
         "reasons are counted from the programme's baseline, so every line declares it, and an "
         "answer "
         "of the line can reach it",
         "les raisons se comptent depuis la référence du programme : chaque ligne la déclare, et "
         "une réponse de "
         "la ligne peut l'atteindre"},
};

}  // namespace

std::optional<Text> explain_card_code(std::string_view code) {
  for (const Rule& rule : kRules) {
    if (rule.code == code) return Text{std::string{rule.en}, std::string{rule.fr}};
  }
  return std::nullopt;
}

std::vector<std::string> card_codes() {
  std::vector<std::string> codes;
  for (const Rule& rule : kRules) codes.emplace_back(rule.code);
  return codes;
}

}  // namespace credence
