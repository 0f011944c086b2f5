#include <credence/clockwork/functions.h>
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

using namespace credence;

namespace {

constexpr int kPoints = 100'000;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// How far apart two numbers are, in units of the last place of the second.
double places_apart(double mine, long double exact) {
  auto nearest = static_cast<double>(exact);
  if (mine == nearest) return 0;
  double unit = std::nextafter(std::fabs(nearest), kInfinity) - std::fabs(nearest);
  return std::fabs(static_cast<double>((mine - exact) / unit));
}

template <class Mine, class Exact, class Draw>
double worst(Mine mine, Exact exact, Draw draw) {
  std::mt19937_64 engine(7);
  double largest = 0;
  for (int i = 0; i < kPoints; ++i) {
    double x = draw(engine);
    double apart = places_apart(mine(x), exact(static_cast<long double>(x)));
    if (!(apart <= largest)) largest = apart;
  }
  return largest;
}

auto within(double low, double high) {
  return [range = std::uniform_real_distribution<double>(low, high)](auto& engine) mutable {
    return range(engine);
  };
}

// Any positive finite double, each exponent as likely.
double any_positive(std::mt19937_64& engine) {
  for (;;) {
    double x = std::bit_cast<double>(engine() >> 1);
    if (std::isfinite(x) && x > 0) return x;
  }
}

}  // namespace

TEST_CASE("exponential: within 1 unit in the last place over all its range") {
  auto exact = [](long double x) { return std::exp(x); };
  CHECK(worst(exact_exp, exact, within(-708, 709)) < 1.0);
  CHECK(worst(exact_exp, exact, within(-1, 1)) < 1.0);
  CHECK(worst(exact_exp, exact, within(-745, -708)) <= 1.0);  // below the normal numbers
}

TEST_CASE("exponential: the edges are those of the header") {
  CHECK(exact_exp(0) == 1);
  CHECK(exact_exp(-0.0) == 1);
  CHECK(exact_exp(1) == doctest::Approx(2.718281828459045).epsilon(3e-16));
  CHECK(exact_exp(-746) == 0);
  CHECK(exact_exp(-kInfinity) == 0);
  CHECK(exact_exp(710) == kInfinity);
  CHECK(exact_exp(kInfinity) == kInfinity);
  CHECK(exact_exp(709.78) == doctest::Approx(std::exp(709.78)).epsilon(1e-14));
  CHECK(exact_exp(-745) == std::numeric_limits<double>::denorm_min());
  CHECK(exact_exp(1e-300) == 1);
  CHECK(std::isnan(exact_exp(std::nan(""))));
}

TEST_CASE(
    "logarithm: within 1 unit in the last place, also next to 1 and of the smallest numbers") {
  auto exact = [](long double x) { return std::log(x); };
  CHECK(worst(exact_log, exact, any_positive) < 1.0);
  CHECK(worst(exact_log, exact, within(0.5, 2)) < 1.0);
  CHECK(worst(exact_log, exact, within(1 - 1e-6, 1 + 1e-6)) < 1.0);
  CHECK(worst(exact_log, exact, within(0, 1e-310)) < 1.0);
}

TEST_CASE("logarithm: the edges are those of the header") {
  CHECK(exact_log(1) == 0);
  CHECK(exact_log(0) == -kInfinity);
  CHECK(exact_log(kInfinity) == kInfinity);
  CHECK(std::isnan(exact_log(-1)));
  CHECK(std::isnan(exact_log(std::nan(""))));
  CHECK(exact_log(std::numeric_limits<double>::denorm_min()) ==
        std::log(std::numeric_limits<double>::denorm_min()));
}

TEST_CASE("power: within 2 units in the last place, however large the exponent") {
  std::mt19937_64 engine(11);
  std::uniform_real_distribution<double> logarithms(-700, 700);
  double largest = 0;
  for (int i = 0; i < kPoints; ++i) {
    double x = any_positive(engine);
    double y = logarithms(engine) / std::log(x);
    if (!std::isfinite(y)) continue;
    long double exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    double apart = places_apart(exact_power(x, y), exact);
    if (!(apart <= largest)) largest = apart;
  }
  CHECK(largest < 2.0);
}

