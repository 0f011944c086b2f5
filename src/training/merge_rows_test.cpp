#include <credence/training/merge_rows.h>
#include <credence/regression/auc.h>
#include <doctest/doctest.h>

#include <map>

using namespace credence;

namespace {

// Rows in cells drawn at random; the weight of evidence of a cell is its number plus a half.
struct DrawnRows {
  std::vector<Candidate> candidates;
  History history;

  DrawnRows(Draws& draws, std::size_t rows, std::size_t variables, std::uint64_t cells) {
    candidates.resize(variables);
    for (Candidate& candidate : candidates) {
      for (std::uint64_t cell = 0; cell < cells; ++cell)
        candidate.woe.push_back(static_cast<double>(cell) + 0.5);
    }
    for (std::size_t row = 0; row < rows; ++row) add(draws, cells);
  }

  void add(Draws& draws, std::uint64_t cells) {
    const bool again = history.rows() > 0 && draws.below(2) == 0;
    const std::uint64_t same = again ? draws.below(history.rows()) : 0;
    for (Candidate& candidate : candidates) {
      const auto drawn = static_cast<std::uint16_t>(draws.below(cells));
      candidate.rows.push_back(again ? candidate.rows[same] : drawn);
    }
    history.bad.push_back(static_cast<std::uint8_t>(draws.below(2)));
    history.weights.push_back(draws.uniform() + 0.1);
    history.total += history.weights.back();
  }

  // What makes a row the same as another.
  std::vector<std::uint16_t> key(std::size_t row) const {
    std::vector<std::uint16_t> key{history.bad[row]};
    for (const Candidate& candidate : candidates) key.push_back(candidate.rows[row]);
    return key;
  }
};

std::vector<double> log_odds_of(const std::vector<Candidate>& candidates, std::size_t rows) {
  std::vector<double> sums(rows, -0.3);
  for (const Candidate& candidate : candidates) {
    for (std::size_t row = 0; row < rows; ++row)
      sums[row] += 0.2 * candidate.woe[candidate.rows[row]];
  }
  return sums;
}

void check_merged(const DrawnRows& before, const DrawnRows& after) {
  std::map<std::vector<std::uint16_t>, std::size_t> first;  // key to the place after
  std::vector<double> weights;
  std::vector<std::vector<std::uint16_t>> keys;
  for (std::size_t row = 0; row < before.history.rows(); ++row) {
    auto [at, is_new] = first.try_emplace(before.key(row), first.size());
    if (is_new) {
      keys.push_back(before.key(row));
      weights.push_back(0);
    }
    weights[at->second] += before.history.weights[row];
  }
  REQUIRE(after.history.rows() == keys.size());
  CHECK(after.history.weights == weights);
  CHECK(after.history.total == before.history.total);
  for (std::size_t row = 0; row < keys.size(); ++row) CHECK(after.key(row) == keys[row]);
  for (const Candidate& candidate : after.candidates) CHECK(candidate.rows.size() == keys.size());
}

}  // namespace

TEST_CASE("merged rows: each differs from each, in the order in which they first came") {
  Draws draws(11);
  for (std::size_t variables : {0U, 1U, 2U, 5U}) {
    for (std::size_t rows : {0U, 1U, 2U, 50U, 400U}) {
      const DrawnRows before(draws, rows, variables, 4);
      DrawnRows after = before;
      after.history = merge_equal_rows(after.candidates, before.history);
      check_merged(before, after);
    }
  }
}

TEST_CASE("merged rows: many rows, few groups or many, and one outcome alone") {
  Draws draws(15);
  for (std::size_t variables : {1U, 3U, 30U}) {
    for (std::size_t rows : {1023U, 1024U, 1025U, 5000U}) {
      DrawnRows before(draws, rows, variables, 7);
      if (rows == 1025) std::fill(before.history.bad.begin(), before.history.bad.end(), 1);
      DrawnRows after = before;
      after.history = merge_equal_rows(after.candidates, before.history);
      check_merged(before, after);
    }
  }
}

TEST_CASE("merged rows: more cells together than a number can count are still told apart") {
  Draws draws(12);
  // 2 x 1000^n and 2 x 65536^n pass 2^64 at the seventh and at the fourth variable.
  for (std::uint64_t cells : {3U, 1000U, 65536U}) {
    for (std::size_t variables : {4U, 7U, 45U, 90U}) {
      const DrawnRows before(draws, 120, variables, cells);
      DrawnRows after = before;
      after.history = merge_equal_rows(after.candidates, before.history);
      check_merged(before, after);
    }
  }
}

TEST_CASE("merged rows: a difference in the first or the last variable alone is enough") {
  Draws draws(13);
  for (std::size_t changed : {0U, 20U, 49U}) {
    DrawnRows rows(draws, 1, 50, 9);
    rows.history.bad.push_back(rows.history.bad[0]);
    rows.history.weights.push_back(1);
    for (std::size_t i = 0; i < rows.candidates.size(); ++i) {
      Candidate& one = rows.candidates[i];
      const int cell = (one.rows[0] + (i == changed ? 1 : 0)) % 9;
      one.rows.push_back(static_cast<std::uint16_t>(cell));
    }
    CHECK(merge_equal_rows(rows.candidates, rows.history).rows() == 2);
  }
}

TEST_CASE("merged rows: every fit sees the same losses as before") {
  Draws draws(14);
  for (int round = 0; round < 20; ++round) {
    const DrawnRows before(draws, 300, 3, 3);
    DrawnRows after = before;
    after.history = merge_equal_rows(after.candidates, before.history);
    REQUIRE(after.history.rows() < before.history.rows());
    const auto was = log_odds_of(before.candidates, before.history.rows());
    const auto is = log_odds_of(after.candidates, after.history.rows());
    CHECK(mean_log_loss(after.history, is) ==
          doctest::Approx(mean_log_loss(before.history, was)).epsilon(1e-12));
    CHECK(auc(after.history, is) == doctest::Approx(auc(before.history, was)).epsilon(1e-12));
  }
}
