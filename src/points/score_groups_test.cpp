#include <credence/points/score_groups.h>
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
