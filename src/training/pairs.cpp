#include <credence/regression/parallel.h>
#include <credence/regression/auc.h>
#include <credence/training/pairs.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace credence {

namespace {

// A variable of more cells than this is seen in so many steps, which bounds a search's work.
constexpr int kSteps = 32;
// What a cell must add to a table's score: by chance alone a cell adds one.
constexpr double kPerCell = 2;

// The cells of a variable in a row, joined into steps: numbers in their natural order, special
// codes and absence last; texts by weight of evidence. A group of a table is a run of steps.
struct Steps {
  std::vector<std::uint16_t> of_cell;
  std::size_t count = 0;
};

Steps steps_of(const Candidate& candidate, int most) {
  std::vector<std::size_t> order(candidate.woe.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (candidate.binning.cells.kind() == Column::Kind::text)
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return candidate.woe[a] < candidate.woe[b];
    });
  bool few = order.size() <= static_cast<std::size_t>(most);
  double total = std::accumulate(candidate.weights.begin(), candidate.weights.end(), 0.0);
  double share = few ? 0 : total / most, gathered = 0;
  Steps out{std::vector<std::uint16_t>(order.size()), 0};
  for (std::size_t i = 0; i < order.size(); ++i) {
    // A new step when this one is full, or would be further from its share with the next cell.
    bool full = i > 0 && (few || gathered + candidate.weights[order[i]] / 2 >= share);
    if (full && out.count + 1 < static_cast<std::size_t>(most)) {
      ++out.count;
      gathered = 0;
    }
    gathered += candidate.weights[order[i]];
    out.of_cell[order[i]] = static_cast<std::uint16_t>(out.count);
  }
  ++out.count;
  return out;
}

// Sums over rows of each cell of a grid: what a step of Newton's method from 0 needs.
struct Sums {
  std::vector<double> gradient, curvature;

  explicit Sums(std::size_t cells) : gradient(cells, 0.0), curvature(cells, 0.0) {}
  double step(std::size_t cell, double ridge) const {
    return -gradient[cell] / (curvature[cell] + ridge);
  }
};

// Which steps of the two variables begin a group.
struct Cuts {
  std::vector<std::uint8_t> first, second;
};

std::vector<std::uint16_t> groups_of(std::span<const std::uint8_t> cuts) {
  std::vector<std::uint16_t> out(cuts.size(), 0);
  for (std::size_t i = 1; i < cuts.size(); ++i)
    out[i] = static_cast<std::uint16_t>(out[i - 1] + cuts[i]);
  return out;
}

// The sums of a grid of steps over the groups of a table.
Sums grouped(const Sums& grid, const Cuts& cuts) {
  std::vector<std::uint16_t> first = groups_of(cuts.first), second = groups_of(cuts.second);
  std::size_t width = second.back() + std::size_t{1};
  Sums out((first.back() + std::size_t{1}) * width);
  for (std::size_t i = 0, at = 0; i < first.size(); ++i)
    for (std::size_t j = 0; j < second.size(); ++j, ++at) {
      out.gradient[first[i] * width + second[j]] += grid.gradient[at];
      out.curvature[first[i] * width + second[j]] += grid.curvature[at];
    }
  return out;
}

// Twice the log-loss that the table takes off these rows, to the second order, less what its cells
// must add.
double score(const Sums& grid, const Cuts& cuts, double ridge) {
  Sums sums = grouped(grid, cuts);
  double out = 0;
  for (std::size_t cell = 0; cell < sums.gradient.size(); ++cell)
    out -= sums.gradient[cell] * sums.step(cell, ridge) + kPerCell;
  return out;
}

// From one group each, the cut of either variable that raises the score most, as long as one does.
class CutSearch {
 public:
  CutSearch(const Sums& grid, std::size_t first, std::size_t second,
            const TrainingPlan::Pairs& rules)
      : grid_(grid),
        rules_(rules),
        cuts_{std::vector<std::uint8_t>(first, 0), std::vector<std::uint8_t>(second, 0)} {}

  Cuts run() {
    for (double now = 0;;) {
      bool flat = groups_[0] < 2 || groups_[1] < 2;  // not yet a table of two: any cut will do
      double best = flat ? -std::numeric_limits<double>::infinity() : now;
      std::uint8_t* chosen = nullptr;
      if (has_room(0)) try_cuts(cuts_.first, best, chosen);
      if (has_room(1)) try_cuts(cuts_.second, best, chosen);
      if (!chosen) return std::move(cuts_);
      *chosen = 1;
      now = best;
      groups_[0] = groups_of(cuts_.first).back() + std::size_t{1};
      groups_[1] = groups_of(cuts_.second).back() + std::size_t{1};
    }
  }