TEST_CASE("power: the edges are those of real powers") {
  CHECK(exact_power(2, 10) == 1024);
  CHECK(exact_power(10, -3) == 0.001);
  CHECK(exact_power(1, 1e300) == 1);
  CHECK(exact_power(7, 0) == 1);
  CHECK(exact_power(0, 2) == 0);
  CHECK(exact_power(0, -2) == kInfinity);
  CHECK(exact_power(kInfinity, 1) == kInfinity);
  CHECK(exact_power(kInfinity, -1) == 0);
  CHECK(exact_power(2, 1e6) == kInfinity);
  CHECK(exact_power(2, -1e6) == 0);
  CHECK(exact_power(1.5, kInfinity) == kInfinity);
  CHECK(std::isnan(exact_power(-1, 2)));
  CHECK(std::isnan(exact_power(2, std::nan(""))));
}

TEST_CASE(
    "normal distribution: relative error below 1e-14 on the left down to -37, 4 units right") {
  auto exact = [](long double x) { return 0.5L * std::erfc(-x / std::sqrt(2.0L)); };
  std::mt19937_64 engine(13);
  std::uniform_real_distribution<double> range(-37, 9);
  double largest = 0;
  for (int i = 0; i < kPoints; ++i) {
    double x = range(engine);
    long double wanted = exact(x);
    double apart = std::fabs(static_cast<double>((exact_normal_cumulative(x) - wanted) / wanted));
    if (!(apart <= largest)) largest = apart;
  }
  CHECK(largest < 1e-14);
  CHECK(worst(exact_normal_cumulative, exact, within(0, 9)) < 4.0);
}

TEST_CASE("normal distribution: the edges are 0, a half and 1") {
  CHECK(exact_normal_cumulative(0) == 0.5);
  CHECK(exact_normal_cumulative(-40) == 0);
  CHECK(exact_normal_cumulative(40) == 1);
  CHECK(exact_normal_cumulative(-kInfinity) == 0);
  CHECK(exact_normal_cumulative(kInfinity) == 1);
  CHECK(std::isnan(exact_normal_cumulative(std::nan(""))));
}

TEST_CASE("normal quantile: the distribution function brings it back, and known points hold") {
  // Python's statistics.NormalDist().inv_cdf.
  CHECK(exact_normal_quantile(0.975) == doctest::Approx(1.9599639845400539).epsilon(1e-15));
  CHECK(exact_normal_quantile(0.001) == doctest::Approx(-3.0902323061678132).epsilon(1e-15));
  CHECK(exact_normal_quantile(1e-20) == doctest::Approx(-9.262340089798408).epsilon(1e-15));
  CHECK(exact_normal_quantile(0.5) == 0);
  std::mt19937_64 engine(17);
  double largest = 0;
  for (int i = 0; i < kPoints; ++i) {
    double p = std::bit_cast<double>(std::uniform_int_distribution<std::uint64_t>(
        std::bit_cast<std::uint64_t>(1e-300), std::bit_cast<std::uint64_t>(0.5))(engine));
    auto x = static_cast<long double>(exact_normal_quantile(p));
    // One Newton step on the quantile in the system's long double shows the error in x.
    long double density = std::exp(-x * x / 2) / std::sqrt(2 * 3.14159265358979323846L);
    long double error = (0.5L * std::erfc(-x / std::sqrt(2.0L)) - p) / density;
    auto apart = static_cast<double>(std::fabs(error / std::max(std::fabs(x), 1e-3L)));
    if (!(apart <= largest)) largest = apart;
  }
  CHECK(largest < 1e-14);
}

TEST_CASE("normal quantile: the edges and what lies outside") {
  CHECK(exact_normal_quantile(0) == -kInfinity);
  CHECK(exact_normal_quantile(1) == kInfinity);
  CHECK(std::isnan(exact_normal_quantile(-0.1)));
  CHECK(std::isnan(exact_normal_quantile(1.1)));
  CHECK(std::isnan(exact_normal_quantile(std::nan(""))));
  CHECK(exact_normal_quantile(0.25) == -exact_normal_quantile(0.75));
}

TEST_CASE("logistic: within 4 units in the last place, and sure at both ends") {
  auto exact = [](long double x) { return 1 / (1 + std::exp(-x)); };
  CHECK(worst(exact_logistic, exact, within(-700, 40)) < 4.0);
  CHECK(worst(exact_logistic, exact, within(-5, 5)) < 4.0);
  CHECK(exact_logistic(0) == 0.5);
  CHECK(exact_logistic(-800) == 0);
  CHECK(exact_logistic(800) == 1);
}
