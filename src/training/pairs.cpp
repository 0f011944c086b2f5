#include <credence/training/pairs.h>
#include <credence/training/parallel.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace credence {

namespace {

constexpr std::size_t kScreened = 12;  // pairs that are tried on held-out rows in each round

// Neighbours in weight of evidence are joined until each group has its share of the rows.
struct Grouping {
  std::vector<std::uint16_t> of_cell;
  std::size_t groups = 0;
};

Grouping group_cells(const Candidate& candidate, int most) {
  std::vector<std::size_t> order(candidate.woe.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return candidate.woe[a] < candidate.woe[b];
  });
  double total = std::accumulate(candidate.weights.begin(), candidate.weights.end(), 0.0);
  double share = total / most, gathered = 0;
  Grouping out{std::vector<std::uint16_t>(order.size()), 0};
  for (std::size_t cell : order) {
    // A new group when this one is full, or would be further from its share with the next cell.
    bool full = gathered > 0 && gathered + candidate.weights[cell] / 2 >= share;
    if (full && out.groups + 1 < static_cast<std::size_t>(most)) {
      ++out.groups;
      gathered = 0;
    }
    gathered += candidate.weights[cell];
    out.of_cell[cell] = static_cast<std::uint16_t>(out.groups);
  }
  ++out.groups;
  return out;
}

// Sums of a table's cells that a step of Newton's method needs.
struct CellSums {
  std::vector<double> gradient, curvature;
};

CellSums cell_sums(const PairTable& pair, const History& history, std::span<const double> log_odds,
                   std::span<const double> added, std::span<const std::uint8_t> folds,
                   int left_out) {
  CellSums sums{std::vector<double>(pair.cells(), 0.0), std::vector<double>(pair.cells(), 0.0)};
  for (std::size_t row = 0; row < history.rows(); ++row) {
    if (folds[row] == left_out) continue;
    std::uint16_t cell = pair.rows[row];
    double p = logistic(log_odds[row] + added[cell]);
    sums.gradient[cell] += history.weights[row] * (p - history.bad[row]);
    sums.curvature[cell] += history.weights[row] * p * (1 - p);
  }
  return sums;
}

// Shrunken log-odds of each cell on the rows outside one fold (none is left out with -1).
std::vector<double> fit_table(const PairTable& pair, const History& history,
                              std::span<const double> log_odds, std::span<const std::uint8_t> folds,
                              int left_out, double ridge) {
  std::vector<double> added(pair.cells(), 0.0);
  for (int round = 0; round < 3; ++round) {
    CellSums sums = cell_sums(pair, history, log_odds, added, folds, left_out);
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
    for (std::size_t i : pool) groupings_.push_back(group_cells(candidates[i], plan.pairs.groups));
    folds_ = stratified_folds(history.bad, plan.folds, plan.seed);
    for (std::size_t a = 0; a < pool.size(); ++a)
      for (std::size_t b = a + 1; b < pool.size(); ++b)
        if (groupings_[a].groups > 1 && groupings_[b].groups > 1) open_.push_back({a, b, 0});
  }

  std::vector<PairTable> run(std::vector<double> log_odds) {
    std::vector<PairTable> found;
    while (found.size() < static_cast<std::size_t>(plan_.pairs.most) && !open_.empty()) {
      screen(log_odds);
      std::optional<PairTable> best = best_held_out(log_odds);
      if (!best) break;
      std::vector<double> added = fit_table(*best, history_, log_odds, folds_, -1, ridge());
      for (std::size_t row = 0; row < log_odds.size(); ++row)
        log_odds[row] += added[best->rows[row]];
      found.push_back(std::move(*best));
    }
    return found;
  }

 private:
  struct Open {
    std::size_t a = 0, b = 0;  // positions in pool_
    double promise = 0;
  };

  double ridge() const { return plan_.pairs.ridge; }

  PairTable table(const Open& open) const {
    PairTable pair;
    pair.first = pool_[open.a];
    pair.second = pool_[open.b];
    pair.first_group = groupings_[open.a].of_cell;
    pair.second_group = groupings_[open.b].of_cell;
    pair.first_groups = groupings_[open.a].groups;
    pair.second_groups = groupings_[open.b].groups;
    pair.rows.resize(history_.rows());
    pair.weights.assign(pair.cells(), 0.0);
    const Candidate &first = candidates_[pair.first], &second = candidates_[pair.second];
    for (std::size_t row = 0; row < pair.rows.size(); ++row) {
      std::size_t cell = pair.first_group[first.rows[row]] * pair.second_groups +
                         pair.second_group[second.rows[row]];
      pair.rows[row] = static_cast<std::uint16_t>(cell);
      pair.weights[cell] += history_.weights[row];
    }
    return pair;
  }

  // What a table could gain, less one per cell, which is what chance alone gives on average.
  void screen(std::span<const double> log_odds) {
    in_parallel(open_.size(), plan_.threads, [&](std::size_t i) {
      PairTable pair = table(open_[i]);
      std::vector<double> none(pair.cells(), 0.0);
      CellSums sums = cell_sums(pair, history_, log_odds, none, folds_, -1);
      open_[i].promise = 0;
      for (std::size_t cell = 0; cell < none.size(); ++cell) {
        double g = sums.gradient[cell], h = sums.curvature[cell] + ridge();
        open_[i].promise += g * g / h - sums.curvature[cell] / h;
      }
    });
    std::stable_sort(open_.begin(), open_.end(),
                     [](const Open& x, const Open& y) { return x.promise > y.promise; });
  }

  double held_out_auc(const PairTable& pair, std::span<const double> log_odds) const {
    std::vector<double> risk(log_odds.begin(), log_odds.end());
    for (int fold = 0; fold < plan_.folds; ++fold) {
      std::vector<double> added = fit_table(pair, history_, log_odds, folds_, fold, ridge());
      for (std::size_t row = 0; row < risk.size(); ++row)
        if (folds_[row] == fold) risk[row] += added[pair.rows[row]];
    }
    return auc(history_, risk);
  }

  std::optional<PairTable> best_held_out(std::span<const double> log_odds) {
    double before = auc(history_, log_odds);
    std::size_t count = std::min(kScreened, open_.size());
    std::vector<PairTable> tables(count);
    in_parallel(count, plan_.threads, [&](std::size_t i) {
      tables[i] = table(open_[i]);
      tables[i].gain = held_out_auc(tables[i], log_odds) - before;
    });
    std::size_t best = 0;
    for (std::size_t i = 1; i < count; ++i)
      if (tables[i].gain > tables[best].gain) best = i;
    if (!(tables[best].gain >= plan_.pairs.min_gain)) return std::nullopt;
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(best));
    return std::move(tables[best]);
  }

  const std::vector<Candidate>& candidates_;
  const std::vector<std::size_t>& pool_;
  const History& history_;
  const TrainingPlan& plan_;
  std::vector<Grouping> groupings_;
  std::vector<std::uint8_t> folds_;
  std::vector<Open> open_;
};

}  // namespace

std::vector<PairTable> find_pairs(const std::vector<Candidate>& candidates,
                                  const std::vector<std::size_t>& pool, const History& history,
                                  std::vector<double> log_odds, const TrainingPlan& plan) {
  if (plan.pairs.most <= 0) return {};
  return PairSearch(candidates, pool, history, plan).run(std::move(log_odds));
}

}  // namespace credence