 private:
  bool has_room(std::size_t side) const {
    return groups_[side] < static_cast<std::size_t>(rules_.groups);
  }

  void try_cuts(std::vector<std::uint8_t>& cuts, double& best, std::uint8_t*& chosen) {
    for (std::size_t i = 1; i < cuts.size(); ++i) {
      if (cuts[i]) continue;
      cuts[i] = 1;
      double got = score(grid_, cuts_, rules_.ridge);
      cuts[i] = 0;
      if (!(got > best)) continue;
      best = got;
      chosen = &cuts[i];
    }
  }

  const Sums& grid_;
  const TrainingPlan::Pairs& rules_;
  Cuts cuts_;
  std::size_t groups_[2] = {1, 1};
};

// Shrunken log-odds of each cell of a table on all rows.
std::vector<double> fit_table(const PairTable& pair, const History& history,
                              std::span<const double> log_odds, double ridge) {
  std::vector<double> added(pair.cells(), 0.0);
  for (int round = 0; round < 3; ++round) {
    Sums sums(pair.cells());
    for (std::size_t row = 0; row < history.rows(); ++row) {
      std::uint16_t cell = pair.rows[row];
      double p = logistic(log_odds[row] + added[cell]);
      sums.gradient[cell] += history.weights[row] * (p - history.bad[row]);
      sums.curvature[cell] += history.weights[row] * p * (1 - p);
    }
    for (std::size_t cell = 0; cell < added.size(); ++cell) {
      double step = (sums.gradient[cell] + ridge * added[cell]) / (sums.curvature[cell] + ridge);
      added[cell] -= std::clamp(step, -1.0, 1.0);
    }
  }
  return added;
}

class PairSearch {
 public:
  PairSearch(const std::vector<Candidate>& candidates, const std::vector<std::size_t>& pool,
             const History& history, const TrainingPlan& plan)
      : candidates_(candidates), pool_(pool), history_(history), plan_(plan) {
    for (std::size_t i : pool)
      steps_.push_back(steps_of(candidates[i], std::max(kSteps, plan.pairs.groups)));
    folds_ = stratified_folds(history.bad, plan.folds, plan.seed);
    for (std::size_t a = 0; a < pool.size(); ++a)
      for (std::size_t b = a + 1; b < pool.size(); ++b)
        if (steps_[a].count > 1 && steps_[b].count > 1) open_.push_back({a, b});
  }

  std::vector<PairTable> run(std::vector<double> log_odds) {
    std::vector<PairTable> found;
    while (found.size() < static_cast<std::size_t>(plan_.pairs.most) && !open_.empty()) {
      set_residuals(log_odds);
      std::optional<Open> best = most_promising();
      if (!best) break;
      PairTable pair = table(*best, cuts_of(*best, total(grids(*best), -1)));
      pair.gain = held_out_auc(*best, log_odds) - auc(history_, log_odds);
      std::vector<double> added = fit_table(pair, history_, log_odds, plan_.pairs.ridge);
      for (std::size_t row = 0; row < log_odds.size(); ++row)
        log_odds[row] += added[pair.rows[row]];
      found.push_back(std::move(pair));
    }
    found.resize(worth_keeping(found));
    return found;
  }

 private:
  struct Open {
    std::size_t a = 0, b = 0;  // positions in pool_
  };

  void set_residuals(std::span<const double> log_odds) {
    gradient_.resize(log_odds.size());
    curvature_.resize(log_odds.size());
    for (std::size_t row = 0; row < log_odds.size(); ++row) {
      double p = logistic(log_odds[row]);
      gradient_[row] = history_.weights[row] * (p - history_.bad[row]);
      curvature_[row] = history_.weights[row] * p * (1 - p);
    }
  }

  // The sums of the steps of two variables over the rows of each fold.
  std::vector<Sums> grids(const Open& open) const {
    const Steps &first = steps_[open.a], &second = steps_[open.b];
    const Candidate& a = candidates_[pool_[open.a]];
    const Candidate& b = candidates_[pool_[open.b]];
    std::vector<Sums> out(static_cast<std::size_t>(plan_.folds), Sums(first.count * second.count));
    for (std::size_t row = 0; row < gradient_.size(); ++row) {
      std::size_t cell = first.of_cell[a.rows[row]] * second.count + second.of_cell[b.rows[row]];
      Sums& sums = out[folds_[row]];
      sums.gradient[cell] += gradient_[row];
      sums.curvature[cell] += curvature_[row];
    }
    return out;
  }

  // Of all folds but one (none is left out with -1).
  static Sums total(const std::vector<Sums>& grids, int left_out) {
    Sums out(grids[0].gradient.size());
    for (std::size_t fold = 0; fold < grids.size(); ++fold) {
      if (static_cast<int>(fold) == left_out) continue;
      for (std::size_t cell = 0; cell < out.gradient.size(); ++cell) {
        out.gradient[cell] += grids[fold].gradient[cell];
        out.curvature[cell] += grids[fold].curvature[cell];
      }
    }
    return out;
  }

