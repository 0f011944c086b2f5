#include <credence/published/delayed_impact.h>
#include <credence/published/models.h>
#include <credence/published/published_testing.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace credence {

namespace {

const std::string kTitleLine = "percentile,score,cdf_black,cdf_white,repay_black,repay_white\n";

// A made-up table of ten scores.
std::string small_table() {
  std::string text = kTitleLine;
  for (int at = 1; at <= 10; ++at) {
    std::ostringstream row;
    row << at * 10 << ',' << 300 + at * 50 << ',' << at * .1 << ',' << at * at * .01 << ','
        << at * .09 << ',' << at * .095 << '\n';
    text += row.str();
  }
  return text;
}

// Beside the repository's root, which is above the folder that tests run in; empty where absent.
std::string published_table() {
  std::filesystem::path folder = std::filesystem::current_path();
  const std::filesystem::path name = "../shared/data/society/liu_score_table.csv";
  while (folder != folder.root_path() && !std::filesystem::exists(folder / name)) {
    folder = folder.parent_path();
  }
  std::ifstream file(folder / name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("delayed impact: every published number holds on the published table") {
  PublishedSetting setting;
  setting.liu_score_table = published_table();
  if (setting.liu_score_table.empty()) {
    MESSAGE("skipped: the score table is not here");
    return;
  }
  Crew crew(1);
  auto checks = delayed_impact_checks(setting, crew);
  CHECK(checks.size() == 64);
  CHECK(testing::red_checks(checks) == "");
  CHECK(testing::same_for_all_threads(delayed_impact_checks, setting));
  ImpactRules mild;
  mild.loss = 140;
  CHECK(testing::red_checks(check_delayed_impact(mild, setting)) != "");
  ImpactRules even;
  even.weight = {.5, .5};
  CHECK(testing::red_checks(check_delayed_impact(even, setting)) != "");
  ImpactRules open;
  open.highest = 1e9;
  CHECK(testing::red_checks(check_delayed_impact(open, setting)) != "");
}

TEST_CASE("delayed impact: without a table there are no checks; with another one they are red") {
  Crew crew(1);
  CHECK(delayed_impact_checks({}, crew).empty());
  CHECK(testing::red_checks(delayed_impact_checks({1, 1, small_table()}, crew)) != "");
}

TEST_CASE("delayed impact: a table that cannot be read is one red check that names the line") {
  struct Bad {
    std::string text;
    std::size_t row;
  };
  const std::string two = "0,300,.1,.1,.2,.2\n", three = "1,310,.2,.2,.3,.3\n";
  for (const Bad& bad : {
           Bad{"a,b\n", 1},
           Bad{"\n", 1},
           Bad{kTitleLine, 2},
           Bad{kTitleLine + two, 3},
           Bad{kTitleLine + two + "\n" + three, 3},
           Bad{kTitleLine + two + "1,310,.2,.2,.3\n", 3},
           Bad{kTitleLine + two + "1,310,.2,.2,.3,.3,.4\n", 3},
           Bad{kTitleLine + two + "1,310,.2,.2,.3,x\n", 3},
           Bad{kTitleLine + two + "1,310,.2,.2,.3,.3 \n", 3},
           Bad{kTitleLine + two + "1,310,.2,nan,.3,.3\n", 3},
           Bad{kTitleLine + two + "1,inf,.2,.2,.3,.3\n", 3},
           Bad{kTitleLine + two + "1,310,.2,.2,.3,1.3\n", 3},
           Bad{kTitleLine + two + "1,310,.2,.2,-.3,.3\n", 3},
           Bad{kTitleLine + two + "1,310,.05,.2,.3,.3\n", 3},
           Bad{kTitleLine + two + "1,300,.2,.2,.3,.3\n", 3},
           Bad{kTitleLine + "0,300,0,.1,.2,.2\n1,310,0,.2,.3,.3\n", 4},
       }) {
    CAPTURE(bad.text);
    ScoreTableReading read = read_score_table(bad.text);
    CHECK_FALSE(read.table);
    CHECK(read.bad_row == bad.row);
    Crew crew(1);
    auto checks = delayed_impact_checks({1, 1, bad.text}, crew);
    REQUIRE(checks.size() == 1);
    CHECK_FALSE(checks[0].holds());
    CHECK(checks[0].what.find("line " + std::to_string(bad.row)) != std::string::npos);
  }
  CHECK(read_score_table(kTitleLine + two + three).table);
  CHECK(read_score_table(kTitleLine + two + "1,310,.2,.2,.3,.3").table);
  CHECK(read_score_table("percentile,score,cdf_black,cdf_white,repay_black,repay_white\r\n"
                         "0,300,.1,.1,.2,.2\r\n1,310,.2,.2,.3,.3\r\n")
            .table);
}

TEST_CASE("delayed impact: a rate is met from the top, by a part of one score") {
  ScoreTableReading read = read_score_table(small_table());
  REQUIRE(read.table);
  ImpactRules rules;
  DelayedImpact model(*read.table, rules, 4);
  for (int percent = 0; percent <= 100; percent += 5) {
    double rate = percent / 100.;
    auto loans = model.by_rate(kGroupB, rate);
    CHECK(model.selected(kGroupB, loans) == doctest::Approx(rate));
    for (std::size_t at = 1; at < loans.size(); ++at) CHECK(loans[at] >= loans[at - 1]);
    auto by_rate = model.by_true_positives(kGroupW, rate);
    CHECK(model.true_positives(kGroupW, by_rate) == doctest::Approx(rate));
  }
}

TEST_CASE("delayed impact: each policy keeps its promise and none earns more than max profit") {
  ScoreTableReading read = read_score_table(small_table());
  REQUIRE(read.table);
  ImpactRules rules;
  for (double odds : {.5, 1., 4., 10.}) {
    DelayedImpact model(*read.table, rules, odds);
    LoanShares most = model.max_profit(), parity = model.demographic_parity(),
               equal = model.equal_opportunity();
    CHECK(model.selected(kGroupB, parity[0]) ==
          doctest::Approx(model.selected(kGroupW, parity[1])));
    CHECK(model.true_positives(kGroupB, equal[0]) ==
          doctest::Approx(model.true_positives(kGroupW, equal[1])));
    CHECK(model.profit(most) >= model.profit(parity) - 1e-12);
    CHECK(model.profit(most) >= model.profit(equal) - 1e-12);
    CHECK(model.profit(parity) >= -1e-9);
  }
}

}  // namespace credence
