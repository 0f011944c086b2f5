#include <credence/published/conformism.h>
#include <credence/published/models.h>
#include <credence/published/published_testing.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace credence {

TEST_CASE("conformism: every published number holds at a twentieth of the replicates") {
  Crew crew(2);
  auto checks = conformism_checks(testing::small_setting(), crew);
  CHECK(checks.size() == 33);
  CHECK(testing::red_checks(checks) == "");
}

TEST_CASE("conformism: the numbers are the same for every number of threads") {
  CHECK(testing::same_for_all_threads(conformism_checks, {7, .01, {}}));
}

TEST_CASE("conformism: where those who comply do not enforce, or it costs more, checks turn red") {
  Crew crew(2);
  CHECK(testing::red_checks(check_conformism({.enforces = false}, testing::small_setting(), crew))
            .find("local") != std::string::npos);
  CHECK(testing::red_checks(
            check_conformism({.cost_times = 1.6}, testing::small_setting(), crew)) != "");
}

TEST_CASE(
    "conformism: the order of each sweep is another one of all people, kept when asked again") {
  EmperorLuck luck(KeyedDraws(1, 0));
  auto first = luck.order(0);
  std::vector<std::uint32_t> kept(first.begin(), first.end());
  std::set<std::uint32_t> people(kept.begin(), kept.end());
  CHECK(people.size() == kCourt);
  CHECK(*people.rbegin() == kCourt - 1);
  auto later = luck.order(5);
  CHECK_FALSE(std::equal(kept.begin(), kept.end(), later.begin()));
  auto again = luck.order(0);
  CHECK(std::equal(kept.begin(), kept.end(), again.begin()));
}

TEST_CASE("conformism: without believers nobody complies, with all of them everybody does") {
  EmperorLuck luck(KeyedDraws(1, 0));
  for (EmperorNetwork network : {EmperorNetwork::everybody, EmperorNetwork::torus}) {
    for (EmperorSchedule schedule : {EmperorSchedule::in_turn, EmperorSchedule::all_at_once}) {
      CHECK(emperor_compliance({.network = network, .believers = 0, .schedule = schedule}, luck) ==
            0);
      CHECK(emperor_compliance({.network = network, .believers = 1, .schedule = schedule}, luck) ==
            1);
    }
  }
}

TEST_CASE("conformism: believers alone comply where pressure never reaches anybody") {
  EmperorLuck luck(KeyedDraws(1, 0));
  // Enforcing costs more than any conviction is worth.
  double share =
      emperor_compliance({.seats = EmperorSeats::scattered, .believers = .05, .cost = 9}, luck);
  CHECK(share >= .05);
  CHECK(share < .2);
}

TEST_CASE("conformism: a crowd acts up to the first gap in its thresholds") {
  CHECK(acting_in_the_end(std::vector<std::uint32_t>{}) == 0);
  CHECK(acting_in_the_end(std::vector<std::uint32_t>{1, 1, 1}) == 0);
  CHECK(acting_in_the_end(std::vector<std::uint32_t>{0, 1, 2, 4}) == 3);
  CHECK(acting_in_the_end(std::vector<std::uint32_t>{4, 2, 0, 1}) == 3);
  CHECK(acting_in_the_end(std::vector<std::uint32_t>{0, 0, 0, 3, 3}) == 5);
}

TEST_CASE("conformism: more deviation never means fewer who act, up to the jump") {
  double before = 0;
  for (double deviation = 8; deviation < 12.4; deviation += .2) {
    double acting = acting_in_the_end(25, deviation);
    CHECK(acting >= before - 1e-9);
    before = acting;
  }
  CHECK(before > 99);
}

}  // namespace credence
