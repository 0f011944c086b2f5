#include <credence/points/plain_rounding.h>
#include <credence/regression/history.h>
#include <doctest/doctest.h>

#include <cmath>

using namespace credence;

namespace {

int pick(Draws& draws, int least, int most) {
  return least + static_cast<int>(draws.below(static_cast<std::uint64_t>(most - least + 1)));
}

// Points in the order of their directions; with ties, halves and equal weights, where many
// roundings cost the same.
RealTerm ordered_term(Draws& draws, bool ties) {
  RealTerm term;
  const int cells = pick(draws, 1, 7), turn = pick(draws, 0, cells), kind = pick(draws, 0, 2);
  term.rules.bins = pick(draws, 0, cells);
  for (int bin = 0; bin + 1 < term.rules.bins; ++bin)
    term.rules.direction.push_back(kind == 0 ? 0 : (bin < turn) == (kind == 1) ? 1 : -1);
  for (int c = 0; c < cells; ++c) {
    double points = (draws.uniform() - 0.5) * 8;
    if (ties) points = std::round(2 * points) / 2;
    if (c > 0 && c < term.rules.bins) {
      const int direction = term.rules.direction[static_cast<std::size_t>(c - 1)];
      if (direction != 0) points = term.points.back() + direction * std::abs(points);
    }
    term.points.push_back(points);
    term.weights.push_back(ties ? 0.25 * pick(draws, 1, 2) : 1e-4 + draws.uniform());
  }
  if (pick(draws, 0, 3) == 0) term.rules.lowest = pick(draws, -5, 0);
  if (pick(draws, 0, 3) == 0) term.rules.highest = pick(draws, 0, 5);
  term.rules.never_below_worst = pick(draws, 0, 2) == 0;
  return term;
}

}  // namespace

TEST_CASE("plain rounding: costs and points are those of the dynamic program, bit by bit") {
  Draws draws(11);
  int found = 0, none = 0, unclear = 0;
  for (int round = 0; round < 3000; ++round) {
    const bool ties = round % 2 == 0;
    const RealTerm term = ordered_term(draws, ties);
    std::optional<PlainRounding> plain = PlainRounding::of(term);
    REQUIRE(plain);
    const Extremes within{pick(draws, -8, 3), pick(draws, -3, 8)};
    const std::optional<NearestPoints> nearest = nearest_points(term, within, Touch::both);
    CAPTURE(round);
    REQUIRE(std::isfinite(plain->cost(within)) == nearest.has_value());
    const std::optional<std::vector<int>> points = plain->points(within);
    if (!nearest) {
      CHECK_FALSE(points);
      ++none;
      continue;
    }
    // Sums of quarters and halves are exact; others agree where one choice is clearly the best.
    if (ties || points) CHECK(plain->cost(within) == nearest->cost);
    CHECK(plain->cost(within) == doctest::Approx(nearest->cost).epsilon(1e-12));
    if (points) CHECK(*points == nearest->points);
    ++(points ? found : unclear);
  }
  CHECK(found > 700);
  CHECK(none > 500);
  CHECK(unclear > 100);
}

TEST_CASE("plain rounding: a term by itself ends where the dynamic program lets it end") {
  Draws draws(12);
  int found = 0;
  for (int round = 0; round < 2000; ++round) {
    const RealTerm term = ordered_term(draws, round % 4 == 0);
    const std::optional<Extremes> own = PlainRounding::of(term)->own();
    if (!own) continue;
    ++found;
    const Extremes expected = extremes(points_by_themselves(term)->points);
    CHECK(own->lowest == expected.lowest);
    CHECK(own->highest == expected.highest);
  }
  CHECK(found > 1500);
}

TEST_CASE("plain rounding: without the order, gaps and fixed points no cost is higher") {
  Draws draws(13);
  int compared = 0;
  for (int round = 0; round < 2000; ++round) {
    RealTerm term = ordered_term(draws, round % 2 == 0);
    for (int& direction : term.rules.direction) direction = pick(draws, -1, 1);
    term.rules.min_gap = pick(draws, 0, 2);
    if (pick(draws, 0, 2) == 0) {
      term.rules.fixed.resize(term.points.size());
      term.rules.fixed[draws.below(term.points.size())] = pick(draws, -3, 3);
    }
    const Extremes within{pick(draws, -8, 1), pick(draws, -1, 8)};
    const std::optional<NearestPoints> nearest = nearest_points(term, within, Touch::both);
    if (!nearest) continue;
    ++compared;
    CHECK(PlainRounding::relaxed(term).cost(within) <= nearest->cost * (1 + 1e-12));
  }
  CHECK(compared > 500);
}

TEST_CASE("plain rounding: terms that it cannot round are left to the dynamic program") {
  RealTerm term{{0.2, 1.4, 2.6}, {1, 1, 1}, {}};
  term.rules.bins = 3;
  term.rules.direction = {1, 1};
  CHECK(PlainRounding::of(term));
  SUBCASE("no cells") {
    term.points.clear();
  }
  SUBCASE("real points against the order") {
    term.points = {0.2, 3.4, 2.6};
  }
  SUBCASE("a gap") {
    term.rules.min_gap = 1;
  }
  SUBCASE("a fixed point") {
    term.rules.fixed = {std::nullopt, 1, std::nullopt};
  }
  SUBCASE("a cell without weight") {
    term.weights[1] = 0;
  }
  SUBCASE("points without end") {
    term.points[2] = INFINITY;
  }
  SUBCASE("points that are no number") {
    term.points[0] = NAN;
  }
  CHECK_FALSE(PlainRounding::of(term));
}

TEST_CASE("plain rounding: limits that contradict each other leave no place for the term") {
  RealTerm term{{0.2, 1.4}, {1, 1}, {}};
  term.rules.bins = 2;
  term.rules.direction = {1};
  term.rules.lowest = 3;
  term.rules.highest = 2;
  CHECK_FALSE(PlainRounding::of(term)->own());
  CHECK(PlainRounding::of(term)->cost({2, 3}) == INFINITY);
  CHECK_FALSE(PlainRounding::of(term)->points({2, 3}));
}
