#include <credence/regression/cell_losses.h>
#include <credence/regression/valued_losses.h>
#include <doctest/doctest.h>

#include <cmath>

using namespace credence;

namespace {

struct Design {
  History history;
  std::vector<std::vector<std::uint16_t>> rows;
  std::vector<CellsOfRows> terms;
  std::vector<double> cells, values;  // a number per cell, and one per row

  std::size_t first(std::size_t term) const {
    std::size_t sum = 0;
    for (std::size_t t = 0; t < term; ++t) sum += terms[t].cells;
    return sum;
  }
};

// Terms of 1 to 20 cells, or of many; some cells have no rows.
Design random_design(Draws& draws, std::size_t rows, std::size_t terms) {
  Design out;
  out.rows.resize(terms);
  for (std::size_t t = 0; t < terms; ++t) {
    const std::size_t cells = draws.below(12) == 0 ? 700 : 1 + draws.below(20);
    for (std::size_t row = 0; row < rows; ++row)
      out.rows[t].push_back(static_cast<std::uint16_t>(draws.below(cells)));
    out.terms.push_back({out.rows[t], cells});
    for (std::size_t c = 0; c < cells; ++c) out.cells.push_back(draws.uniform() * 2 - 1);
  }
  for (std::size_t row = 0; row < rows; ++row) {
    out.values.push_back(draws.uniform() + 0.1);
    out.history.bad.push_back(static_cast<std::uint8_t>(draws.below(2)));
    out.history.weights.push_back(draws.uniform() + 0.1);
    out.history.total += out.history.weights.back();
  }
  return out;
}

}  // namespace

TEST_CASE("design: look-ups and sums are those of the plain loops, for few rows and for many") {
  Draws draws(3);
  for (std::size_t rows : {0U, 1U, 3U, 50U, 700U, 5000U}) {
    const std::size_t terms = 1 + draws.below(8);
    Design plain = random_design(draws, rows, terms);
    CellDesign design(plain.terms, 1);
    REQUIRE(design.cells() == plain.cells.size());
    std::vector<double> looked_up(rows, 0.25), expected(rows, 0.25), sums(plain.cells.size());
    design.add_cells(design.tables_of(plain.cells), 0, looked_up);
    Matrix pairs(plain.cells.size() + 1), by_pair(plain.cells.size() + 1);
    design.sum_by_pair(plain.values, by_pair, 1);
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t t = 0; t < terms; ++t) {
        const std::size_t cell = plain.first(t) + plain.rows[t][row];
        expected[row] += plain.cells[cell];
        sums[cell] += plain.values[row];
        for (std::size_t u = 0; u < terms; ++u)
          pairs(1 + cell, 1 + plain.first(u) + plain.rows[u][row]) += plain.values[row];
      }
      CHECK(looked_up[row] == doctest::Approx(expected[row]));
    }
    const std::vector<double> by_cell = design.sums_by_cell(plain.values);
    double furthest = 0;
    for (std::size_t c = 0; c < sums.size(); ++c)
      furthest = std::max(furthest, std::abs(by_cell[c] - sums[c]));
    for (std::size_t i = 0; i < pairs.at.size(); ++i)
      furthest = std::max(furthest, std::abs(by_pair.at[i] - pairs.at[i]));
    CHECK(furthest < 1e-9);
    Matrix with_threads(plain.cells.size() + 1);
    CellDesign(plain.terms, 3).sum_by_pair(plain.values, with_threads, 1);
    CHECK(with_threads.at == by_pair.at);
  }
}

TEST_CASE("losses of cells: loss, slopes and curvature are those of the rows") {
  Draws draws(4);
  for (std::size_t rows : {1U, 40U, 1024U, 3000U}) {
    Design plain = random_design(draws, rows, 3);
    CellLosses losses(plain.history, plain.terms, 1);
    const double loss = losses.evaluate(-0.5, plain.cells);
    std::vector<double> at(rows, -0.5), slopes(plain.cells.size());
    double slope = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t t = 0; t < 3; ++t)
        at[row] += plain.cells[plain.first(t) + plain.rows[t][row]];
      const double p = logistic(at[row]), weight = plain.history.weights[row];
      for (std::size_t t = 0; t < 3; ++t)
        slopes[plain.first(t) + plain.rows[t][row]] += weight * (p - plain.history.bad[row]);
      slope += weight * (p - plain.history.bad[row]);
      CHECK(losses.curvature()[row] == doctest::Approx(weight * p * (1 - p)));
    }
    CHECK(loss == doctest::Approx(mean_log_loss(plain.history, at) * plain.history.total));
    CHECK(losses.slope() == doctest::Approx(slope).epsilon(1e-9));
    for (std::size_t c = 0; c < slopes.size(); ++c)
      CHECK(std::abs(losses.slope_by_cell()[c] - slopes[c]) < 1e-10);
  }
}

TEST_CASE("losses of no cells: the constant alone") {
  Draws draws(5);
  Design plain = random_design(draws, 30, 0);
  CellLosses losses(plain.history, {}, 1);
  CHECK(losses.evaluate(0, {}) == doctest::Approx(std::log(2) * plain.history.total));
  CHECK(losses.slope_by_cell().empty());
}

TEST_CASE(
    "products of columns are those of the plain loops, for every number of rows and columns") {
  Draws draws(6);
  for (std::size_t rows : {0U, 1U, 127U, 128U, 129U, 1000U}) {
    const std::size_t n = rows % 11;
    Design plain = random_design(draws, rows, n);
    std::vector<ValuedCells> columns;
    for (std::size_t j = 0; j < n; ++j)
      columns.push_back({plain.terms[j],
                         std::span{plain.cells}.subspan(plain.first(j), plain.terms[j].cells),
                         {}});
    const Matrix products = weighted_products(columns, plain.values);
    REQUIRE(products.size == n + 1);
    auto x = [&](std::size_t row, std::size_t j) {
      return j == 0 ? 1 : columns[j - 1].values[plain.rows[j - 1][row]];
    };
    for (std::size_t j = 0; j <= n; ++j)
      for (std::size_t k = 0; k <= n; ++k) {
        double expected = 0;
        for (std::size_t row = 0; row < rows; ++row)
          expected += plain.values[row] * x(row, j) * x(row, k);
        CHECK(std::abs(products(j, k) - expected) < 1e-9);
      }
  }
}
