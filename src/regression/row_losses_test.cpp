#include <credence/regression/row_losses.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace credence;

namespace {

History history_of(std::vector<std::uint8_t> bad, std::vector<double> weights) {
  History history;
  history.bad = std::move(bad);
  history.weights = std::move(weights);
  for (double weight : history.weights) history.total += weight;
  return history;
}

struct OneRow {
  double loss = 0, slope = 0, curvature = 0;
};

OneRow of_one_row(std::uint8_t bad, double weight, double log_odds) {
  RowLosses losses(history_of({bad}, {weight}));
  RowLosses::Block at{log_odds}, slope;
  const RowLosses::Sums sums = losses.evaluate(0, at, slope);
  CHECK(sums.slope == slope[0]);
  return {sums.loss, slope[0], losses.curvature()[0]};
}

}  // namespace

TEST_CASE("row losses: loss, slope and curvature are those of the definition, row by row") {
  Draws draws(20261122);
  for (int round = 0; round < 4000; ++round) {
    const auto bad = static_cast<std::uint8_t>(draws.below(2));
    const double weight = draws.uniform() * 3;
    const double x = (draws.uniform() - 0.5) * (round % 4 == 0 ? 80 : 12);
    const OneRow row = of_one_row(bad, weight, x);
    const double p = logistic(x), q = logistic(-x);
    CHECK(row.loss == doctest::Approx(weight * softplus(bad != 0 ? -x : x)).epsilon(1e-12));
    CHECK(row.slope == doctest::Approx(bad != 0 ? -weight * q : weight * p).epsilon(1e-12));
    CHECK(row.curvature == doctest::Approx(weight * p * q).epsilon(1e-12));
  }
}

TEST_CASE("row losses: the slope is what the loss changes by, the curvature what the slope does") {
  constexpr double step = 1e-4;
  for (double x = -6; x <= 6; x += 0.37) {
    for (std::uint8_t bad : {std::uint8_t{0}, std::uint8_t{1}}) {
      const OneRow less = of_one_row(bad, 2, x - step), more = of_one_row(bad, 2, x + step);
      const OneRow here = of_one_row(bad, 2, x);
      CHECK(here.slope == doctest::Approx((more.loss - less.loss) / (2 * step)).epsilon(1e-6));
      CHECK(here.curvature ==
            doctest::Approx((more.slope - less.slope) / (2 * step)).epsilon(1e-6));
    }
  }
}

TEST_CASE("row losses: the sum is over every row and no other, however many there are") {
  Draws draws(7);
  constexpr std::size_t block = RowLosses::kBlock;
  for (std::size_t rows : {0U, 1U, 7U, 8U, 9U, 21U, 1023U, 1024U, 1025U, 2060U}) {
    History history;
    std::vector<double> at;
    for (std::size_t row = 0; row < rows; ++row) {
      history.bad.push_back(static_cast<std::uint8_t>(draws.below(2)));
      history.weights.push_back(draws.uniform() + 0.5);
      history.total += history.weights.back();
      at.push_back((draws.uniform() - 0.5) * 8);
    }
    RowLosses losses(history);
    REQUIRE(losses.rows() == rows);
    REQUIRE(losses.curvature().size() == rows);
    double loss = 0, expected = 0;
    for (std::size_t from = 0; from < rows; from += block) {
      const std::size_t size = std::min(block, rows - from);
      RowLosses::Block log_odds{}, slope;
      std::copy_n(at.begin() + static_cast<std::ptrdiff_t>(from), size, log_odds.begin());
      const RowLosses::Sums sums = losses.evaluate(from, log_odds, slope);
      loss += sums.loss;
      double slopes = 0;
      for (std::size_t i = 0; i < size; ++i) {
        const OneRow one =
            of_one_row(history.bad[from + i], history.weights[from + i], log_odds[i]);
        expected += one.loss;
        slopes += one.slope;
        CHECK(slope[i] == one.slope);
        CHECK(losses.curvature()[from + i] == one.curvature);
      }
      CHECK(sums.slope == doctest::Approx(slopes).epsilon(1e-11));
    }
    CHECK(loss == doctest::Approx(expected).epsilon(1e-13));
    CHECK(mean_log_loss(history, at) == (rows == 0 ? 0 : loss / history.total));
  }
}

TEST_CASE("row losses: log-odds beyond every exponent neither overflow nor lose the loss") {
  constexpr double greatest = std::numeric_limits<double>::max();
  for (double x : {709.0, 745.0, 800.0, 1e10, greatest}) {
    CAPTURE(x);
    // A good row held for bad, and the other way round: the loss is the log-odds themselves.
    for (const OneRow& wrong : {of_one_row(0, 1, x), of_one_row(1, 1, -x)}) {
      CHECK(wrong.loss == doctest::Approx(x));
      CHECK(std::abs(wrong.slope) == doctest::Approx(1));
      CHECK(wrong.curvature < 1e-300);
    }
    for (const OneRow& right : {of_one_row(1, 1, x), of_one_row(0, 1, -x)}) {
      CHECK(right.loss >= 0);
      CHECK(right.loss < 1e-300);
      CHECK(std::abs(right.slope) < 1e-300);
      CHECK(right.curvature >= 0);
    }
  }
  CHECK(of_one_row(0, 1, 0.0).loss == doctest::Approx(std::log(2)));
  CHECK(of_one_row(1, 1, -0.0).slope == -0.5);
}

TEST_CASE("row losses: a row without weight adds nothing, a weight counts as so many rows") {
  RowLosses losses(history_of({0, 1, 1}, {0, 3, 0}));
  RowLosses::Block at, slope;
  at.fill(1.5);
  CHECK(losses.evaluate(0, at, slope).loss == doctest::Approx(3 * of_one_row(1, 1, 1.5).loss));
  CHECK(slope[0] == 0);
  CHECK(losses.curvature()[2] == 0);
  CHECK(slope[1] == doctest::Approx(3 * of_one_row(1, 1, 1.5).slope));
}