  Cuts cuts_of(const Open& open, const Sums& grid) const {
    return CutSearch(grid, steps_[open.a].count, steps_[open.b].count, plan_.pairs).run();
  }

  // Log-loss, to the second order, that a table takes off rows that neither its cuts nor its
  // log-odds have seen.
  double held_out_gain(const Open& open) const {
    std::vector<Sums> folds = grids(open);
    double out = 0;
    for (int fold = 0; fold < plan_.folds; ++fold) {
      Sums outside = total(folds, fold);
      Cuts cuts = cuts_of(open, outside);
      Sums fitted = grouped(outside, cuts);
      Sums tried = grouped(folds[static_cast<std::size_t>(fold)], cuts);
      for (std::size_t cell = 0; cell < tried.gradient.size(); ++cell) {
        double added = fitted.step(cell, plan_.pairs.ridge);
        out -= added * (tried.gradient[cell] + tried.curvature[cell] * added / 2);
      }
    }
    return out;
  }

  // Takes the pair with the largest gain out of those that are open, if any gains.
  std::optional<Open> most_promising() {
    std::vector<double> gains(open_.size());
    in_parallel(open_.size(), plan_.threads,
                [&](std::size_t i) { gains[i] = held_out_gain(open_[i]); });
    auto best = std::max_element(gains.begin(), gains.end());
    if (!(*best > 0)) return std::nullopt;
    auto at = open_.begin() + (best - gains.begin());
    Open out = *at;
    open_.erase(at);
    return out;
  }

  PairTable table(const Open& open, const Cuts& cuts) const {
    PairTable pair;
    pair.first = pool_[open.a];
    pair.second = pool_[open.b];
    std::vector<std::uint16_t> first = groups_of(cuts.first), second = groups_of(cuts.second);
    for (std::uint16_t step : steps_[open.a].of_cell) pair.first_group.push_back(first[step]);
    for (std::uint16_t step : steps_[open.b].of_cell) pair.second_group.push_back(second[step]);
    pair.first_groups = first.back() + std::size_t{1};
    pair.second_groups = second.back() + std::size_t{1};
    pair.rows.resize(history_.rows());
    pair.weights.assign(pair.cells(), 0.0);
    const Candidate &a = candidates_[pair.first], &b = candidates_[pair.second];
    for (std::size_t row = 0; row < pair.rows.size(); ++row) {
      std::size_t cell =
          pair.first_group[a.rows[row]] * pair.second_groups + pair.second_group[b.rows[row]];
      pair.rows[row] = static_cast<std::uint16_t>(cell);
      pair.weights[cell] += history_.weights[row];
    }
    return pair;
  }

  double held_out_auc(const Open& open, std::span<const double> log_odds) const {
    std::vector<Sums> folds = grids(open);
    std::vector<double> risk(log_odds.begin(), log_odds.end());
    for (int fold = 0; fold < plan_.folds; ++fold) {
      Sums outside = total(folds, fold);
      Cuts cuts = cuts_of(open, outside);
      Sums fitted = grouped(outside, cuts);
      PairTable pair = table(open, cuts);
      for (std::size_t row = 0; row < risk.size(); ++row)
        if (folds_[row] == fold) risk[row] += fitted.step(pair.rows[row], plan_.pairs.ridge);
    }
    return auc(history_, risk);
  }

  // The number of tables whose gains, each less what it must at least be, sum to the most: a weak
  // table stays when those after it make up for it.
  std::size_t worth_keeping(const std::vector<PairTable>& found) const {
    std::size_t keep = 0;
    double sum = 0, best = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      sum += found[i].gain - plan_.pairs.min_gain;
      if (!(sum > best)) continue;
      best = sum;
      keep = i + 1;
    }
    return keep;
  }

  const std::vector<Candidate>& candidates_;
  const std::vector<std::size_t>& pool_;
  const History& history_;
  const TrainingPlan& plan_;
  std::vector<Steps> steps_;
  std::vector<std::uint8_t> folds_;
  std::vector<Open> open_;
  std::vector<double> gradient_, curvature_;  // of each row's loss, in its log-odds
};

}  // namespace

std::vector<PairTable> find_pairs(const std::vector<Candidate>& candidates,
                                  const std::vector<std::size_t>& pool, const History& history,
                                  std::vector<double> log_odds, const TrainingPlan& plan) {
  if (plan.pairs.most <= 0) return {};
  return PairSearch(candidates, pool, history, plan).run(std::move(log_odds));
}

}  // namespace credence
