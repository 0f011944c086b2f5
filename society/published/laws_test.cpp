#include <credence/published/laws.h>
#include <doctest/doctest.h>

#include <cmath>

namespace credence {

TEST_CASE("Poisson by inversion: the count changes where the distribution function passes") {
  // exp(-2) = .135335, then .406006, .676676, .857123.
  CHECK(poisson_by_inversion(.13, 2) == 0);
  CHECK(poisson_by_inversion(.14, 2) == 1);
  CHECK(poisson_by_inversion(.406, 2) == 1);
  CHECK(poisson_by_inversion(.407, 2) == 2);
  CHECK(poisson_by_inversion(.857, 2) == 3);
  CHECK(poisson_by_inversion(.858, 2) == 4);
}

TEST_CASE("Poisson by inversion: no rate, no count; the ends of the uniforms end the search") {
  for (double uniform : {1e-12, .5, 1 - 1e-16}) CHECK(poisson_by_inversion(uniform, 0) == 0);
  for (double rate : {.001, 1., 7.4, 100., 700.}) {
    CHECK(poisson_by_inversion(1e-300, rate) <= rate);
    CHECK(poisson_by_inversion(1 - 1e-16, rate) < 40 + 2 * rate);
  }
}

TEST_CASE("Poisson by inversion: evenly laid uniforms give the mean and the variance of the law") {
  constexpr int kUniforms = 200'000;
  for (double rate : {.5, 3.68511, 40.}) {
    PoissonTable table(rate);
    double sum = 0, squares = 0;
    for (int at = 0; at < kUniforms; ++at) {
      double uniform = (at + .5) / kUniforms;
      auto count = poisson_by_inversion(uniform, rate);
      REQUIRE(count == table.count(uniform));
      sum += count;
      squares += static_cast<double>(count) * count;
    }
    double mean = sum / kUniforms;
    CHECK(mean == doctest::Approx(rate).epsilon(.001));
    CHECK(squares / kUniforms - mean * mean == doctest::Approx(rate).epsilon(.005));
  }
}

TEST_CASE("Poisson table: a tail is what the counts before it leave") {
  PoissonTable table(2);
  CHECK(table.tail(0) == 1);
  CHECK(table.tail(1) == doctest::Approx(1 - std::exp(-2)));
  CHECK(table.tail(3) == doctest::Approx(1 - 5 * std::exp(-2)));
  CHECK(table.tail(100'000) == 0);
  CHECK(PoissonTable(0).tail(1) == 0);
}

TEST_CASE("binomial by inversion: the count changes where the distribution function passes") {
  // Three trials at .5: .125, .5, .875, 1.
  CHECK(binomial_by_inversion(.124, 3, .5) == 0);
  CHECK(binomial_by_inversion(.126, 3, .5) == 1);
  CHECK(binomial_by_inversion(.499, 3, .5) == 1);
  CHECK(binomial_by_inversion(.501, 3, .5) == 2);
  CHECK(binomial_by_inversion(.876, 3, .5) == 3);
  CHECK(binomial_by_inversion(1 - 1e-16, 3, .5) == 3);
}

TEST_CASE("binomial by inversion: no trials or no chance give none, and never more than trials") {
  for (double uniform : {1e-12, .5, 1 - 1e-16}) {
    CHECK(binomial_by_inversion(uniform, 0, .9) == 0);
    CHECK(binomial_by_inversion(uniform, 1000, 0) == 0);
    CHECK(binomial_by_inversion(uniform, 5, .999) <= 5);
  }
}

TEST_CASE("binomial by inversion: evenly laid uniforms give the mean and the variance of the law") {
  constexpr int kUniforms = 200'000;
  double sum = 0, squares = 0;
  for (int at = 0; at < kUniforms; ++at) {
    double count = binomial_by_inversion((at + .5) / kUniforms, 609, .01);
    sum += count;
    squares += count * count;
  }
  double mean = sum / kUniforms;
  CHECK(mean == doctest::Approx(6.09).epsilon(.001));
  CHECK(squares / kUniforms - mean * mean == doctest::Approx(6.09 * .99).epsilon(.005));
}

}  // namespace credence
