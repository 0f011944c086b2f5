#include <credence/binning/special_codes.h>
#include <credence/scorecard/scorecard_defects.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace credence {

namespace {

constexpr std::array<std::string_view, 5> kFamilies{"credit-history", "fulfilment", "capacity",
                                                    "behaviour", "identity"};

class Inspector {
 public:
  explicit Inspector(const Scorecard& card) : card_(card) {}

  std::vector<ScorecardDefect> inspect() {
    check_head();
    for (std::size_t i = 0; i < card_.variables.size(); ++i) check_variable(static_cast<int>(i));
    check_names();
    bool sound = true;
    for (std::size_t i = 0; i < card_.terms.size(); ++i)
      sound = check_term(static_cast<int>(i)) && sound;
    if (!sound) return std::move(found_);
    check_order();
    check_use();
    check_reasons();
    check_range();
    return std::move(found_);
  }

 private:
  void add(std::string_view code, std::string_view rule, Text message, Text help, int variable = -1,
           int term = -1) {
    found_.push_back({fmt::format("scorecard.{}", code), std::string{rule}, std::move(message),
                      std::move(help), variable, term});
  }

  void check_head() {
    if (!card_.id.empty() && !is_one_line(card_.id)) {
      add("id", "S006", {"the id is no text of one line", "l'id n'est pas un texte d'une ligne"},
          {"write it in UTF-8, without control characters",
           "écrivez-le en UTF-8, sans caractère de commande"});
    }
    if (card_.terms.size() > static_cast<std::size_t>(Scorecard::kMaxTerms)) {
      add("terms", "S016",
          {fmt::format("{} terms are more than {}", card_.terms.size(), Scorecard::kMaxTerms),
           fmt::format("{} termes dépassent {}", card_.terms.size(), Scorecard::kMaxTerms)},
          {"leave variables out", "retirez des variables"});
    }
    if (std::abs(static_cast<std::int64_t>(card_.base)) > Scorecard::kMaxPoints) {
      add("base", "S005", {"the base is out of range", "la base est hors limites"},
          within_points());
    }
    if (!card_.scaling) return;
    const Scorecard::Scaling& scaling = *card_.scaling;
    if (std::isfinite(scaling.offset) && std::isfinite(scaling.factor) && scaling.factor > 0)
      return;
    add("scaling", "S017",
        {"the scaling is not finite, or its factor is not above 0",
         "l'échelle n'est pas finie, ou son facteur n'est pas au-dessus de 0"},
        {"factor = points to double the odds / ln 2",
         "factor = points qui doublent la cote / ln 2"});
  }

  static Text within_points() {
    return {
        fmt::format("write a number from {} to {}", -Scorecard::kMaxPoints, Scorecard::kMaxPoints),
        fmt::format("écrivez un nombre de {} à {}", -Scorecard::kMaxPoints, Scorecard::kMaxPoints)};
  }

  void check_variable(int index) {
    const Scorecard::Variable& variable = card_.variables[static_cast<std::size_t>(index)];
    if (!is_one_line(variable.name)) {
      add("name", "S006",
          {fmt::format("variable {} has no name of one line of UTF-8", index + 1),
           fmt::format("la variable {} n'a pas de nom d'une ligne en UTF-8", index + 1)},
          {"give it the name of its column", "donnez-lui le nom de sa colonne"}, index);
    }
    if (!variable.family.empty() &&
        std::find(kFamilies.begin(), kFamilies.end(), variable.family) == kFamilies.end()) {
      add("family", "S018",
          {fmt::format("`{}` is no family", variable.family),
           fmt::format("« {} » n'est pas une famille", variable.family)},
          {fmt::format("families: {}", fmt::join(kFamilies, ", ")),
           fmt::format("familles : {}", fmt::join(kFamilies, ", "))},
          index);
    }
    if (!is_utf8(variable.title.en) || !is_utf8(variable.title.fr)) {
      add("title", "S006",
          {fmt::format("the title of `{}` is no UTF-8", variable.name),
           fmt::format("le titre de « {} » n'est pas de l'UTF-8", variable.name)},
          {"write it in UTF-8", "écrivez-le en UTF-8"}, index);
    }
    check_cells(index, variable);
    check_trained(index, variable);
  }

