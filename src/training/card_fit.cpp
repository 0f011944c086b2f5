#include <credence/training/card_fit.h>
#include <credence/regression/auc.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr double kTied = 1e6;  // ridge that leaves a declared cell where its policy puts it
// A fit of more cells together would take minutes: its matrix has this many rows and columns.
constexpr std::size_t kMostCells = 2500;
// Points that are made whole and polished afterwards need no more.
constexpr CellFitOptions kNear{.tolerance = 1e-8, .confirm = false};
constexpr int kRadius = 2;  // points that polishing may leave the real ones by

class CardFit {
 public:
  CardFit(const std::vector<Candidate>& candidates, const Selected& selected,
          const History& history, const TrainingPlan& plan)
      : candidates_(candidates), selected_(selected), history_(history), plan_(plan) {}

  std::vector<double> additive_log_odds() {
    make_terms({});
    CellFit fit = fit_separately();
    if (plan_.whole_points_jointly && !too_large())
      fit = model().fit(cell_terms(Ridge::plan), fit, kNear);
    return log_odds(fit);
  }

  Result<FittedCard> run(std::vector<PairTable> pairs, const CardFitOptions& options) {
    make_terms(std::move(pairs));
    CellFit separate = fit_separately();
    out_.unrounded = stage_of(separate);
    Result<StagedCard> rounded = whole(separate);
    if (!rounded) return rounded.error();
    out_.rounded = rounded->stage;
    CellFit best = separate;
    if (plan_.whole_points_jointly) {
      if (!too_large()) best = model().fit(cell_terms(Ridge::plan), separate, kNear);
      polish_from(best, *rounded);
      bound_or_note(best, options);
    } else {
      // Only the best rounding is asked for: nothing that a joint fit would tell is computed.
      out_.points = std::move(rounded->card);
      out_.whole = out_.rounded;
    }
    out_.intercept = best.intercept;
    for (std::size_t t = 0; t < out_.terms.size(); ++t) out_.terms[t].log_odds = best.log_odds[t];
    return std::move(out_);
  }

 private:
  enum class Ridge { none, plan, tied };
  struct StagedCard {
    PointCard card;
    TrainingReport::Stage stage;
  };

  const Candidate& candidate(const FittedTerm& term) const { return candidates_[term.candidate]; }

  bool too_large() const {
    std::size_t cells = 0;
    for (const FittedTerm& term : out_.terms) cells += term.cells.cells;
    return cells > kMostCells;
  }

  void make_terms(std::vector<PairTable> pairs) {
    for (std::size_t i = 0; i < selected_.kept.size(); ++i) {
      const Candidate& one = candidates_[selected_.kept[i]];
      FittedTerm term;
      term.candidate = selected_.kept[i];
      for (double woe : one.woe) term.log_odds.push_back(selected_.fit.betas[i] * woe);
      out_.terms.push_back(std::move(term));
    }
    for (PairTable& pair : pairs) {
      FittedTerm term;
      term.log_odds.assign(pair.cells(), 0.0);
      term.pair = std::move(pair);
      out_.terms.push_back(std::move(term));
    }
    for (FittedTerm& term : out_.terms) {
      term.cells.rows = term.pair ? term.pair->rows : candidate(term).rows;
      term.cells.cells = term.log_odds.size();
      term.cells.target = term.log_odds;
      if (term.pair) continue;
      for (int direction : candidate(term).rules.direction)
        term.cells.direction.push_back(-direction);
    }
  }

  std::vector<CellTerm> cell_terms(Ridge ridge) const {
    std::vector<CellTerm> out;
    for (const FittedTerm& term : out_.terms) {
      CellTerm cells = term.cells;
      for (std::size_t c = 0; c < cells.cells; ++c) {
        bool declared = !term.pair && candidate(term).declared[c];
        double own = term.pair ? plan_.pairs.ridge : plan_.cell_ridge;
        if (!term.pair && (declared || ridge == Ridge::tied)) own = kTied;
        cells.penalty.push_back(ridge == Ridge::none ? 0 : own);
      }
      if (ridge == Ridge::tied) std::fill(cells.direction.begin(), cells.direction.end(), 0);
      out.push_back(std::move(cells));
    }
    return out;
  }

  // beta * woe as selected; tables of pairs fitted beside it.
  CellFit fit_separately() {
    CellFit fit;
    fit.intercept = selected_.fit.intercept;
    bool pairs = false;
    for (const FittedTerm& term : out_.terms) {
      fit.log_odds.push_back(term.log_odds);
      pairs = pairs || term.pair;
    }
    return pairs && !too_large() ? model().fit(cell_terms(Ridge::tied), fit, kNear) : fit;
  }

  // Made when the first fit of all cells is asked for.
  CellModel& model() {
    if (!model_) model_.emplace(history_, cell_terms(Ridge::none), plan_.threads);
    return *model_;
  }

  std::vector<double> log_odds(const CellFit& fit) const {
    std::vector<ValuedCells> columns;
    std::vector<double> at{fit.intercept};
    for (std::size_t t = 0; t < out_.terms.size(); ++t) {
      const CellTerm& term = out_.terms[t].cells;
      columns.push_back({.of = {term.rows, term.cells}, .values = fit.log_odds[t], .weights = {}});
      at.push_back(1);
    }
    return combinations(columns, at, history_.rows());
  }

  TrainingReport::Stage stage_of(const CellFit& fit) const {
    std::vector<double> of_rows = log_odds(fit);
    return {mean_log_loss(history_, of_rows), auc(history_, of_rows)};
  }

  ScoreGroups groups_of(const PointCard& card) const {
    return group_by_score(history_, scores_of(card, history_.rows()));
  }

