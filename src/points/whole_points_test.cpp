#include <credence/points/whole_points.h>
#include <credence/regression/history.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

using namespace credence;

namespace {

int pick(Draws& draws, int least, int most) {
  return least + static_cast<int>(draws.below(static_cast<std::uint64_t>(most - least + 1)));
}

double real(Draws& draws, double least, double most) {
  return least + (most - least) * draws.uniform();
}

RealTerm random_term(Draws& draws, bool rules, int most_cells = 4) {
  RealTerm term;
  int cells = pick(draws, 2, most_cells);
  term.rules.bins = pick(draws, 1, cells);
  for (int c = 0; c < cells; ++c) {
    term.points.push_back(real(draws, -4, 4));
    term.weights.push_back(real(draws, 0.1, 2));
  }
  for (int b = 0; b + 1 < term.rules.bins; ++b)
    term.rules.direction.push_back(rules ? pick(draws, -1, 1) : 0);
  if (!rules) return term;
  if (pick(draws, 0, 2) == 0) term.rules.min_gap = pick(draws, 1, 2);
  if (pick(draws, 0, 3) == 0) term.rules.lowest = pick(draws, -4, -1);
  if (pick(draws, 0, 3) == 0) term.rules.highest = pick(draws, 1, 4);
  if (pick(draws, 0, 2) == 0) term.rules.never_below_worst = true;
  if (pick(draws, 0, 3) == 0) {
    term.rules.fixed.resize(static_cast<std::size_t>(cells));
    term.rules.fixed[static_cast<std::size_t>(pick(draws, 0, cells - 1))] = pick(draws, -3, 3);
  }
  return term;
}

double cost_of(const RealTerm& term, const std::vector<int>& points) {
  double cost = 0;
  for (std::size_t c = 0; c < points.size(); ++c)
    cost += term.weights[c] * std::abs(points[c] - term.points[c]);
  return cost;
}

// Every vector of whole numbers within the range.
void each_vector(std::size_t cells, int low, int high,
                 const std::function<void(const std::vector<int>&)>& look) {
  std::vector<int> points(cells, low);
  for (;;) {
    look(points);
    std::size_t c = 0;
    while (c < cells && ++points[c] > high) points[c++] = low;
    if (c == cells) return;
  }
}

double brute_nearest(const RealTerm& term, Extremes within, Touch touch) {
  double best = std::numeric_limits<double>::infinity();
  each_vector(term.points.size(), within.lowest, within.highest, [&](const std::vector<int>& p) {
    Extremes own = extremes(p);
    bool touches = own.lowest == within.lowest && own.highest == within.highest;
    if (touch == Touch::both && !touches) return;
    if (keeps(term.rules, p)) best = std::min(best, cost_of(term, p));
  });
  return best;
}

// The least cost of a term for each pair of extremes that it can have.
using Prices = std::map<std::pair<int, int>, double>;

Prices prices_of(const RealTerm& term) {
  Prices out;
  each_vector(term.points.size(), -7, 7, [&](const std::vector<int>& p) {
    if (!keeps(term.rules, p)) return;
    Extremes own = extremes(p);
    double cost = cost_of(term, p);
    auto [place, fresh] = out.try_emplace({own.lowest, own.highest}, cost);
    place->second = std::min(place->second, cost);
  });
  return out;
}

double brute_round(const std::vector<Prices>& terms, const RangeSum& sum) {
  Prices sums = {{{0, 0}, 0.0}};
  for (const Prices& term : terms) {
    Prices next;
    for (const auto& [so_far, cost] : sums) {
      for (const auto& [own, price] : term) {
        auto [place, fresh] =
            next.try_emplace({so_far.first + own.first, so_far.second + own.second}, cost + price);
        place->second = std::min(place->second, cost + price);
      }
    }
    sums = std::move(next);
  }
  double best = std::numeric_limits<double>::infinity();
  for (const auto& [reached, cost] : sums) {
    bool exact = reached.first == sum.lowest && reached.second == sum.highest;
    bool inside = reached.first >= sum.lowest && reached.second <= sum.highest;
    if (sum.fit == RangeSum::Fit::exact ? exact : inside) best = std::min(best, cost);
  }
  return best;
}

}  // namespace

TEST_CASE("whole points: the nearest ones of a term are those of brute force") {
  Draws draws(1);
  int found = 0, none = 0;
  for (int round = 0; round < 1500; ++round) {
    RealTerm term = random_term(draws, round % 3 != 0);
    Extremes within{pick(draws, -6, 0), pick(draws, 0, 6)};
    for (Touch touch : {Touch::both, Touch::either}) {
      if (touch == Touch::either) term.rules.never_below_worst = false;
      double expected = brute_nearest(term, within, touch);
      std::optional<NearestPoints> got = nearest_points(term, within, touch);
      REQUIRE(got.has_value() == std::isfinite(expected));
      if (!got) {
        ++none;
        continue;
      }
      ++found;
      CHECK(got->cost == doctest::Approx(expected).epsilon(1e-12));
      CHECK(cost_of(term, got->points) == doctest::Approx(expected).epsilon(1e-12));
      CHECK(keeps(term.rules, got->points));
    }
  }
  CHECK(found > 1000);
  CHECK(none > 50);
}

