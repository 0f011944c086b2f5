#include <credence/clockwork/functions.h>
#include <credence/institutions/parts.h>
#include <credence/institutions/town_testing.h>

using namespace credence;
using namespace credence::testing;

namespace {

constexpr std::size_t kTravel = static_cast<std::size_t>(Sphere::travel);

void sanction_everybody(HandMadeTown& town) {
  town.each([&town](LifeMonth& one) { town.institutions.sanction(one); });
}

SocietyProgramme with_matcher(std::vector<double> times) {
  SocietyProgramme programme = no_programme();
  programme.constructs.cameras = CamerasConstruct{.coverage = 1, .detection = 0.5};
  programme.constructs.matcher = MatcherConstruct{.false_match = 1.0 / 6000,
                                                  .false_match_times = std::move(times),
                                                  .false_non_match_times = {},
                                                  .watch_list_share = 0.01};
  return programme;
}

SocietyProgramme listing(int months) {
  SocietyProgramme programme = city_of_points();
  programme.constructs.lists = {{.below = 900, .from = {}, .months = months}};
  return programme;
}

}  // namespace

TEST_CASE(
    "police: false alerts come as often as the arithmetic says, and hit the worse-read group") {
  SocietyProgramme programme = with_matcher({1, 10});
  HandMadeTown town(programme, 20'000);
  std::uint32_t hits[2] = {}, people[2] = {}, found = 0, listed = 0;
  for (std::uint32_t person = 0; person < town.count(); ++person) {
    if (is_on_watch_list(*programme.constructs.matcher, town.draws, person)) ++listed;
  }
  for (town.month = 0; town.month < 12; ++town.month) {
    town.forget();
    town.each([&town](LifeMonth& one) { town.institutions.watch(one); });
    found += town.with(Happening::true_alert);
    for (std::uint32_t person = 0; person < town.count(); ++person) {
      ++people[person % 2];
      hits[person % 2] += town.now[person].has(Happening::false_alert);
    }
  }
  // 30 scans a month: 1 - (1 - F)^30.
  double expected = 1 - exact_power(1 - 1.0 / 6000, 30);
  double worse = 1 - exact_power(1 - 10.0 / 6000, 30);
  CHECK(static_cast<double>(hits[0]) / people[0] == doctest::Approx(expected).epsilon(0.1));
  CHECK(static_cast<double>(hits[1]) / people[1] == doctest::Approx(worse).epsilon(0.05));
  CHECK(listed == doctest::Approx(200).epsilon(0.2));
  CHECK(found == doctest::Approx(listed * 12 * 0.89).epsilon(0.03));
}

TEST_CASE("police: without cameras nobody is matched, and a place with more policing sees more") {
  SocietyProgramme programme = with_matcher({});
  programme.constructs.cameras->coverage = 0.5;
  WatchTables tables = watch_tables(programme.constructs, hand_made_people(4).plan);
  CHECK(tables.covered == std::vector<double>{0.5, 1});
  CHECK(tables.false_alert[1] > tables.false_alert[0]);
  programme.constructs.cameras.reset();
  CHECK(watch_tables(programme.constructs, hand_made_people(4).plan).false_alert.empty());
}

TEST_CASE("police: a matcher that is always wrong or never stays inside the arithmetic") {
  SocietyProgramme programme = with_matcher({1e9, 0});
  WatchTables tables = watch_tables(programme.constructs, hand_made_people(4).plan);
  CHECK(tables.false_alert == std::vector<double>{1, 1, 0, 0});
}

TEST_CASE("city: deeds count once, for members, and opinions only when they are read") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.rules = {{.deed = CountedDeed::late_bill, .points = -20, .title = {}},
                                {.deed = CountedDeed::criticism, .points = -100, .title = {}}};
  HandMadeTown town(programme, 4);
  for (Happenings& now : town.now) {
    now.add(Happening::paid_late);
    now.add(Happening::spoke);
  }
  town.enrol_everybody();
  town.lives.put(3, Mark::enrolled, false);
  town.each([&town](LifeMonth& one) { town.institutions.watch(one); });
  CHECK(town.lives.own_points == std::vector<std::int16_t>{-20, -20, -20, 0});
  programme.constructs.loyalty = LoyaltyConstruct{.monitored = 1, .criticism = -7, .praise = 5};
  town.each([&town](LifeMonth& one) { town.institutions.watch(one); });
  CHECK(town.lives.own_points[0] == -20 - 20 - 100 - 7);
}

