#include <credence/base/bytes.h>
#include <credence/base/sha256.h>
#include <credence/binning/binning.h>
#include <doctest/doctest.h>

using namespace credence;

// Rows at the edge of what binning takes: groups without rows, ties, lone events, extreme weights.

namespace {

Binning binned(const Column& column, const Outcome& outcome, const VariableRules& rules) {
  auto binning = bin(column, outcome, rules);
  if (!binning) FAIL(to_text(binning.error()));
  return *binning;
}

struct Towns {
  std::vector<std::int32_t> codes;
  std::vector<std::string> dictionary;
  Outcome outcome;

  // Empty text: missing.
  void add(const std::string& text, int records, int events) {
    if (!text.empty()) dictionary.push_back(text);
    for (int i = 0; i < records; ++i) {
      codes.push_back(text.empty() ? -1 : static_cast<std::int32_t>(dictionary.size()) - 1);
      outcome.bad.push_back(i < events ? 1 : 0);
    }
  }
  Column column() const { return Column::of_texts("town", codes, dictionary); }
};

}  // namespace

TEST_CASE("bin_as: rows are counted in the group of their text, whatever groups have no rows") {
  Towns towns;
  towns.add("Brest", 200, 20);
  towns.add("Paris", 200, 40);
  towns.add("Lille", 200, 80);
  towns.add("Nice", 200, 82);
  towns.add("", 40, 10);
  const std::vector<std::vector<std::string>> named{{"Brest"}, {"Paris"}, {"Lille", "Nice"}};
  for (std::size_t place = 0; place <= named.size(); ++place) {
    CAPTURE(place);
    auto groups = named;
    groups.insert(groups.begin() + static_cast<std::ptrdiff_t>(place), 2, {});
    groups[place] = {"Nowhere"};
    groups[place + 1] = {"Elsewhere"};
    const Cells cells = Cells::of_texts(groups, {});
    auto binning = bin_as(towns.column(), towns.outcome, cells, {});
    REQUIRE(binning);
    std::vector<double> records;
    for (const auto& row : binning->rows) records.push_back(row.tally.records);
    std::vector<double> expected{200, 200, 400};
    expected.insert(expected.begin() + static_cast<std::ptrdiff_t>(place), 2, 0.0);
    expected.insert(expected.end(), {40.0, 0.0});
    CHECK(records == expected);
  }
}

TEST_CASE("binning: the problem in the JSON is the one that the certificate names") {
  Towns towns;
  towns.add("low", 100, 10);
  towns.add("high", 100, 30);
  for (double weight : {0.1, 1e-10, 1e10}) {
    towns.outcome.weights.assign(200, weight);
    const Binning binning = binned(towns.column(), towns.outcome, {});
    const Json json = to_json(binning);
    const Json* problem = json.find("problem");
    REQUIRE(problem != nullptr);
    CHECK(to_hex(sha256(to_canonical_json(*problem))) == binning.certificate.problem_hash);
  }
}

TEST_CASE("missing: of two bins whose rates are as near, the first gives its weight") {
  Towns towns;
  towns.add("low", 100, 10);
  towns.add("high", 100, 30);
  towns.add("", 100, 20);
  VariableRules rules;
  rules.missing.policy = AbsencePolicy::nearest;
  const Binning binning = binned(towns.column(), towns.outcome, rules);
  REQUIRE(binning.cells.bins() == 2);
  CHECK(binning.rows[2].woe == binning.rows[0].woe);
}

TEST_CASE("binning: one bin is never without a word") {
  VariableRules rules;
  rules.binning.min_bin_share = 0;
  rules.prebins.min_share = 0;
  const Binning lone_event = binned(Column::of_numbers("x", {1, 2, 3, 4, 5, 6}),
                                    {.bad = {0, 0, 1, 0, 0, 0}, .weights = {}}, rules);
  REQUIRE(lone_event.notes.size() == 1);
  CHECK(lone_event.notes[0].text.en.starts_with("one bin: the variable separates"));
  const Binning even =
      binned(Column::of_numbers("x", {1, 1, 2, 2}), {.bad = {0, 1, 0, 1}, .weights = {}}, rules);
  CHECK(even.note_texts() == std::vector<std::string>{"one bin: prebinning found no cut"});
}

TEST_CASE("binning: a weight too small to change a sum is joined to a neighbour") {
  VariableRules rules;
  rules.binning.trend = Trend::none;
  rules.binning.min_bin_share = 0;
  rules.prebins.min_share = 0;
  const Column column = Column::of_numbers("x", {0, 0, 0, 1, 2, 2, 2, 3, 3});
  const Outcome outcome{.bad = {1, 1, 0, 0, 0, 0, 1, 0, 1},
                        .weights = {1e12, 1e12, 1e12, 1e-12, 1e12, 1e12, 1e12, 1e12, 1e12}};
  const Binning binning = binned(column, outcome, rules);
  CHECK(binning.cells.bins() == 3);
  CHECK(binning.total_records() == 9);
}

TEST_CASE("binning: weights up to the largest that is allowed are binned") {
  Outcome outcome;
  std::vector<double> values;
  for (int i = 0; i < 200; ++i) {
    values.push_back(i % 4);
    outcome.bad.push_back((i / 4) % 5 <= i % 4 ? 1 : 0);
    outcome.weights.push_back(1e12);
  }
  const Column column = Column::of_numbers("x", values);
  const Binning heavy = binned(column, outcome, {});
  outcome.weights.assign(200, 1);
  const Binning light = binned(column, outcome, {});
  CHECK(heavy.cells == light.cells);
  CHECK(heavy.iv == doctest::Approx(light.iv));
}
