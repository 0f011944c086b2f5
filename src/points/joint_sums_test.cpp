#include <credence/points/joint_sums.h>
#include <credence/regression/history.h>
#include <doctest/doctest.h>

using namespace credence;

namespace {

struct Rows {
  std::vector<std::vector<std::uint16_t>> cells;  // per term and row
  std::vector<JointSums::Term> terms;

  Rows(Draws& draws, std::size_t rows, const std::vector<std::size_t>& counts) {
    for (const std::size_t count : counts) {
      cells.emplace_back();
      for (std::size_t row = 0; row < rows; ++row)
        cells.back().push_back(static_cast<std::uint16_t>(draws.below(count)));
    }
    for (std::size_t t = 0; t < counts.size(); ++t) terms.push_back({cells[t], counts[t]});
  }
};

std::vector<std::size_t> random_counts(Draws& draws, int round) {
  std::vector<std::size_t> counts;
  for (std::size_t t = 1 + draws.below(9); t > 0; --t) counts.push_back(1 + draws.below(12));
  // One term with more cells than a group may have, and the most that there can be.
  if (round % 4 == 0) counts.push_back(700);
  if (round % 20 == 0) counts.push_back(65536);
  return counts;
}

}  // namespace

TEST_CASE("joint sums: the sums of all cells are those of row after row and term after term") {
  Draws draws(41);
  for (int round = 0; round < 60; ++round) {
    const std::size_t rows = draws.below(1500);
    const std::vector<std::size_t> counts = random_counts(draws, round);
    const Rows of(draws, rows, counts);
    JointSums sums(of.terms);
    std::vector<ScoreGain> expected;
    for (int twice = 0; twice < 2; ++twice) {
      sums.clear();
      expected.clear();
      const JointSums::Adder adder(sums);
      std::vector<ScoreGain> gains;
      for (std::size_t row = 0; row < rows; ++row) {
        // Whole numbers, whose sums are exact in any order.
        gains.push_back({static_cast<double>(draws.below(1000)), -static_cast<double>(row)});
        adder.add(row, gains.back());
      }
      for (std::size_t t = 0; t < counts.size(); ++t) {
        const std::size_t first = expected.size();
        expected.resize(first + counts[t]);
        for (std::size_t row = 0; row < rows; ++row) {
          expected[first + of.cells[t][row]].up += gains[row].up;
          expected[first + of.cells[t][row]].down += gains[row].down;
        }
      }
    }
    const std::span<const ScoreGain> cells = sums.cells();
    REQUIRE(cells.size() == expected.size());
    std::size_t different = 0;
    for (std::size_t c = 0; c < cells.size(); ++c)
      different += cells[c].up != expected[c].up || cells[c].down != expected[c].down;
    CHECK(different == 0);
  }
}

TEST_CASE("joint sums: the total of a row is the sum of the values of its cells") {
  Draws draws(42);
  for (int round = 0; round < 40; ++round) {
    const std::size_t rows = draws.below(700);
    const std::vector<std::size_t> counts = random_counts(draws, round);
    const Rows of(draws, rows, counts);
    std::vector<int> values;
    for (const std::size_t count : counts)
      for (std::size_t c = 0; c < count; ++c)
        values.push_back(static_cast<int>(draws.below(201)) - 100);
    std::size_t next = 0, different = 0;
    JointSums(of.terms).each_total(values, [&](std::size_t row, int total) {
      CHECK(row == next);
      ++next;
      std::size_t first = 0;
      int expected = 0;
      for (std::size_t t = 0; t < counts.size(); ++t) {
        expected += values[first + of.cells[t][row]];
        first += counts[t];
      }
      different += total != expected;
    });
    CHECK(next == rows);
    CHECK(different == 0);
  }
}

TEST_CASE("joint sums: of no terms, and of terms without rows, there is nothing to add up") {
  JointSums none({});
  CHECK(none.cells().empty());
  const std::vector<JointSums::Term> terms = {{{}, 3}, {{}, 0}, {{}, 5}};
  JointSums without_rows(terms);
  without_rows.clear();
  CHECK(without_rows.cells().size() == 8);
  for (const ScoreGain& gain : without_rows.cells()) CHECK(gain.up == 0);
}
