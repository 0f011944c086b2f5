#include <credence/training/card_fit.h>
#include <doctest/doctest.h>

using namespace credence;

TEST_CASE("cells: a fit that did not converge leaves no lower bound") {
  CellFit fit{.log_odds = {}, .loss = 50, .left = 1e-9, .converged = true};
  CHECK(least_log_loss(fit, 100) == doctest::Approx(0.5));
  CHECK(least_log_loss(fit, 100) < 0.5);
  fit.converged = false;
  CHECK(least_log_loss(fit, 100) == 0);
}
