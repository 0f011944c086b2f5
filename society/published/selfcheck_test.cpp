#include <credence/published/models.h>
#include <credence/published/published_testing.h>
#include <credence/published/selfcheck.h>
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <numbers>

namespace credence {

namespace {

std::string red_with(const SelfcheckChange& change,
                     std::vector<PublishedCheck> (*part)(const SelfcheckRun&)) {
  Crew crew(2);
  PublishedSetting setting = testing::small_setting();
  return testing::red_checks(part({change, setting, crew}));
}

}  // namespace

TEST_CASE("self-checks: every number holds at a twentieth of the replicates") {
  Crew crew(2);
  auto checks = selfcheck_checks(testing::small_setting(), crew);
  CHECK(checks.size() == 84);
  CHECK(testing::red_checks(checks) == "");
}

TEST_CASE("self-checks: the numbers are the same for every number of threads") {
  // Each part that works with a crew, at the least effort.
  for (auto* part :
       {check_payments, check_savings, check_jobs, check_small_worlds, check_sensitivity}) {
    auto run = [part](const PublishedSetting& setting, Crew& crew) {
      return part({{}, setting, crew});
    };
    CHECK(testing::same_for_all_threads(run, {7, .01, {}}));
  }
}

TEST_CASE("self-checks: whatever is planted turns its own check red") {
  CHECK(red_with({.units_more = 1}, check_payments).find("among 100 contacts") !=
        std::string::npos);
  CHECK(red_with({.kept_more = 50}, check_savings) != "");
  CHECK(red_with({.hired_times = 1.2}, check_jobs).find("a million people") != std::string::npos);
  CHECK(red_with({.rewired_times = 1.5}, check_small_worlds) != "");
  CHECK(red_with({.third_input_times = 2}, check_sensitivity).find("total share") !=
        std::string::npos);
}

TEST_CASE("self-checks: the Gini coefficient of a law is 0 where all have the same, and known") {
  CHECK(gini_of_law(std::array{0., 0., 1.}) == 0);
  CHECK(gini_of_law(std::array{1.}) == 0);
  CHECK(gini_of_law(std::array{.5, .5}) == doctest::Approx(.5));
  std::vector<double> geometric;
  for (int n = 0; n < 200; ++n) geometric.push_back(std::pow(.5, n + 1));
  CHECK(gini_of_law(geometric) == doctest::Approx(2. / 3));
}

TEST_CASE("self-checks: the law of payments at once adds up and has the mean it was given") {
  for (double units : {.2, 1., 3.}) {
    for (int contacts : {2, 10, 200}) {
      auto law = law_of_contact_payments(units, contacts);
      double sum = 0, mean = 0;
      for (std::size_t n = 0; n < law.size(); ++n) {
        CHECK(law[n] >= 0);
        sum += law[n];
        mean += static_cast<double>(n) * law[n];
      }
      CHECK(sum == doctest::Approx(1).epsilon(1e-9));
      CHECK(mean == doctest::Approx(units).epsilon(1e-6));
    }
  }
  // Poisson arrivals: those who pay are 1 + m - sqrt(1 + m^2).
  CHECK(1 - law_of_contact_payments(1, 2000)[0] ==
        doctest::Approx(2 - std::numbers::sqrt2).epsilon(1e-3));
}

TEST_CASE("self-checks: the shape of small networks is what one counts by hand") {
  using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  NetworkShape triangle = shape_of(ties_from_pairs(3, Pairs{{0, 1}, {1, 2}, {0, 2}}), 3);
  CHECK(triangle.clustering == 1);
  CHECK(triangle.path == 1);
  NetworkShape line = shape_of(ties_from_pairs(3, Pairs{{0, 1}, {1, 2}}), 3);
  CHECK(line.clustering == 0);
  CHECK(line.path == doctest::Approx(4. / 3));
  CHECK(std::isinf(shape_of(ties_from_pairs(4, Pairs{{0, 1}, {2, 3}}), 4).path));
  CHECK(shape_of(ties_from_pairs(1, {}), 1).path == 0);
  Pairs ring;
  for (std::uint32_t i = 0; i < 129; ++i) ring.emplace_back(i, (i + 1) % 129);
  CHECK(shape_of(ties_from_pairs(129, ring), 129).path == doctest::Approx(32.5));
}

TEST_CASE("self-checks: our sine is the sine") {
  for (double x = -40; x < 40; x += .0137) CHECK(std::abs(exact_sine(x) - std::sin(x)) < 1e-13);
  CHECK(exact_sine(0) == 0);
}

TEST_CASE("self-checks: Sobol's G is zero in the middle and largest at the corners") {
  const std::array<double, 2> a{0, 1}, middle{.5, .5}, corner{1, 0};
  CHECK(sobol_g(middle, a) == 0);
  CHECK(sobol_g(corner, a) == doctest::Approx(3));
}

}  // namespace credence
