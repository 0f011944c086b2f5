#include <credence/training/pairs.h>
#include <doctest/doctest.h>

#include <algorithm>

using namespace credence;

namespace {

struct Found {
  std::vector<Candidate> candidates;
  std::vector<PairTable> tables;
};

// Two numbers whose halves say something only together, with `strength`, and one that says nothing.
Found found_of(double strength, unsigned threads, std::uint64_t seed = 5) {
  Draws draws(seed);
  std::vector<double> a, b, c;
  Outcome outcome;
  for (int row = 0; row < 5000; ++row) {
    a.push_back(draws.uniform());
    b.push_back(draws.uniform());
    c.push_back(draws.uniform());
    double x = a.back() + b.back() - 1;
    x += (a.back() > 0.5) == (b.back() > 0.5) ? strength : -strength;
    outcome.bad.push_back(draws.uniform() < logistic(x) ? 1 : 0);
  }
  Table table(5000,
              {Column::of_numbers("a", a), Column::of_numbers("b", b), Column::of_numbers("c", c)});
  History history(outcome);
  TrainingPlan plan;
  plan.threads = threads;
  plan.pairs.most = 3;
  plan.pairs.min_gain = 0.004;  // chance gives .003 at most on so few rows
  plan.defaults.binning.trend = Trend::none;
  Result<Candidates> candidates = bin_candidates(table, outcome, history, plan, {});
  REQUIRE(candidates);
  std::vector<std::size_t> pool;
  for (std::size_t i = 0; i < candidates->usable.size(); ++i) pool.push_back(i);
  std::vector<double> log_odds;
  for (std::size_t row = 0; row < 5000; ++row) log_odds.push_back(a[row] + b[row] - 1);
  Found out;
  out.tables = find_pairs(candidates->usable, pool, history, std::move(log_odds), plan);
  out.candidates = std::move(candidates->usable);
  return out;
}

}  // namespace

TEST_CASE("tables of two: groups of numbers are ranges, and no more than what is said needs") {
  Found found = found_of(1, 1);
  REQUIRE(found.tables.size() == 1);
  const PairTable& pair = found.tables[0];
  CHECK(found.candidates[pair.first].name() == "a");
  CHECK(found.candidates[pair.second].name() == "b");
  CHECK(pair.gain > 0.05);
  CHECK(pair.first_groups >= 2);
  CHECK(pair.second_groups >= 2);
  CHECK(pair.cells() <= 12);
  for (const auto* groups : {&pair.first_group, &pair.second_group}) {
    CHECK(std::is_sorted(groups->begin(), groups->end()));
    CHECK(groups->front() == 0);
  }
  double rows = 0;
  for (double weight : pair.weights) rows += weight;
  CHECK(rows == doctest::Approx(5000));
}

TEST_CASE("tables of two: none is found where nothing is said together") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) CHECK(found_of(0, 1, seed).tables.empty());
}

TEST_CASE("tables of two: any number of threads finds the same") {
  Found one = found_of(0.3, 1), many = found_of(0.3, 4);
  REQUIRE(one.tables.size() == many.tables.size());
  for (std::size_t i = 0; i < one.tables.size(); ++i) {
    CHECK(one.tables[i].rows == many.tables[i].rows);
    CHECK(one.tables[i].gain == many.tables[i].gain);
  }
}
