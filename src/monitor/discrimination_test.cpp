#include <credence/monitor/discrimination.h>
#include <credence/monitor/sample_test.h>
#include <doctest/doctest.h>

#include <cmath>
#include <utility>
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

TEST_CASE("discrimination: figures equal those of scikit-learn and SciPy") {
  // scikit-learn 1.9.1 roc_auc_score(bad, -score[, sample_weight]); SciPy 1.17.1 ks_2samp.
  ReferenceCases cases = reference_cases(400);
  auto plain = weighted_discrimination(cases.sample());
  REQUIRE(plain);
  CHECK(plain->bad == 150);
  CHECK(plain->auc == doctest::Approx(0.8175866666666667).epsilon(1e-12));
  CHECK(plain->ks == doctest::Approx(0.5226666666666667).epsilon(1e-12));
  CHECK(plain->ks_score == 570);
  auto weighted = weighted_discrimination(cases.weighted());
  REQUIRE(weighted);
  CHECK(weighted->auc == doctest::Approx(0.8260622959543225).epsilon(1e-12));
}

TEST_CASE("discrimination: KS of 100 tied cases equals its definition, either way round") {
  // A common program counts the population from 0 and looks at one side only: 0.334 for 0.357 at
  // 100 cases, and about 0 for a reversed score.
  ReferenceCases cases = reference_cases(100);
  double bads = 0, goods = 0, largest = 0;
  for (auto bad : cases.bad) (bad ? bads : goods) += 1;
  for (auto at : cases.scores) {
    double bad_below = 0, good_below = 0;
    for (std::size_t i = 0; i < cases.scores.size(); ++i) {
      if (cases.scores[i] <= at) (cases.bad[i] ? bad_below : good_below) += 1;
    }
    largest = std::max(largest, bad_below / bads - good_below / goods);
  }
  CHECK(weighted_discrimination(cases.sample())->ks == doctest::Approx(largest).epsilon(1e-12));
  std::vector<std::int32_t> reversed;
  for (auto score : cases.scores) reversed.push_back(-score);
  CHECK(weighted_discrimination(ScoredSample{reversed, cases.bad, {}})->ks ==
        doctest::Approx(-largest).epsilon(1e-12));
}

TEST_CASE("discrimination: weights times a number change nothing, weights of 1 are none") {
  ReferenceCases cases = reference_cases(300);
  auto before = weighted_discrimination(cases.weighted());
  std::vector<double> ones(300, 1.0), scaled = cases.weights;
  for (double& weight : scaled) weight *= 4;
  auto after = weighted_discrimination(ScoredSample{cases.scores, cases.bad, scaled});
  CHECK(after->auc == before->auc);
  CHECK(after->standard_error == doctest::Approx(before->standard_error).epsilon(1e-12));
  CHECK(after->ks == before->ks);
  CHECK(weighted_discrimination(ScoredSample{cases.scores, cases.bad, ones})->standard_error ==
        weighted_discrimination(cases.sample())->standard_error);
}

TEST_CASE("discrimination: the paired test equals DeLong's covariances by pairs") {
  ReferenceCases cases = reference_cases(120);
  std::vector<std::int32_t> other = cases.scores;
  for (std::size_t i = 0; i < other.size(); ++i) other[i] += static_cast<int>(i * 37 % 50);
  auto kernel = [](int bad, int good) { return bad < good ? 1.0 : bad == good ? 0.5 : 0.0; };
  std::vector<double> bads, goods;  // differences of placements
  for (std::size_t i = 0; i < other.size(); ++i) {
    double sum = 0, count = 0;
    for (std::size_t j = 0; j < other.size(); ++j) {
      if (cases.bad[i] == cases.bad[j]) continue;
      auto [b, g] = cases.bad[i] ? std::pair{i, j} : std::pair{j, i};
      sum += kernel(other[b], other[g]) - kernel(cases.scores[b], cases.scores[g]);
      count += 1;
    }
    (cases.bad[i] ? bads : goods).push_back(sum / count);
  }
  double variance = 0, difference = 0;
  for (const auto* side : {&bads, &goods}) {
    double n = static_cast<double>(side->size()), mean = 0, squares = 0;
    for (double value : *side) mean += value / n;
    for (double value : *side) squares += (value - mean) * (value - mean);
    variance += squares / (n - 1) / n;
    difference = mean;
  }
  auto result = compare_discrimination(cases.sample(), other);
  REQUIRE(result);
  CHECK(result->difference == doctest::Approx(difference).epsilon(1e-12));
  CHECK(result->standard_error == doctest::Approx(std::sqrt(variance)).epsilon(1e-12));
  CHECK(result->first_auc == doctest::Approx(weighted_discrimination(cases.sample())->auc));
  CHECK(compare_discrimination(cases.sample(), cases.scores)->p_value == 1);
}

TEST_CASE("discrimination: scores of differing number are not compared") {
  ReferenceCases cases = reference_cases(20);
  std::vector<std::int32_t> few(cases.scores.begin(), cases.scores.begin() + 5);
  CHECK(compare_discrimination(cases.sample(), few).error().code == "monitor.length");
}
