#include <credence/scorecard/sample_scorecard_test.h>
#include <credence/scorecard/scorecard.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace credence;

namespace {

constexpr std::string_view kCard = R"(id = "small"
base = 600
range = [350, 950]

[scaling]
offset = 512.5
factor = 72.13475204444816

[[feature]]
id = "late bills"
kind = "number"
family = "fulfilment"
title = { en = "late bills", fr = "factures en retard" }
reason = "R1"
baseline = 0
none = -5
special = { "no-record" = -20, "none due" = 10 }
codes = { "no-record" = [-9, 96], "none due" = [-8] }
bins = [
  { below = 0.1, points = 60 },
  { below = 3, points = 0 },
  { points = -90 },
]
woe = [0.5, 0, -1.25, 0.001, 0.25, 0]
counts = { events = [1, 2, 3, 4, 5, 6], nonevents = [1, 2, 3, 4, 5, 6], records = [2, 4, 6, 8, 10, 12], squares = [2, 4, 6, 8, 10, 12.5] }

[[feature]]
id = "purpose"
kind = "text"
none = 0
unknown = -7
bins = [
  { is = ["a \"car\"", "tab\u0009"], points = 5 },
]

[[feature]]
id = "only in a pair"
kind = "number"
bins = [
  { below = -1e+300 },
  {},
]

[[pair]]
features = ["purpose", "only in a pair"]
points = [
  [0, 1, 2],
  [0, -1, 2],
  [0, 3, 2],
]
)";

std::string changed(std::string_view from, std::string_view to) {
  std::string text{kCard};
  std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

void refused(std::string_view from, std::string_view to, std::string_view code,
             std::string_view path, std::string_view says) {
  std::string text = changed(from, to);
  ReadScorecard read = read_scorecard(text, "card.toml");
  CAPTURE(text);
  REQUIRE_FALSE(read.card);
  REQUIRE(!read.findings.empty());
  const Finding& finding = read.findings.front();
  CHECK(finding.code == code);
  CHECK(finding.path == path);
  CAPTURE(finding.message.en);
  CHECK(finding.message.en.find(says) != std::string::npos);
  for (const Finding& each : read.findings) {
    CHECK(!each.message.fr.empty());
    CHECK(!each.help.en.empty());
    CHECK(!each.help.fr.empty());
    if (each.code != "S001") CHECK(each.where.line > 0);
  }
}

}  // namespace

TEST_CASE("table card: a file that is written as we write it is read back to the letter") {
  ReadScorecard read = read_scorecard(kCard, "card.toml");
  for (const Finding& finding : read.findings) MESSAGE(render(finding, kCard, Language::en));
  REQUIRE(read.card);
  const Scorecard& card = *read.card;
  CHECK(card.variables.size() == 3);
  CHECK(card.terms.size() == 3);
  CHECK(card.terms[0].points == std::vector<int>{60, 0, -90, -20, 10, -5});
  CHECK(card.terms[0].baseline == 0);
  CHECK(card.terms[2].variables == std::vector<int>{1, 2});
  CHECK(card.reason_of(card.terms[0]) == "R1");
  CHECK(card.reason_of(card.terms[2]) == "purpose x only in a pair");
  CHECK(card.cell_name(0, 1) == "[0.1, 3)");
  CHECK(card.cell_name(0, 3) == "no-record");
  CHECK(card.variables[0].tallies[5].squares == 12.5);
  CHECK(to_toml(card) == kCard);
}

TEST_CASE("table card: any card is the same after writing and reading") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    sample::Cards random{seed};
    Scorecard card = random.card(1 + static_cast<int>(random.below(6)), 0);
    if (card.variables.size() > 2 && seed % 2 == 0) card = random.card(4, 2);
    if (seed % 5 == 0) card.scaling = Scorecard::Scaling{0.1 + 0.2, 1.0 / 3};
    if (seed % 7 == 0) card.variables[0].woe.assign(sample::Cards::count(card, 0), 1.0 / 7);
    ReadScorecard read = read_scorecard(to_toml(card), "card.toml");
    for (const Finding& finding : read.findings) MESSAGE(finding.message.en);
    REQUIRE(read.card);
    CHECK(*read.card == card);
    CHECK(to_toml(*read.card) == to_toml(card));
  }
}

TEST_CASE("table card: thresholds of any size keep every bit") {
  Scorecard card;
  card.base = 600;
  card.variables.push_back(
      {"x",
       "",
       {},
       Cells::of_numbers({-1.7976931348623157e308, -9007199254740994.0, -5e-324, 5e-324, 0.1 + 0.2,
                          9007199254740993.0, 1.7976931348623157e308},
                         {}),
       {},
       {}});
  card.terms.push_back({{0}, std::vector<int>(9, 1), 1, ""});
  auto read = read_scorecard(to_toml(card), "card.toml");
  REQUIRE(read.card);
  CHECK(*read.card == card);
}

TEST_CASE(
    "table card: the river's grammar of a choice is read, with its open last bin as unknown") {
  auto read = read_scorecard(
      "base = 600\n[[feature]]\nid = \"kind\"\nnone = 0\n"
      "bins = [ { is = [\"monthly\"], points = 5 }, { points = -2 } ]\n",
      "card.toml");
  REQUIRE(read.card);
  CHECK(read.card->variables[0].cells.kind() == Column::Kind::text);
  CHECK(read.card->terms[0].points == std::vector<int>{5, 0, -2});
  CHECK(read.card->range_lowest == 350);
}

