#include <credence/monitor/discrimination.h>
#include <doctest/doctest.h>

#include <vector>

using namespace credence;

namespace {

Discrimination of(std::vector<ScoredOutcome> cases) {
  auto result = discrimination(cases);
  REQUIRE(result);
  return *result;
}

}  // namespace

TEST_CASE("discrimination: perfect order is 1, its reverse 0, all equal one half") {
  CHECK(of({{400, true}, {410, true}, {600, false}, {610, false}}).auc == 1);
  CHECK(of({{600, true}, {610, true}, {400, false}, {410, false}}).auc == 0);
  CHECK(of({{500, true}, {500, true}, {500, false}, {500, false}}).auc == 0.5);
}

TEST_CASE("discrimination: AUC equals the count of pairs, ties half") {
  std::vector<ScoredOutcome> cases;
  std::uint32_t state = 1;
  for (int i = 0; i < 300; ++i) {
    state = state * 1664525 + 1013904223;
    cases.push_back(
        {static_cast<int>(state >> 28) + ((state >> 20) % 3 == 0 ? 2 : 0), (state >> 20) % 3 != 0});
  }
  double pairs = 0, wins = 0;
  for (const auto& bad : cases) {
    for (const auto& good : cases) {
      if (!bad.bad || good.bad) continue;
      pairs += 1;
      wins += bad.score < good.score ? 1 : bad.score == good.score ? 0.5 : 0;
    }
  }
  CHECK(of(cases).auc == doctest::Approx(wins / pairs));
}

TEST_CASE("discrimination: DeLong's standard error by hand") {
  // Bads at 1 and 3, goods at 2 and 4: placements of bads 1 and 1/2, of goods 1/2 and 1; AUC 3/4,
  // variance 0.125/2 + 0.125/2 = 0.125.
  auto result = of({{1, true}, {3, true}, {2, false}, {4, false}});
  CHECK(result.auc == 0.75);
  CHECK(result.standard_error == doctest::Approx(0.353553));
  CHECK(result.high == 1);
}

TEST_CASE("discrimination: KS is taken after whole groups of ties and keeps its sign") {
  auto result = of({{1, true}, {1, false}, {2, true}, {3, false}, {3, false}});
  CHECK(result.ks == doctest::Approx(1 - 1.0 / 3));
  CHECK(result.ks_score == 2);
  CHECK(of({{9, true}, {9, true}, {1, false}, {1, false}}).ks == -1);
}

TEST_CASE("discrimination: one class alone is refused") {
  std::vector<ScoredOutcome> cases = {{1, true}, {2, true}, {3, false}};
  CHECK(discrimination(cases).error().code == "monitor.one_class");
  CHECK(discrimination({}).error().code == "monitor.one_class");
}
