#include <credence/design/design.h>
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <set>

namespace credence {

namespace {

std::vector<DesignInput> unit_inputs(std::size_t count) {
  std::vector<DesignInput> inputs(count);
  for (std::size_t i = 0; i < count; ++i) inputs[i].path = "x" + std::to_string(i);
  return inputs;
}

// Ishigami and Homma (1990) with A = 7, B = 0.1, on [0, 1] stretched to [-pi, pi].
double ishigami(std::span<const double> x) {
  auto angle = [&](std::size_t i) { return (2 * x[i] - 1) * std::numbers::pi; };
  double second = std::sin(angle(1));
  return std::sin(angle(0)) + 7 * second * second +
         0.1 * std::pow(angle(2), 4) * std::sin(angle(0));
}

template <class Model>
std::vector<double> run(const Design& design, Model model) {
  std::vector<double> outcomes;
  for (std::size_t i = 0; i < design.size(); ++i) outcomes.push_back(model(design.point(i)));
  return outcomes;
}

}  // namespace

TEST_CASE("design: a grid is the product of its values, the last one moving fastest") {
  std::vector<DesignInput> inputs = unit_inputs(2);
  inputs[0].values = {1, 2};
  inputs[1].values = {10, 20, 30};
  auto design = grid(inputs);
  REQUIRE(design);
  CHECK(design->points == std::vector<double>{1, 10, 1, 20, 1, 30, 2, 10, 2, 20, 2, 30});
}

TEST_CASE("design: a grid without values or beyond ten million points is refused by name") {
  std::vector<DesignInput> inputs = unit_inputs(2);
  inputs[0].values = {1};
  auto empty = grid(inputs);
  REQUIRE_FALSE(empty);
  CHECK(empty.error().code == "design.values");
  CHECK(empty.error().message.find("x1") != std::string::npos);
  inputs[0].values.assign(4000, 1);
  inputs[1].values.assign(4000, 1);
  auto huge = grid(inputs);
  REQUIRE_FALSE(huge);
  CHECK(huge.error().code == "design.size");
}

TEST_CASE("design: a latin hypercube has one point in each slice of each input") {
  std::vector<DesignInput> inputs = unit_inputs(3);
  inputs[2].low = -5;
  inputs[2].high = 5;
  Design design = latin_hypercube(inputs, 50, KeyedDraws{1});
  for (std::size_t input = 0; input < 3; ++input) {
    std::set<int> slices;
    for (std::size_t i = 0; i < 50; ++i) {
      double width = inputs[input].high - inputs[input].low;
      double share = (design.point(i)[input] - inputs[input].low) / width;
      slices.insert(static_cast<int>(share * 50));
    }
    CHECK(slices.size() == 50);
  }
}

TEST_CASE("morris: one input moves at a time, by the step, and stays inside") {
  std::vector<DesignInput> inputs = unit_inputs(4);
  Design design = morris_design(inputs, 20, 4, KeyedDraws{1});
  REQUIRE(design.size() == 100);
  for (std::size_t i = 0; i < design.size(); ++i) {
    int moved = 0;
    for (std::size_t input = 0; input < 4; ++input) {
      CHECK(design.point(i)[input] >= -1e-12);
      CHECK(design.point(i)[input] <= 1 + 1e-12);
      if (i % 5 == 0) continue;
      double by = std::abs(design.point(i)[input] - design.point(i - 1)[input]);
      if (by > 1e-9) {
        ++moved;
        CHECK(by == doctest::Approx(2.0 / 3));
      }
    }
    CHECK(moved == (i % 5 == 0 ? 0 : 1));
  }
}

TEST_CASE("morris: the effects of Ishigami's function are the exact ones") {
  std::vector<DesignInput> inputs = unit_inputs(3);
  Design design = morris_design(inputs, 4000, 4, KeyedDraws{3});
  auto effects = morris_effects(design, run(design, ishigami), inputs, 4, KeyedDraws{3});
  const double exact[] = {7.70405, 7.875, 6.24880};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(effects[i].mu_star == doctest::Approx(exact[i]).epsilon(0.02));
    CHECK(std::abs(effects[i].mu_star - exact[i]) < 2.5 * effects[i].error + 1e-9);
  }
  CHECK(effects[1].sigma > 7);  // it rises as often as it falls
  CHECK(std::abs(effects[1].mu) < 0.5);
}

TEST_CASE("morris: effects are in shares of an input's range, whatever its unit") {
  std::vector<DesignInput> inputs = unit_inputs(2);
  inputs[0].low = 100;
  inputs[0].high = 300;
  Design design = morris_design(inputs, 10, 4, KeyedDraws{5});
  auto outcomes = run(design, [](auto x) { return 2 * (x[0] - 100) / 200 + 0 * x[1]; });
  auto effects = morris_effects(design, outcomes, inputs, 4, KeyedDraws{5});
  CHECK(effects[0].mu_star == doctest::Approx(2));
  CHECK(effects[0].sigma == doctest::Approx(0).epsilon(1e-9));
  CHECK(effects[1].mu_star == doctest::Approx(0));
}

TEST_CASE("sobol: the shares of Ishigami's function are the exact ones") {
  std::vector<DesignInput> inputs = unit_inputs(3);
  Design design = sobol_design(inputs, 16384, KeyedDraws{1});
  auto indices = sobol_indices(3, run(design, ishigami), KeyedDraws{1});
  const double first[] = {0.313905, 0.442411, 0}, total[] = {0.557589, 0.442411, 0.243684};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(std::abs(indices[i].first - first[i]) < 0.03);
    CHECK(std::abs(indices[i].total - total[i]) < 0.03);
    CHECK(std::abs(indices[i].first - first[i]) < 2.5 * indices[i].first_error);
    CHECK(indices[i].first_error < 0.04);
  }
}

TEST_CASE("sobol: a constant outcome gives shares of zero, and a large mean costs no digits") {
  std::vector<DesignInput> inputs = unit_inputs(2);
  Design design = sobol_design(inputs, 4096, KeyedDraws{2});
  auto flat = sobol_indices(2, run(design, [](auto) { return 7.0; }), KeyedDraws{2});
  CHECK(flat[0].first == 0);
  CHECK(flat[1].total == 0);
  auto high = sobol_indices(2, run(design, [](auto x) { return 1e9 + x[0]; }), KeyedDraws{2});
  CHECK(high[0].first == doctest::Approx(1).epsilon(0.05));
  CHECK(high[1].total == doctest::Approx(0));
}

}  // namespace credence
