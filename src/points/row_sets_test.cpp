#include <credence/points/row_sets.h>
#include <credence/regression/history.h>
#include <doctest/doctest.h>

using namespace credence;

namespace {

std::vector<std::uint16_t> random_cells(Draws& draws, std::size_t rows, std::uint64_t cells) {
  std::vector<std::uint16_t> out;
  for (std::size_t row = 0; row < rows; ++row)
    out.push_back(static_cast<std::uint16_t>(draws.below(cells)));
  return out;
}

std::vector<std::size_t> rows_of(const RowSet& set) {
  std::vector<std::size_t> out;
  set.each([&](std::size_t row) { out.push_back(row); });
  return out;
}

}  // namespace

TEST_CASE("row sets: they hold the rows of their cells, in order, whatever the number of rows") {
  Draws draws(31);
  for (std::size_t rows = 0; rows < 300; ++rows) {
    const std::uint64_t cells = rows % 3 == 0 ? 65536 : 1 + draws.below(40);
    const std::vector<std::uint16_t> of_rows = random_cells(draws, rows, cells);
    const std::size_t first = draws.below(cells), last = first + draws.below(cells - first);
    std::vector<std::size_t> expected;
    for (std::size_t row = 0; row < rows; ++row)
      if (of_rows[row] >= first && of_rows[row] <= last) expected.push_back(row);
    CHECK(rows_of(RowSet(of_rows, first, last)) == expected);
  }
}

TEST_CASE("row sets: the first cell and the last possible one are told apart from all others") {
  std::vector<std::uint16_t> cells(200, 1);
  cells[3] = cells[130] = 0;
  cells[64] = cells[199] = 65535;
  CHECK(rows_of(RowSet(cells, 0, 0)) == std::vector<std::size_t>{3, 130});
  CHECK(rows_of(RowSet(cells, 65535, 65535)) == std::vector<std::size_t>{64, 199});
  CHECK(rows_of(RowSet(cells, 0, 65535)).size() == 200);
  CHECK(rows_of(RowSet(cells, 2, 65534)).empty());
  CHECK(rows_of(RowSet()).empty());
}

TEST_CASE("row sets: what two sets share are the rows of both, in order") {
  Draws draws(32);
  for (int round = 0; round < 100; ++round) {
    const std::size_t rows = draws.below(500);
    const std::vector<std::uint16_t> a = random_cells(draws, rows, 4),
                                     b = random_cells(draws, rows, 9);
    std::vector<std::size_t> expected, got;
    for (std::size_t row = 0; row < rows; ++row)
      if (a[row] == 2 && b[row] >= 3 && b[row] <= 6) expected.push_back(row);
    RowSet(a, 2, 2).each_shared(RowSet(b, 3, 6), [&](std::size_t row) { got.push_back(row); });
    CHECK(got == expected);
  }
}
