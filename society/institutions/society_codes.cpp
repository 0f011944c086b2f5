#include <credence/institutions/society_programme.h>

#include <algorithm>
#include <iterator>

namespace credence {

namespace {

struct SocietyCode {
  std::string_view code;
  Text demand;
};

// docs/formats/society-programme.md says the same at more length.
const SocietyCode kSocietyCodes[] = {
    {"S101", {"a programme is a TOML 1.0 file", "un programme est un fichier TOML 1.0"}},
    {"S102",
     {"no unknown section or key: a misspelt sanction would hit nobody, and nobody would know; a "
      "file without [[source]] holds [programme] and [society.*] alone",
      "aucune section ni clé inconnue : une sanction mal écrite ne toucherait personne, et nul ne "
      "le saurait ; un fichier sans [[source]] ne contient que [programme] et [society.*]"}},
    {"S103", {"what a section needs is there", "ce dont une section a besoin est présent"}},
    {"S104", {"each key has its kind of value", "chaque clé a une valeur de son genre"}},
    {"S105",
     {"a word is one of those that its key knows", "un mot est de ceux que connaît sa clé"}},
    {"S106",
     {"an identifier has a to z, 0 to 9, `-`, `_` and `.`, and is not `no-programme`",
      "un identifiant est fait de a à z, 0 à 9, `-`, `_` et `.`, et n'est pas `no-programme`"}},
    {"S107", {"one rule for one deed", "une seule règle par acte"}},
    {"S109",
     {"numbers lie within their range: shares from 0 to 1, months from 0 (for ever) to 254",
      "les nombres restent dans leurs bornes : parts de 0 à 1, mois de 0 (à jamais) à 254"}},
    {"S113",
     {"texts that people read are there in both languages",
      "les textes destinés aux personnes existent dans les deux langues"}},
    {"S114", {"at most 64 entries of a kind", "au plus 64 entrées de chaque sorte"}},
    {"S124", {"what must be there is not empty", "ce qui doit être présent n'est pas vide"}},
    {"S126", {"a file of at most 512 KiB", "un fichier d'au plus 512 Kio"}},
    {"S127",
     {"the file has more findings than are shown",
      "le fichier donne plus de constats qu'il n'en est montré"}},
    {"S130",
     {"what asks for points needs something that gives them: [society.points] or a lawful part",
      "ce qui demande des points suppose qu'on en donne : [society.points] ou une partie licite"}},
    {"S131",
     {"a threshold lies among the points that people can have; one that takes in everybody is a "
      "warning",
      "un seuil se trouve parmi les points possibles ; un seuil qui vise tout le monde est un "
      "avertissement"}},
    {"S132", {"tiers rise", "les paliers montent"}},
    {"S133",
     {"a matcher has no more factors than the world has groups",
      "un comparateur n'a pas plus de facteurs que le monde n'a de groupes"}},
    {"S134",
     {"points come from the engine only where the file has a lawful part",
      "des points ne viennent du moteur que si le fichier a une partie licite"}},
    {"S136",
     {"sections do not contradict each other: what a section counts on is in the file, and what "
      "excludes another is not written beside it",
      "les sections ne se contredisent pas : ce dont l'une dépend est dans le fichier, et ce qui "
      "en exclut une autre n'est pas écrit à côté"}},
    {"S137",
     {"the lawful part, the file without its [society.*] sections, is admitted by the charter: "
      "what is beyond it is said in [society.*] or not at all",
      "la partie licite, c'est-à-dire le fichier sans ses sections [society.*], est admise par la "
      "charte : ce qui la dépasse se dit dans [society.*] ou pas du tout"}},
    {"S138",
     {"the lawful part asks for events that the people of the society make: bills, incomes, "
      "overdrafts, rentals, instalments",
      "la partie licite demande des événements que vivent les personnes de la société : factures, "
      "revenus, découverts, locations, échéances de prêt"}},
};

}  // namespace

std::optional<Text> explain_society_code(std::string_view code) {
  auto found = std::find_if(std::begin(kSocietyCodes), std::end(kSocietyCodes),
                            [&](const SocietyCode& known) { return known.code == code; });
  if (found == std::end(kSocietyCodes)) return std::nullopt;
  return found->demand;
}

}  // namespace credence
