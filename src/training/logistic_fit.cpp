#include <credence/training/logistic_fit.h>
#include <credence/training/parallel.h>
#include <credence/training/row_losses.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace credence {

namespace {

// Four running sums, so that the next product need not wait for the last sum.
double dot(std::span<const double> a, std::span<const double> b) {
  double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  std::size_t i = 0;
  for (; i + 3 < a.size(); i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (; i < a.size(); ++i) s0 += a[i] * b[i];
  return (s0 + s1) + (s2 + s3);
}

double sum(std::span<const double> a) {
  double s = 0;
  for (double x : a) s += x;
  return s;
}

// The parameters are the intercept, then one beta per column.
class LogisticObjective {
 public:
  explicit LogisticObjective(const LogisticProblem& problem)
      : problem_(problem), losses_(problem.history) {}

  double value(std::span<const double> at) {
    place(at);
    double loss = loss_;
    for (std::size_t j = 0; j < problem_.columns.size(); ++j)
      loss += problem_.penalties[j] * at[j + 1] * at[j + 1] / 2;
    return loss;
  }

  void slope(std::span<const double> at, std::vector<double>& gradient) {
    place(at);
    gradient[0] = sum(losses_.slope());
    for (std::size_t j = 0; j < problem_.columns.size(); ++j)
      gradient[j + 1] =
          dot(losses_.slope(), problem_.columns[j]) + problem_.penalties[j] * at[j + 1];
  }

  void curvature(std::span<const double> at, Matrix& hessian) {
    place(at);
    std::span<const double> spread = losses_.curvature();
    hessian(0, 0) = sum(spread);
    in_parallel(problem_.columns.size(), problem_.threads, [&](std::size_t j) {
      std::span<const double> x = problem_.columns[j];
      std::vector<double> spread_x(x.size());
      for (std::size_t row = 0; row < x.size(); ++row) spread_x[row] = spread[row] * x[row];
      hessian(j + 1, 0) = hessian(0, j + 1) = sum(spread_x);
      for (std::size_t k = 0; k <= j; ++k)
        hessian(j + 1, k + 1) = hessian(k + 1, j + 1) = dot(spread_x, problem_.columns[k]);
      hessian(j + 1, j + 1) += problem_.penalties[j];
    });
  }

  std::vector<double> log_odds(std::span<const double> at) {
    place(at);
    return {losses_.log_odds().begin(), losses_.log_odds().end()};
  }

 private:
  void place(std::span<const double> at) {
    if (std::ranges::equal(at, at_)) return;
    at_.assign(at.begin(), at.end());
    std::span<double> log_odds = losses_.log_odds();
    std::fill(log_odds.begin(), log_odds.end(), at[0]);
    for (std::size_t j = 0; j < problem_.columns.size(); ++j) {
      double beta = at[j + 1];
      if (beta == 0) continue;
      std::span<const double> x = problem_.columns[j];
      for (std::size_t row = 0; row < x.size(); ++row) log_odds[row] += beta * x[row];
    }
    loss_ = losses_.evaluate();
  }

  const LogisticProblem& problem_;
  RowLosses losses_;
  std::vector<double> at_;  // where the losses are
  double loss_ = 0;
};

// From the inverse of the Hessian over the parameters that are not at a limit.
std::vector<double> standard_errors(const LogisticProblem& problem, const BoxOptimum& optimum) {
  std::size_t n = problem.columns.size();
  std::vector<std::size_t> free = {0};
  for (std::size_t j = 0; j < n; ++j)
    if (optimum.at[j + 1] > problem.lower[j] && optimum.at[j + 1] < problem.upper[j])
      free.push_back(j + 1);
  Matrix part(free.size());
  for (std::size_t a = 0; a < free.size(); ++a)
    for (std::size_t b = 0; b < free.size(); ++b) part(a, b) = optimum.hessian(free[a], free[b]);
  Matrix covariance = inverse(part);
  std::vector<double> errors(n, 0.0);
  for (std::size_t a = 1; a < free.size() && covariance.size > 0; ++a)
    errors[free[a] - 1] = std::sqrt(std::max(0.0, covariance(a, a)));
  return errors;
}

double base_log_odds(const History& history) {
  double bad = 0;
  for (std::size_t row = 0; row < history.rows(); ++row)
    bad += history.bad[row] ? history.weights[row] : 0;
  return std::log((bad + 0.5) / (history.total - bad + 0.5));
}

}  // namespace

LogisticFit fit_logistic(const LogisticProblem& problem) {
  LogisticObjective objective(problem);
  ConvexProblem convex;
  convex.value = [&](std::span<const double> at) { return objective.value(at); };
  convex.slope = [&](std::span<const double> at, std::vector<double>& gradient) {
    objective.slope(at, gradient);
  };
  convex.curvature = [&](std::span<const double> at, Matrix& hessian) {
    objective.curvature(at, hessian);
  };
  double infinity = std::numeric_limits<double>::infinity();
  convex.lower = {-infinity};
  convex.upper = {infinity};
  convex.lower.insert(convex.lower.end(), problem.lower.begin(), problem.lower.end());
  convex.upper.insert(convex.upper.end(), problem.upper.begin(), problem.upper.end());
  std::vector<double> start(problem.columns.size() + 1, 0.0);
  start[0] = base_log_odds(problem.history);
  BoxOptimum optimum = minimise(convex, std::move(start), {.tolerance = 1e-13});
  LogisticFit fit;
  fit.intercept = optimum.at[0];
  fit.betas.assign(optimum.at.begin() + 1, optimum.at.end());
  fit.standard_errors = standard_errors(problem, optimum);
  fit.log_odds = objective.log_odds(optimum.at);
  fit.converged = optimum.converged;
  return fit;
}

Moments moments(const History& history, std::span<const double> column) {
  Moments out;
  double total = sum(history.weights);
  out.mean = dot(history.weights, column) / total;
  double squares = 0;
  for (std::size_t row = 0; row < column.size(); ++row) {
    double d = column[row] - out.mean;
    squares += history.weights[row] * d * d;
  }
  out.deviation = std::sqrt(squares / total);
  return out;
}

Matrix correlations(const History& history, const std::vector<std::span<const double>>& columns,
                    unsigned threads) {
  std::size_t n = columns.size();
  std::vector<Moments> of(n);
  in_parallel(n, threads, [&](std::size_t j) { of[j] = moments(history, columns[j]); });
  Matrix out(n);
  double total = sum(history.weights);
  in_parallel(n, threads, [&](std::size_t j) {
    std::vector<double> centred(history.rows());
    for (std::size_t row = 0; row < history.rows(); ++row)
      centred[row] = history.weights[row] * (columns[j][row] - of[j].mean);
    out(j, j) = 1;
    for (std::size_t k = 0; k < j; ++k) {
      double scale = of[j].deviation * of[k].deviation * total;
      double r = scale > 0 ? dot(centred, columns[k]) / scale : 0;
      out(j, k) = out(k, j) = std::clamp(r, -1.0, 1.0);
    }
  });
  return out;
}

}  // namespace credence
