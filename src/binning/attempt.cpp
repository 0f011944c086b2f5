#include <credence/binning/attempt.h>
#include <fmt/format.h>

#include <array>
#include <string_view>

namespace credence {

namespace {

struct FrenchError {
  std::string_view code, message, help;
};
constexpr std::array kFrenchErrors = {
    FrenchError{"binning.one_class", "toutes les issues sont saines, ou toutes en défaut",
                "il faut des lignes des deux issues ; voyez quelle valeur de la cible est le "
                "défaut"},
    FrenchError{"binning.all_missing",
                "aucune ligne n'a de valeur : chacune manque, est un code spécial ou un texte sans "
                "groupe",
                "laissez cette variable de côté, ou voyez si le fichier a été lu comme voulu"},
    FrenchError{"binning.infinite", "une valeur est infinie",
                "rendez-la manquante, ou faites-en un nombre fini qui est un code spécial"},
    FrenchError{"binning.too_many_texts", "trop de textes différents",
                "laissez la colonne de côté si c'est un nom ou un numéro de contrat ; sinon "
                "réunissez d'abord les textes rares"},
    FrenchError{"binning.too_many_rows", "trop de lignes pour être comptées d'un coup",
                "résumez-les par morceaux (« credence bin --streaming » le fait), ou découpez un "
                "échantillon"},
    FrenchError{"binning.work",
                "le solveur n'a trouvé dans son travail permis ni classes ni preuve qu'il n'y en a "
                "pas",
                "baissez `max_prebins`, ou desserrez une limite"},
    FrenchError{"binning.prebins", "trop de préclasses pour être résolues exactement",
                "baissez `max_prebins`, ou relevez `min_share` des préclasses"},
};

}  // namespace

Finding told_of(const Error& error, const std::string& variable) {
  Finding finding;
  finding.code = error.code;
  finding.message.en = error.message;
  finding.help.en = error.help;
  for (const FrenchError& one : kFrenchErrors) {
    if (one.code != error.code) continue;
    finding.message.fr = fmt::format("« {} » : {}", variable, one.message);
    finding.help.fr = one.help;
    return finding;
  }
  finding.message.fr = fmt::format("« {} » ne se laisse pas découper ainsi ; en anglais : {}",
                                   variable, error.message);
  finding.help.fr = error.help;
  return finding;
}

}  // namespace credence
