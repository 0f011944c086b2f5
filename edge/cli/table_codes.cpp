#include <credence/cli/codes.h>

#include <algorithm>
#include <vector>

namespace credence {

namespace {

struct Coded {
  std::string_view code;
  Text demand;
};

// docs/formats/table-card.md (S) and docs/formats/plan.md (T) say the same at more length.
const std::vector<Coded>& all_codes() {
  static const std::vector<Coded> all = {
      {"S001", {"a card over tables is a TOML 1.0 file", "une grille est un fichier TOML 1.0"}},
      {"S002", {"no unknown key in a card", "aucune clé inconnue dans une grille"}},
      {"S003",
       {"nothing is left out: `base`; per feature `id` and `bins`, and either every cell has "
        "points or none has",
        "rien ne manque : `base` ; par variable `id` et `bins`, et soit chaque case a des points, "
        "soit aucune"}},
      {"S004", {"each key has its kind of value", "chaque clé a une valeur de son genre"}},
      {"S005", {"points are within ±100,000", "les points sont entre ±100 000"}},
      {"S006",
       {"numbers are finite doubles, exactly as written; names are UTF-8 of one line",
        "les nombres sont des doubles finis, exactement comme écrits ; les noms, de l'UTF-8 d'une "
        "ligne"}},
      {"S007",
       {"bins ascend, only the last one is open; no feature and no pair twice",
        "les classes croissent, seule la dernière est ouverte ; aucune variable ni paire deux "
        "fois"}},
      {"S008",
       {"each special code has a name, values of its own and points",
        "chaque code spécial a un nom, des valeurs à lui et des points"}},
      {"S009",
       {"a bin of texts names at least one; no text twice",
        "une classe de textes en nomme au moins un ; aucun texte deux fois"}},
      {"S010",
       {"`base` plus the lowest and plus the highest points lie within `range`",
        "`base` plus les points les plus bas, et plus les plus hauts, sont dans `range`"}},
      {"S011",
       {"`woe` and `counts` have one finite number per cell",
        "`woe` et `counts` ont un nombre fini par case"}},
      {"S012",
       {"a pair names two features of the file and has points for each two cells",
        "une paire nomme deux variables du fichier et a des points pour chaque couple de cases"}},
      {"S013", {"no two terms have the same reason", "deux termes n'ont jamais le même motif"}},
      {"S014",
       {"a baseline lies within the points of its term",
        "une référence est dans les points de son terme"}},
      {"S015",
       {"each feature gives points, alone or in a pair",
        "chaque variable donne des points, seule ou dans une paire"}},
      {"S016",
       {"at most 65,535 cells per feature, 1,000,000 per pair, 10,000 terms",
        "au plus 65 535 cases par variable, 1 000 000 par paire, 10 000 termes"}},
      {"S017",
       {"the scaling is finite and its factor above 0",
        "l'échelle est finie et son facteur supérieur à 0"}},
      {"S018", {"a family is one of the five", "une famille est l'une des cinq"}},
      {"T001", {"a training plan is a TOML 1.0 file", "un plan est un fichier TOML 1.0"}},
      {"T002", {"no key that the plan does not have", "aucune clé que le plan n'a pas"}},
      {"T003", {"nothing that is needed is missing", "rien de nécessaire ne manque"}},
      {"T004", {"each key has its kind of value", "chaque clé a une valeur de son genre"}},
      {"T005", {"each value is within its range", "chaque valeur est dans ses limites"}},
      {"T006", {"a word is one of the choices", "un mot est l'un des choix"}},
      {"T007", {"nothing stands twice", "rien n'est écrit deux fois"}},
      {"T008", {"no two values contradict each other", "deux valeurs ne se contredisent pas"}}};
  return all;
}

}  // namespace

const Text* explain_table_code(std::string_view code) {
  const std::vector<Coded>& all = all_codes();
  auto found =
      std::find_if(all.begin(), all.end(), [&](const Coded& one) { return one.code == code; });
  return found == all.end() ? nullptr : &found->demand;
}

}  // namespace credence
