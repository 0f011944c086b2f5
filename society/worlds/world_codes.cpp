#include <credence/worlds/world.h>

#include <algorithm>
#include <iterator>

namespace credence {

namespace {

struct WorldCode {
  std::string_view code;
  Text demand;
};

// docs/formats/world.md says the same at more length.
const WorldCode kWorldCodes[] = {
    {"W001", {"a world is a TOML 1.0 file", "un monde est un fichier TOML 1.0"}},
    {"W002",
     {"no unknown section or key: a misspelt one would leave the standard in force unseen",
      "aucune section ni clé inconnue : mal écrite, elle laisserait la valeur courante sans qu'on "
      "le voie"}},
    {"W003", {"what a section needs is there", "ce dont une section a besoin est présent"}},
    {"W004", {"each key has its kind of value", "chaque clé a une valeur de son genre"}},
    {"W005",
     {"a word is one of those that its key knows", "un mot est de ceux que connaît sa clé"}},
    {"W006",
     {"an identifier has a to z, 0 to 9, `-`, `_` and `.`",
      "un identifiant est fait de a à z, 0 à 9, `-`, `_` et `.`"}},
    {"W007", {"nothing is said twice", "rien n'est dit deux fois"}},
    {"W009",
     {"numbers lie within their range: 1 to 100,000,000 people, 1 to 600 months, 1 to 10,000 "
      "replicates, shares from 0 to 1",
      "les nombres restent dans leurs bornes : 1 à 100 000 000 personnes, 1 à 600 mois, 1 à 10 000 "
      "répétitions, parts de 0 à 1"}},
    {"W011", {"dates are written without quotes", "les dates s'écrivent sans guillemets"}},
    {"W012", {"a currency is three capital letters", "une monnaie est faite de trois capitales"}},
    {"W013",
     {"texts that people read are there in both languages",
      "les textes destinés aux personnes existent dans les deux langues"}},
    {"W014",
     {"no more categories, combinations or tables than can be fitted",
      "pas plus de catégories, de combinaisons ou de tables qu'on n'en peut ajuster"}},
    {"W020",
     {"a world starts on the first day of a month", "un monde commence le premier d'un mois"}},
    {"W021",
     {"shares add up to 1, within one in a thousand; weights are not all 0",
      "la somme des parts est 1, à un millième près ; les poids ne sont pas tous nuls"}},
    {"W022",
     {"age categories rise and do not overlap", "les catégories d'âge montent sans se recouvrir"}},
    {"W023",
     {"household sizes are shares of households with 1, 2, 3 ... people, and no household is "
      "larger than the population",
      "les tailles de ménage sont les parts des ménages de 1, 2, 3 ... personnes, et aucun ne "
      "dépasse la population"}},
    {"W024", {"what must be there is not empty", "ce qui doit être présent n'est pas vide"}},
    {"W025",
     {"nobody has more ties than there are other people in the cell; rings have even degrees; "
      "pairs are of people who exist",
      "nul n'a plus de liens qu'il n'y a d'autres personnes dans la cellule ; les anneaux ont un "
      "degré pair ; les paires sont de personnes qui existent"}},
    {"W026", {"a file of at most 4 MiB", "un fichier d'au plus 4 Mio"}},
    {"W027",
     {"the file has more findings than are shown",
      "le fichier donne plus de constats qu'il n'en est montré"}},
    {"W028",
     {"a kind of ties has only the keys that it reads",
      "un genre de liens n'a que les clés qu'il lit"}},
    {"W029",
     {"a table of combinations has one number per combination of its traits' categories",
      "une table de combinaisons a un nombre par combinaison des catégories de ses traits"}},
    {"W030",
     {"rules and parameters are those of the model, which `credence society describe` lists",
      "les règles et les paramètres sont ceux du modèle, que liste `credence society describe`"}},
    {"W031", {"a parameter is a finite number", "un paramètre est un nombre fini"}},
    {"W032",
     {"a parameter outside its plausible range is a warning: what comes out is a thought "
      "experiment",
      "un paramètre hors de sa plage plausible est un avertissement : ce qui en sort est une "
      "expérience de pensée"}},
};

}  // namespace

std::optional<Text> explain_world_code(std::string_view code) {
  auto found = std::find_if(std::begin(kWorldCodes), std::end(kWorldCodes),
                            [&](const WorldCode& known) { return known.code == code; });
  if (found == std::end(kWorldCodes)) return std::nullopt;
  return found->demand;
}

}  // namespace credence
