#include <credence/binning/binning.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace credence;

// What would help where no bins keep the rules, followed to the letter.

namespace {

struct Values {
  std::vector<double> values;
  Outcome outcome;
  Column column() const { return Column::of_numbers("x", values); }
};

// Rates that go up and down from value to value, so that few trends allow many bins.
Values wild(std::uint64_t seed) {
  std::mt19937_64 random{seed};
  Values rows;
  for (int value = 0; value < 10; ++value) {
    const auto events = 5 + random() % 60;
    for (std::uint64_t i = 0; i < 100; ++i) {
      rows.values.push_back(value);
      rows.outcome.bad.push_back(i < events ? 1 : 0);
    }
  }
  return rows;
}

constexpr std::string_view kNoTrend = " and trend none";

struct Advice {
  int min_bins = 0;
  bool without_trend = false;
};

// "possible with min_bins 4 instead of 9 and trend none, or with ...": what it says of that limit.
std::optional<Advice> advice_of(const std::string& help) {
  const std::string limit = "min_bins ";
  const auto at = help.find(limit);
  if (at == std::string::npos) return std::nullopt;
  const auto end = std::min(help.find(',', at), help.size());
  const std::string one = help.substr(at, end - at);
  return Advice{.min_bins = std::stoi(one.substr(limit.size())),
                .without_trend = one.ends_with(kNoTrend)};
}

}  // namespace

TEST_CASE("binning: what would help an automatic trend does, and says where the trend must go") {
  int with = 0, without = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    const Values rows = wild(seed);
    VariableRules rules;
    rules.binning.min_bin_share = 0.15;
    rules.binning.min_bins = 7;
    if (seed % 2 == 0) rules.binning.max_p_value = 0.01;
    auto refused = bin(rows.column(), rows.outcome, rules);
    REQUIRE_FALSE(refused);
    const auto advice = advice_of(refused.error().help);
    if (!advice) continue;
    VariableRules followed = rules;
    followed.binning.min_bins = advice->min_bins;
    CHECK(bool(bin(rows.column(), rows.outcome, followed)) != advice->without_trend);
    ++(advice->without_trend ? without : with);
    if (!advice->without_trend) continue;
    followed.binning.trend = Trend::none;
    CHECK(bin(rows.column(), rows.outcome, followed));
  }
  CHECK(with > 0);
  CHECK(without > 0);
}

TEST_CASE("binning: where limits give way and no trend was found, the trend is told to go too") {
  const Values rows = wild(1);
  VariableRules rules;
  rules.binning.min_bin_share = 0.15;
  rules.binning.min_bins = 7;
  rules.on_infeasible = OnInfeasible::relax;
  auto binning = bin(rows.column(), rows.outcome, rules);
  REQUIRE(binning);
  CHECK(binning->trend == Trend::none);
  REQUIRE(binning->given_up.size() == 1);
  CHECK(binning->given_up[0].en.ends_with(" and trend from automatic to none"));
  CHECK(binning->given_up[0].fr.ends_with(" et tendance (`trend`) de automatique à aucune"));
}

TEST_CASE("binning: where no limit helps alone, both languages say to loosen several") {
  const Values rows = wild(1);
  VariableRules rules;
  rules.binning.trend = Trend::ascending;
  rules.binning.min_bins = 11;
  rules.binning.min_bin_events = 400;
  auto refused = bin(rows.column(), rows.outcome, rules);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().help.starts_with("no limit helps alone; loosen several"));
  CHECK(refused.told("x").help.fr.starts_with("aucune limite seule n'y suffit"));
}
