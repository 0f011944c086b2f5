#include <credence/training/cell_model.h>
#include <credence/training/parallel.h>
#include <credence/training/row_losses.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace credence {

namespace {

// A cell of goods alone would go to minus infinity; no card has use for more than this between two
// neighbouring bins.
constexpr double kLargest = 30;

// Sums of the rows' values by cell. Where rows are many, four tables take turns, so that an
// addition need not wait for the one before it to the same cell.
template <class CellOf>
std::vector<double> sums_by_cell(std::span<const double> values, std::size_t cells,
                                 const CellOf& cell_of) {
  constexpr std::size_t turns = 4;
  if (values.size() < turns * cells) {
    std::vector<double> sums(cells);
    for (std::size_t row = 0; row < values.size(); ++row) sums[cell_of(row)] += values[row];
    return sums;
  }
  std::vector<double> sums(turns * cells);
  std::size_t row = 0;
  for (; row + turns <= values.size(); row += turns)
    for (std::size_t k = 0; k < turns; ++k) sums[turns * cell_of(row + k) + k] += values[row + k];
  for (; row < values.size(); ++row) sums[turns * cell_of(row)] += values[row];
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const double* of = &sums[turns * cell];
    sums[cell] = (of[0] + of[1]) + (of[2] + of[3]);
  }
  sums.resize(cells);
  return sums;
}

class CellObjective {
 public:
  CellObjective(const History& history, const std::vector<CellTerm>& terms, unsigned threads)
      : terms_(terms), threads_(threads), losses_(history) {
    std::size_t first = 1;
    for (const CellTerm& term : terms) {
      first_.push_back(first);
      first += term.cells;
    }
    size_ = first;
  }

  std::size_t size() const { return size_; }

