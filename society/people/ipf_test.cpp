#include <credence/people/ipf.h>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace credence;

namespace {

Cross two_by_three() {
  return {{2, 3}, {1, 2, 3, 4, 5, 6}};
}

std::string code_of(const Result<IpfResult>& result) {
  return result ? "" : result.error().code;
}

bool says(const Result<IpfResult>& result, std::string_view what) {
  return !result && result.error().message.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("proportional fitting: the published table of 2 x 3 comes out, the odds ratio stays") {
  std::vector<Margin> margins = {{{0}, {40, 60}}, {{1}, {30, 30, 40}}};
  auto fitted = fit_proportionally(two_by_three(), margins, 1e-14);
  REQUIRE(fitted);
  const std::vector<double>& cells = fitted->table.cells;
  const double expected[] = {9.090034, 12.306690, 18.603276, 20.909966, 17.693310, 21.396724};
  for (std::size_t i = 0; i < 6; ++i) CHECK(std::fabs(cells[i] - expected[i]) < 1e-6);
  CHECK(cells[0] * cells[4] / (cells[1] * cells[3]) == doctest::Approx(.625).epsilon(1e-12));
  CHECK(fitted->sweeps == 8);
  CHECK(fitted->largest_error <= 1e-14);
}

TEST_CASE("proportional fitting: margins of a table that exists are met, whatever the seed") {
  std::mt19937 engine(3);
  std::uniform_real_distribution<double> weight(0.1, 1);
  for (int round = 0; round < 50; ++round) {
    Cross truth{{3, 2, 4}, std::vector<double>(24)}, seed = truth;
    for (double& cell : truth.cells) cell = weight(engine);
    for (double& cell : seed.cells) cell = weight(engine);
    std::vector<Margin> margins;
    for (const std::vector<std::size_t>& over :
         std::vector<std::vector<std::size_t>>{{0, 1}, {1, 2}, {0, 2}}) {
      std::vector<std::uint32_t> places = margin_places(truth.sizes, over);
      Margin margin{over, std::vector<double>(truth.sizes[over[0]] * truth.sizes[over[1]])};
      for (std::size_t i = 0; i < 24; ++i) margin.sums[places[i]] += truth.cells[i];
      margins.push_back(margin);
    }
    auto fitted = fit_proportionally(seed, margins);
    REQUIRE(fitted);
    for (const Margin& margin : margins) {
      std::vector<std::uint32_t> places = margin_places(truth.sizes, margin.variables);
      std::vector<double> sums(margin.sums.size());
      for (std::size_t i = 0; i < 24; ++i) sums[places[i]] += fitted->table.cells[i];
      for (std::size_t i = 0; i < sums.size(); ++i) {
        CHECK(sums[i] == doctest::Approx(margin.sums[i]).epsilon(1e-6));
      }
    }
  }
}

TEST_CASE("proportional fitting: a combination with weight 0 stays empty") {
  Cross seed{{2, 2}, {0, 1, 1, 1}};
  std::vector<Margin> margins = {{{0}, {1, 3}}, {{1}, {1, 3}}};
  auto fitted = fit_proportionally(seed, margins);
  REQUIRE(fitted);
  CHECK(fitted->table.cells[0] == 0);
  CHECK(fitted->table.cells[1] == doctest::Approx(1));
}

TEST_CASE("proportional fitting: a target over empty cells is refused, with its name") {
  Cross seed{{2, 2}, {0, 0, 1, 1}};
  seed.variables = {"age", "work"};
  seed.categories = {{"child", "adult"}, {"working", "retired"}};
  std::vector<Margin> margins = {{{0}, {1, 1}}};
  auto fitted = fit_proportionally(seed, margins);
  CHECK(code_of(fitted) == "ipf.impossible");
  CHECK(says(fitted, "`child` of age"));
  margins = {{{0, 1}, {0.5, 0, 0.5, 1}}};
  CHECK(says(fit_proportionally(seed, margins), "`child` x `working` of age x work"));
}

TEST_CASE(
    "proportional fitting: margins that contradict each other are refused, with the farthest") {
  Cross seed{{2, 2}, {1, 1, 1, 1}};
  std::vector<Margin> margins = {{{0}, {1, 3}}, {{0, 1}, {1, 1, 1, 1}}};
  auto fitted = fit_proportionally(seed, margins);
  CHECK(code_of(fitted) == "ipf.contradiction");
  CHECK(says(fitted, "of variable"));
  // Not in the margins but in the combinations that exist.
  Cross diagonal{{2, 2}, {1, 0, 0, 1}};
  margins = {{{0}, {1, 3}}, {{1}, {3, 1}}};
  CHECK(code_of(fit_proportionally(diagonal, margins)) == "ipf.contradiction");
  margins = {{{0}, {1, 3}}, {{1}, {2, 3}}};
  CHECK(code_of(fit_proportionally(seed, margins)) == "ipf.total");
}

TEST_CASE("proportional fitting: sizes and values that are none are refused") {
  double none = std::numeric_limits<double>::quiet_NaN();
  double endless = std::numeric_limits<double>::infinity();
  std::vector<Margin> margins = {{{0}, {1, 1}}};
  CHECK(code_of(fit_proportionally({{}, {}}, margins)) == "ipf.shape");
  CHECK(code_of(fit_proportionally({{2, 0}, {}}, margins)) == "ipf.shape");
  CHECK(code_of(fit_proportionally({{2, 2}, {1, 1, 1}}, margins)) == "ipf.shape");
  CHECK(code_of(fit_proportionally({{1U << 31, 1U << 31, 1U << 31}, {1}}, {})) == "ipf.shape");
  CHECK(code_of(fit_proportionally({{2}, {1, -1}}, margins)) == "ipf.value");
  CHECK(code_of(fit_proportionally({{2}, {1, none}}, margins)) == "ipf.value");
  Cross seed{{2, 2}, {1, 1, 1, 1}};
  for (const Margin& bad : std::vector<Margin>{{{}, {}},
                                               {{2}, {1, 1}},
                                               {{1, 0}, {1, 1, 1, 1}},
                                               {{0, 0}, {1, 1, 1, 1}},
                                               {{0}, {1, 1, 1}}}) {
    CHECK(code_of(fit_proportionally(seed, std::span{&bad, 1})) == "ipf.shape");
  }
  for (const std::vector<double>& sums :
       std::vector<std::vector<double>>{{1, -1}, {1, none}, {1, endless}, {0, 0}}) {
    margins = {{{0}, sums}};
    CHECK(code_of(fit_proportionally(seed, margins)) == "ipf.value");
  }
}
