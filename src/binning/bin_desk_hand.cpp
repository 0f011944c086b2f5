// What a hand does at the desk: bins joined, cut and moved, texts taken from group to group.
#include <credence/binning/best_cut.h>
#include <credence/binning/bin_desk.h>
#include <credence/binning/bin_desk_state.h>
#include <credence/optimum/limit_words.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

using Groups = std::vector<std::vector<std::string>>;

std::vector<double> edges_of(const Cells& cells) {
  return {cells.edges().begin(), cells.edges().end()};
}
Groups groups_of(const Cells& cells) {
  return {cells.groups().begin(), cells.groups().end()};
}
std::vector<SpecialCode> codes_of(const Cells& cells) {
  return {cells.specials().begin(), cells.specials().end()};
}

// As the French write it.
std::string nombre(double value) {
  return decimal_text(value).fr;
}

std::vector<int> empty_bins(const Binning& binning) {
  std::vector<int> empty;
  for (int bin = 0; bin < binning.cells.bins(); ++bin)
    if (binning.rows[static_cast<std::size_t>(bin)].tally.records <= 0) empty.push_back(bin + 1);
  return empty;
}

Finding outside(double value, const Cells& cells, std::size_t lower, std::size_t upper) {
  const auto edges = cells.edges();
  // Edges count from 1; 0 and one more than there are stand for no edge.
  const bool has_lower = lower >= 1, has_upper = upper <= edges.size();
  const double low = has_lower ? edges[lower - 1] : 0, high = has_upper ? edges[upper - 1] : 0;
  Text help;
  if (has_lower && has_upper)
    help = {fmt::format("give a number above {} and below {}", number_text(low), number_text(high)),
            fmt::format("donnez un nombre au-dessus de {} et au-dessous de {}", nombre(low),
                        nombre(high))};
  else if (has_lower)
    help = {fmt::format("give a number above {}", number_text(low)),
            fmt::format("donnez un nombre au-dessus de {}", nombre(low))};
  else
    help = {fmt::format("give a number below {}", number_text(high)),
            fmt::format("donnez un nombre au-dessous de {}", nombre(high))};
  return desk_finding("desk.edge",
                      {fmt::format("{} does not lie inside", number_text(value)),
                       fmt::format("{} n'est pas à l'intérieur", nombre(value))},
                      std::move(help));
}

// Whether `value` lies strictly between two edges (from 1, see outside()).
bool is_between(double value, const Cells& cells, std::size_t lower, std::size_t upper) {
  const auto edges = cells.edges();
  if (!std::isfinite(value)) return false;
  if (lower >= 1 && value <= edges[lower - 1]) return false;
  return upper > edges.size() || value < edges[upper - 1];
}

// The group (from 0) that holds a text; -1: none.
int group_with(const Groups& groups, const std::string& text) {
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (std::ranges::count(groups[i], text) > 0) return static_cast<int>(i);
  return -1;
}

// Why a text can stand in no group, or nothing: it is a code, or the column does not have it.
std::optional<Finding> not_a_text(const Column& column, const Cells& cells,
                                  const std::string& text) {
  for (const SpecialCode& code : cells.specials()) {
    if (std::ranges::count(code.texts, text) == 0) continue;
    return desk_finding(
        "desk.text",
        {fmt::format("`{}` is a special code and has a cell of its own", text),
         fmt::format("« {} » est un code spécial et a sa propre case", text)},
        {"take it out of the special codes first", "retirez-le d'abord des codes spéciaux"});
  }
  const auto dictionary = column.dictionary();
  if (std::ranges::count(dictionary, text) > 0) return std::nullopt;
  if (group_with(groups_of(cells), text) >= 0) return std::nullopt;
  const std::string near = nearest(text, dictionary);
  return desk_finding("desk.text",
                      {fmt::format("no row of this variable has the text `{}`", text),
                       fmt::format("aucune ligne de cette variable n'a le texte « {} »", text)},
                      near.empty()
                          ? Text{"write it as the file has it", "écrivez-le comme dans le fichier"}
                          : Text{fmt::format("did you mean `{}`?", near),
                                 fmt::format("vouliez-vous dire « {} » ?", near)});
}

