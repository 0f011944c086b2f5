#include <credence/training/assemble.h>
#include <credence/training/merge_rows.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace credence {

namespace {

std::string reasons_of(const std::vector<Dropped>& dropped) {
  std::string out;
  for (const Dropped& one : dropped) {
    if (out.size() > 400) return out + ", ...";
    out += fmt::format("{}`{}` ({})", out.empty() ? "" : ", ", one.variable, one.reason);
  }
  return out.empty() ? "the table has no columns" : out;
}

// Points of a table of groups, for every pair of cells.
std::vector<int> spread(const PairTable& pair, std::span<const int> points) {
  std::vector<int> out;
  for (std::uint16_t first : pair.first_group)
    for (std::uint16_t second : pair.second_group)
      out.push_back(points[first * pair.second_groups + second]);
  return out;
}

bool all_equal(std::span<const int> points) {
  return std::all_of(points.begin(), points.end(), [&](int p) { return p == points[0]; });
}

Scorecard::Variable variable_of(const Candidate& candidate) {
  Scorecard::Variable variable;
  variable.name = candidate.name();
  variable.family = candidate.plan.family;
  variable.title = candidate.plan.title;
  if (variable.title.en.empty()) variable.title.en = candidate.name();
  if (variable.title.fr.empty()) variable.title.fr = candidate.name();
  variable.cells = candidate.binning.cells;
  for (const Binning::Row& row : candidate.binning.rows) {
    variable.woe.push_back(row.woe);
    variable.tallies.push_back(row.tally);
  }
  return variable;
}

class Assembly {
 public:
  Assembly(const FittedPlan& fitted, const TrainingPlan& plan) : fitted_(fitted) {
    card_.id = plan.id;
    card_.base = fitted.card.points.base;
    card_.range_lowest = plan.scaling.lowest;
    card_.range_highest = plan.scaling.highest;
    card_.scaling = fitted.card.points.scaling;
  }

  Scorecard run(std::vector<Dropped>& dropped) {
    find_used();
    for (std::size_t t = 0; t < fitted_.card.terms.size(); ++t) {
      const FittedTerm& term = fitted_.card.terms[t];
      const std::vector<int>& points = fitted_.card.points.terms[t].points;
      std::string name = name_of(term);
      if (all_equal(points)) {
        // A term that moves nobody is a part of the base; its variables stay where a table needs
        // them.
        card_.base += points[0];
        dropped.push_back({name, "points", "", 0, 0});
        continue;
      }
      Scorecard::Term out;
      if (term.pair) {
        out.variables = {index_of(term.pair->first), index_of(term.pair->second)};
        out.points = spread(*term.pair, points);
      } else {
        out.variables = {index_of(term.candidate)};
        out.points = points;
      }
      out.baseline = out.highest();
      out.reason = name;
      card_.terms.push_back(std::move(out));
    }
    return std::move(card_);
  }

 private:
  const Candidate& candidate(std::size_t i) const { return fitted_.candidates.usable[i]; }

  std::string name_of(const FittedTerm& term) const {
    if (!term.pair) return candidate(term.candidate).name();
    return candidate(term.pair->first).name() + " x " + candidate(term.pair->second).name();
  }

  // Variables of terms that move somebody, in the order of the table.
  void find_used() {
    std::set<std::size_t> used;
    for (std::size_t t = 0; t < fitted_.card.terms.size(); ++t) {
      const FittedTerm& term = fitted_.card.terms[t];
      if (all_equal(fitted_.card.points.terms[t].points)) continue;
      if (term.pair) {
        used.insert(term.pair->first);
        used.insert(term.pair->second);
      } else {
        used.insert(term.candidate);
      }
    }
    used_.assign(used.begin(), used.end());
    for (std::size_t i : used_) card_.variables.push_back(variable_of(candidate(i)));
  }

  int index_of(std::size_t i) const {
    return static_cast<int>(std::lower_bound(used_.begin(), used_.end(), i) - used_.begin());
  }

