#include <credence/monitor/sample_test.h>
#include <credence/monitor/stability.h>
#include <doctest/doctest.h>

#include <cmath>

using namespace credence;

TEST_CASE("stability: index by hand, smoothed and raw") {
  auto result = stability({{50, 50}, 0}, {{30, 70}, 0});
  REQUIRE(result);
  CHECK(result->raw == doctest::Approx(-0.2 * std::log(0.6) + 0.2 * std::log(1.4)));
  double low_e = 50.5 / 101, low_a = 30.5 / 101, high_a = 70.5 / 101;
  CHECK(result->index == doctest::Approx((low_a - low_e) * std::log(low_a / low_e) +
                                         (high_a - low_e) * std::log(high_a / low_e)));
  CHECK(result->parts.size() == 2);
  CHECK(result->statistic == doctest::Approx(result->index * 50));
  CHECK(result->degrees == 1);
}

TEST_CASE("stability: a cell that is empty in one sample counts, and stays finite") {
  // Another program gives infinity, and does not count a cell that is new in the actual sample.
  auto result = stability({{50, 50, 0}, 0}, {{40, 40, 20}, 0});
  REQUIRE(result);
  CHECK(std::isinf(result->raw));
  CHECK(std::isfinite(result->index));
  CHECK(result->index > 0.5);
  CHECK(result->degrees == 2);
  CHECK(result->p_value < 1e-6);
}

TEST_CASE("stability: a cell that is empty in both is none") {
  auto with = stability({{50, 0, 50}, 0}, {{30, 0, 70}, 0});
  auto without = stability({{50, 50}, 0}, {{30, 70}, 0});
  CHECK(with->index == doctest::Approx(without->index));
  CHECK(with->degrees == 1);
  CHECK(with->parts[1] == 0);
}

TEST_CASE("stability: equal samples have moved nowhere; an empty one cannot be compared") {
  auto same = stability({{3, 4}, 0}, {{3, 4}, 0});
  CHECK(same->index == 0);
  CHECK(same->jensen_shannon == 0);
  CHECK(same->p_value == doctest::Approx(1));
  CHECK_FALSE(stability({{0, 0}, 0}, {{3, 4}, 0}));
  CHECK_FALSE(stability({{}, 0}, {{}, 0}));
}

TEST_CASE("stability: weights are measured in records") {
  auto plain = stability({{50, 50}, 0}, {{30, 70}, 0});
  auto scaled = stability({{5, 5}, 100}, {{3000, 7000}, 100});
  CHECK(scaled->index == doctest::Approx(plain->index).epsilon(1e-12));
  CHECK(scaled->statistic == doctest::Approx(plain->statistic).epsilon(1e-12));
}

TEST_CASE("stability: samples apart have Jensen-Shannon ln 2; points move with the shares") {
  auto apart = stability({{1, 0}, 0}, {{0, 1}, 0});
  CHECK(apart->jensen_shannon == doctest::Approx(std::log(2)));
  std::vector<int> points = {10, 30};
  CHECK(points_shift(*apart, points) == 20);
}

TEST_CASE("score drift: the largest distance after whole tie groups, signed") {
  std::vector<std::int32_t> before = {1, 2, 3, 4}, after = {1, 1, 1, 9};
  std::vector<std::uint8_t> bad = {0, 0, 1, 1};
  auto drift = score_drift(tie_groups({before, bad, {}}), tie_groups({after, bad, {}}));
  CHECK(drift.distance == doctest::Approx(0.5));
  CHECK(drift.score == 1);
  auto none = score_drift(tie_groups({before, bad, {}}), tie_groups({before, bad, {}}));
  CHECK(none.distance == 0);
  CHECK(none.p_value == 1);
}

TEST_CASE("concentration: one cell of all is 1, equal cells are 0 when normalised") {
  std::vector<double> one = {0, 7, 0}, equal = {2, 2, 2, 2}, nothing = {0, 0};
  CHECK(concentration(one)->index == 1);
  CHECK(concentration(one)->normalised == doctest::Approx(1));
  CHECK(concentration(equal)->index == doctest::Approx(0.25));
  CHECK(concentration(equal)->normalised == doctest::Approx(0));
  CHECK_FALSE(concentration(nothing));
}