// Limits that rows of bins break together: without them a cut can be found in bins that are
// against the rules already.
VariableRules without_trend(VariableRules rules) {
  rules.binning.trend = Trend::none;
  rules.binning.min_rate_difference = 0;
  rules.binning.max_p_value.reset();
  return rules;
}
VariableRules without_limits(VariableRules rules) {
  BinningRules open;
  open.divergence = rules.binning.divergence;
  open.size_basis = rules.binning.size_basis;
  open.trend = Trend::none;
  open.min_bin_share = 0;
  rules.binning = open;
  return rules;
}

bool is_against_rules(const Binning& binning) {
  return binning.is_told(BinningNote::About::broken_rules) ||
         binning.is_told(BinningNote::About::no_bins);
}

// The best cut, with what is to be said about it.
struct CutFound {
  BestCut cut;
  std::vector<Text> notes;
};

Finding not_cut(const NoCut& none, const Cells& cells, int bin) {
  if (none.one_value)
    return desk_finding(
        "desk.cut",
        {fmt::format("all records of bin {} have one value", bin),
         fmt::format("toutes les lignes de la classe {} ont une seule valeur", bin)},
        {"cut another bin", "coupez une autre classe"});
  auto [en, fr] = relaxations_text(none.relaxations);
  if (!en.empty()) en = "one would with " + en + "; ", fr = "possible avec " + fr + " ; ";
  const bool is_text = cells.kind() == Column::Kind::text;
  en += is_text ? "`take TEXT` gives a text a group of its own"
                : fmt::format("`split {} at NUMBER` cuts where you say", bin);
  fr += is_text ? "« sortir TEXTE » donne à un texte son propre groupe"
                : fmt::format("« couper {} à NOMBRE » coupe où vous dites", bin);
  return desk_finding("desk.cut",
                      {fmt::format("no cut of bin {} keeps the rules", bin),
                       fmt::format("aucune coupure de la classe {} ne tient les règles", bin)},
                      {std::move(en), std::move(fr)});
}

std::variant<CutFound, Finding> look_for_cut(const Column& column, const Outcome& outcome,
                                             const BinDesk::State& state, int bin) {
  const VariableRules rules = rules_of_hand(state);
  const Cells& cells = state.bins->cells;
  // Bins that are against the rules already need not keep them to be cut further.
  struct Try {
    VariableRules rules;
    std::vector<Text> notes;
  };
  std::vector<Try> tries = {{rules, {}}};
  if (is_against_rules(*state.bins)) {
    tries.push_back(
        {without_trend(rules),
         {{"no cut keeps the trend, which these bins break already; the best without it",
           "aucune coupure ne suit la tendance, déjà rompue ; la meilleure sans elle"}}});
    tries.push_back(
        {without_limits(rules),
         {{"no cut keeps the limits, which these bins break already; the best without them",
           "aucune coupure ne tient les limites, déjà rompues ; la meilleure sans elles"}}});
  }
  std::optional<NoCut> why;
  for (Try& one : tries) {
    auto answer = best_cut(column, outcome, cells, bin - 1, one.rules);
    if (!answer)
      return desk_finding(told_of(answer.error(), column.name()),
                          {"cut by hand", "coupez à la main"});
    if (const auto* cut = std::get_if<BestCut>(&*answer)) {
      if (cut->thinned)
        one.notes.push_back({fmt::format("best of {} places with as many records between them",
                                         BestCut::kMostPlaces),
                             fmt::format("la meilleure de {} places avec autant de lignes entre "
                                         "elles",
                                         BestCut::kMostPlaces)});
      return CutFound{*cut, std::move(one.notes)};
    }
    if (!why) why = std::get<NoCut>(*answer);
  }
  return not_cut(*why, cells, bin);
}

}  // namespace

std::optional<Finding> BinDesk::not_a_bin(int bin) const {
  if (!current().bins)
    return desk_finding(*current().no_best,
                        {"leave the variable out, or mend the column",
                         "laissez la variable de côté, ou corrigez la colonne"});
  const int bins = current().bins->cells.bins();
  if (bin >= 1 && bin <= bins) return std::nullopt;
  return desk_finding(
      "desk.bin",
      {fmt::format("there is no bin {}", bin), fmt::format("il n'y a pas de classe {}", bin)},
      {fmt::format("bins count from 1 to {}", bins),
       fmt::format("les classes vont de 1 à {}", bins)});
}

