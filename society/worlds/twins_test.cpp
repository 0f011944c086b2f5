#include <credence/worlds/society.h>
#include <credence/worlds/village.h>
#include <doctest/doctest.h>

using namespace credence;

TEST_CASE("twins: a programme without effect leaves every life as it was without any") {
  World world = village(3000, 3, 8);
  std::vector<SocietyProgramme> programmes = {no_programme()};
  Crew crew(2);
  Society society = society_of(world, programmes, crew);
  live_all(society, crew);
  CHECK(society.lives(0) == society.lives(1));
  CHECK(society.hash(0) == society.hash(1));
  CHECK(total_of(society, 0) == total_of(society, 1));
  CHECK(total_of(society, 1)[Counter::excluded] == 0);
  CHECK(total_of(society, 1)[Counter::poorer] == 0);
}

TEST_CASE("twins: until the end of the burn-in all arms are one life") {
  World world = village(1000, 4, 3);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(1);
  Society society = society_of(world, programmes, crew);
  while (society.month() < world.burn_in) {
    CHECK(&society.lives(0) == &society.lives(1));
    society.step(crew);
  }
  society.step(crew);
  CHECK(&society.lives(0) != &society.lives(1));
  live_all(society, crew);
  CHECK(society.hash(0) != society.hash(1));
}

TEST_CASE("twins: an arm is the same alone or beside others, in any order") {
  World world = village(3000, 2, 5);
  SocietyProgramme harsh = harsh_programme(), mild = harsh_programme();
  mild.id = mild.text = "mild";
  mild.constructs.lists.clear();
  mild.constructs.friends.reset();
  Crew crew(2);
  std::vector<SocietyProgramme> alone = {harsh}, both = {mild, harsh}, other = {harsh, mild};
  Society single = society_of(world, alone, crew);
  Society pair = society_of(world, both, crew);
  Society swapped = society_of(world, other, crew);
  for (Society* society : {&single, &pair, &swapped}) live_all(*society, crew);
  CHECK(single.hash(1) == pair.hash(2));
  CHECK(single.hash(1) == swapped.hash(1));
  CHECK(pair.hash(1) == swapped.hash(2));
  CHECK(single.hash(0) == pair.hash(0));
  CHECK(pair.hash(1) != pair.hash(2));
  CHECK(total_of(single, 1) == total_of(pair, 2));
}

TEST_CASE("twins: what happens to one person without ties or household happens to nobody else") {
  World world = village(2000, 0, 10);
  world.ties.clear();
  world.population.household_sizes = {1};
  // One person to a household needs everybody to be of age.
  world.population.categories[static_cast<std::size_t>(Trait::age)] = {{"middle", {}, 0.8, 18, 64},
                                                                       {"old", {}, 0.2, 65, 95}};
  world.population.categories[static_cast<std::size_t>(Trait::work)] = {
      {"working", {}, 0.6}, {"seeking", {}, 0.2}, {"retired", {}, 0.2}};
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  // The board rations, and rationing ties everybody to everybody.
  programmes[0].constructs.reviewers.cases_per_thousand = 1e6;
  Crew crew(2);
  Society left = society_of(world, programmes, crew), right = society_of(world, programmes, crew);
  constexpr std::uint32_t kWho = 1234;
  right.change_lives(0).wealth[kWho] -= 500'000;
  live_all(left, crew);
  live_all(right, crew);
  for (std::size_t arm = 0; arm < 2; ++arm) {
    CHECK(left.hash(arm) != right.hash(arm));
    Lives& mended = right.change_lives(arm);
    const Lives& whole = left.lives(arm);
    mended.wealth[kWho] = whole.wealth[kWho];
    mended.debt[kWho] = whole.debt[kWho];
    mended.marks[kWho] = whole.marks[kWho];
    mended.points[kWho] = whole.points[kWho];
    mended.own_points[kWho] = whole.own_points[kWho];
    mended.record[kWho] = whole.record[kWho];
    mended.barred[kWho] = whole.barred[kWho];
    mended.listed[kWho] = whole.listed[kWho];
    mended.excluded[kWho] = whole.excluded[kWho];
    mended.idle[kWho] = whole.idle[kWho];
    mended.fault[kWho] = whole.fault[kWho];
    mended.appeal[kWho] = whole.appeal[kWho];
    mended.region[kWho] = whole.region[kWho];
    mended.chill[kWho] = whole.chill[kWho];
    mended.game_spent[kWho] = whole.game_spent[kWho];
    CHECK(left.hash(arm) == right.hash(arm));
  }
}

namespace {

bool same_person(const Lives& one, const Lives& other, std::size_t person) {
  return one.wealth[person] == other.wealth[person] && one.debt[person] == other.debt[person] &&
         one.marks[person] == other.marks[person] && one.points[person] == other.points[person] &&
         one.own_points[person] == other.own_points[person] &&
         one.record[person] == other.record[person] && one.barred[person] == other.barred[person] &&
         one.listed[person] == other.listed[person] &&
         one.excluded[person] == other.excluded[person] && one.idle[person] == other.idle[person] &&
         one.fault[person] == other.fault[person] && one.appeal[person] == other.appeal[person] &&
         one.region[person] == other.region[person] && one.chill[person] == other.chill[person] &&
         one.game_spent[person] == other.game_spent[person];
}

// Steps over ties and households from one person.
std::vector<std::uint32_t> distances(const Society& society, std::uint32_t from) {
  const Population& people = society.population();
  std::vector<std::uint32_t> distance(people.size(), UINT32_MAX), wave = {from};
  distance[from] = 0;
  for (std::uint32_t step = 1; !wave.empty(); ++step) {
    std::vector<std::uint32_t> next;
    auto reach = [&](std::uint32_t person) {
      if (distance[person] != UINT32_MAX) return;
      distance[person] = step;
      next.push_back(person);
    };
    for (std::uint32_t person : wave) {
      for (const Ties& layer : society.network().layers) {
        for (std::uint32_t other : layer.of(person)) reach(other);
      }
      std::uint32_t home = people.household[person];
      for (std::uint32_t other = people.household_first[home];
           other < people.household_first[home + 1]; ++other) {
        reach(other);
      }
    }
    wave = std::move(next);
  }
  return distance;
}

}  // namespace

TEST_CASE("twins: a difference travels one tie a month and no further") {
  World world = village(3000, 0, 4);
  world.ties = {{TieLayer::friends, SmallWorldTies{4, 0}, 20}};
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  programmes[0].constructs.reviewers.cases_per_thousand = 1e6;
  programmes[0].constructs.friends->weight = 0.5;
  Crew crew(2);
  constexpr std::uint32_t kWho = 1500;
  Society left = society_of(world, programmes, crew), right = society_of(world, programmes, crew);
  left.step(crew);
  right.step(crew);
  right.change_lives(1).own_points[kWho] = -800;
  right.change_lives(1).points[kWho] = 200;
  std::vector<std::uint32_t> distance = distances(left, kWho);
  std::size_t touched = 0;
  for (std::uint32_t month = 1; !left.over(); ++month) {
    left.step(crew);
    right.step(crew);
    for (std::size_t person = 0; person < distance.size(); ++person) {
      if (same_person(left.lives(1), right.lives(1), person)) continue;
      CHECK_MESSAGE(distance[person] <= month, "person ", person, " in month ", month);
      touched += person == kWho ? 0 : 1;
    }
  }
  CHECK(touched > 0);
  CHECK(left.hash(0) == right.hash(0));
}
