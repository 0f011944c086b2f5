#include <credence/binning/bin_desk.h>
#include <credence/binning/bin_desk_state.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

std::vector<Attempt<Binning>> optima(const std::vector<BinDesk::Input>& inputs,
                                     const Outcome& outcome, int threads) {
  std::vector<Column> columns;
  std::vector<ColumnRules> rules;
  for (const BinDesk::Input& input : inputs) {
    columns.push_back(input.column);
    rules.push_back({input.column.name(), input.rules});
  }
  const std::size_t rows = columns.front().size();
  return bin_all(Table(rows, std::move(columns)), outcome, rules, threads);
}

Finding at_the_end(bool of_undo) {
  return of_undo ? desk_finding("desk.undo", {"nothing to undo", "rien à annuler"},
                                {"nothing was decided before", "rien n'a été décidé avant"})
                 : desk_finding("desk.redo", {"nothing to redo", "rien à refaire"},
                                {"only what was undone can be redone",
                                 "seul ce qui a été annulé peut être refait"});
}

}  // namespace

BinDesk::BinDesk(std::vector<Input> inputs, Outcome outcome, int threads)
    : outcome_(std::move(outcome)) {
  expects(!inputs.empty(), "BinDesk: no variables");
  auto best = optima(inputs, outcome_, threads);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Input& input = inputs[i];
    State state;
    state.rules = std::move(input.rules);
    state.place = input.place;
    state = solved_state(input.column, outcome_, state, best[i]);
    if (input.bins) {
      auto own = bin_as(input.column, outcome_, *input.bins, rules_of_hand(state));
      if (own) {
        state.bins = std::make_shared<const Binning>(*std::move(own));
        state.by_hand = true;
        state.because = std::move(input.because);
      } else {
        state.no_best = told_of(own.error(), input.column.name());
      }
    }
    held_.push_back(std::make_shared<const State>(std::move(state)));
    columns_.push_back(std::move(input.column));
  }
}

BinDesk::Answer BinDesk::apply(const Command& command) {
  return std::visit([this](const auto& one) { return run(one); }, command);
}

BinDesk::Answer BinDesk::nothing_changes() const {
  return Change{at_, held_[at_], held_[at_], {{"nothing changes", "rien ne change"}}};
}

BinDesk::Answer BinDesk::keep(State state, std::vector<Text> notes) {
  steps_.resize(done_);
  Held before = held_[at_];
  held_[at_] = std::make_shared<const State>(std::move(state));
  steps_.push_back({at_, before, held_[at_]});
  ++done_;
  return Change{at_, std::move(before), held_[at_], std::move(notes)};
}

BinDesk::Answer BinDesk::keep(NewState state, std::vector<Text> notes) {
  if (auto* refused = std::get_if<Finding>(&state)) return std::move(*refused);
  return keep(std::get<State>(std::move(state)), std::move(notes));
}

BinDesk::NewState BinDesk::solved(VariableRules rules) const {
  State asked = current();
  asked.rules = std::move(rules);
  auto best = bin(columns_[at_], outcome_, asked.rules);
  // What is asked for has no answer: the bins that hold stay, and the reason is told.
  if (!best)
    return desk_finding(best.told(columns_[at_].name()), {"loosen another limit first",
                                                          "desserrez d'abord une autre "
                                                          "limite"});
  return solved_state(columns_[at_], outcome_, asked, best);
}

BinDesk::Answer BinDesk::run(const SetBins& set) {
  const bool in_order = !set.least || !set.most || *set.least <= *set.most;
  const auto sensible = [](const std::optional<int>& n) { return !n || (*n >= 1 && *n <= 1000); };
  if (!in_order || !sensible(set.least) || !sensible(set.most))
    return desk_finding(
        "desk.bins",
        {"the number of bins goes from 1 to 1000, the least one first",
         "le nombre de classes va de 1 à 1000, le moindre d'abord"},
        {"as in `bins 5` or `bins 3 6`", "par exemple « classes 5 » ou « classes 3 6 »"});
  VariableRules rules = current().rules;
  rules.binning.min_bins = set.least;
  rules.binning.max_bins = set.most;
  return keep(solved(std::move(rules)));
}

BinDesk::Answer BinDesk::run(const SetTrend& set) {
  if (set.trend == current().rules.binning.trend && !current().by_hand) return nothing_changes();
  VariableRules rules = current().rules;
  rules.binning.trend = set.trend;
  return keep(solved(std::move(rules)));
}

