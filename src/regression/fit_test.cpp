#include <credence/regression/cell_model.h>
#include <credence/regression/auc.h>
#include <credence/regression/logistic_fit.h>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>

using namespace credence;

namespace {

struct Sample {
  Outcome outcome;
  std::vector<std::vector<double>> columns;
};

Sample random_sample(std::uint64_t seed, std::size_t rows, std::size_t columns, bool weights) {
  Draws draws(seed);
  Sample out;
  out.columns.assign(columns, std::vector<double>(rows));
  for (std::size_t row = 0; row < rows; ++row) {
    double x = -0.5;
    for (std::size_t j = 0; j < columns; ++j) {
      // Quarters, so that a column takes few values.
      out.columns[j][row] = std::round(draws.uniform() * 16 - 8) / 4 +
                            (j > 0 ? std::round(2 * out.columns[j - 1][row]) / 4 : 0);
      x -= out.columns[j][row] * (j % 3 == 2 ? -0.4 : 0.6);
    }
    out.outcome.bad.push_back(draws.uniform() < logistic(x) ? 1 : 0);
    if (weights) out.outcome.weights.push_back(0.2 + 3 * draws.uniform());
  }
  return out;
}

// Newton's method on the dense design with Gaussian elimination, sharing no code with the fit.
std::vector<double> naive_newton(const History& history, const Sample& sample, double ridge) {
  std::size_t n = sample.columns.size() + 1;
  std::vector<double> beta(n, 0.0);
  for (int round = 0; round < 60; ++round) {
    std::vector<std::vector<double>> system(n, std::vector<double>(n + 1, 0.0));
    for (std::size_t row = 0; row < history.rows(); ++row) {
      std::vector<double> x = {1};
      for (const auto& column : sample.columns) x.push_back(column[row]);
      double z = 0;
      for (std::size_t i = 0; i < n; ++i) z += beta[i] * x[i];
      double p = 1 / (1 + std::exp(-z)), w = history.weights[row];
      for (std::size_t i = 0; i < n; ++i) {
        system[i][n] += w * (history.bad[row] - p) * x[i];
        for (std::size_t j = 0; j < n; ++j) system[i][j] += w * p * (1 - p) * x[i] * x[j];
      }
    }
    for (std::size_t i = 1; i < n; ++i) {
      system[i][i] += ridge;
      system[i][n] -= ridge * beta[i];
    }
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < n; ++k) {
        if (k == i) continue;
        double f = system[k][i] / system[i][i];
        for (std::size_t j = i; j <= n; ++j) system[k][j] -= f * system[i][j];
      }
    for (std::size_t i = 0; i < n; ++i) beta[i] += system[i][n] / system[i][i];
  }
  return beta;
}

// A sample as the fit takes it: the values of each column, and which of them each row has.
struct FewValues {
  std::vector<std::vector<double>> values, weights;
  std::vector<std::vector<std::uint16_t>> rows;

  FewValues(const Sample& sample, const History& history) {
    for (const auto& column : sample.columns) {
      const std::set<double> all(column.begin(), column.end());
      values.emplace_back(all.begin(), all.end());
      weights.emplace_back(all.size(), 0.0);
      rows.emplace_back();
      for (std::size_t row = 0; row < column.size(); ++row) {
        const auto cell = std::distance(all.begin(), all.find(column[row]));
        rows.back().push_back(static_cast<std::uint16_t>(cell));
        weights.back()[static_cast<std::size_t>(cell)] += history.weights[row];
      }
    }
  }

  std::vector<ValuedCells> columns() const {
    std::vector<ValuedCells> out;
    for (std::size_t j = 0; j < values.size(); ++j)
      out.push_back({{rows[j], values[j].size()}, values[j], weights[j]});
    return out;
  }
};

LogisticProblem problem_of(const History& history, const FewValues& cells, double ridge,
                           double upper) {
  LogisticProblem problem{history, cells.columns(), {}, {}, {}, 1};
  problem.penalties.assign(problem.columns.size(), ridge);
  problem.lower.assign(problem.columns.size(), -std::numeric_limits<double>::infinity());
  problem.upper.assign(problem.columns.size(), upper);
  return problem;
}

