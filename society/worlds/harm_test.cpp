#include <credence/worlds/harm.h>
#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

using namespace credence;

namespace {

MonthTally tally_of(std::initializer_list<std::pair<Counter, std::int64_t>> counts) {
  MonthTally tally;
  for (auto [counter, count] : counts) tally[counter] = count;
  return tally;
}

double value_of(std::string_view id, const MonthTally& tally) {
  const HarmMeasure* measure = find_harm_measure(id);
  REQUIRE_MESSAGE(measure != nullptr, id);
  return measure->of(tally, 12);
}

MonthTally requests(std::int64_t reliable, std::int64_t granted, std::int64_t unreliable,
                    std::int64_t unreliable_granted) {
  return tally_of({{Counter::reliable_wanted, reliable},
                   {Counter::reliable_granted, granted},
                   {Counter::unreliable_wanted, unreliable},
                   {Counter::unreliable_granted, unreliable_granted}});
}

}  // namespace

TEST_CASE("harm: every counter has a name of its own") {
  std::set<std::string_view> names;
  for (std::size_t counter = 0; counter < kCounters; ++counter) {
    std::string_view name = name_of(static_cast<Counter>(counter));
    CHECK_FALSE(name.empty());
    CHECK_MESSAGE(names.insert(name).second, name);
  }
  CHECK(name_of(Counter::people) == "people");
  CHECK(name_of(Counter::excluded) == "excluded");
  CHECK(name_of(Counter::harmed_through_mistake) == "harmed-through-mistake");
}

TEST_CASE("harm: every measure has an id of its own and speaks both languages in sentences") {
  std::set<std::string_view> ids;
  for (const HarmMeasure& measure : harm_measures()) {
    CAPTURE(measure.id);
    CHECK(ids.insert(measure.id).second);
    CHECK(find_harm_measure(measure.id) == &measure);
    for (const std::string* text :
         {&measure.name.en, &measure.name.fr, &measure.what.en, &measure.what.fr}) {
      CHECK_FALSE(text->empty());
      CHECK(is_utf8(*text));
    }
    CHECK(measure.what.en.ends_with('.'));
    CHECK(measure.what.fr.ends_with('.'));
    CHECK((measure.of != nullptr));
  }
  CHECK(ids.size() >= 40);
  CHECK(find_harm_measure("excluded") == nullptr);
  CHECK(find_harm_measure("") == nullptr);
}

TEST_CASE("harm: a measure whose denominator is 0 is not a number, never 0 and never a stop") {
  for (const HarmMeasure& measure : harm_measures()) {
    CAPTURE(measure.id);
    CHECK(std::isnan(measure.of(MonthTally{}, 0)));
  }
}

TEST_CASE("harm: shares, lengths and rates are those of the counters") {
  MonthTally year = tally_of({{Counter::people, 1200},
                              {Counter::adults, 1000},
                              {Counter::excluded, 60},
                              {Counter::spells_begun, 10},
                              {Counter::spells_ended, 8},
                              {Counter::spell_months, 40},
                              {Counter::alerts, 10},
                              {Counter::true_alerts, 4},
                              {Counter::false_alerts, 6},
                              {Counter::critical, 50},
                              {Counter::spoke, 20},
                              {Counter::game_spending, 120'000},
                              {Counter::wealth_sum, 360'000},
                              {Counter::operator_income, 50'000},
                              {Counter::operator_cost, 20'000},
                              {Counter::appeals_won, 3},
                              {Counter::appeals_lost, 1},
                              {Counter::waiting_months, 10},
                              {Counter::wealth_difference, -240'000}});
  CHECK(value_of("excluded-share", year) == doctest::Approx(0.05));
  CHECK(value_of("mean-spell", year) == doctest::Approx(5));
  CHECK(value_of("escape-rate", year) == doctest::Approx(8.0 / 58));
  CHECK(value_of("false-alerts", year) == doctest::Approx(0.06));
  CHECK(value_of("positive-predictive-value", year) == doctest::Approx(0.4));
  CHECK(value_of("speech-share", year) == doctest::Approx(0.4));
  CHECK(value_of("gaming-spend", year) == doctest::Approx(12));
  CHECK(value_of("mean-wealth", year) == doctest::Approx(3));
  CHECK(value_of("operator-profit", year) == doctest::Approx(3));
  CHECK(value_of("appeal-success", year) == doctest::Approx(0.75));
  CHECK(value_of("appeal-waiting", year) == doctest::Approx(2.5));
  CHECK(value_of("wealth-difference", year) == doctest::Approx(-2));
}

TEST_CASE("harm: the four-fifths rule compares the lowest rate with the highest") {
  std::vector<MonthTally> groups = {requests(50, 40, 50, 20), requests(20, 10, 20, 2)};
  CHECK(adverse_impact_ratio(groups) == doctest::Approx(0.3 / 0.6));
  CHECK(true_positive_gap(groups) == doctest::Approx(0.3));
  CHECK(false_positive_gap(groups) == doctest::Approx(0.3));
  groups.push_back(MonthTally{});
  CHECK(adverse_impact_ratio(groups) == doctest::Approx(0.5));
}

TEST_CASE("harm: a gap needs two groups who asked, a ratio somebody who was granted") {
  std::vector<MonthTally> one = {requests(50, 40, 50, 20), MonthTally{}};
  CHECK(std::isnan(adverse_impact_ratio(one)));
  CHECK(std::isnan(true_positive_gap(one)));
  CHECK(std::isnan(false_positive_gap({})));
  std::vector<MonthTally> nobody = {requests(5, 0, 5, 0), requests(5, 0, 5, 0)};
  CHECK(std::isnan(adverse_impact_ratio(nobody)));
  CHECK(true_positive_gap(nobody) == 0);
}

TEST_CASE("harm: equal rates in every step can be far apart when the steps are added up") {
  // D'Amour et al. (2020): who is asked when differs between groups, so equality does not add up.
  std::vector<MonthTally> first = {requests(100, 90, 0, 0), requests(10, 9, 0, 0)};
  std::vector<MonthTally> second = {requests(10, 1, 0, 0), requests(100, 10, 0, 0)};
  CHECK(true_positive_gap(first) == doctest::Approx(0));
  CHECK(true_positive_gap(second) == doctest::Approx(0));
  std::vector<MonthTally> both = first;
  for (std::size_t group = 0; group < 2; ++group) both[group] += second[group];
  CHECK(true_positive_gap(both) > 0.6);
}

TEST_CASE("harm: tallies add up counter by counter") {
  MonthTally one = tally_of({{Counter::people, 5}, {Counter::wealth_sum, -7}});
  MonthTally other = tally_of({{Counter::people, 2}, {Counter::spoke, 1}});
  one += other;
  CHECK(one == tally_of({{Counter::people, 7}, {Counter::wealth_sum, -7}, {Counter::spoke, 1}}));
}
