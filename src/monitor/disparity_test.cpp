#include <credence/monitor/disparity.h>
#include <doctest/doctest.h>

#include <cmath>

using namespace credence;

namespace {

// `accepted` of n people with 600 points, the others with 500; every tenth is bad.
GroupCounts group(int accepted, int n) {
  std::vector<std::int32_t> scores;
  std::vector<std::uint8_t> bad;
  for (int i = 0; i < n; ++i) {
    scores.push_back(i < accepted ? 600 : 500);
    bad.push_back(i % 10 == 9 ? 1 : 0);
  }
  return group_counts(tie_groups({scores, bad, {}}), 600);
}

}  // namespace

TEST_CASE("disparity: the impact ratio with its interval, by hand") {
  auto result = compare_groups(group(300, 500), group(400, 500), {}, 1);
  REQUIRE(result.impact_ratio);
  CHECK(result.impact_ratio->figure == doctest::Approx(0.75));
  double spread = std::sqrt(0.4 / 300 + 0.2 / 400);
  CHECK(result.impact_ratio->interval.low ==
        doctest::Approx(0.75 * std::exp(-1.959963984540054 * spread)));
  CHECK(result.impact_ratio->finding());
}

TEST_CASE("disparity: practical weight without significance is no finding, nor the reverse") {
  auto few = compare_groups(group(22, 40), group(30, 40), {}, 1);
  REQUIRE(few.impact_ratio);
  CHECK(few.impact_ratio->beyond_limit);
  CHECK_FALSE(few.impact_ratio->significant);
  CHECK_FALSE(few.impact_ratio->finding());
  auto many = compare_groups(group(7600, 10000), group(8000, 10000), {}, 1);
  CHECK(many.impact_ratio->significant);
  CHECK_FALSE(many.impact_ratio->finding());
}

TEST_CASE("disparity: more comparisons ask for more evidence") {
  auto alone = compare_groups(group(60, 100), group(75, 100), {.impact_ratio = 0.9}, 1);
  auto among = compare_groups(group(60, 100), group(75, 100), {.impact_ratio = 0.9}, 20);
  CHECK(alone.impact_ratio->finding());
  CHECK_FALSE(among.impact_ratio->finding());
}

TEST_CASE("disparity: a group below the smallest cell gives no figure") {
  auto result = compare_groups(group(1, 1), group(400, 500), {}, 1);
  CHECK_FALSE(result.impact_ratio);
  CHECK_FALSE(result.mean_difference);
  CHECK_FALSE(result.true_positive_gap);
  CHECK_FALSE(result.false_positive_gap);
  CHECK_FALSE(compare_groups(GroupCounts{}, GroupCounts{}, {}, 1).impact_ratio);
}

TEST_CASE("disparity: nobody accepted is a ratio of 0 or, for the reference, none") {
  auto nobody = compare_groups(group(0, 100), group(80, 100), {}, 1);
  REQUIRE(nobody.impact_ratio);
  CHECK(nobody.impact_ratio->figure == 0);
  CHECK(nobody.impact_ratio->interval.high > 0);
  CHECK(nobody.impact_ratio->finding());
  CHECK_FALSE(compare_groups(group(80, 100), group(0, 100), {}, 1).impact_ratio);
}

TEST_CASE("disparity: gaps of error rates and of means are signed") {
  auto result = compare_groups(group(300, 500), group(400, 500), {}, 1);
  REQUIRE(result.true_positive_gap);
  CHECK(result.true_positive_gap->figure == doctest::Approx(-0.2));
  CHECK(result.true_positive_gap->interval.low < -0.2);
  CHECK(result.true_positive_gap->interval.high > -0.2);
  REQUIRE(result.mean_difference);
  // Means 560 and 580; variances 2400 and 1600; pooled over 998 degrees.
  CHECK(result.mean_difference->figure == doctest::Approx(-2000 / std::sqrt(500 * 4000.0 / 998)));
  // 50 bads each: enough.
  CHECK(result.false_positive_gap);
}