TEST_CASE("city: a sum of deeds never runs over") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.rules = {{.deed = CountedDeed::late_bill, .points = -20'000, .title = {}}};
  HandMadeTown town(programme, 1);
  town.enrol_everybody();
  town.now[0].add(Happening::paid_late);
  for (int month = 0; month < 9; ++month) {
    town.each([&town](LifeMonth& one) { town.institutions.watch(one); });
  }
  CHECK(town.lives.own_points[0] == -30'000);
}

TEST_CASE("lists: points decay by equal steps to nought and no further") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.points->decay_months = 10;
  programme.constructs.rules = {{.deed = CountedDeed::offence, .points = -50, .title = {}}};
  HandMadeTown town(programme, 3);
  town.lives.own_points = {-50, 12, 0};
  sanction_everybody(town);
  CHECK(town.lives.own_points == std::vector<std::int16_t>{-45, 7, 0});
  for (int month = 0; month < 9; ++month) sanction_everybody(town);
  CHECK(town.lives.own_points == std::vector<std::int16_t>{0, 0, 0});
}

TEST_CASE("lists: points below the line list, and nobody without points is listed") {
  SocietyProgramme programme = listing(12);
  HandMadeTown town(programme, 3);
  town.lives.points = {899, 900, kNoPoints};
  sanction_everybody(town);
  CHECK((town.lives.has(0, Mark::black) && !town.lives.has(1, Mark::black)));
  CHECK_FALSE(town.lives.has(2, Mark::black));
  CHECK(town.with(Happening::put_on_black_list) == 1);
  town.forget();
  sanction_everybody(town);
  CHECK(town.with(Happening::put_on_black_list) == 0);
}

TEST_CASE("lists: a sanction holds for its months, then ends when its reason is gone") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.sanctions = {
      {.sphere = Sphere::travel, .below = 900, .months = 3, .title = {}}};
  HandMadeTown town(programme, 1);
  town.lives.points[0] = 899;
  sanction_everybody(town);
  CHECK(town.now[0].has(Happening::sanctioned));
  CHECK_FALSE(town.now[0].has(Happening::wrongly_sanctioned));
  town.lives.points[0] = 1000;
  int months = 0;
  for (; town.lives.barred[0][kTravel] > 0; ++months) sanction_everybody(town);
  CHECK(months == 3);
}

TEST_CASE("lists: a sanction for points is a mistake only where a fault alone brought it") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.sanctions = {
      {.sphere = Sphere::travel, .below = 900, .on_alert = true, .months = 3, .title = {}}};
  HandMadeTown town(programme, 4);
  town.lives.points = {0, 0, 0, 1000};
  town.lives.fault = {1, 0, 1, 1};
  for (std::uint32_t person : {0U, 2U, 3U}) town.now[person].points_through_fault = -900;
  town.now[1].add(Happening::false_alert);  // the points would have been enough
  town.now[2].add(Happening::true_alert);
  sanction_everybody(town);
  CHECK(town.with(Happening::sanctioned) == 3);
  CHECK(town.with(Happening::wrongly_sanctioned) == 1);
  CHECK(town.now[0].has(Happening::wrongly_sanctioned));
}

TEST_CASE("lists: a sanction without months never ends") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.sanctions = {
      {.sphere = Sphere::travel, .below = 900, .months = 0, .title = {}}};
  HandMadeTown town(programme, 1);
  town.lives.points[0] = 0;
  sanction_everybody(town);
  town.lives.points[0] = 2000;
  for (int month = 0; month < 600; ++month) sanction_everybody(town);
  CHECK(town.lives.barred[0][kTravel] == 255);
}

TEST_CASE("lists: a false alert that is reason enough is a mistake; a true one is none") {
  SocietyProgramme programme = no_programme();
  programme.constructs.sanctions = {
      {.sphere = Sphere::travel, .below = {}, .on_alert = true, .months = 2, .title = {}}};
  HandMadeTown town(programme, 3);
  town.now[0].add(Happening::false_alert);
  town.now[1].add(Happening::true_alert);
  sanction_everybody(town);
  CHECK(town.with(Happening::sanctioned) == 2);
  CHECK(town.now[0].has(Happening::wrongly_sanctioned));
  CHECK(town.lives.has(0, Mark::wrongly_hit));
  CHECK_FALSE(town.now[1].has(Happening::wrongly_sanctioned));
  town.forget();
  for (int month = 0; month < 3; ++month) sanction_everybody(town);
  CHECK_FALSE(town.lives.has(0, Mark::wrongly_hit));
}

TEST_CASE(
    "lists: names of a black list are published and shunned, and a relative bars a household") {
  SocietyProgramme programme = listing(12);
  programme.constructs.publication =
      PublicationConstruct{.black_list = true, .red_list = false, .stigma = 1};
  programme.constructs.friends = FriendsConstruct{.weight = 0, .household = true};
  programme.constructs.sanctions = {
      {.sphere = Sphere::travel, .below = {}, .black_list = true, .title = {}}};
  HandMadeTown town(programme, 4);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs = {{0, 3}};
  town.network.layers[static_cast<std::size_t>(TieLayer::friends)] = ties_from_pairs(4, pairs);
  town.lives.points = {0, 1000, 1000, 1000};
  sanction_everybody(town);
  CHECK((town.lives.has(0, Mark::named) && town.now[0].has(Happening::name_published)));
  CHECK(town.now[0].has(Happening::lost_friend));
  CHECK(town.lives.barred[0][kTravel] == 12);
  CHECK(town.lives.barred[1][kTravel] == 0);  // relatives are seen a month later
  town.seen.take(town.lives);
  sanction_everybody(town);
  CHECK(town.lives.barred[1][kTravel] == 1);
  CHECK(town.now[1].has(Happening::hit_through_others));
  CHECK(town.lives.barred[2][kTravel] == 0);
  town.seen.marks.assign(4, 0);
  sanction_everybody(town);
  CHECK(town.lives.barred[1][kTravel] == 0);
}

