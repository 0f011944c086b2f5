#include <credence/published/models.h>
#include <credence/published/published_testing.h>
#include <credence/published/reputation.h>
#include <doctest/doctest.h>

#include <array>
#include <limits>

namespace credence {

TEST_CASE("reputation: every published number holds at a twentieth of the replicates") {
  Crew crew(2);
  auto checks = reputation_checks(testing::small_setting(), crew);
  CHECK(checks.size() == 35);
  CHECK(testing::red_checks(checks) == "");
}

TEST_CASE("reputation: the numbers are the same for every number of threads") {
  auto brief = [](const PublishedSetting& setting, Crew& crew) {
    return check_reputation({.interactions = 20'000}, setting, crew);
  };
  CHECK(testing::same_for_all_threads(brief, {7, .1, {}}));
}

TEST_CASE("reputation: without the clause that refusing the bad is free, checks turn red") {
  Crew crew(2);
  StandingRun run{.interactions = 200'000, .refusing_the_bad_is_free = false};
  auto checks = check_reputation(run, testing::small_setting(), crew);
  CHECK(testing::red_checks(checks).find("one clause") != std::string::npos);
}

TEST_CASE("reputation: without errors everybody keeps a good standing under every norm") {
  const std::array<JudgingErrors, 1> none{};
  for (double share : good_standing({.interactions = 10'000}, none, KeyedDraws(1, 0)))
    CHECK(share == 1);
}

TEST_CASE("reputation: who is always misjudged is never good among those who always slip") {
  // Everybody slips: image scoring judges each act bad, and the opposite is recorded.
  const std::array<JudgingErrors, 2> errors{JudgingErrors{1, 1}, JudgingErrors{1, 0}};
  auto shares = good_standing({.interactions = 40'000}, errors, KeyedDraws(1, 0));
  CHECK(shares[0] == 1);
  CHECK(shares[kStandingNorms] == doctest::Approx(0).epsilon(1e-6));
}

TEST_CASE("reputation: the long-run shares meet their limits") {
  for (std::size_t at = 0; at < kStandingNorms; ++at) {
    auto norm = static_cast<StandingNorm>(at);
    CHECK(expected_good_standing(norm, {.5, .5}) == doctest::Approx(.5));
    CHECK(expected_good_standing(norm, {.3, .0001}) <= 1);
  }
  // The smaller the error, the less it matters how small: image scoring stays at a third.
  CHECK(expected_good_standing(StandingNorm::image_scoring, {1e-6, 1e-6}) ==
        doctest::Approx(1. / 3).epsilon(1e-5));
  CHECK(expected_good_standing(StandingNorm::standing, {1e-6, 1e-6}) ==
        doctest::Approx(1).epsilon(1e-5));
}

TEST_CASE("reputation: at the threshold itself a share neither grows nor falls") {
  HelpingGame game{.known = .5};
  double at = invasion_threshold(game);
  CHECK(discriminators_in_the_end(game, at, 1000) == doctest::Approx(at).epsilon(1e-9));
  CHECK(discriminators_in_the_end(game, 0) == 0);
  CHECK(discriminators_in_the_end(game, 1) == 1);
  CHECK(invasion_threshold({.known = .05}) > 1);
}

}  // namespace credence
