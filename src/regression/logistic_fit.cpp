#include <credence/regression/logistic_fit.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace credence {

namespace {

// The parameters are the intercept, then one beta per column.
class LogisticObjective {
 public:
  explicit LogisticObjective(const LogisticProblem& problem)
      : problem_(problem), losses_(problem.history, problem.columns) {}

  double value(std::span<const double> at) {
    place(at);
    double loss = loss_;
    for (std::size_t j = 0; j < problem_.columns.size(); ++j)
      loss += problem_.penalties[j] * at[j + 1] * at[j + 1] / 2;
    return loss;
  }

  void slope(std::span<const double> at, std::vector<double>& gradient) {
    place(at);
    gradient.assign(losses_.slope().begin(), losses_.slope().end());
    for (std::size_t j = 0; j < problem_.columns.size(); ++j)
      gradient[j + 1] += problem_.penalties[j] * at[j + 1];
  }

  void curvature(std::span<const double> at, Matrix& hessian) {
    place(at);
    hessian = losses_.curvature();
    for (std::size_t j = 0; j < problem_.columns.size(); ++j)
      hessian(j + 1, j + 1) += problem_.penalties[j];
  }

 private:
  void place(std::span<const double> at) {
    if (std::ranges::equal(at, at_)) return;
    at_.assign(at.begin(), at.end());
    loss_ = losses_.evaluate(at);
  }

  const LogisticProblem& problem_;
  ValuedLosses losses_;
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

ConvexProblem convex_of(LogisticObjective& objective, const LogisticProblem& problem) {
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
  return convex;
}

// One row of each eight, at a place that is drawn, so that no period of the rows shows.
constexpr std::size_t kPart = 8;
// Of few rows a part would tell too little, and Hessians cost nothing.
bool is_small(const LogisticProblem& problem) {
  return problem.history.rows() < 4000;
}
constexpr int kAlways = 1000;

struct Part {
  History history;
  std::vector<std::vector<std::uint16_t>> rows;  // per column
};

Part part_of(const LogisticProblem& problem) {
  const History& history = problem.history;
  std::vector<std::size_t> chosen;
  Draws draws(history.rows());
  for (std::size_t from = 0; from + kPart <= history.rows(); from += kPart)
    chosen.push_back(from + static_cast<std::size_t>(draws.next() % kPart));
  Part part;
  for (const std::size_t row : chosen) {
    part.history.bad.push_back(history.bad[row]);
    part.history.weights.push_back(history.weights[row]);
    part.history.total += history.weights[row];
  }
  for (const ValuedCells& column : problem.columns) {
    std::vector<std::uint16_t>& cells = part.rows.emplace_back(chosen.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) cells[i] = column.of.rows[chosen[i]];
  }
  return part;
}

// The fit of a part of the rows is near that of all, and its rounds cost an eighth.
std::vector<double> start_of(const LogisticProblem& problem) {
  std::vector<double> start(problem.columns.size() + 1, 0.0);
  start[0] = base_log_odds(problem.history);
  if (is_small(problem)) return start;
  const Part part = part_of(problem);
  LogisticProblem of_part{part.history,  problem.columns, problem.penalties,
                          problem.lower, problem.upper,   problem.threads};
  for (std::size_t j = 0; j < part.rows.size(); ++j) of_part.columns[j].of.rows = part.rows[j];
  for (double& penalty : of_part.penalties) penalty /= kPart;
  LogisticObjective objective(of_part);
  const BoxOptimum optimum = minimise(convex_of(objective, of_part), start,
                                      {.rounds = 20, .tolerance = 1e-3, .confirm = false});
  return optimum.converged ? optimum.at : start;
}

}  // namespace

LogisticFit fit_logistic(const LogisticProblem& problem) {
  LogisticObjective objective(problem);
  // The last step has a Hessian of its own, and mostly squares what is left before it. Not where a
  // cell has no bad row and the penalty alone ends its beta: steps are slow there, and rows few.
  const BoxOptimum optimum =
      minimise(convex_of(objective, problem), start_of(problem),
               is_small(problem) ? BoxNewtonOptions{.tolerance = 1e-10, .fresh = kAlways}
                                 : BoxNewtonOptions{.tolerance = 1e-8});
  LogisticFit fit;
  fit.intercept = optimum.at[0];
  fit.betas.assign(optimum.at.begin() + 1, optimum.at.end());
  fit.standard_errors = standard_errors(problem, optimum);
  fit.converged = optimum.converged;
  return fit;
}

Moments moments(std::span<const double> weights, std::span<const double> values) {
  double total = 0, mean = 0, squares = 0;
  for (std::size_t c = 0; c < values.size(); ++c) {
    total += weights[c];
    mean += weights[c] * values[c];
  }
  if (!(total > 0)) return {};
  mean /= total;
  for (std::size_t c = 0; c < values.size(); ++c)
    squares += weights[c] * (values[c] - mean) * (values[c] - mean);
  return {mean, std::sqrt(squares / total)};
}

Matrix correlations(const History& history, const std::vector<ValuedCells>& columns) {
  // Of columns with mean 0, so that no difference of large sums is taken.
  std::vector<std::vector<double>> centred;
  std::vector<ValuedCells> of_mean_0;
  std::vector<double> deviations;
  for (const ValuedCells& column : columns) {
    const Moments of = moments(column.weights, column.values);
    std::vector<double>& mine = centred.emplace_back();
    for (double value : column.values) mine.push_back(value - of.mean);
    of_mean_0.push_back({column.of, mine, column.weights});
    deviations.push_back(of.deviation);
  }
  const Matrix products = weighted_products(of_mean_0, history.weights);
  const double total = products(0, 0);
  Matrix out(columns.size());
  for (std::size_t j = 0; j < columns.size(); ++j) {
    out(j, j) = 1;
    for (std::size_t k = 0; k < j; ++k) {
      const double scale = deviations[j] * deviations[k] * total;
      const double product = products(j + 1, k + 1);
      out(j, k) = out(k, j) = scale > 0 ? std::clamp(product / scale, -1.0, 1.0) : 0;
    }
  }
  return out;
}

}  // namespace credence