// The mean log-loss whose gradient the constrained optimum must not be able to follow.
double slope_at(const History& history, const Sample& sample, const LogisticFit& fit, std::size_t j,
                double ridge) {
  double sum = ridge * fit.betas[j];
  for (std::size_t row = 0; row < history.rows(); ++row) {
    double x = fit.intercept;
    for (std::size_t k = 0; k < fit.betas.size(); ++k) x += fit.betas[k] * sample.columns[k][row];
    sum += history.weights[row] * (logistic(x) - history.bad[row]) * sample.columns[j][row];
  }
  return sum;
}

}  // namespace

TEST_CASE("fit: without limits it is Newton's on the dense design") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    Sample sample = random_sample(seed, 500, 1 + seed % 6, seed % 2 == 1);
    History history(sample.outcome);
    double ridge = seed % 3 == 0 ? 0 : 1.5;
    LogisticFit fit = fit_logistic(problem_of(history, FewValues(sample, history), ridge,
                                              std::numeric_limits<double>::infinity()));
    std::vector<double> naive = naive_newton(history, sample, ridge);
    CHECK(fit.converged);
    CHECK(std::abs(fit.intercept - naive[0]) < 1e-8);
    for (std::size_t j = 0; j < fit.betas.size(); ++j)
      CHECK(std::abs(fit.betas[j] - naive[j + 1]) < 1e-8);
  }
}

TEST_CASE("fit: betas at their limit want to go beyond it, the others nowhere") {
  int at_limit = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Sample sample = random_sample(seed, 400, 7, false);
    History history(sample.outcome);
    LogisticFit fit = fit_logistic(problem_of(history, FewValues(sample, history), 1, 0));
    for (std::size_t j = 0; j < fit.betas.size(); ++j) {
      CHECK(fit.betas[j] <= 0);
      double slope = slope_at(history, sample, fit, j, 1);
      if (fit.betas[j] == 0) ++at_limit;
      if (fit.betas[j] == 0)
        CHECK(slope <= 1e-6);
      else
        CHECK(std::abs(slope) < 1e-5);
    }
  }
  CHECK(at_limit > 10);
}

TEST_CASE("fit: equal for any number of threads, to the bit") {
  Sample sample = random_sample(3, 3000, 9, true);
  History history(sample.outcome);
  FewValues cells(sample, history);
  LogisticProblem problem = problem_of(history, cells, 1, 0);
  LogisticFit one = fit_logistic(problem);
  for (unsigned threads : {2U, 4U}) {
    problem.threads = threads;
    LogisticFit many = fit_logistic(problem);
    CHECK(many.betas == one.betas);
    CHECK(many.intercept == one.intercept);
    CHECK(many.standard_errors == one.standard_errors);
  }
}

TEST_CASE("fit: many rows, whose fit starts from that of a part, end where few would") {
  for (std::uint64_t seed : {11U, 12U}) {
    Sample sample = random_sample(seed, 6000, 4, seed == 12);
    History history(sample.outcome);
    LogisticFit fit = fit_logistic(problem_of(history, FewValues(sample, history), 1.5,
                                              std::numeric_limits<double>::infinity()));
    std::vector<double> naive = naive_newton(history, sample, 1.5);
    CHECK(fit.converged);
    CHECK(std::abs(fit.intercept - naive[0]) < 1e-8);
    for (std::size_t j = 0; j < fit.betas.size(); ++j)
      CHECK(std::abs(fit.betas[j] - naive[j + 1]) < 1e-8);
  }
}

