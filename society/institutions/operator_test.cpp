#include <credence/institutions/town_testing.h>

using namespace credence;
using namespace credence::testing;

namespace {

void enrol_for(HandMadeTown& town, std::uint32_t months) {
  for (town.month = 0; town.month < months; ++town.month) {
    town.each([&town](LifeMonth& one) { town.institutions.enrol(one); });
  }
}

std::uint32_t enrolled(const HandMadeTown& town) {
  std::uint32_t number = 0;
  for (std::uint32_t person = 0; person < town.count(); ++person) {
    number += town.lives.has(person, Mark::enrolled);
  }
  return number;
}

Network friends_of(std::uint32_t people,
                   std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs) {
  Network network;
  network.layers[static_cast<std::size_t>(TieLayer::friends)] = ties_from_pairs(people, pairs);
  return network;
}

}  // namespace

TEST_CASE("operator: the share that agrees is in after a year, adults alone, and nobody twice") {
  SocietyProgramme programme = deposit_free();
  HandMadeTown town(programme, 4000);
  for (std::uint32_t person = 0; person < 1000; ++person) town.people.age[person] = 17;
  enrol_for(town, 12);
  CHECK(enrolled(town) == doctest::Approx(0.6 * 3000).epsilon(0.05));
  std::uint32_t after_a_year = enrolled(town);
  enrol_for(town, 24);
  CHECK(enrolled(town) == after_a_year);
  CHECK_FALSE(town.lives.has(5, Mark::enrolled));
}

TEST_CASE("operator: a compulsory programme asks nobody") {
  SocietyProgramme programme = city_of_points();
  HandMadeTown town(programme, 100);
  enrol_for(town, 1);
  CHECK(enrolled(town) == 100);
  CHECK_FALSE(town.lives.has(0, Mark::aware));
}

TEST_CASE("operator: who agrees does so in every arm in the same month") {
  SocietyProgramme one = deposit_free(), other = deposit_free();
  other.constructs.enrolment.share = 0.9;
  HandMadeTown a(one, 500), b(other, 500);
  for (a.month = b.month = 0; a.month < 12; ++a.month, ++b.month) {
    a.each([&a](LifeMonth& month) { a.institutions.enrol(month); });
    b.each([&b](LifeMonth& month) { b.institutions.enrol(month); });
    for (std::uint32_t person = 0; person < 500; ++person) {
      if (a.lives.has(person, Mark::enrolled)) CHECK(b.lives.has(person, Mark::enrolled));
    }
  }
}

TEST_CASE("operator: own points are added to the start and held inside the limits") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.points = PointsConstruct{.start = 1000, .lowest = 0, .highest = 1300};
  HandMadeTown town(programme, 3);
  town.enrol_everybody();
  town.lives.own_points = {-50, 400, -30'000};
  town.score_everybody();
  CHECK(town.lives.points == std::vector<std::int16_t>{950, 1300, 0});
}

TEST_CASE("operator: points beyond the engine's are added to its own") {
  SocietyProgramme plain = deposit_free(), more = deposit_free();
  plain.constructs.record.share = more.constructs.record.share = 0;
  more.constructs.points =
      PointsConstruct{.from = PointsConstruct::From::engine, .lowest = 350, .highest = 950};
  HandMadeTown a(plain, 100), b(more, 100);
  for (HandMadeTown* town : {&a, &b}) {
    town->enrol_everybody();
    town->fill_records();
    town->lives.own_points.assign(100, -25);
    town->score_everybody();
  }
  for (std::uint32_t person = 0; person < 100; ++person) {
    CHECK(b.lives.points[person] == std::max(350, a.lives.points[person] - 25));
  }
}

TEST_CASE("operator: friends pull towards their mean, as seen last month, and may cost a tier") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.friends = FriendsConstruct{.weight = 0.25, .household = false};
  programme.constructs.tiers = {{.from = 960, .name = {"A", "A"}}};
  HandMadeTown town(programme, 4);
  town.enrol_everybody();
  town.network = friends_of(4, {{0, 1}, {0, 2}, {3, 1}});
  town.seen.points = {kNoPoints, 700, 800, kNoPoints};
  town.score_everybody();
  CHECK(town.lives.points[0] == 938);  // 1000 + 0.25 x (750 - 1000), to the nearest point
  CHECK(town.now[0].points_through_others == -62);
  CHECK(town.now[0].has(Happening::hit_through_others));
  CHECK(town.lives.points[1] == 1000);  // no friend of theirs was scored yet
  CHECK_FALSE(town.now[1].has(Happening::hit_through_others));
  CHECK(town.lives.points[3] == 925);
}

TEST_CASE("operator: record faults come at their yearly rate and leave with the record") {
  SocietyProgramme programme = deposit_free();
  HandMadeTown town(programme, 20'000);
  town.enrol_everybody();
  std::uint32_t recorded = 0;
  for (town.month = 0; town.month < 12; ++town.month) {
    town.forget();
    town.score_everybody();
    recorded += town.with(Happening::fault_recorded);
  }
  CHECK(recorded == doctest::Approx(0.13 * 20'000).epsilon(0.05));
  town.lives.fault.assign(20'000, 24);
  town.score_everybody();
  for (std::uint8_t fault : town.lives.fault) CHECK(fault == 0);
}

TEST_CASE("operator: a fault of a record without an engine costs what a late bill costs") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.rules = {{.deed = CountedDeed::late_bill, .points = -20, .title = {}}};
  HandMadeTown town(programme, 2);
  town.enrol_everybody();
  town.lives.fault = {1, 1};
  town.lives.appeal = {0, 1};
  town.score_everybody();
  CHECK(town.lives.points == std::vector<std::int16_t>{980, 1000});
}

TEST_CASE("operator: nobody outside the programme has points or costs anything") {
  SocietyProgramme programme = deposit_free();
  HandMadeTown town(programme, 50);
  town.fill_records();
  town.score_everybody();
  CHECK(town.with(Happening::scored) == 0);
  for (std::uint32_t person = 0; person < 50; ++person) {
    CHECK(town.lives.points[person] == kNoPoints);
    CHECK(town.now[person].operator_cost == 0);
  }
}

TEST_CASE("tiers: names rise, and nobody below the lowest has one") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.tiers = {{.from = 850, .name = {"B", "B"}},
                                {.from = 600, .name = {"C", "C"}}};
  HandMadeTown town(programme, 2);
  REQUIRE(town.institutions.tier_names().size() == 2);
  CHECK(town.institutions.tier_names()[0].en == "C");
  CHECK(town.institutions.tier_of(599) == nullptr);
  CHECK(town.institutions.tier_of(849)->en == "C");
  CHECK(town.institutions.tier_of(2000)->en == "B");
  SocietyProgramme lawful = deposit_free();
  HandMadeTown other(lawful, 2);
  CHECK(other.institutions.tier_names().size() == 5);
  CHECK(other.institutions.tier_of(700)->en == "Excellent");
}
