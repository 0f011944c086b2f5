#include <credence/monitor/discrimination.h>
#include <credence/monitor/sample_test.h>
#include <credence/monitor/separation.h>
#include <doctest/doctest.h>

#include <algorithm>

using namespace credence;

namespace {

std::vector<TieGroup> groups_of(std::vector<std::int32_t> scores, std::vector<std::uint8_t> bad) {
  return tie_groups({scores, bad, {}});
}

}  // namespace

TEST_CASE("tie groups: equal scores come together, in order, with their weights") {
  std::vector<std::int32_t> scores = {5, 3, 5};
  std::vector<std::uint8_t> bad = {1, 0, 0};
  std::vector<double> weights = {2, 1, 0.5};
  auto groups = tie_groups({scores, bad, weights});
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].score == 3);
  CHECK(groups[1].tally.bad == 2);
  CHECK(groups[1].tally.good == 0.5);
  CHECK(groups[1].tally.effective() == doctest::Approx(2.5 * 2.5 / 4.25));
  CHECK(tie_groups({}).empty());
}

TEST_CASE("bands: a tie group is never cut, and all weight is in one band") {
  auto groups = groups_of({1, 2, 2, 2, 2, 2, 2, 3, 4, 5}, {1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
  auto bands = equal_bands(groups, 5);
  REQUIRE(bands.size() == 3);
  CHECK(bands[0].from == 1);
  CHECK(bands[0].to == 2);
  CHECK(bands[0].tally.records() == 7);
  CHECK(bands[1].to == 3);
  CHECK(bands[2].from == 4);
  CHECK(bands[2].to == 5);
  ReferenceCases cases = reference_cases(400);
  auto many = equal_bands(tie_groups(cases.weighted()), 10);
  CHECK(many.size() == 10);
  double weight = 0;
  for (const auto& band : many) weight += band.tally.weight();
  CHECK(weight == doctest::Approx(total(tie_groups(cases.weighted())).weight()));
}

TEST_CASE("bands: one score is one band, no case is none") {
  CHECK(equal_bands(groups_of({7, 7, 7}, {1, 0, 0}), 10).size() == 1);
  CHECK(equal_bands({}, 10).empty());
  CHECK(bands_from({}, {}).empty());
}

TEST_CASE("bands: limits of another sample hold, and scores outside join the ends") {
  std::vector<std::int32_t> starts = {10, 20, 30};
  auto bands = bands_from(groups_of({1, 12, 45, 46}, {1, 0, 0, 1}), starts);
  REQUIRE(bands.size() == 3);
  CHECK(bands[0].from == 1);
  CHECK(bands[0].tally.records() == 2);
  CHECK(bands[1].tally.records() == 0);
  CHECK(bands[2].tally.bad == 1);
  CHECK(bands[2].to == 46);
}

TEST_CASE("cumulative: the last point is all of everything; its area is the AUC") {
  ReferenceCases cases = reference_cases(400);
  auto points = cumulative(tie_groups(cases.weighted()));
  CHECK(points.front().all == 0);
  CHECK(points.back().bad == doctest::Approx(1));
  CHECK(points.back().good == doctest::Approx(1));
  double area = 0;
  for (std::size_t i = 1; i < points.size(); ++i)
    area += (points[i].good - points[i - 1].good) * (points[i].bad + points[i - 1].bad) / 2;
  CHECK(area == doctest::Approx(weighted_discrimination(cases.weighted())->auc).epsilon(1e-12));
}

TEST_CASE("gains: lift is the share of bads over the share of all") {
  auto result = gains(equal_bands(groups_of({1, 2, 3, 4}, {1, 1, 0, 0}), 4));
  REQUIRE(result.size() == 4);
  CHECK(result[0].bad == 0.5);
  CHECK(result[0].lift == 2);
  CHECK(result[1].bad == 1);
  CHECK(result[3].lift == 1);
}

TEST_CASE("order breaks: only a higher band that goes bad more often is one") {
  std::vector<ScoreBand> bands(3);
  bands[0].tally = {10, 90, 10, 90, 10, 90};
  bands[1].tally = {20, 80, 20, 80, 20, 80};
  bands[2].tally = {5, 95, 5, 95, 5, 95};
  auto breaks = order_breaks(bands);
  REQUIRE(breaks.size() == 1);
  CHECK(breaks[0].lower == 0);
  // z = 0.1 / sqrt(0.15 * 0.85 * 0.02) = 1.980295, one-sided.
  CHECK(breaks[0].p_value == doctest::Approx(0.0238352).epsilon(1e-5));
}

TEST_CASE("divergence: the distance of means in common deviations, squared") {
  CHECK(*divergence(groups_of({1, 3, 5, 7}, {1, 1, 0, 0})) == doctest::Approx(16));
  CHECK_FALSE(divergence(groups_of({5, 5}, {1, 0})));
}

TEST_CASE("H-measure: equals the integral over costs, rule by rule") {
  ReferenceCases cases = reference_cases(400);
  auto groups = tie_groups(cases.weighted());
  auto points = cumulative(groups);
  ClassTally all = total(groups);
  double bads = all.bad / all.weight(), goods = 1 - bads, loss = 0, blind = 0;
  constexpr int kSteps = 20000;
  for (int i = 0; i < kSteps; ++i) {
    double c = (i + 0.5) / kSteps, weight = 6 * c * (1 - c) / kSteps, best = 1;
    for (const auto& point : points)
      best = std::min(best, c * goods * point.good + (1 - c) * bads * (1 - point.bad));
    loss += weight * best;
    blind += weight * std::min(c * goods, (1 - c) * bads);
  }
  CHECK(h_measure(groups) == doctest::Approx(1 - loss / blind).epsilon(1e-6));
}

TEST_CASE("H-measure: perfect order is 1, no order 0") {
  CHECK(h_measure(groups_of({1, 2, 3, 4}, {1, 1, 0, 0})) == doctest::Approx(1));
  CHECK(h_measure(groups_of({1, 1, 1, 1}, {1, 0, 0, 0})) == doctest::Approx(0));
  CHECK(h_measure(groups_of({1, 2}, {0, 1})) == doctest::Approx(0));
}