TEST_CASE("fit: standard errors are those of the curvature at the optimum, however many the rows") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    Sample sample = random_sample(seed, seed % 2 == 0 ? 500 : 7000, 3, seed % 3 == 0);
    // Few bad rows: the curvature changes much on the way.
    if (seed % 4 > 1)
      for (std::size_t row = 0; row < sample.outcome.bad.size(); ++row)
        if (row % 40 != 0) sample.outcome.bad[row] = 0;
    History history(sample.outcome);
    LogisticFit fit = fit_logistic(problem_of(history, FewValues(sample, history), 1,
                                              std::numeric_limits<double>::infinity()));
    Matrix hessian(4);
    for (std::size_t row = 0; row < history.rows(); ++row) {
      double x[4] = {1, sample.columns[0][row], sample.columns[1][row], sample.columns[2][row]};
      const double at =
          fit.intercept + fit.betas[0] * x[1] + fit.betas[1] * x[2] + fit.betas[2] * x[3];
      const double curve = history.weights[row] * logistic(at) * (1 - logistic(at));
      for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t j = 0; j < 4; ++j) hessian(i, j) += curve * x[i] * x[j];
    }
    for (std::size_t j = 1; j < 4; ++j) hessian(j, j) += 1;
    const Matrix covariance = inverse(hessian);
    for (std::size_t j = 0; j < 3; ++j)
      CHECK(fit.standard_errors[j] ==
            doctest::Approx(std::sqrt(covariance(j + 1, j + 1))).epsilon(1e-4));
  }
}

TEST_CASE("fit: a part without a bad row, or that a column parts wholly, misleads nobody") {
  Sample sample;
  sample.columns.resize(1);
  for (int row = 0; row < 8000; ++row) {
    sample.columns[0].push_back(row % 4 == 0 ? 1 : -1);
    sample.outcome.bad.push_back(row == 5 || row == 4004 ? 1 : 0);
  }
  History history(sample.outcome);
  for (double ridge : {0.0, 1.0}) {
    LogisticFit fit = fit_logistic(problem_of(history, FewValues(sample, history), ridge,
                                              std::numeric_limits<double>::infinity()));
    std::vector<double> naive = naive_newton(history, sample, ridge);
    CHECK(fit.converged);
    CHECK(std::abs(fit.intercept - naive[0]) < 1e-6);
    CHECK(std::abs(fit.betas[0] - naive[1]) < 1e-6);
  }
}

TEST_CASE("correlations: those of the definition, with weights; 0 with a constant column") {
  Sample sample = random_sample(8, 900, 4, true);
  sample.columns.emplace_back(900, 3.0);
  History history(sample.outcome);
  FewValues cells(sample, history);
  Matrix r = correlations(history, cells.columns());
  auto covariance = [&](std::size_t j, std::size_t k) {
    double mj = 0, mk = 0, jk = 0;
    for (std::size_t row = 0; row < 900; ++row) {
      mj += history.weights[row] * sample.columns[j][row] / history.total;
      mk += history.weights[row] * sample.columns[k][row] / history.total;
    }
    for (std::size_t row = 0; row < 900; ++row)
      jk += history.weights[row] * (sample.columns[j][row] - mj) * (sample.columns[k][row] - mk);
    return jk;
  };
  for (std::size_t j = 0; j < 4; ++j) {
    CHECK(r(4, j) == 0);
    for (std::size_t k = 0; k < 4; ++k)
      CHECK(r(j, k) ==
            doctest::Approx(covariance(j, k) / std::sqrt(covariance(j, j) * covariance(k, k))));
  }
}

TEST_CASE("fit: columns that depend on each other, or say nothing, do no harm") {
  Sample sample = random_sample(5, 300, 2, false);
  sample.columns.push_back(sample.columns[0]);
  sample.columns.emplace_back(300, 0.0);
  History history(sample.outcome);
  for (double ridge : {0.0, 1.0}) {
    LogisticFit fit = fit_logistic(problem_of(history, FewValues(sample, history), ridge, 0));
    for (double beta : fit.betas) CHECK(std::isfinite(beta));
    CHECK(fit.betas[3] == 0);
  }
}