  void check_cells(int index, const Scorecard::Variable& variable) {
    const Cells& cells = variable.cells;
    if (cells.count() > Scorecard::kMaxCells) {
      add("cells", "S016",
          {fmt::format("`{}` has {} cells, more than {}", variable.name, cells.count(),
                       Scorecard::kMaxCells),
           fmt::format("« {} » a {} classes, plus que {}", variable.name, cells.count(),
                       Scorecard::kMaxCells)},
          {"make fewer bins", "faites moins de classes"}, index);
    }
    bool texts = true;
    for (const auto& group : cells.groups()) {
      texts = texts && !group.empty() && std::all_of(group.begin(), group.end(), is_category);
    }
    if (!texts) {
      add("texts", "S009",
          {fmt::format("a bin of `{}` is empty, or names what is no UTF-8", variable.name),
           fmt::format("une classe de « {} » est vide, ou nomme ce qui n'est pas de l'UTF-8",
                       variable.name)},
          {"name at least one text per bin, without zero bytes",
           "nommez au moins un texte par classe, sans octet nul"},
          index);
    }
    check_specials(index, variable);
  }

  void check_specials(int index, const Scorecard::Variable& variable) {
    const Cells& cells = variable.cells;
    auto defect = defect_of({cells.specials().begin(), cells.specials().end()}, cells.kind());
    if (!defect) return;
    add("special", "S008",
        {fmt::format("the special codes of `{}`: {}", variable.name, *defect),
         fmt::format("un code spécial de « {} » n'a pas de nom à lui, ou pas de valeurs à lui, ou "
                     "en a que sa variable ne peut prendre",
                     variable.name)},
        {"give each code one name and its finite values",
         "donnez à chaque code un nom et ses valeurs finies"},
        index);
  }

  void check_trained(int index, const Scorecard::Variable& variable) {
    auto cells = static_cast<std::size_t>(variable.cells.count());
    bool woe =
        variable.woe.empty() || (variable.woe.size() == cells &&
                                 std::all_of(variable.woe.begin(), variable.woe.end(),
                                             [](double value) { return std::isfinite(value); }));
    auto counted = [](const Tally& tally) {
      for (double value : {tally.events, tally.nonevents, tally.records, tally.squares}) {
        if (!std::isfinite(value) || value < 0) return false;
      }
      return true;
    };
    bool counts = variable.tallies.empty() ||
                  (variable.tallies.size() == cells &&
                   std::all_of(variable.tallies.begin(), variable.tallies.end(), counted));
    if (woe && counts) return;
    add("trained", "S011",
        {fmt::format("`woe` and `counts` of `{}` are not {} finite numbers", variable.name, cells),
         fmt::format("« woe » et « counts » de « {} » ne sont pas {} nombres finis", variable.name,
                     cells)},
        {"write one per cell: bins, special codes, none, and unknown for texts; or leave them out",
         "écrivez-en un par classe : classes, codes spéciaux, none, et unknown pour les textes ; "
         "ou "
         "omettez-les"},
        index);
  }

  void check_names() {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < card_.variables.size(); ++i) {
      const std::string& name = card_.variables[i].name;
      if (names.insert(name).second) continue;
      add("twice", "S007",
          {fmt::format("`{}` is there twice", name), fmt::format("« {} » y est deux fois", name)},
          {"keep one of the two", "gardez une des deux"}, static_cast<int>(i));
    }
  }

  // Whether the term can be read at all.
  bool check_term(int index) {
    const Scorecard::Term& term = card_.terms[static_cast<std::size_t>(index)];
    bool known =
        (term.variables.size() == 1 || term.variables.size() == 2) &&
        std::all_of(term.variables.begin(), term.variables.end(), [&](int variable) {
          return variable >= 0 && static_cast<std::size_t>(variable) < card_.variables.size();
        });
    if (!known || (term.variables.size() == 2 && term.variables[0] == term.variables[1])) {
      add("variables", "S012",
          {fmt::format("term {} is not about one variable or two that differ", index + 1),
           fmt::format("le terme {} ne porte pas sur une variable ou deux différentes", index + 1)},
          {"name one variable, or a pair", "nommez une variable, ou une paire"}, -1, index);
      return false;
    }
    std::int64_t cells = 1;
    for (int variable : term.variables)
      cells *= card_.variables[static_cast<std::size_t>(variable)].cells.count();
    const std::string name = card_.reason_of(term);
    if (static_cast<std::int64_t>(term.points.size()) != cells ||
        (term.variables.size() == 2 && cells > Scorecard::kMaxPairCells)) {
      add("points", "S012",
          {fmt::format("`{}` has {} points for {} cells", name, term.points.size(), cells),
           fmt::format("« {} » a {} points pour {} classes", name, term.points.size(), cells)},
          {fmt::format("write one per cell, for at most {} cells", Scorecard::kMaxPairCells),
           fmt::format("écrivez-en un par classe, pour {} classes au plus",
                       Scorecard::kMaxPairCells)},
          -1, index);
      return false;
    }
    return check_points(index, term, name);
  }