std::optional<Finding> BinDesk::needs(Column::Kind kind) const {
  if (columns_[at_].kind() == kind) return std::nullopt;
  if (kind == Column::Kind::number)
    return desk_finding("desk.kind",
                        {"this variable holds texts, which have groups and no edges",
                         "cette variable contient des textes : des groupes, pas de bornes"},
                        {"`take TEXT` or `put TEXT into GROUP` changes groups",
                         "« sortir TEXTE » ou « mettre TEXTE dans GROUPE » change les groupes"});
  return desk_finding("desk.kind",
                      {"this variable holds numbers, which have edges and no groups",
                       "cette variable contient des nombres : des bornes, pas de groupes"},
                      {"`split BIN at NUMBER` or `edge N NUMBER` changes bins",
                       "« couper CLASSE à NOMBRE » ou « borne N NOMBRE » change les classes"});
}

BinDesk::NewState BinDesk::by_hand(Cells cells) const {
  State state = current();
  if (state.best && state.best->cells == cells) {
    state.bins = state.best;
    state.by_hand = false;
    state.because.clear();
    return state;
  }
  auto own = bin_as(columns_[at_], outcome_, cells, rules_of_hand(state));
  if (!own)
    return desk_finding(told_of(own.error(), columns_[at_].name()),
                        {"other bins may do", "d'autres classes peuvent convenir"});
  const std::vector<int> empty = empty_bins(*own);
  if (cells.kind() == Column::Kind::number && empty.size() > empty_bins(*state.bins).size())
    return desk_finding("desk.empty",
                        {fmt::format("bin {} would have no records", empty.front()),
                         fmt::format("la classe {} n'aurait aucune ligne", empty.front())},
                        {"cut where there are values on both sides",
                         "coupez là où il y a des valeurs des deux côtés"});
  state.bins = std::make_shared<const Binning>(*std::move(own));
  state.by_hand = true;
  return state;
}

BinDesk::Answer BinDesk::run(const Join& join) {
  if (auto wrong = not_a_bin(join.first)) return *wrong;
  const Cells& cells = current().bins->cells;
  if (!join.second && join.first == cells.bins())
    return desk_finding(
        "desk.bin",
        {"the last bin has none after it", "la dernière classe n'en a aucune après elle"},
        {"join the bin before it", "joignez la classe d'avant"});
  const int second = join.second.value_or(join.first + 1);
  if (auto wrong = not_a_bin(second)) return *wrong;
  const auto [least, most] = std::minmax(join.first, second);
  if (least == most)
    return desk_finding("desk.bin",
                        {"a bin does not join itself", "une classe ne se joint pas à elle-même"},
                        {"name two bins", "nommez deux classes"});
  if (cells.kind() == Column::Kind::number) {
    std::vector<double> edges = edges_of(cells);
    edges.erase(edges.begin() + (least - 1), edges.begin() + (most - 1));
    return keep(by_hand(Cells::of_numbers(std::move(edges), codes_of(cells))));
  }
  Groups groups = groups_of(cells);
  auto& into = groups[static_cast<std::size_t>(least) - 1];
  const auto& from = groups[static_cast<std::size_t>(most) - 1];
  into.insert(into.end(), from.begin(), from.end());
  groups.erase(groups.begin() + (most - 1));
  return keep(by_hand(Cells::of_texts(std::move(groups), codes_of(cells))));
}