TEST_CASE("fit: classes that a column parts wholly end at finite betas with ridge") {
  Sample sample;
  sample.columns.resize(1);
  for (int row = 0; row < 100; ++row) {
    sample.columns[0].push_back(row < 50 ? 1 : -1);
    sample.outcome.bad.push_back(row < 50 ? 0 : 1);
  }
  History history(sample.outcome);
  LogisticFit fit = fit_logistic(problem_of(history, FewValues(sample, history), 1, 0));
  CHECK(fit.converged);
  CHECK(fit.betas[0] < -2);
  CHECK(fit.betas[0] > -10);
}

namespace {

struct CellSample {
  Outcome outcome;
  std::vector<std::vector<std::uint16_t>> rows;
};

CellSample random_cells(std::uint64_t seed, std::size_t rows, std::size_t terms) {
  Draws draws(seed);
  CellSample out;
  out.rows.resize(terms);
  for (std::size_t row = 0; row < rows; ++row) {
    double x = -0.3;
    for (std::size_t t = 0; t < terms; ++t) {
      auto cell = static_cast<std::uint16_t>(draws.below(5));
      out.rows[t].push_back(cell);
      x += 0.3 * (cell - 2.0) + (cell == 2 ? 0.3 : 0);
    }
    out.outcome.bad.push_back(draws.uniform() < logistic(x) ? 1 : 0);
  }
  return out;
}

std::vector<CellTerm> terms_of(const CellSample& sample, std::vector<int> direction,
                               double penalty) {
  std::vector<CellTerm> out;
  for (const auto& rows : sample.rows)
    out.push_back(
        {rows, 5, direction, std::vector<double>(5, 0.0), std::vector<double>(5, penalty)});
  return out;
}

CellFit fit_cells(const History& history, const std::vector<CellTerm>& terms, const CellFit& start,
                  unsigned threads) {
  return CellModel(history, terms, threads).fit(terms, start);
}

CellFit zero(std::size_t terms) {
  CellFit fit;
  fit.log_odds.assign(terms, std::vector<double>(5, 0.0));
  return fit;
}

}  // namespace

TEST_CASE("cells: one term without rules has the log-odds of its cells") {
  CellSample sample = random_cells(1, 2000, 1);
  History history(sample.outcome);
  CellFit fit = fit_cells(history, terms_of(sample, {0, 0, 0, 0}, 0), zero(1), 1);
  for (std::uint16_t cell = 0; cell < 5; ++cell) {
    double bad = 0, good = 0;
    for (std::size_t row = 0; row < history.rows(); ++row)
      if (sample.rows[0][row] == cell) (history.bad[row] ? bad : good) += 1;
    CHECK(fit.intercept + fit.log_odds[0][cell] ==
          doctest::Approx(std::log(bad / good)).epsilon(1e-5));
  }
}

TEST_CASE("cells: an ascending term is the pooled rate of neighbours that fall") {
  CellSample sample;
  sample.rows.resize(1);
  // Bad 2 of 10, then 4 of 10, then 2 of 10: the last two pool to 6 of 20.
  for (int row = 0; row < 30; ++row) {
    sample.rows[0].push_back(static_cast<std::uint16_t>(row / 10));
    int bad = row / 10 == 1 ? 4 : 2;
    sample.outcome.bad.push_back(row % 10 < bad ? 1 : 0);
  }
  History history(sample.outcome);
  std::vector<CellTerm> terms = {
      {sample.rows[0], 3, {1, 1}, std::vector<double>(3, 0.0), std::vector<double>(3, 0.0)}};
  CellFit start;
  start.log_odds = {{0, 0, 0}};
  CellFit fit = fit_cells(history, terms, start, 1);
  CHECK(logistic(fit.intercept + fit.log_odds[0][0]) == doctest::Approx(0.2).epsilon(1e-5));
  CHECK(logistic(fit.intercept + fit.log_odds[0][1]) == doctest::Approx(0.3).epsilon(1e-5));
  CHECK(logistic(fit.intercept + fit.log_odds[0][2]) == doctest::Approx(0.3).epsilon(1e-5));
}

