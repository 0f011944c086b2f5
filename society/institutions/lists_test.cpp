#include <credence/institutions/parts.h>
#include <credence/institutions/town_testing.h>

using namespace credence;
using namespace credence::testing;

namespace {

// A month of one person in which the points are these.
void sanction_at(HandMadeTown& town, std::int16_t points) {
  town.forget();
  town.lives.points[0] = points;
  LifeMonth one = town.month_of(0);
  town.institutions.sanction(one);
  town.seen.take(town.lives);
}

int months_on(HandMadeTown& town, Mark list, int most) {
  int months = 0;
  for (; months < most && town.lives.has(0, list); ++months) sanction_at(town, 1000);
  return months;
}

SocietyProgramme listing(std::vector<ListRule> lists) {
  SocietyProgramme programme = city_of_points();
  programme.constructs.lists = std::move(lists);
  return programme;
}

}  // namespace

TEST_CASE("lists: people stay for the months at least, and no longer once the reason is gone") {
  for (int months : {1, 2, 12, 254}) {
    SocietyProgramme programme = listing({{.below = 900, .from = {}, .months = months}});
    HandMadeTown town(programme, 1);
    sanction_at(town, 899);
    CHECK(months_on(town, Mark::black, 600) == months);
    CHECK(town.lives.listed[0] == 0);
  }
}

TEST_CASE("lists: people stay while the reason lasts, and leave with it once the months are over") {
  SocietyProgramme programme = listing({{.below = 900, .from = {}, .months = 6}});
  HandMadeTown town(programme, 1);
  for (int month = 0; month < 40; ++month) sanction_at(town, 899);
  CHECK(town.lives.has(0, Mark::black));
  CHECK(months_on(town, Mark::black, 600) == 1);
  // A line crossed again within the months begins them anew.
  sanction_at(town, 899);
  for (int month = 0; month < 4; ++month) sanction_at(town, 1000);
  sanction_at(town, 899);
  CHECK(months_on(town, Mark::black, 600) == 6);
}

TEST_CASE("lists: without months nobody leaves, whichever rule listed them first") {
  SocietyProgramme programme =
      listing({{.below = 900, .from = {}, .months = 3}, {.below = 500, .from = {}, .months = 0}});
  HandMadeTown town(programme, 1);
  sanction_at(town, 899);
  CHECK(town.lives.listed[0] == 3);
  sanction_at(town, 499);
  CHECK(months_on(town, Mark::black, 700) == 700);
  CHECK(town.lives.listed[0] == 255);
}

TEST_CASE("lists: a default begins the months anew, and the months of red do not pass to black") {
  SocietyProgramme programme =
      listing({{.below = {}, .from = {}, .on_default = true, .months = 5},
               {.colour = ListRule::Colour::red, .below = {}, .from = 950, .months = 200}});
  HandMadeTown town(programme, 1);
  auto default_once = [&town] {
    town.forget();
    town.now[0].add(Happening::defaulted);
    town.lives.points[0] = 800;
    LifeMonth one = town.month_of(0);
    town.institutions.sanction(one);
  };
  sanction_at(town, 1000);
  CHECK((town.lives.has(0, Mark::red) && town.lives.listed[0] == 200));
  default_once();
  CHECK((!town.lives.has(0, Mark::red) && town.lives.listed[0] == 5));
  for (int month = 0; month < 3; ++month) sanction_at(town, 800);
  default_once();
  for (int month = 0; month < 4; ++month) sanction_at(town, 800);
  CHECK(town.lives.has(0, Mark::black));
  sanction_at(town, 800);
  CHECK((!town.lives.has(0, Mark::black) && town.lives.listed[0] == 0));
}

TEST_CASE("lists: a won appeal ends the months on a black list and leaves a red one alone") {
  SocietyProgramme programme = listing({{.below = 900, .from = {}, .months = 0}});
  programme.constructs.reviewers = {.cases_per_thousand = 1000, .right = 1, .wrong = 1};
  HandMadeTown town(programme, 2);
  town.lives.put(0, Mark::black, true);
  town.lives.put(1, Mark::red, true);
  town.lives.listed = {255, 7};
  town.lives.appeal = {1, 1};
  auto heard = town.institutions.hear(town.lives, {{0, 1, true}, {1, 2, true}}, town.draws, 0);
  REQUIRE(heard.size() == 2);
  CHECK(town.lives.listed == std::vector<std::uint8_t>{0, 7});
  CHECK((!town.lives.has(0, Mark::black) && town.lives.has(1, Mark::red)));
}

TEST_CASE("lists: the mark of a mistake goes with the listing that rested on it") {
  SocietyProgramme programme = listing({{.below = 900, .from = {}, .months = 2}});
  HandMadeTown town(programme, 1);
  town.lives.points[0] = 899;
  town.now[0].points_through_fault = -1;
  LifeMonth one = town.month_of(0);
  town.institutions.sanction(one);
  CHECK(town.lives.has(0, Mark::wrongly_hit));
  sanction_at(town, 1000);
  CHECK((town.lives.has(0, Mark::black) && town.lives.has(0, Mark::wrongly_hit)));
  sanction_at(town, 1000);
  CHECK((!town.lives.has(0, Mark::black) && !town.lives.has(0, Mark::wrongly_hit)));
}

TEST_CASE("faults: what they cost is told where the points without them would not be punished") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.rules = {{.deed = CountedDeed::late_bill, .points = -40, .title = {}}};
  programme.constructs.sanctions = {{.sphere = Sphere::travel, .below = 970, .title = {}}};
  programme.constructs.reviewers.freeze = true;
  HandMadeTown town(programme, 5);
  town.enrol_everybody();
  town.lives.fault = {1, 1, 0, 1, 1};
  town.lives.own_points = {0, -31, -31, 0, 40};
  town.lives.appeal[3] = 1;  // contested: it does not count meanwhile
  town.score_everybody();
  CHECK(town.lives.points == std::vector<std::int16_t>{960, 929, 969, 1000, 1000});
  town.each([&town](LifeMonth& one) { town.institutions.sanction(one); });
  CHECK(town.now[0].points_through_fault == -40);
  for (std::uint32_t person = 0; person < 5; ++person) {
    CHECK(town.now[person].has(Happening::sanctioned) == (person < 3));
    CHECK(town.now[person].has(Happening::wrongly_sanctioned) == (person == 0));
  }
}

TEST_CASE("lists: a false alert does not make the listing that stands beside it a mistake") {
  SocietyProgramme programme = listing({{.below = 900, .from = {}, .months = 12}});
  programme.constructs.sanctions = {
      {.sphere = Sphere::work, .below = {}, .on_alert = true, .months = 6, .title = {}},
      {.sphere = Sphere::travel, .below = {}, .black_list = true, .months = 1, .title = {}}};
  HandMadeTown town(programme, 1);
  town.lives.points[0] = 0;
  town.now[0].add(Happening::false_alert);
  LifeMonth one = town.month_of(0);
  town.institutions.sanction(one);
  CHECK(town.now[0].has(Happening::wrongly_sanctioned));
  sanction_at(town, 0);
  CHECK(town.now[0].has(Happening::sanctioned));
  CHECK_FALSE(town.now[0].has(Happening::wrongly_sanctioned));
}
