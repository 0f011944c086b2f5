#include <credence/binning/binning.h>
#include <doctest/doctest.h>

#include <limits>

using namespace credence;

namespace {

// One good row per value below `limit`, one bad row per value from it on.
struct Parted {
  Column column;
  Outcome outcome;
};

Parted parted(int rows, int limit) {
  std::vector<double> values;
  Outcome outcome;
  for (int i = 0; i < rows; ++i) {
    values.push_back(i);
    outcome.bad.push_back(i >= limit ? 1 : 0);
  }
  return {Column::of_numbers("x", values), outcome};
}

std::string notes_of(const Binning& binning) {
  std::string all;
  for (const BinningNote& note : binning.notes) all += note.text.en + "\n";
  return all;
}

bool is_refused(const std::vector<SpecialCode>& specials, bool texts = false) {
  const Column column = texts ? Column::of_texts("t", {0, 0, 1, 1}, {"a", "b"})
                              : Column::of_numbers("x", {1, 1, 2, 2});
  VariableRules rules;
  rules.specials = specials;
  auto binning = bin(column, {.bad = {0, 1, 0, 1}, .weights = {}}, rules);
  if (!binning) CHECK(binning.error().code == "binning.rules");
  return !binning;
}

}  // namespace

TEST_CASE("binning: a variable that separates the outcomes is told, by every method") {
  const Parted rows = parted(100, 60);
  for (Divergence divergence : {Divergence::iv, Divergence::js}) {
    for (Prebinning method : {Prebinning::cart, Prebinning::quantile, Prebinning::mdlp}) {
      VariableRules rules;
      rules.binning.divergence = divergence;
      rules.prebins.method = method;
      if (method == Prebinning::quantile) rules.prebins.max_prebins = 7;
      auto binning = bin(rows.column, rows.outcome, rules);
      REQUIRE(binning);
      CHECK(binning->cells.bins() == 1);
      CHECK(binning->separates);
      CHECK(notes_of(*binning).find("separates") != std::string::npos);
      CHECK(notes_of(*binning).find("leak") != std::string::npos);
      CHECK(notes_of(*binning).find("hellinger") != std::string::npos);
    }
  }
}

TEST_CASE("binning: with hellinger a variable that separates the outcomes has its bins") {
  const Parted rows = parted(100, 60);
  VariableRules rules;
  rules.binning.divergence = Divergence::hellinger;
  auto binning = bin(rows.column, rows.outcome, rules);
  REQUIRE(binning);
  CHECK(binning->cells.edges().size() == 1);
  CHECK_FALSE(binning->separates);
}

TEST_CASE("binning: one bin because of the trend is not blamed on pure bins") {
  std::vector<double> values;
  Outcome outcome;
  for (int i = 0; i < 400; ++i) {  // the rate falls, and is asked to rise
    values.push_back(i);
    outcome.bad.push_back(i % (i < 200 ? 2 : 4) == 0 ? 1 : 0);
  }
  VariableRules rules;
  rules.binning.trend = Trend::ascending;
  rules.prebins.max_prebins = 2;
  auto binning = bin(Column::of_numbers("x", values), outcome, rules);
  REQUIRE(binning);
  CHECK(binning->cells.bins() == 1);
  CHECK_FALSE(binning->separates);
  CHECK(notes_of(*binning) == "one bin: no more bins that keep the rules are any better\n");
}

TEST_CASE("binning: one bin because of one pure side is told, and is no separation") {
  std::vector<double> values;
  Outcome outcome;
  for (int i = 0; i < 100; ++i) {
    values.push_back(i < 50 ? 1 : 2);
    outcome.bad.push_back(i >= 50 && i % 2 == 0 ? 1 : 0);
  }
  auto binning = bin(Column::of_numbers("x", values), outcome, {});
  REQUIRE(binning);
  CHECK(binning->cells.bins() == 1);
  CHECK_FALSE(binning->separates);
  CHECK(notes_of(*binning).find("hellinger takes such bins") != std::string::npos);
}

TEST_CASE("special codes: what a card cannot hold is refused by binning too") {
  constexpr double endless = std::numeric_limits<double>::infinity();
  CHECK_FALSE(is_refused({{"code", {2}, {}}}));
  CHECK(is_refused({{"code", {endless}, {}}}));
  CHECK(is_refused({{"code", {-endless}, {}}}));
  CHECK(is_refused({{"code", {2}, {"two"}}}));
  CHECK(is_refused({{"two\nlines", {2}, {}}}));
  CHECK(is_refused({{"code", {}, {"two"}}}));
  CHECK_FALSE(is_refused({{"code", {}, {"b"}}}, true));
  CHECK(is_refused({{"code", {2}, {"b"}}}, true));
  CHECK(is_refused({{"code", {}, {"\xff"}}}, true));
}

namespace {

// Forty rows of the values 0 to 3; each value is 10 rows, half of them bad.
struct UnequalRows {
  std::vector<double> values;
  Outcome outcome;

  UnequalRows(double heavy, double light) {
    for (int i = 0; i < 40; ++i) {
      values.push_back(i / 10);
      outcome.bad.push_back(i % 2 == 0 ? 1 : 0);
      outcome.weights.push_back(i < 20 ? heavy : light);
    }
  }
  Column column() const { return Column::of_numbers("x", values); }
};

}  // namespace

TEST_CASE("weights: prebins that vanish beside others are an error about weights") {
  const UnequalRows rows(1e12, 1e-12);
  VariableRules rules;
  rules.prebins.method = Prebinning::quantile;
  auto binning = bin(rows.column(), rows.outcome, rules);
  REQUIRE_FALSE(binning);
  CHECK(binning.error().code == "binning.weights");
  CHECK(binning.error().message.find("too far apart") != std::string::npos);
}

TEST_CASE("weights: bins of a person that vanish beside others are the same error") {
  const Cells cells = Cells::of_numbers({2, 3}, {});
  const UnequalRows apart(1e12, 1e-12), close(1e3, 1e-3);
  auto binning = bin_as(apart.column(), apart.outcome, cells, {});
  REQUIRE_FALSE(binning);
  CHECK(binning.error().code == "binning.weights");
  CHECK(binning.error().message.find("10 of them weigh less") != std::string::npos);
  CHECK(bin_as(close.column(), close.outcome, cells, {}));
  // One bin has nothing beside it in which it could vanish.
  CHECK(bin_as(apart.column(), apart.outcome, Cells::of_numbers({}, {}), {}));
}