TEST_CASE("cells: directions hold, more freedom never raises the loss, threads change no bit") {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    CellSample sample = random_cells(seed, 600, 4);
    History history(sample.outcome);
    CellFit free = fit_cells(history, terms_of(sample, {0, 0, 0, 0}, 0), zero(4), 1);
    CellFit rising = fit_cells(history, terms_of(sample, {1, 1, 1, 1}, 0), zero(4), 1);
    CellFit shrunk = fit_cells(history, terms_of(sample, {1, 1, 1, 1}, 5), zero(4), 1);
    CHECK(free.loss <= rising.loss + 1e-7);
    CHECK(rising.loss <= shrunk.loss + 1e-7);
    for (const auto& term : rising.log_odds)
      for (std::size_t b = 0; b + 1 < term.size(); ++b) CHECK(term[b + 1] >= term[b] - 1e-12);
    CellFit many = fit_cells(history, terms_of(sample, {1, 1, 1, 1}, 5), zero(4), 4);
    CHECK(many.log_odds == shrunk.log_odds);
  }
}

TEST_CASE(
    "cells: a fit that starts with the curvature of another one ends where a first one does") {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    CellSample sample = random_cells(seed, 700, 3);
    History history(sample.outcome);
    CellModel model(history, terms_of(sample, {1, 1, 1, 1}, 5), 1);
    CellFit shrunk = model.fit(terms_of(sample, {1, 1, 1, 1}, 5), zero(3));
    for (std::vector<int> direction : {std::vector<int>{1, 1, 1, 1}, {0, 0, 0, 0}, {-1, 0, 1, 0}}) {
      // A little ridge, as without any a constant can move from one term to another.
      CellFit after = model.fit(terms_of(sample, direction, 0.1), shrunk);
      CellFit first = fit_cells(history, terms_of(sample, direction, 0.1), zero(3), 1);
      CHECK(after.converged);
      CHECK(after.loss == doctest::Approx(first.loss).epsilon(1e-7));
      for (std::size_t t = 0; t < 3; ++t)
        for (std::size_t b = 0; b < 5; ++b)
          CHECK(std::abs(after.log_odds[t][b] - first.log_odds[t][b]) < 1e-4);
    }
  }
}

TEST_CASE("spectrum and inverse are those of a matrix that is known") {
  Matrix m(2);
  m(0, 0) = 2, m(1, 1) = 2, m(0, 1) = m(1, 0) = 1;
  Spectrum of = spectrum(m);
  CHECK(of.smallest == doctest::Approx(1));
  CHECK(of.largest == doctest::Approx(3));
  Matrix inverted = inverse(m);
  CHECK(inverted(0, 0) == doctest::Approx(2.0 / 3));
  CHECK(inverted(0, 1) == doctest::Approx(-1.0 / 3));
  m(1, 1) = 0.5;
  CHECK(inverse(m).size == 0);
}

TEST_CASE("auc: ties count half, weights count, one class is one half") {
  Outcome outcome{{0, 0, 1, 1}, {}};
  CHECK(auc(History(outcome), std::vector<double>{1, 2, 2, 3}) == doctest::Approx(0.875));
  outcome.weights = {1, 1, 1, 3};
  CHECK(auc(History(outcome), std::vector<double>{1, 2, 2, 3}) == doctest::Approx(0.9375));
  CHECK(auc(History(Outcome{{1, 1}, {}}), std::vector<double>{1, 2}) == 0.5);
}

TEST_CASE("folds: each class is dealt evenly, and equal seeds give equal folds") {
  std::vector<std::uint8_t> bad(103, 0);
  for (std::size_t row = 0; row < 21; ++row) bad[row * 4] = 1;
  std::vector<std::uint8_t> folds = stratified_folds(bad, 5, 7);
  CHECK(folds == stratified_folds(bad, 5, 7));
  CHECK(folds != stratified_folds(bad, 5, 8));
  for (int fold = 0; fold < 5; ++fold) {
    int bads = 0, rows = 0;
    for (std::size_t row = 0; row < bad.size(); ++row)
      if (folds[row] == fold) ++rows, bads += bad[row];
    CHECK(rows >= 20);
    CHECK(rows <= 22);
    CHECK(bads >= 4);
    CHECK(bads <= 5);
  }
}
