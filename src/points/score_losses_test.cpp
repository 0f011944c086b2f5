#include <credence/points/score_losses.h>
#include <credence/points/spaced_exponentials.h>
#include <credence/regression/history.h>
#include <doctest/doctest.h>

#include <cmath>

using namespace credence;

TEST_CASE("spaced exponentials: each is the exponential itself, near and far, wide and narrow") {
  for (const double first : {-700.0, -40.0, -0.3, 0.0, 0.3, 40.0, 700.0, 2000.0}) {
    for (const double step : {0.0, 1e-3, -0.04, 0.9, -1.0, 1.5, -30.0}) {
      const SpacedExponentials exponentials(first, step, 700);
      for (std::size_t i = 0; i < 700; ++i) {
        const double x = -std::abs(first + step * static_cast<double>(i));
        CAPTURE(x);
        // Below the least normal number all are nothing beside 1.
        CHECK(std::abs(exponentials[i] - std::exp(x)) <= 1e-12 * std::exp(x) + 1e-300);
      }
    }
  }
}

TEST_CASE("score losses: gains and bends are differences of the log-loss at its scores") {
  for (const Scorecard::Scaling scaling : {Scorecard::Scaling{500, 20}, {650, 72.13}, {400, 0.5}}) {
    ScoreLosses losses(350, 950);
    losses.set(scaling);
    CHECK(losses.places() == 2 * 601);
    for (const bool bad : {false, true}) {
      auto loss = [&](int score) {
        const double x = (scaling.offset - score) / scaling.factor;
        return softplus(bad ? -x : x);
      };
      for (int score = 351; score < 950; ++score) {
        const std::size_t place = losses.place(bad, score);
        const double up = loss(score + 1) - loss(score), down = loss(score - 1) - loss(score);
        const double rounding = 1e-15 * (1 + loss(score));
        CHECK(std::abs(losses.gain(place).up - up) <= 8 * rounding);
        CHECK(std::abs(losses.gain(place).down - down) <= 8 * rounding);
        CHECK(std::abs(losses.bend(place) - up - down) <= 16 * rounding);
      }
    }
  }
}

TEST_CASE("score losses: no bend becomes larger than another scaling says") {
  Draws draws(51);
  ScoreLosses losses(350, 950);
  CHECK(losses.set({500, 30}) == 1);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> before;
    for (std::size_t place = 0; place < losses.places(); ++place)
      before.push_back(losses.bend(place));
    const double most = losses.set({480 + 40 * draws.uniform(), 10 + 60 * draws.uniform()});
    CHECK(most >= 1);
    for (std::size_t place = 0; place < before.size(); ++place)
      if (before[place] > ScoreLosses::kFlat)
        CHECK(losses.bend(place) <= before[place] * most * (1 + 1e-12));
  }
}