  const FittedPlan& fitted_;
  Scorecard card_;
  std::vector<std::size_t> used_;
};

void note_unused_overrides(const FittedPlan& fitted, const TrainingPlan& plan,
                           TrainingReport& report) {
  for (const TrainingPlan::Variable& variable : plan.variables) {
    if (variable.fixed_points.empty()) continue;
    bool kept = std::any_of(
        fitted.selected.kept.begin(), fitted.selected.kept.end(),
        [&](std::size_t i) { return fitted.candidates.usable[i].name() == variable.name; });
    if (!kept)
      report.notes.push_back(fmt::format(
          "the fixed points of `{}` have no effect: it is not in the card", variable.name));
  }
}

}  // namespace

Result<FittedPlan> fit_plan(Candidates candidates, const History& of_rows, const TrainingPlan& plan,
                            const CardFitOptions& options) {
  FittedPlan out;
  out.candidates = std::move(candidates);
  // The search for tables deals single rows to folds.
  const bool merges = plan.pairs.most == 0 && !out.candidates.usable.empty();
  const History history = merges ? merge_equal_rows(out.candidates.usable, of_rows) : of_rows;
  out.selected = select_variables(out.candidates.usable, history, plan);
  if (out.selected.kept.empty()) {
    std::vector<Dropped> all = out.candidates.dropped;
    all.insert(all.end(), out.selected.dropped.begin(), out.selected.dropped.end());
    return Error{"training.nothing",
                 "no variable is left for a card: " + reasons_of(all),
                 {},
                 "lower `min_iv`, `keep` a variable, or bring other columns"};
  }
  std::vector<PairTable> pairs;
  if (plan.pairs.most > 0)
    pairs = find_pairs(out.candidates.usable, out.selected.for_pairs, history,
                       additive_log_odds(out.candidates.usable, out.selected, history, plan), plan);
  Result<FittedCard> card =
      fit_card(out.candidates.usable, out.selected, std::move(pairs), history, plan, options);
  if (!card) return card.error();
  out.card = std::move(*card);
  return out;
}

Trained assemble(FittedPlan fitted, const History& history, const TrainingPlan& plan) {
  Trained out;
  TrainingReport& report = out.report;
  report.rows = history.rows();
  report.bad = static_cast<std::size_t>(
      std::count_if(history.bad.begin(), history.bad.end(), [](std::uint8_t b) { return b != 0; }));
  report.intercept = fitted.selected.fit.intercept;
  report.coefficients = fitted.selected.coefficients;
  report.condition_number = fitted.selected.condition_number;
  report.dropped = fitted.candidates.dropped;
  report.dropped.insert(report.dropped.end(), fitted.selected.dropped.begin(),
                        fitted.selected.dropped.end());
  report.unrounded = fitted.card.unrounded;
  report.rounded = fitted.card.rounded;
  report.whole = fitted.card.whole;
  report.lower_bound = fitted.card.lower_bound;
  if (!fitted.selected.fit.converged)
    report.notes.emplace_back("the logistic fit stopped before it had converged");
  for (const FittedTerm& term : fitted.card.terms)
    if (term.pair)
      report.notes.push_back(fmt::format("table of `{}` and `{}`: held-out AUC {:+.5f}",
                                         fitted.candidates.usable[term.pair->first].name(),
                                         fitted.candidates.usable[term.pair->second].name(),
                                         term.pair->gain));
  report.notes.insert(report.notes.end(), fitted.card.notes.begin(), fitted.card.notes.end());
  note_unused_overrides(fitted, plan, report);
  out.card = Assembly(fitted, plan).run(report.dropped);
  // What is too weak alone can be in a table of two.
  std::erase_if(report.dropped,
                [&](const Dropped& one) { return out.card.find(one.variable) != nullptr; });
  for (Candidate& candidate : fitted.candidates.usable)
    out.binnings.push_back(std::move(candidate.binning));
  return out;
}

}  // namespace credence