TEST_CASE("whole points: rounding on a fixed range is that of brute force") {
  Draws draws(2);
  int compared = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<RealTerm> terms;
    Extremes sum;
    for (int t = pick(draws, 2, 3); t > 0; --t) {
      terms.push_back(random_term(draws, false, 3));
      auto [low, high] =
          std::minmax_element(terms.back().points.begin(), terms.back().points.end());
      sum.lowest += static_cast<int>(std::lround(*low));
      sum.highest += static_cast<int>(std::lround(*high));
    }
    RangeSum wanted{sum.lowest + pick(draws, -1, 1), sum.highest + pick(draws, -1, 1),
                    round % 2 == 0 ? RangeSum::Fit::exact : RangeSum::Fit::inside};
    std::vector<Prices> prices;
    for (const RealTerm& term : terms) prices.push_back(prices_of(term));
    double expected = brute_round(prices, wanted);
    std::optional<WholePoints> got = round_points(terms, wanted);
    REQUIRE(got.has_value() == std::isfinite(expected));
    if (!got) continue;
    ++compared;
    CHECK(got->cost == doctest::Approx(expected).epsilon(1e-12));
    Extremes reached;
    for (const std::vector<int>& points : got->points) {
      reached.lowest += extremes(points).lowest;
      reached.highest += extremes(points).highest;
    }
    if (wanted.fit == RangeSum::Fit::exact) {
      CHECK(reached.lowest == wanted.lowest);
      CHECK(reached.highest == wanted.highest);
    } else {
      CHECK(reached.lowest >= wanted.lowest);
      CHECK(reached.highest <= wanted.highest);
    }
  }
  CHECK(compared >= 300);
}

TEST_CASE(
    "whole points: rounding on a fixed range with rules is that of brute force within reach") {
  Draws draws(3);
  constexpr int reach = 2;
  int compared = 0, none = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<RealTerm> terms;
    std::vector<Prices> prices;
    RangeSum wanted{pick(draws, -2, 2), pick(draws, -2, 2),
                    round % 2 == 0 ? RangeSum::Fit::exact : RangeSum::Fit::inside};
    const auto count = static_cast<std::size_t>(pick(draws, 2, 6));
    while (terms.size() < count) {
      RealTerm term = random_term(draws, round % 3 != 0, 3);
      // Ties: many roundings cost the same.
      if (round % 4 == 0)
        for (double& points : term.points) points = std::round(2 * points) / 2;
      std::optional<NearestPoints> alone = points_by_themselves(term);
      if (!alone) continue;
      const Extremes own = extremes(alone->points);
      Prices near = prices_of(term);
      std::erase_if(near, [&](const auto& price) {
        return std::abs(price.first.first - own.lowest) > reach ||
               std::abs(price.first.second - own.highest) > reach;
      });
      wanted.lowest += own.lowest;
      wanted.highest += own.highest;
      prices.push_back(std::move(near));
      terms.push_back(std::move(term));
    }
    CAPTURE(round);
    double expected = brute_round(prices, wanted);
    std::optional<WholePoints> got = round_points(terms, wanted, reach);
    REQUIRE(got.has_value() == std::isfinite(expected));
    if (!got) {
      ++none;
      continue;
    }
    ++compared;
    CHECK(got->cost == doctest::Approx(expected).epsilon(1e-12));
    double cost = 0;
    for (std::size_t t = 0; t < terms.size(); ++t) {
      CHECK(keeps(terms[t].rules, got->points[t]));
      cost += cost_of(terms[t], got->points[t]);
    }
    CHECK(cost == doctest::Approx(expected).epsilon(1e-12));
  }
  CHECK(compared > 150);
  CHECK(none > 3);
}

TEST_CASE("whole points: rules that contradict each other have none") {
  RealTerm term{{0, 1, 2}, {1, 1, 1}, {}};
  term.rules.bins = 3;
  term.rules.direction = {1, 1};
  SUBCASE("fixed points against the trend") {
    term.rules.fixed = {5, std::nullopt, 1};
    CHECK_FALSE(points_by_themselves(term));
  }
  SUBCASE("gaps wider than the limits") {
    term.rules.min_gap = 10;
    term.rules.lowest = 0;
    term.rules.highest = 15;
    CHECK_FALSE(points_by_themselves(term));
    term.rules.highest = 20;
    CHECK(points_by_themselves(term)->points == std::vector<int>{0, 10, 20});
  }
  SUBCASE("a fixed point outside the limits") {
    term.rules.highest = 3;
    term.rules.fixed = {std::nullopt, std::nullopt, 9};
    CHECK_FALSE(points_by_themselves(term));
  }
  SUBCASE("a range that the rules cannot reach") {
    term.rules.fixed = {0, 1, 2};
    std::vector<RealTerm> terms = {term};
    CHECK_FALSE(round_points(terms, {0, 100, RangeSum::Fit::exact}));
    CHECK(round_points(terms, {0, 2, RangeSum::Fit::exact}));
  }
}
