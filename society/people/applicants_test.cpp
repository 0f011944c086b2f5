#include <credence/people/applicants.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace credence;

namespace {

std::string table_of(std::uint64_t rows, std::uint64_t seed) {
  std::string text;
  ApplicantsPlan plan{.rows = rows, .seed = seed, .until = *parse_date("2026-06-30")};
  auto written = write_applicants(plan, [&](std::string_view lines) -> Result<Done> {
    text += lines;
    return Done{};
  });
  REQUIRE(bool(written));
  CHECK(*written == rows);
  return text;
}

}  // namespace

TEST_CASE("applicants: the same seed gives the same bytes, another one gives others") {
  CHECK(table_of(500, 1) == table_of(500, 1));
  CHECK(table_of(500, 1) != table_of(500, 2));
}

TEST_CASE("applicants: more rows leave the earlier ones as they were") {
  std::string few = table_of(100, 7), many = table_of(200, 7);
  CHECK(many.starts_with(few));
}

TEST_CASE("applicants: every row has a cell for each name of the header, and both outcomes come") {
  std::string text = table_of(2000, 3);
  auto commas = std::count(text.begin(), text.end(), ',');
  CHECK(std::count(text.begin(), text.end(), '\n') == 2001);
  CHECK(commas == 14 * 2001);
  CHECK(text.find(",0\n") != std::string::npos);
  CHECK(text.find(",1\n") != std::string::npos);
}

TEST_CASE(
    "applicants: a table without rows, or with too many, is refused, and a full disk is told") {
  auto sink = [](std::string_view) -> Result<Done> { return Error{"file.write", "full", {}, ""}; };
  CHECK(write_applicants({.rows = 0, .until = {}}, sink).error().code == "sample.rows");
  CHECK(write_applicants({.rows = 100'000'001, .until = {}}, sink).error().code == "sample.rows");
  CHECK(write_applicants({.rows = 5, .until = {}}, sink).error().code == "file.write");
}