TEST_CASE("lists: what a fault alone calls for is a mistake; a default is none") {
  SocietyProgramme programme = listing(12);
  programme.constructs.lists[0].on_default = true;
  programme.constructs.sanctions = {
      {.sphere = Sphere::travel, .below = {}, .black_list = true, .title = {}}};
  HandMadeTown town(programme, 3);
  town.lives.points = {0, 1000, 0};
  town.lives.fault = {2, 2, 0};
  town.now[0].points_through_fault = town.now[1].points_through_fault = -900;
  town.now[1].add(Happening::defaulted);
  sanction_everybody(town);
  CHECK(town.with(Happening::sanctioned) == 3);
  CHECK(town.with(Happening::wrongly_sanctioned) == 1);
  CHECK(town.now[0].has(Happening::wrongly_sanctioned));
  CHECK((town.lives.has(0, Mark::wrongly_hit) && !town.lives.has(1, Mark::wrongly_hit)));
}

TEST_CASE("lists: a defaulted loan lists at once, and a black name stands on no red list") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.lists = {
      {.below = {}, .from = {}, .on_default = true},
      {.colour = ListRule::Colour::red, .below = {}, .from = 1000, .months = 1}};
  HandMadeTown town(programme, 2);
  town.lives.points = {1000, 1000};
  town.now[0].add(Happening::defaulted);
  sanction_everybody(town);
  CHECK((town.lives.has(0, Mark::black) && !town.lives.has(0, Mark::red)));
  CHECK((town.lives.has(1, Mark::red) && !town.lives.has(1, Mark::black)));
}

TEST_CASE("board: it hears whoever waited longest, as many as it can, and the others wait on") {
  SocietyProgramme programme = deposit_free();
  programme.constructs.reviewers = {.cases_per_thousand = 20, .right = 1, .wrong = 0};
  HandMadeTown town(programme, 100);
  town.lives.appeal[1] = 1;
  town.lives.appeal[2] = 4;
  town.lives.appeal[3] = 1;
  town.lives.fault[2] = 5;
  std::vector<WaitingAppeal> waiting = {{1, 50, false}, {2, 90, true}, {3, 10, true}};
  auto heard = town.institutions.hear(town.lives, waiting, town.draws, 0);
  REQUIRE(heard.size() == 2);
  CHECK((heard[0].person == 2 && heard[0].won && heard[0].waited == 3));
  CHECK((heard[1].person == 3 && heard[1].won && heard[1].waited == 0));
  CHECK(town.lives.fault[2] == 0);
  CHECK(town.lives.appeal[2] == 0);
  CHECK(town.lives.appeal[1] == 2);
  heard = town.institutions.hear(town.lives, {{1, 50, false}}, town.draws, 1);
  REQUIRE(heard.size() == 1);
  CHECK((!heard[0].won && heard[0].waited == 1 && town.lives.appeal[1] == 0));
}

TEST_CASE("board: a small place is heard as often as a large one") {
  for (std::size_t people : {20UL, 400UL, 1'000'000UL}) {
    std::uint64_t heard = 0;
    for (std::uint32_t month = 0; month < 1200; ++month) {
      heard += heard_until(2, people, month + 1) - heard_until(2, people, month);
    }
    CHECK(heard == people * 2 * 1200 / 1000);
  }
  CHECK(heard_until(-1, 100, 5) == 0);
}

TEST_CASE("board: what was wrong ends with a won appeal, and nothing with a lost one") {
  SocietyProgramme programme = deposit_free();
  programme.constructs.reviewers = {.cases_per_thousand = 1000, .right = 0.8, .wrong = 0.02};
  HandMadeTown town(programme, 4000);
  std::vector<WaitingAppeal> waiting;
  for (std::uint32_t person = 0; person < 4000; ++person) {
    town.lives.appeal[person] = 1;
    town.lives.barred[person].fill(255);
    town.lives.put(person, Mark::black, true);
    waiting.push_back({person, 4000 - person, person % 2 == 0});
  }
  auto heard = town.institutions.hear(town.lives, waiting, town.draws, 3);
  std::uint32_t won[2] = {};
  for (const auto& appeal : heard) {
    won[appeal.justified ? 1 : 0] += appeal.won;
    CHECK(town.lives.has(appeal.person, Mark::black) == !appeal.won);
    CHECK(town.lives.barred[appeal.person][kTravel] == (appeal.won ? 0 : 255));
  }
  CHECK(won[1] == doctest::Approx(1600).epsilon(0.05));
  CHECK(won[0] == doctest::Approx(40).epsilon(0.5));
}
