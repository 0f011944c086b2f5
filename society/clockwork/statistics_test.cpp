#include <credence/clockwork/statistics.h>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace credence;

TEST_CASE("sum by halves: exact where plain adding would lose the small ones") {
  std::vector<double> values(1 << 20, 0.1);
  CHECK(sum_by_halves(values) == doctest::Approx(104857.6).epsilon(1e-15));
  CHECK(sum_by_halves({}) == 0);
}

TEST_CASE("spread: mean, deviation, quantiles and the Student interval of known numbers") {
  std::vector<double> values = {2, 4, 4, 4, 5, 5, 7, 9};
  ReplicateSpread spread = spread_of(values);
  CHECK(spread.count == 8);
  CHECK(spread.mean == 5);
  CHECK(spread.deviation == doctest::Approx(2.1380899352993952));
  CHECK(spread.low == doctest::Approx(2.7));
  CHECK(spread.high == doctest::Approx(8.3));
  CHECK(spread.error == doctest::Approx(2.36462425159 * 2.1380899352993952 / std::sqrt(8.0)));
  CHECK(spread.runs_to_halve() == 32);
}

TEST_CASE("spread: nothing and one value give no error, not a number that is none") {
  CHECK(spread_of({}).count == 0);
  CHECK(spread_of({}).mean == 0);
  std::vector<double> one = {3.5};
  ReplicateSpread spread = spread_of(one);
  CHECK(spread.mean == 3.5);
  CHECK(spread.low == 3.5);
  CHECK(spread.high == 3.5);
  CHECK(spread.deviation == 0);
  CHECK(spread.error == 0);
}

TEST_CASE("quantile: type 7 between the order statistics, and a value that is none does no harm") {
  CHECK(quantile({3, 1, 2}, 0) == 1);
  CHECK(quantile({3, 1, 2}, 1) == 3);
  CHECK(quantile({3, 1, 2}, 0.5) == 2);
  CHECK(quantile({1, 2, 3, 4}, 0.25) == 1.75);
  double none = std::numeric_limits<double>::quiet_NaN();
  CHECK(quantile({none, 2, 1}, 0) == 1);
}

TEST_CASE("Student: the tabulated points, and the normal point in the end") {
  CHECK(student_95(1) == doctest::Approx(12.7062047364).epsilon(1e-9));
  CHECK(student_95(7) == doctest::Approx(2.3646242510).epsilon(1e-9));
  CHECK(student_95(30) == doctest::Approx(2.0422724563).epsilon(1e-9));
  CHECK(student_95(31) == doctest::Approx(2.0395134464).epsilon(2e-8));
  CHECK(student_95(100) == doctest::Approx(1.9839715185).epsilon(1e-9));
  CHECK(student_95(1'000'000'000) == doctest::Approx(1.9599639845).epsilon(1e-8));
  for (std::size_t n = 1; n < 200; ++n) CHECK(student_95(n) > student_95(n + 1));
}

TEST_CASE("Gini: 0 when all have the same, near 1 when one has all, 1/3 of an even ramp") {
  CHECK(gini({}) == 0);
  CHECK(gini({0, 0, 0}) == 0);
  CHECK(gini({5, 5, 5, 5}) == 0);
  CHECK(gini({0, 0, 0, 1}) == 0.75);
  CHECK(gini({1, 3}) == 0.25);
  CHECK(gini({3, 1}) == 0.25);
  std::vector<double> ramp;
  for (int i = 0; i <= 10'000; ++i) ramp.push_back(i);
  CHECK(gini(ramp) == doctest::Approx(1.0 / 3).epsilon(1e-3));
}