TEST_CASE("table card: what is wrong is said where it stands, with how to mend it") {
  refused("base = 600", "base = ", "S001", "", "");
  refused("base = 600\n", "", "S003", "base", "`base` is missing");
  refused("base = 600", "base = 600\nbse = 1", "S002", "bse", "did you mean `base`");
  refused("base = 600", "base = \"600\"", "S004", "base", "whole number");
  refused("points = -90", "points = -90.5", "S004", "feature[0].bins[2].points", "whole number");
  refused("points = -90", "points = 100001", "S005", "feature[0].bins[2].points", "out of range");
  refused("points = -90", "points = -9999", "S010", "base", "its range from 350 to 950");
  refused("range = [350, 950]", "range = [950, 350]", "S010", "base", "");
  refused("range = [350, 950]", "range = [350]", "S004", "range", "list of two");
  refused("below = 0.1", "below = 3", "S007", "feature[0].bins[1]", "not above");
  refused("below = 0.1", "below = nan", "S006", "feature[0].bins[0].below", "finite");
  refused("below = 0.1", "below = 9007199254740993", "S006", "feature[0].bins[0].below", "finite");
  refused("{ points = -90 }", "{ below = 9, points = -90 }", "S007", "feature[0].bins[2]",
          "last bin is open");
  refused("[-9, 96]", "[-9, -8]", "S008", "feature[0].codes.none due", "twice");
  refused("[-9, 96]", "[]", "S008", "feature[0].codes.no-record", "no values");
  refused("\"no-record\" = -20, ", "", "S008", "feature[0].special.no-record", "has no points");
  refused("\"no-record\" = -20, ", "\"no-recrd\" = -20, ", "S008", "feature[0].special.no-record",
          "no points");
  refused("\"fulfilment\"", "\"fulfillment\"", "S018", "feature[0].family",
          "did you mean `fulfilment`");
  refused("kind = \"text\"", "kind = \"number\"", "S004", "feature[1].kind", "not the kind");
  refused("unknown = -7\n", "", "S003", "feature[1].unknown", "missing");
  refused("none = 0\n", "", "S003", "feature[1].none", "missing");
  refused("\"tab\\u0009\"", "\"a \\\"car\\\"\"", "S009", "feature[1].bins[0].is[1]", "twice");
  refused("\"tab\\u0009\"", "\"\\u0000\"", "S009", "feature[1]", "UTF-8");
  refused("{ below = -1e+300 }", "{ below = -1e+300, points = 1 }", "S003", "feature[2].none",
          "missing");
  refused("[\"purpose\", \"only", "[\"purpse\", \"only", "S012", "pair[0].features[0]",
          "did you mean `purpose`");
  refused("[\"purpose\", \"only in a pair\"]", "[\"purpose\", \"purpose\"]", "S012", "pair[0]",
          "two that differ");
  refused("  [0, 3, 2],\n", "", "S012", "pair[0]", "6 points for 9 cells");
  refused("[0, 3, 2]", "[0, 3]", "S012", "pair[0].points[2]", "2 points");
  refused("points = [\n  [0, 1, 2]", "points = [\n  7", "S004", "pair[0].points[0]", "a list");
  refused("[0.5, 0, -1.25, 0.001, 0.25, 0]", "[0.5]", "S011", "feature[0]", "6 finite numbers");
  refused("nonevents = [1, 2, 3, 4, 5, 6]", "nonevents = [1]", "S011",
          "feature[0].counts.nonevents", "1 numbers");
  refused("baseline = 0", "baseline = 61", "S014", "feature[0]", "outside its points");
  refused("reason = \"R1\"", "reason = \"purpose\"", "S013", "feature[1]", "two terms");
  refused("factor = 72.13475204444816", "factor = 0", "S017", "base", "factor");
  refused("id = \"late bills\"", "id = \"\"", "S006", "feature[0]", "no name");
}

TEST_CASE("table card: a card made by code says its own defects") {
  Scorecard card;
  card.base = 600;
  card.variables.push_back({"x", "", {}, Cells::of_numbers({1}, {}), {}, {}});
  CHECK(defects(card).front().code == "scorecard.unused");
  card.terms.push_back({{0}, {1, 2}, 2, ""});
  CHECK(defects(card).front().code == "scorecard.points");
  card.terms[0].points.push_back(3);
  CHECK(defects(card).empty());
  card.variables.push_back(card.variables[0]);
  CHECK(defects(card).front().code == "scorecard.twice");
  card.variables.pop_back();
  card.terms.push_back(card.terms[0]);
  CHECK(defects(card).front().code == "scorecard.order");
  card.terms[1].variables = {0, 7};
  CHECK(defects(card).front().code == "scorecard.variables");
  card.terms.assign(10'001, card.terms[0]);
  CHECK(defects(card).front().code == "scorecard.terms");
}

TEST_CASE("table card: points that add up beyond 32 bits do not overflow") {
  Scorecard card;
  card.terms.assign(50'000, {{0}, {-100'000, 100'000}, 0, ""});
  CHECK(card.lowest() == std::numeric_limits<int>::min());
  CHECK(card.highest() == std::numeric_limits<int>::max());
}
