#include <credence/cli/desk_words.h>

#include <utility>
#include <vector>

namespace credence {

namespace {

using W = DeskWord;
using Entries = std::vector<DeskWordEntry>;

Entries words_of_bins() {
  return {
      {W::join,
       {"join", "joindre"},
       {"BIN [BIN]", "CLASSE [CLASSE]"},
       {"a bin with the next, or with another one", "une classe à la suivante, ou à une autre"}},
      {W::split,
       {"split", "couper"},
       {"BIN [at NUMBER]", "CLASSE [à NOMBRE]"},
       {"a bin at a number, or where the solver finds it best",
        "une classe à un nombre, ou là où le solveur le trouve le mieux"}},
      {W::edge,
       {"edge", "borne"},
       {"EDGE NUMBER", "BORNE NOMBRE"},
       {"moves the edge after the bin of that number",
        "déplace la borne qui suit la classe de ce numéro"}},
      {W::take,
       {"take", "sortir"},
       {"TEXT", "TEXTE"},
       {"a text out of its group into one of its own",
        "un texte de son groupe, dans un groupe à lui"}},
      {W::put,
       {"put", "mettre"},
       {"TEXT into GROUP", "TEXTE dans GROUPE"},
       {"a text into another group", "un texte dans un autre groupe"}},
      {W::bins,
       {"bins", "classes"},
       {"N | LEAST MOST | any", "N | MIN MAX | libre"},
       {"how many bins there are; solved anew", "combien de classes ; résolu de nouveau"}},
      {W::trend,
       {"trend", "tendance"},
       {"TREND", "TENDANCE"},
       {"how the bad rate goes from bin to bin (automatic, none, ascending, descending, peak, "
        "valley, concave, convex); solved anew",
        "la marche du taux de défaut (automatique, aucune, croissante, décroissante, sommet, "
        "creux, concave, convexe) ; résolu de nouveau"}},
      {W::share,
       {"share", "part"},
       {"SHARE", "PART"},
       {"of all records, in each bin at least (0.05 or 5%); solved anew",
        "de toutes les lignes, au moins par classe (0,05 ou 5%) ; résolu de nouveau"}},
      {W::best,
       {"best", "optimum"},
       {"", ""},
       {"the best bins under the rules, in place of those by hand",
        "les meilleures classes dans les règles, au lieu de celles à la main"}},
  };
}

Entries words_of_the_desk() {
  return {
      {W::undo,
       {"undo", "annuler"},
       {"", ""},
       {"the last decision, however many", "la dernière décision, autant qu'il y en a"}},
      {W::redo, {"redo", "refaire"}, {"", ""}, {"what was undone", "ce qui a été annulé"}},
      {W::next, {"next", "suivante"}, {"", ""}, {"variable", "variable"}},
      {W::previous, {"previous", "précédente"}, {"", ""}, {"variable", "variable"}},
      {W::go, {"go", "aller"}, {"VARIABLE", "VARIABLE"}, {"to a variable", "à une variable"}},
      {W::leave_out,
       {"leave out", "exclure"},
       {"", ""},
       {"the variable, of the card", "la variable, de la grille"}},
      {W::keep,
       {"keep", "garder"},
       {"", ""},
       {"the variable in the card, whatever the selection says",
        "la variable dans la grille, quoi que dise la sélection"}},
      {W::free,
       {"free", "libre"},
       {"", ""},
       {"neither: the selection decides", "ni l'un ni l'autre : la sélection décide"}},
      {W::because,
       {"because", "motif"},
       {"REASON", "MOTIF"},
       {"why these bins, by hand; the plan needs it",
        "pourquoi ces classes à la main ; le plan l'exige"}},
      {W::show, {"show", "montrer"}, {"", ""}, {"the variable again", "la variable de nouveau"}},
      {W::list,
       {"list", "liste"},
       {"", ""},
       {"all variables with what was decided", "toutes les variables et ce qui a été décidé"}},
      {W::proof,
       {"proof", "preuve"},
       {"", ""},
       {"the certificate, and how the trends compare",
        "le certificat, et les tendances comparées"}},
      {W::write,
       {"write", "écrire"},
       {"[FILE]", "[FICHIER]"},
       {"the decisions into a plan for `credence train --plan`",
        "les décisions dans un plan pour « credence train --plan »"}},
      {W::quit,
       {"quit", "quitter"},
       {"[without writing]", "[sans écrire]"},
       {"the desk; says first what is not written",
        "l'établi ; dit d'abord ce qui n'est pas écrit"}},
      {W::help,
       {"help", "aide"},
       {"[WORD]", "[MOT]"},
       {"this list, or one word", "cette liste, ou un mot"}},
  };
}

}  // namespace

std::span<const DeskWordEntry> desk_words() {
  static const Entries words = [] {
    Entries all = words_of_bins();
    for (DeskWordEntry& entry : words_of_the_desk()) all.push_back(std::move(entry));
    return all;
  }();
  return words;
}

}  // namespace credence
