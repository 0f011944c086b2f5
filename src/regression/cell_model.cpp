#include <credence/regression/cell_losses.h>
#include <credence/regression/cell_model.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace credence {

namespace {

// A cell of goods alone would go to minus infinity; no card has use for more than this between two
// neighbouring bins.
constexpr double kLargest = 30;

class CellObjective {
 public:
  // `curvature`: of the loss by cells at an earlier point, or empty; left as it was computed last.
  CellObjective(const std::vector<CellTerm>& terms, CellLosses& losses, Matrix& curvature)
      : terms_(terms), losses_(losses), curvature_(curvature), is_fresh_(curvature.size == 0) {}

  // Increments of ordered bins to log-odds of cells, in place, and back.
  std::vector<double> cells_of(std::span<const double> at) const {
    std::vector<double> cells(at.begin(), at.end());
    for (std::size_t t = 0; t < terms_.size(); ++t)
      for (std::size_t b = 1; b <= terms_[t].direction.size(); ++b)
        cells[first(t) + b] += cells[first(t) + b - 1];
    return cells;
  }
  std::vector<double> increments_of(const CellFit& fit) const {
    std::vector<double> at = {fit.intercept};
    for (std::size_t t = 0; t < terms_.size(); ++t)
      for (std::size_t b = 0; b < terms_[t].cells; ++b)
        at.push_back(fit.log_odds[t][b] -
                     (b > 0 && b <= terms_[t].direction.size() ? fit.log_odds[t][b - 1] : 0));
    return at;
  }

  double last_loss() const { return loss_; }  // of the last point that was asked for

  double value(std::span<const double> at) {
    std::vector<double> cells = cells_of(at);
    place(cells);
    double out = loss_;
    for (std::size_t t = 0; t < terms_.size(); ++t) {
      for (std::size_t b = 0; b < terms_[t].cells; ++b) {
        double off = cells[first(t) + b] - terms_[t].target[b];
        out += terms_[t].penalty[b] * off * off / 2;
      }
    }
    return out;
  }

  void slope(std::span<const double> at, std::vector<double>& gradient) {
    std::vector<double> cells = cells_of(at);
    place(cells);
    gradient[0] = losses_.slope();
    std::ranges::copy(losses_.slope_by_cell(), gradient.begin() + 1);
    for (std::size_t t = 0; t < terms_.size(); ++t) {
      double* mine = &gradient[first(t)];
      for (std::size_t b = 0; b < terms_[t].cells; ++b)
        mine[b] += terms_[t].penalty[b] * (cells[first(t) + b] - terms_[t].target[b]);
      for (std::size_t b = terms_[t].direction.size(); b >= 1; --b) mine[b - 1] += mine[b];
    }
  }

  void curvature(std::span<const double> at, Matrix& hessian) {
    if (is_fresh_) compute_curvature(at, hessian.size);
    is_fresh_ = true;
    hessian = curvature_;
    for (std::size_t t = 0; t < terms_.size(); ++t)
      for (std::size_t b = 0; b < terms_[t].cells; ++b)
        hessian(first(t) + b, first(t) + b) += terms_[t].penalty[b];
    accumulate_increments(hessian);
  }

 private:
  void compute_curvature(std::span<const double> at, std::size_t size) {
    place(cells_of(at));
    curvature_ = Matrix(size);
    losses_.design().sum_by_pair(losses_.curvature(), curvature_, 1);
    for (double of_row : losses_.curvature()) curvature_(0, 0) += of_row;
    for (std::size_t i = 1; i < size; ++i) curvature_(i, 0) = curvature_(0, i) = curvature_(i, i);
  }

  // The parameters are the intercept, then the cells.
  std::size_t first(std::size_t term) const { return 1 + losses_.design().first(term); }

  void place(std::span<const double> cells) {
    if (std::ranges::equal(cells, at_)) return;
    at_.assign(cells.begin(), cells.end());
    loss_ = losses_.evaluate(cells[0], cells.subspan(1));
  }

  // An increment moves its bin and all later ones: sums from the last bin on.
  void accumulate_increments(Matrix& hessian) const {
    for (std::size_t t = 0; t < terms_.size(); ++t) {
      for (std::size_t b = terms_[t].direction.size(); b >= 1; --b) {
        std::size_t to = first(t) + b - 1, from = to + 1;
        for (std::size_t j = 0; j < hessian.size; ++j) hessian(to, j) += hessian(from, j);
      }
      for (std::size_t b = terms_[t].direction.size(); b >= 1; --b) {
        std::size_t to = first(t) + b - 1, from = to + 1;
        for (std::size_t j = 0; j < hessian.size; ++j) hessian(j, to) += hessian(j, from);
      }
    }
  }

  const std::vector<CellTerm>& terms_;
  CellLosses& losses_;
  Matrix& curvature_;
  bool is_fresh_;           // whether the next curvature must be computed
  std::vector<double> at_;  // the cells whose losses they are
  double loss_ = 0;
};

void set_limits(const std::vector<CellTerm>& terms, ConvexProblem& problem) {
  double infinity = std::numeric_limits<double>::infinity();
  problem.lower = {-infinity};
  problem.upper = {infinity};
  for (const CellTerm& term : terms) {
    for (std::size_t b = 0; b < term.cells; ++b) {
      bool increment = b > 0 && b <= term.direction.size();
      int direction = increment ? term.direction[b - 1] : 0;
      problem.lower.push_back(direction > 0 ? 0 : -kLargest);
      problem.upper.push_back(direction < 0 ? 0 : kLargest);
    }
  }
}

std::vector<CellsOfRows> designed(const std::vector<CellTerm>& terms) {
  std::vector<CellsOfRows> out;
  for (const CellTerm& term : terms) out.push_back({term.rows, term.cells});
  return out;
}

}  // namespace

CellModel::CellModel(const History& history, const std::vector<CellTerm>& terms, unsigned threads)
    : losses_(history, designed(terms), threads) {}

CellFit CellModel::fit(const std::vector<CellTerm>& terms, const CellFit& start,
                       const CellFitOptions& options) {
  CellObjective objective(terms, losses_, curvature_);
  ConvexProblem problem;
  problem.value = [&](std::span<const double> at) { return objective.value(at); };
  problem.slope = [&](std::span<const double> at, std::vector<double>& gradient) {
    objective.slope(at, gradient);
  };
  problem.curvature = [&](std::span<const double> at, Matrix& hessian) {
    objective.curvature(at, hessian);
  };
  set_limits(terms, problem);
  BoxOptimum optimum =
      minimise(problem, objective.increments_of(start),
               {.rounds = 40, .tolerance = options.tolerance, .confirm = options.confirm});
  std::vector<double> cells = objective.cells_of(optimum.at);
  CellFit fit;
  fit.intercept = cells[0];
  std::size_t next = 1;
  for (const CellTerm& term : terms) {
    auto from = cells.begin() + static_cast<std::ptrdiff_t>(next);
    fit.log_odds.emplace_back(from, from + static_cast<std::ptrdiff_t>(term.cells));
    next += term.cells;
  }
  fit.loss = objective.last_loss();
  fit.left = optimum.left;
  fit.converged = optimum.converged;
  return fit;
}

}  // namespace credence