  // Increments of ordered bins to log-odds of cells, in place, and back.
  std::vector<double> cells_of(std::span<const double> at) const {
    std::vector<double> cells(at.begin(), at.end());
    for (std::size_t t = 0; t < terms_.size(); ++t)
      for (std::size_t b = 1; b <= terms_[t].direction.size(); ++b)
        cells[first_[t] + b] += cells[first_[t] + b - 1];
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

  double loss(std::span<const double> cells) {
    place(cells);
    return loss_;
  }

  double value(std::span<const double> at) {
    std::vector<double> cells = cells_of(at);
    double out = loss(cells);
    for (std::size_t t = 0; t < terms_.size(); ++t) {
      for (std::size_t b = 0; b < terms_[t].cells; ++b) {
        double off = cells[first_[t] + b] - terms_[t].target[b];
        out += terms_[t].penalty[b] * off * off / 2;
      }
    }
    return out;
  }

  void slope(std::span<const double> at, std::vector<double>& gradient) {
    std::vector<double> cells = cells_of(at);
    place(cells);
    std::fill(gradient.begin(), gradient.end(), 0.0);
    std::span<const double> slope = losses_.slope();
    for (double of_row : slope) gradient[0] += of_row;
    for (std::size_t t = 0; t < terms_.size(); ++t) {
      double* mine = &gradient[first_[t]];
      const std::uint16_t* rows = terms_[t].rows.data();
      const std::vector<double> sums =
          sums_by_cell(slope, terms_[t].cells, [rows](std::size_t row) { return rows[row]; });
      for (std::size_t b = 0; b < terms_[t].cells; ++b)
        mine[b] = sums[b] + terms_[t].penalty[b] * (cells[first_[t] + b] - terms_[t].target[b]);
      for (std::size_t b = terms_[t].direction.size(); b >= 1; --b) mine[b - 1] += mine[b];
    }
  }

  void curvature(std::span<const double> at, Matrix& hessian) {
    place(cells_of(at));
    std::fill(hessian.at.begin(), hessian.at.end(), 0.0);
    for (double of_row : losses_.curvature()) hessian(0, 0) += of_row;
    in_parallel(terms_.size(), threads_, [&](std::size_t t) {
      scatter(t, losses_.curvature(), hessian);
      for (std::size_t b = 0; b < terms_[t].cells; ++b)
        hessian(first_[t] + b, first_[t] + b) += terms_[t].penalty[b];
    });
    mirror(hessian);
    accumulate_increments(hessian);
  }

 private:
  void place(std::span<const double> cells) {
    if (std::ranges::equal(cells, at_)) return;
    at_.assign(cells.begin(), cells.end());
    std::span<double> log_odds = losses_.log_odds();
    std::fill(log_odds.begin(), log_odds.end(), cells[0]);
    for (std::size_t t = 0; t < terms_.size(); ++t) {
      const double* values = &cells[first_[t]];
      const std::uint16_t* rows = terms_[t].rows.data();
      for (std::size_t row = 0; row < log_odds.size(); ++row) log_odds[row] += values[rows[row]];
    }
    loss_ = losses_.evaluate();
  }

  // Rows of the Hessian that belong to term t, up to its own columns.
  void scatter(std::size_t t, std::span<const double> spread, Matrix& hessian) const {
    const std::uint16_t* mine = terms_[t].rows.data();
    const std::size_t cells = terms_[t].cells;
    const std::vector<double> own =
        sums_by_cell(spread, cells, [mine](std::size_t row) { return mine[row]; });
    for (std::size_t b = 0; b < cells; ++b)
      hessian(first_[t] + b, 0) = hessian(first_[t] + b, first_[t] + b) = own[b];
    for (std::size_t u = 0; u < t; ++u) {
      const std::uint16_t* theirs = terms_[u].rows.data();
      const std::size_t width = terms_[u].cells;
      const std::vector<double> block = sums_by_cell(
          spread, cells * width,
          [mine, theirs, width](std::size_t row) { return mine[row] * width + theirs[row]; });
      for (std::size_t b = 0; b < cells; ++b)
        std::copy_n(&block[b * width], width, &hessian(first_[t] + b, first_[u]));
    }
  }

  static void mirror(Matrix& hessian) {
    for (std::size_t i = 0; i < hessian.size; ++i)
      for (std::size_t j = 0; j < i; ++j) hessian(j, i) = hessian(i, j);
  }

  // An increment moves its bin and all later ones: sums from the last bin on.
  void accumulate_increments(Matrix& hessian) const {
    for (std::size_t t = 0; t < terms_.size(); ++t) {
      for (std::size_t b = terms_[t].direction.size(); b >= 1; --b) {
        std::size_t to = first_[t] + b - 1, from = to + 1;
        for (std::size_t j = 0; j < size_; ++j) hessian(to, j) += hessian(from, j);
      }
      for (std::size_t b = terms_[t].direction.size(); b >= 1; --b) {
        std::size_t to = first_[t] + b - 1, from = to + 1;
        for (std::size_t j = 0; j < size_; ++j) hessian(j, to) += hessian(j, from);
      }
    }
  }

  const std::vector<CellTerm>& terms_;
  unsigned threads_;
  RowLosses losses_;
  std::vector<double> at_;  // the cells whose losses they are
  double loss_ = 0;
  std::vector<std::size_t> first_;
  std::size_t size_ = 0;
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

}  // namespace

CellFit fit_cells(const History& history, const std::vector<CellTerm>& terms, const CellFit& start,
                  unsigned threads) {
  CellObjective objective(history, terms, threads);
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
      minimise(problem, objective.increments_of(start), {.rounds = 40, .tolerance = 1e-10});
  std::vector<double> cells = objective.cells_of(optimum.at);
  CellFit fit;
  fit.intercept = cells[0];
  std::size_t next = 1;
  for (const CellTerm& term : terms) {
    auto from = cells.begin() + static_cast<std::ptrdiff_t>(next);
    fit.log_odds.emplace_back(from, from + static_cast<std::ptrdiff_t>(term.cells));
    next += term.cells;
  }
  fit.loss = objective.loss(cells);
  fit.left = optimum.left;
  fit.converged = optimum.converged;
  return fit;
}

}  // namespace credence