  TrainingReport::Stage stage_of(const ScoreGroups& groups,
                                 const Scorecard::Scaling& scaling) const {
    return {log_loss(groups, scaling) / history_.total, auc(groups)};
  }

  Result<RealCard> scaled(const CellFit& fit) const {
    std::vector<RealTerm> terms;
    std::vector<std::string> names;
    for (const FittedTerm& term : out_.terms) {
      RealTerm real;
      if (term.pair) {
        real.weights = term.pair->weights;
        names.push_back(candidates_[term.pair->first].name() + " x " +
                        candidates_[term.pair->second].name());
      } else {
        real.weights = candidate(term).weights;
        real.rules = candidate(term).rules;
        names.push_back(candidate(term).name());
      }
      // Empty cells too should lie near their real points.
      for (double& weight : real.weights) weight = weight / history_.total + 1e-4;
      terms.push_back(std::move(real));
    }
    return scale_points(fit, std::move(terms), std::move(names), plan_.scaling);
  }

  Result<StagedCard> whole(const CellFit& fit) {
    Result<RealCard> real = scaled(fit);
    if (!real) return real.error();
    PointCard card;
    card.base = static_cast<int>(std::lround(real->base));
    card.scaling = real->scaling;
    RangeSum sum = real->sum;
    sum.lowest -= card.base;
    sum.highest -= card.base;
    std::optional<WholePoints> points = round_points(real->terms, sum);
    if (!points) points = round_points(real->terms, sum, 8);
    if (!points)
      return Error{"training.range",
                   fmt::format("no whole points that keep the rules of all variables go exactly "
                               "from {} to {}",
                               plan_.scaling.lowest, plan_.scaling.highest),
                   {},
                   "loosen fixed points, gaps or limits, or give another range"};
    for (std::size_t t = 0; t < out_.terms.size(); ++t)
      card.terms.push_back(point_term(out_.terms[t], real->terms[t], points->points[t]));
    const ScoreGroups groups = groups_of(card);
    if (!plan_.scaling.anchor) card.scaling = refit_scaling(groups, card.scaling);
    const TrainingReport::Stage stage = stage_of(groups, card.scaling);
    return StagedCard{std::move(card), stage};
  }

  PointTerm point_term(const FittedTerm& term, const RealTerm& real,
                       const std::vector<int>& points) const {
    PointTerm out;
    out.rows = term.cells.rows;
    out.points = points;
    out.rules = real.rules;
    for (std::size_t c = 0; c < points.size(); ++c) {
      bool declared = !term.pair && candidate(term).declared[c];
      bool empty = real.weights[c] <= 1e-4;  // a cell without rows has no say
      int near = static_cast<int>(std::floor(real.points[c]));
      out.least.push_back(declared || empty ? points[c] : std::min(points[c], near - kRadius));
      out.most.push_back(declared || empty ? points[c] : std::max(points[c], near + 1 + kRadius));
    }
    return out;
  }

  // From the whole points of the joint fit; from the best rounding when that ends lower.
  void polish_from(const CellFit& joint, const StagedCard& rounded) {
    Result<StagedCard> card = whole(joint);
    // With an anchor the points of the joint fit can leave the range where those of the separate
    // one did not.
    if (card) polish_into_place(std::move(card->card));
    if (!card || out_.whole.log_loss > rounded.stage.log_loss) polish_into_place(rounded.card);
  }

  void polish_into_place(PointCard card) {
    PolishRules rules;
    rules.sum = {plan_.scaling.lowest, plan_.scaling.highest,
                 plan_.scaling.anchor ? RangeSum::Fit::inside : RangeSum::Fit::exact};
    rules.refit_scaling = !plan_.scaling.anchor;
    out_.polished = polish(card, history_, rules);
    out_.whole = stage_of(groups_of(card), card.scaling);
    out_.points = std::move(card);
  }

  void bound_or_note(const CellFit& best, const CardFitOptions& options) {
    if (too_large())
      out_.notes.push_back(
          fmt::format("with more than {} cells the points are polished from beta * "
                      "woe, and no lower bound of the log-loss is given",
                      kMostCells));
    else if (options.lower_bound)
      set_lower_bound(best);
  }

  // The convex problem without ridge, whole numbers, gaps and range.
  void set_lower_bound(const CellFit& start) {
    // What is left is taken off, so that it may be as much as the last digit that is shown. Where
    // cells part the outcomes wholly, the fit's limits can hold it above the card itself.
    const CellFit free = model().fit(cell_terms(Ridge::none), start, {.tolerance = 1e-7});
    out_.lower_bound = std::min(least_log_loss(free, history_.total), out_.whole.log_loss);
  }

  const std::vector<Candidate>& candidates_;
  const Selected& selected_;
  const History& history_;
  const TrainingPlan& plan_;
  FittedCard out_;
  std::optional<CellModel> model_;  // of the terms of `out_`
};

}  // namespace

double least_log_loss(const CellFit& free, double weight) {
  return free.converged ? std::max(0.0, (free.loss - 2 * free.left) / weight) : 0;
}

std::vector<double> additive_log_odds(const std::vector<Candidate>& candidates,
                                      const Selected& selected, const History& history,
                                      const TrainingPlan& plan) {
  return CardFit(candidates, selected, history, plan).additive_log_odds();
}

Result<FittedCard> fit_card(const std::vector<Candidate>& candidates, const Selected& selected,
                            std::vector<PairTable> pairs, const History& history,
                            const TrainingPlan& plan, const CardFitOptions& options) {
  return CardFit(candidates, selected, history, plan).run(std::move(pairs), options);
}

}  // namespace credence
