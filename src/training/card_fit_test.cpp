#include <credence/training/card_fit.h>
#include <credence/training/train.h>
#include <doctest/doctest.h>

#include <cmath>

using namespace credence;

TEST_CASE("cells: a fit that did not converge leaves no lower bound") {
  CellFit fit{.log_odds = {}, .loss = 50, .left = 1e-9, .converged = true};
  CHECK(least_log_loss(fit, 100) == doctest::Approx(0.5));
  CHECK(least_log_loss(fit, 100) < 0.5);
  fit.converged = false;
  CHECK(least_log_loss(fit, 100) == 0);
}

TEST_CASE(
    "training: answers of equal weight are dropped as constant, and cost nobody their place") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Draws draws(seed);
    std::vector<double> a, b, c;
    Outcome outcome;
    for (int row = 0; row < 400; ++row) {
      a.push_back(std::round(draws.uniform() * 8));
      b.push_back(std::round(draws.uniform() * 8));
      const bool bad = draws.uniform() < logistic(0.6 * (a.back() - 4) + 0.5 * (b.back() - 4));
      outcome.bad.push_back(bad ? 1 : 0);
      // Missing oftener among bad rows; it may not cost more than the one bin there is.
      c.push_back(draws.uniform() < (bad ? 0.5 : 0.2) ? std::nan("") : 1.0);
    }
    const Table table(
        400, {Column::of_numbers("a", a), Column::of_numbers("b", b), Column::of_numbers("c", c)});
    TrainingPlan plan;
    plan.absence = TrainingPlan::Absence::never_below_worst;
    plan.selection.min_iv = 0;
    plan.selection.max_p_value = 0.05;
    const Result<Trained> trained = train(table, outcome, plan);
    REQUIRE(trained);
    CHECK(trained->card.variables.size() == 2);
    for (const Dropped& dropped : trained->report.dropped) {
      CHECK(dropped.variable == "c");
      CHECK(dropped.reason == "constant");
    }
    CHECK(trained->report.lower_bound <= trained->report.whole.log_loss);
  }
}
