#include <credence/points/score_groups.h>
#include <credence/regression/auc.h>
#include <doctest/doctest.h>

using namespace credence;

TEST_CASE("score groups: its log-loss and AUC are those of the rows") {
  Draws draws(9);
  const Scorecard::Scaling scaling{.offset = 620, .factor = 55};
  for (int round = 0; round < 40; ++round) {
    Outcome outcome;
    std::vector<int> scores;
    std::vector<double> log_odds;
    for (std::size_t row = 0; row < 1 + draws.below(300); ++row) {
      outcome.bad.push_back(static_cast<std::uint8_t>(draws.below(2)));
      outcome.weights.push_back(0.1 + draws.uniform());
      scores.push_back(600 + static_cast<int>(draws.below(1 + static_cast<std::uint64_t>(round))));
      log_odds.push_back((scaling.offset - scores.back()) / scaling.factor);
    }
    const History history(outcome);
    const ScoreGroups groups = group_by_score(history, scores);
    CHECK(log_loss(groups, scaling) ==
          doctest::Approx(mean_log_loss(history, log_odds) * history.total));
    CHECK(auc(groups) == doctest::Approx(auc(history, log_odds)));
  }
}

TEST_CASE("score groups: no rows and one class are said without a division by nothing") {
  CHECK(auc(group_by_score(History(), {})) == 0.5);
  CHECK(log_loss(group_by_score(History(), {}), {600, 50}) == 0);
  const History goods(Outcome{{0, 0}, {}});
  CHECK(auc(group_by_score(goods, std::vector<int>{500, 700})) == 0.5);
}

TEST_CASE("score groups: a scaling far away is refitted to the best one, as from nearby") {
  Draws draws(12);
  for (int round = 0; round < 200; ++round) {
    Outcome outcome;
    std::vector<int> scores;
    for (std::size_t row = 0; row < 40; ++row) {
      scores.push_back(350 + static_cast<int>(draws.below(600)));
      const double x = (650 - scores.back()) / 60.0;
      outcome.bad.push_back(draws.uniform() < logistic(x) ? 1 : 0);
    }
    const History history(outcome);
    const ScoreGroups groups = group_by_score(history, scores);
    const Scorecard::Scaling near = refit_scaling(groups, {650, 60});
    for (const Scorecard::Scaling start : {Scorecard::Scaling{100, 5}, {1500, 15}, {900, 2000}}) {
      const double far = log_loss(groups, refit_scaling(groups, start));
      CHECK(far <= log_loss(groups, start));
      // Where the outcomes are parted wholly there is no best one.
      if (near.factor > 1) CHECK(far == doctest::Approx(log_loss(groups, near)).epsilon(1e-6));
    }
  }
}