BinDesk::Answer BinDesk::run(const Split& split) {
  if (auto wrong = not_a_bin(split.bin)) return *wrong;
  const Cells& cells = current().bins->cells;
  const auto bin = static_cast<std::size_t>(split.bin);
  std::vector<double> edges = edges_of(cells);
  if (split.at) {
    if (auto wrong = needs(Column::Kind::number)) return *wrong;
    if (!is_between(*split.at, cells, bin - 1, bin)) return outside(*split.at, cells, bin - 1, bin);
    edges.insert(edges.begin() + (split.bin - 1), *split.at + 0.0);
    return keep(by_hand(Cells::of_numbers(std::move(edges), codes_of(cells))));
  }
  auto looked = look_for_cut(columns_[at_], outcome_, current(), split.bin);
  if (auto* refused = std::get_if<Finding>(&looked)) return std::move(*refused);
  auto& [cut, notes] = std::get<CutFound>(looked);
  if (cells.kind() == Column::Kind::number) {
    edges.insert(edges.begin() + (split.bin - 1), cut.at);
    return keep(by_hand(Cells::of_numbers(std::move(edges), codes_of(cells))), std::move(notes));
  }
  Groups groups = groups_of(cells);
  groups[bin - 1] = std::move(cut.below);
  groups.insert(groups.begin() + split.bin, std::move(cut.above));
  return keep(by_hand(Cells::of_texts(std::move(groups), codes_of(cells))), std::move(notes));
}

BinDesk::Answer BinDesk::run(const MoveEdge& move) {
  if (auto wrong = not_a_bin(1)) return *wrong;
  if (auto wrong = needs(Column::Kind::number)) return *wrong;
  const Cells& cells = current().bins->cells;
  std::vector<double> edges = edges_of(cells);
  if (move.edge < 1 || move.edge > std::ssize(edges))
    return desk_finding("desk.edge",
                        {fmt::format("there is no edge {}", move.edge),
                         fmt::format("il n'y a pas de borne {}", move.edge)},
                        edges.empty() ? Text{"one bin has no edges",
                                             "une seule classe n'a pas de "
                                             "bornes"}
                                      : Text{fmt::format("edges count from 1 to {}; edge 1 lies "
                                                         "between bins 1 and 2",
                                                         edges.size()),
                                             fmt::format("les bornes vont de 1 à {} ; la borne 1 "
                                                         "est entre les classes 1 et 2",
                                                         edges.size())});
  const auto edge = static_cast<std::size_t>(move.edge);
  if (!is_between(move.to, cells, edge - 1, edge + 1))
    return outside(move.to, cells, edge - 1, edge + 1);
  if (edges[edge - 1] == move.to) return nothing_changes();
  edges[edge - 1] = move.to + 0.0;
  return keep(by_hand(Cells::of_numbers(std::move(edges), codes_of(cells))));
}

BinDesk::Answer BinDesk::run(const TakeOut& take) {
  if (auto wrong = not_a_bin(1)) return *wrong;
  if (auto wrong = needs(Column::Kind::text)) return *wrong;
  const Cells& cells = current().bins->cells;
  if (auto wrong = not_a_text(columns_[at_], cells, take.text)) return *wrong;
  Groups groups = groups_of(cells);
  const int from = group_with(groups, take.text);
  if (from >= 0 && groups[static_cast<std::size_t>(from)].size() == 1) return nothing_changes();
  if (from >= 0) std::erase(groups[static_cast<std::size_t>(from)], take.text);
  const auto place = from < 0 ? groups.end() : groups.begin() + from + 1;
  groups.insert(place, {take.text});
  return keep(by_hand(Cells::of_texts(std::move(groups), codes_of(cells))));
}

BinDesk::Answer BinDesk::run(const PutInto& put) {
  if (auto wrong = not_a_bin(put.group)) return *wrong;
  if (auto wrong = needs(Column::Kind::text)) return *wrong;
  const Cells& cells = current().bins->cells;
  if (auto wrong = not_a_text(columns_[at_], cells, put.text)) return *wrong;
  Groups groups = groups_of(cells);
  const int from = group_with(groups, put.text);
  if (from == put.group - 1) return nothing_changes();
  // Put first, so that a group that is left empty moves no number.
  groups[static_cast<std::size_t>(put.group) - 1].push_back(put.text);
  if (from >= 0) {
    auto& left = groups[static_cast<std::size_t>(from)];
    std::erase(left, put.text);
    if (left.empty()) groups.erase(groups.begin() + from);
  }
  return keep(by_hand(Cells::of_texts(std::move(groups), codes_of(cells))));
}

}  // namespace credence
