#include <credence/published/matching.h>
#include <credence/published/models.h>
#include <credence/published/published_testing.h>
#include <doctest/doctest.h>

namespace credence {

TEST_CASE("matching: every published number holds at a twentieth of the people") {
  Crew crew(2);
  auto checks = matching_checks(testing::small_setting(), crew);
  CHECK(checks.size() == 55);
  CHECK(testing::red_checks(checks) == "");
}

TEST_CASE("matching: the numbers are the same for every number of threads") {
  CHECK(testing::same_for_all_threads(matching_checks, {7, .02, {}}));
}

TEST_CASE("matching: finding fewer, or mistaking more, turns checks red") {
  Crew crew(2);
  CHECK(testing::red_checks(check_matching({.true_rate = .8}, testing::small_setting(), crew)) !=
        "");
  std::string red =
      testing::red_checks(check_matching({.false_times = 2}, testing::small_setting(), crew));
  CHECK(red.find("people in crowds") != std::string::npos);
  CHECK(red.find("within a year, people") != std::string::npos);
}

TEST_CASE("matching: the rate of a comparison gives the rate of a search back") {
  for (double rate : {1e-6, 1e-3, .1, .9}) {
    for (double candidates : {1., 1000., 10'000.}) {
      double one = comparison_false_rate(rate, candidates);
      CHECK(search_false_rate(one, candidates) == doctest::Approx(rate).epsilon(1e-6));
    }
  }
  CHECK(search_false_rate(0, 10'000) == 0);
  CHECK(search_false_rate(1, 10'000) == 1);
  CHECK(comparison_false_rate(1, 10'000) == 1);
}

TEST_CASE("matching: where all are wanted no alert is wrong, where none is all are") {
  CHECK(alert_precision(1, .89, .01) == 1);
  CHECK(alert_precision(0, .89, .01) == 0);
  CHECK(alert_precision(.5, .5, .5) == doctest::Approx(.5));
}

TEST_CASE("matching: with the same luck a lower rate errs on fewer of the same faces") {
  const KeyedDraws draws(3, 0);
  int often = 0, rarely = 0;
  for (std::uint32_t person = 0; person < 5000; ++person) {
    bool more = misread(person, 1, 5, .05, draws), less = misread(person, 1, 5, .01, draws);
    CHECK((more || !less));
    often += more;
    rarely += less;
  }
  CHECK(rarely > 20);
  CHECK(often > 3 * rarely);
}

TEST_CASE("matching: more scans a day come at least as close to a false match") {
  for (std::uint32_t person = 0; person < 20; ++person) {
    auto closest = closest_match_of_year(person, KeyedDraws(1, 0));
    CHECK(closest[0] >= closest[1]);
    CHECK(closest[1] >= closest[2]);
  }
}

TEST_CASE("matching: a crowd that nobody is wanted in finds nobody, and errs all the same") {
  CrowdRules rules{.people = 10'000, .prevalence = {0, .5, 1}, .false_rate = {.1, .01}};
  CrowdAlerts alerts = crowd_alerts(rules, KeyedDraws(1, 0));
  CHECK(alerts.wanted[0] == 0);
  CHECK(alerts.found[0] == 0);
  CHECK(alerts.false_alerts[0][0] > alerts.false_alerts[0][1]);
  CHECK(alerts.wanted[2] == rules.people);
  CHECK(alerts.false_alerts[2][0] == 0);
  CHECK(alerts.found[1] <= alerts.wanted[1]);
}

}  // namespace credence