BinDesk::Answer BinDesk::run(const SetLeastShare& set) {
  if (!(set.share >= 0 && set.share <= current().rules.binning.max_bin_share))
    return desk_finding("desk.share",
                        {fmt::format("the least share lies between 0 and {}",
                                     number_text(current().rules.binning.max_bin_share)),
                         fmt::format("la part minimale est comprise entre 0 et {}",
                                     number_text(current().rules.binning.max_bin_share))},
                        {"0.05 is five in a hundred records", "0,05, c'est cinq lignes sur cent"});
  VariableRules rules = current().rules;
  rules.binning.min_bin_share = set.share;
  return keep(solved(std::move(rules)));
}

BinDesk::Answer BinDesk::run(const TakeBest&) {
  if (!current().best)
    return desk_finding(*current().no_best, {"loosen a limit: `share`, `bins` or `trend`",
                                             "desserrez une limite : « part », « classes » ou "
                                             "« tendance »"});
  if (!current().by_hand) return nothing_changes();
  State state = current();
  state.bins = state.best;
  state.by_hand = false;
  state.because.clear();
  return keep(std::move(state));
}

BinDesk::Answer BinDesk::run(const SetPlace& set) {
  if (set.place == current().place) return nothing_changes();
  State state = current();
  state.place = set.place;
  return keep(std::move(state));
}

BinDesk::Answer BinDesk::run(const GiveReason& give) {
  if (!current().by_hand)
    return desk_finding("desk.because",
                        {"these bins are the optimum's and need no reason",
                         "ces classes sont celles de l'optimum et ne demandent aucun motif"},
                        {"a reason is given for bins by hand",
                         "un motif se donne pour des classes "
                         "faites à la main"});
  constexpr std::size_t most = 1000;
  const bool is_blank = give.because.find_first_not_of(" \t") == std::string::npos;
  if (is_blank || give.because.size() > most || !is_utf8(give.because))
    return desk_finding("desk.because",
                        {"a reason is a text of 1 to 1000 bytes in UTF-8",
                         "un motif est un texte de 1 à 1000 octets en UTF-8"},
                        {"as in `because \"the price list changes at 40\"`",
                         "par exemple « motif \"le tarif change à 40\" »"});
  if (give.because == current().because) return nothing_changes();
  State state = current();
  state.because = give.because;
  return keep(std::move(state));
}

BinDesk::Answer BinDesk::run(const Undo&) {
  if (done_ == 0) return at_the_end(true);
  const Decision& step = steps_[--done_];
  at_ = step.variable;
  held_[at_] = step.before;
  return Change{at_, step.after, step.before};
}

BinDesk::Answer BinDesk::run(const Redo&) {
  if (done_ == steps_.size()) return at_the_end(false);
  const Decision& step = steps_[done_++];
  at_ = step.variable;
  held_[at_] = step.after;
  return Change{at_, step.before, step.after};
}

BinDesk::Answer BinDesk::run(const Step& step) {
  const auto to = static_cast<std::ptrdiff_t>(at_) + step.by;
  if (to < 0)
    return desk_finding("desk.first", {"this is the first variable", "c'est la première variable"},
                        {"`next` goes on", "« suivante » avance"});
  if (to >= std::ssize(columns_))
    return desk_finding("desk.last", {"this is the last variable", "c'est la dernière variable"},
                        {"`previous` goes back, `list` shows all",
                         "« précédente » revient, « liste » les montre toutes"});
  at_ = static_cast<std::size_t>(to);
  return Change{at_, held_[at_], held_[at_]};
}

BinDesk::Answer BinDesk::run(const Go& go) {
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(column.name());
  const auto found = std::ranges::find(names, go.name);
  if (found == names.end()) {
    const std::string near = nearest(go.name, std::span<const std::string>(names));
    const Text help = near.empty()
                          ? Text{"`list` shows all variables", "« liste » montre les variables"}
                          : Text{fmt::format("did you mean `{}`?", near),
                                 fmt::format("vouliez-vous dire « {} » ?", near)};
    return desk_finding("desk.variable",
                        {fmt::format("there is no variable `{}` here", go.name),
                         fmt::format("il n'y a pas de variable « {} » ici", go.name)},
                        help);
  }
  at_ = static_cast<std::size_t>(found - names.begin());
  return Change{at_, held_[at_], held_[at_]};
}

}  // namespace credence
