#include <credence/binning/binning.h>
#include <credence/binning/prebin_counts.h>
#include <credence/binning/summary.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

using namespace credence;

namespace {

constexpr std::size_t piece = std::size_t{1} << 20U;

// So many rows, all of them in one piece of memory that is named again and again.
Column repeated(std::size_t rows) {
  auto values = std::make_shared<std::vector<std::int8_t>>(piece);
  for (std::size_t i = 0; i < piece; ++i) (*values)[i] = static_cast<std::int8_t>(i % 5);
  std::vector<NumberChunk> chunks;
  for (std::size_t left = rows; left > 0; left -= chunks.back().size)
    chunks.push_back(
        {.type = NumberChunk::Type::i8, .values = values->data(), .size = std::min(left, piece)});
  return Column::of_chunks("x", std::move(chunks), values);
}

}  // namespace

TEST_CASE("binning: rows beyond what 32 bits can number are refused before they are counted") {
  CHECK(kMostRows == 4'294'967'294);
  const Outcome few{.bad = {0, 1}, .weights = {}};
  for (std::size_t rows : {kMostRows + 1, kMostRows + 2, kMostRows + 3 * piece}) {
    CAPTURE(rows);
    const Column column = repeated(rows);
    REQUIRE(column.size() == rows);
    auto binning = bin(column, few, {});
    REQUIRE_FALSE(binning);
    CHECK(binning.error().code == "binning.too_many_rows");
    CHECK(binning.error().message.find(std::to_string(rows)) != std::string::npos);
    CHECK(binning.error().help.find("--streaming") != std::string::npos);
    CHECK(binning.told("x").message.fr.find("trop de lignes") != std::string::npos);
    auto by_hand = bin_as(column, few, Cells::of_numbers({2}, {}), {});
    REQUIRE_FALSE(by_hand);
    CHECK(by_hand.error().code == "binning.too_many_rows");
  }
  auto most = bin(repeated(kMostRows), few, {});
  REQUIRE_FALSE(most);
  CHECK(most.error().code == "binning.length");
}

TEST_CASE("binning: a summary counts more rows than can be numbered at once, and exactly") {
  // Each chunk doubles what is there, so that 2^33 rows are summed and not read.
  const Column rows = repeated(piece);
  Outcome outcome{.bad = std::vector<std::uint8_t>(piece), .weights = {}};
  for (std::size_t i = 0; i < piece; ++i) outcome.bad[i] = i % 5 == 4 ? 1 : i % 7 == 0 ? 1 : 0;
  auto summary = Summary::of("x", Column::Kind::number, {});
  REQUIRE(summary);
  REQUIRE(summary->add(rows, outcome));
  for (int doubling = 0; doubling < 13; ++doubling) {
    const Summary half = *summary;
    REQUIRE(summary->merge(half));
  }
  auto binning = bin_summary(*summary, {});
  REQUIRE(binning);
  CHECK(binning->total_records() == 8'589'934'592.0);
  auto once = bin(rows, outcome, {});
  REQUIRE(once);
  CHECK(binning->cells == once->cells);
  for (std::size_t cell = 0; cell < once->rows.size(); ++cell)
    CHECK(binning->rows[cell].tally.events == 8192 * once->rows[cell].tally.events);
}
