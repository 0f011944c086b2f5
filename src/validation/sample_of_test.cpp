#include <credence/validation/sample_input_test.h>
#include <doctest/doctest.h>

#include <limits>

using namespace credence;

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

Scorecard small_card() {
  Scorecard card;
  card.id = "small";
  card.base = 500;
  card.variables.push_back({"age", "", {}, Cells::of_numbers({30}, {{"none", {-1}, {}}}), {}, {}});
  card.terms.push_back({{0}, {0, 50, 10, 20}, 50, "age"});
  return card;
}

Table small_table(Column opened) {
  return Table(4, {Column::of_numbers("age", {20, 45, kMissing, -1}), std::move(opened),
                   Column::of_numbers("months", {3, kMissing, kMissing, 7}),
                   Column::of_texts("sex", {0, 1, -1, 1}, {"f", "m"})});
}

Outcome outcome() {
  return {{1, 0, 0, 1}, {}};
}

}  // namespace

TEST_CASE("sample: scores, cells, dates, months, groups and quality come from the table") {
  Table table = small_table(
      Column::of_texts("opened", {0, 1, -1, 2}, {"2024-03-31", "2024-04", "2025-01-02T10:00:00Z"}));
  auto sample = sample_of(small_card(), table, outcome(),
                          {.date = "opened", .months_to_bad = "months", .groups = {"sex", "age"}});
  REQUIRE(sample);
  CHECK(sample->scores == std::vector<std::int32_t>{500, 550, 520, 510});
  CHECK(sample->cells[0] == std::vector<std::uint16_t>{0, 1, 3, 2});
  CHECK(to_text(*sample->dates[1]) == "2024-04-01");
  CHECK_FALSE(sample->dates[2]);
  CHECK(sample->months_to_bad == std::vector<std::int32_t>{3, -1, -1, 7});
  CHECK(sample->groups[0].codes == std::vector<std::int32_t>{0, 1, -1, 1});
  CHECK(sample->groups[1].labels == std::vector<std::string>{"-1", "20", "45"});
  CHECK(sample->quality[0].missing == 1);
  CHECK(sample->quality[0].special == 1);
  CHECK(*sample->quality[0].median == 32.5);
}

TEST_CASE("sample: dates may be numbers of four kinds") {
  Table table = small_table(Column::of_numbers("opened", {202403, 20240331, 19813, kMissing}));
  auto sample = sample_of(small_card(), table, outcome(), {.date = "opened"});
  REQUIRE(sample);
  CHECK(to_text(*sample->dates[0]) == "2024-03-01");
  CHECK(to_text(*sample->dates[1]) == "2024-03-31");
  CHECK(to_text(*sample->dates[2]) == "2024-03-31");
}

TEST_CASE("sample: what is no date is refused with its row") {
  for (auto bad : {Column::of_texts("opened", {0, 0, 0, 0}, {"soon"}),
                   Column::of_numbers("opened", {202413, 1, 1, 1}),
                   Column::of_numbers("opened", {1e300, 1, 1, 1}),
                   Column::of_numbers("opened", {-3, 1, 1, 1})}) {
    auto sample = sample_of(small_card(), small_table(bad), outcome(), {.date = "opened"});
    REQUIRE_FALSE(sample);
    CHECK(sample.error().code == "validation.date");
    CHECK(sample.error().message.find("row 1") != std::string::npos);
  }
}

TEST_CASE("sample: a text is a date, or a date with a time, to its last character") {
  auto read = [](const std::string& text) {
    return sample_of(small_card(), small_table(Column::of_texts("opened", {0, 0, 0, 0}, {text})),
                     outcome(), {.date = "opened"});
  };
  for (const char* good :
       {"2024-03-31", "2024-03-31T10:00:00Z", "2024-03-31 10:00", "2024-03-31 10:00:00.000000",
        "2024-03-31T23:59:60+05:30", "2024-03-31T10:00:00,5-0800", "2024-03-31 10:00:00 +01",
        "2024-03-31 10:00 UTC", "2024-03-31T00:00"}) {
    CAPTURE(good);
    auto sample = read(good);
    REQUIRE(sample);
    CHECK(to_text(*sample->dates[0]) == "2024-03-31");
  }
  for (const char* bad :
       {"2024-03-31xyz", "2024-03-31T", "2024-03-31 ", "2024-03-31T10", "2024-03-31T25:00",
        "2024-03-31T10:61", "2024-03-31T10:00:", "2024-03-31T10:00:00.", "2024-03-31T10:00Zz",
        "2024-03-31T10:00+", "2024-03-31T10:00+5", "2024-03-31T10:00+25:00", "2024-02-30T10:00",
        "2024-03-311", "2024-3-31", "2024-03x"}) {
    CAPTURE(bad);
    auto sample = read(bad);
    CHECK_FALSE(sample);
    if (sample) continue;
    CHECK(sample.error().code == "validation.date");
    CHECK(sample.error().message.find("row 1") != std::string::npos);
  }
}

TEST_CASE("sample: a column that is not there is named, with the nearest") {
  Table table = small_table(Column::of_numbers("opened", {1, 2, 3, 4}));
  auto sample = sample_of(small_card(), table, outcome(), {.date = "openend"});
  REQUIRE_FALSE(sample);
  CHECK(sample.error().code == "validation.column");
  CHECK(sample.error().help.find("opened") != std::string::npos);
  CHECK_FALSE(sample_of(small_card(), table, outcome(), {.groups = {"gender"}}));
  CHECK_FALSE(sample_of(small_card(), table, outcome(), {.months_to_bad = "sex"}));
  CHECK_FALSE(sample_of(small_card(), table, {{1}, {}}, {}));
}

TEST_CASE("sample: a date divides it into before and out of time, row by row") {
  ValidationSample all =
      sample_people(sample_card(), {ValidationSample::Role::test, 500, 0, 12, 0, 9});
  all.dates[0].reset();
  auto [before, after] = split_by_date(all, *parse_date("2024-07-01"));
  CHECK(before.scores.size() + after.scores.size() == 500);
  CHECK(before.scores[0] == all.scores[0]);
  CHECK(after.role == ValidationSample::Role::out_of_time);
  for (const auto& date : after.dates) CHECK(*date >= *parse_date("2024-07-01"));
  CHECK(after.cells[5].size() == after.scores.size());
  CHECK(after.groups[1].codes.size() == after.scores.size());
}