  bool check_points(int index, const Scorecard::Term& term, const std::string& name) {
    if (term.lowest() < -Scorecard::kMaxPoints || term.highest() > Scorecard::kMaxPoints) {
      add("points", "S005",
          {fmt::format("points of `{}` are out of range", name),
           fmt::format("des points de « {} » sont hors limites", name)},
          within_points(), -1, index);
      return false;
    }
    if (!term.reason.empty() && !is_one_line(term.reason)) {
      add("reason", "S013",
          {fmt::format("the reason of term {} is no text of one line of UTF-8", index + 1),
           fmt::format("le motif du terme {} n'est pas un texte d'une ligne en UTF-8", index + 1)},
          {"write a short code", "écrivez un code court"}, -1, index);
    }
    if (term.baseline < term.lowest() || term.baseline > term.highest()) {
      add("baseline", "S014",
          {fmt::format("the baseline {} of `{}` is outside its points, {} to {}", term.baseline,
                       name, term.lowest(), term.highest()),
           fmt::format("la référence {} de « {} » est hors de ses points, {} à {}", term.baseline,
                       name, term.lowest(), term.highest())},
          {"write a number between them, or leave it out for the best",
           "écrivez un nombre entre les deux, ou omettez-le pour le meilleur"},
          -1, index);
    }
    return true;
  }

  void check_order() {
    int before = -1;
    bool pairs = false;
    for (std::size_t i = 0; i < card_.terms.size(); ++i) {
      const Scorecard::Term& term = card_.terms[i];
      bool single = term.variables.size() == 1;
      bool ordered = !single || (!pairs && term.variables[0] > before);
      pairs = pairs || !single;
      if (single) before = std::max(before, term.variables[0]);
      if (ordered) continue;
      add("order", "S012",
          {fmt::format("`{}` stands behind its place, or is there twice", card_.reason_of(term)),
           fmt::format("« {} » est après sa place, ou y est deux fois", card_.reason_of(term))},
          {"terms of one variable come first, in the order of the variables; then the pairs",
           "les termes d'une variable d'abord, dans l'ordre des variables ; puis les paires"},
          -1, static_cast<int>(i));
    }
  }

  void check_use() {
    std::set<int> used;
    std::set<std::pair<int, int>> pairs;
    for (std::size_t i = 0; i < card_.terms.size(); ++i) {
      const std::vector<int>& of = card_.terms[i].variables;
      used.insert(of.begin(), of.end());
      if (of.size() == 1 || pairs.insert(std::minmax(of[0], of[1])).second) continue;
      add("twice", "S007",
          {fmt::format("the pair `{}` is there twice", card_.reason_of(card_.terms[i])),
           fmt::format("la paire « {} » y est deux fois", card_.reason_of(card_.terms[i]))},
          {"add the two tables", "additionnez les deux tables"}, -1, static_cast<int>(i));
    }
    for (int i = 0; i < static_cast<int>(card_.variables.size()); ++i) {
      if (used.contains(i)) continue;
      const std::string& name = card_.variables[static_cast<std::size_t>(i)].name;
      add("unused", "S015",
          {fmt::format("`{}` gives no points", name),
           fmt::format("« {} » ne donne aucun point", name)},
          {"give it points, use it in a pair, or take it out",
           "donnez-lui des points, mettez-la dans une paire, ou retirez-la"},
          i);
    }
  }

  void check_reasons() {
    std::set<std::string> reasons;
    for (std::size_t i = 0; i < card_.terms.size(); ++i) {
      const std::string reason = card_.reason_of(card_.terms[i]);
      if (reasons.insert(reason).second) continue;
      add("reason", "S013",
          {fmt::format("two terms give the reason `{}`", reason),
           fmt::format("deux termes donnent le motif « {} »", reason)},
          {"give each term a reason of its own", "donnez à chaque terme un motif à lui"}, -1,
          static_cast<int>(i));
    }
  }

  void check_range() {
    bool ordered = card_.range_lowest < card_.range_highest;
    if (ordered && card_.lowest() >= card_.range_lowest && card_.highest() <= card_.range_highest)
      return;
    add("range", "S010",
        {fmt::format("scores of this card go from {} to {}, its range from {} to {}",
                     card_.lowest(), card_.highest(), card_.range_lowest, card_.range_highest),
         fmt::format("les scores de cette fiche vont de {} à {}, sa plage de {} à {}",
                     card_.lowest(), card_.highest(), card_.range_lowest, card_.range_highest)},
        {"change the base, the points or the range", "changez la base, les points ou la plage"});
  }

  const Scorecard& card_;
  std::vector<ScorecardDefect> found_;
};

}  // namespace

std::vector<ScorecardDefect> find_defects(const Scorecard& card) {
  return Inspector{card}.inspect();
}

std::span<const std::string_view> family_names() {
  return kFamilies;
}

}  // namespace credence
