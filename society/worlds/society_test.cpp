#include <credence/worlds/society.h>
#include <credence/worlds/village.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <set>

using namespace credence;

namespace {

Society made(const World& world, std::span<const SocietyProgramme> programmes, Crew& crew,
             std::uint32_t replicate = 0) {
  Result<Society> society = Society::make(world, programmes, replicate, crew);
  if (!society) FAIL(to_text(society.error()));
  return std::move(*society);
}

void live_all(Society& society, Crew& crew) {
  while (!society.over()) society.step(crew);
}

MonthTally total(const Society& society, std::size_t arm) {
  MonthTally sum;
  std::size_t groups =
      society.population().plan.categories[static_cast<std::size_t>(Trait::group)].size();
  for (std::uint32_t month = 0; month < society.world().months; ++month) {
    for (std::size_t group = 0; group < groups; ++group) sum += society.tally(arm, month, group);
  }
  return sum;
}

}  // namespace

TEST_CASE("society: any number of threads lives the same months to the bit") {
  World world = village(9000, 3, 6);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew one(1);
  Society alone = made(world, programmes, one);
  live_all(alone, one);
  for (unsigned threads : {2U, 3U, 8U}) {
    CAPTURE(threads);
    Crew crew(threads);
    Society society = made(world, programmes, crew);
    live_all(society, crew);
    CHECK(society.hash() == alone.hash());
    for (std::size_t arm = 0; arm < 2; ++arm) CHECK(total(society, arm) == total(alone, arm));
    CHECK(society.flows(1) == alone.flows(1));
    CHECK(std::ranges::equal(society.spells(1), alone.spells(1)));
  }
}

TEST_CASE("society: the crew may change its size between two months") {
  World world = village(5000, 2, 4);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew one(1), three(3);
  Society steady = made(world, programmes, one);
  live_all(steady, one);
  Society changing = made(world, programmes, one);
  for (bool many = false; !changing.over(); many = !many) changing.step(many ? three : one);
  CHECK(changing.hash() == steady.hash());
  CHECK(total(changing, 1) == total(steady, 1));
}

TEST_CASE("society: replicates differ, and the same replicate repeats") {
  World world = village(500, 1, 2);
  Crew crew(1);
  Society first = made(world, {}, crew, 0), again = made(world, {}, crew, 0),
          second = made(world, {}, crew, 1);
  for (Society* society : {&first, &again, &second}) live_all(*society, crew);
  CHECK(first.hash() == again.hash());
  CHECK(first.hash() != second.hash());
}

TEST_CASE("twins: a programme without effect leaves every life as it was without any") {
  World world = village(3000, 3, 8);
  std::vector<SocietyProgramme> programmes = {no_programme()};
  Crew crew(2);
  Society society = made(world, programmes, crew);
  live_all(society, crew);
  CHECK(society.lives(0) == society.lives(1));
  CHECK(society.hash(0) == society.hash(1));
  CHECK(total(society, 0) == total(society, 1));
  CHECK(total(society, 1)[Counter::excluded] == 0);
  CHECK(total(society, 1)[Counter::poorer] == 0);
}

TEST_CASE("twins: until the end of the burn-in all arms are one life") {
  World world = village(1000, 4, 3);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(1);
  Society society = made(world, programmes, crew);
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
  Society single = made(world, alone, crew);
  Society pair = made(world, both, crew);
  Society swapped = made(world, other, crew);
  for (Society* society : {&single, &pair, &swapped}) live_all(*society, crew);
  CHECK(single.hash(1) == pair.hash(2));
  CHECK(single.hash(1) == swapped.hash(1));
  CHECK(pair.hash(1) == swapped.hash(2));
  CHECK(single.hash(0) == pair.hash(0));
  CHECK(pair.hash(1) != pair.hash(2));
  CHECK(total(single, 1) == total(pair, 2));
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
  Society left = made(world, programmes, crew), right = made(world, programmes, crew);
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
  Society left = made(world, programmes, crew), right = made(world, programmes, crew);
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

TEST_CASE("society: people, groups and regions are counted whole in every month") {
  World world = village(4500, 2, 5);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(2);
  Society society = made(world, programmes, crew);
  live_all(society, crew);
  for (std::size_t arm = 0; arm < 2; ++arm) {
    for (std::uint32_t month = 0; month < world.months; ++month) {
      CHECK(society.tally(arm, month, 0)[Counter::people] +
                society.tally(arm, month, 1)[Counter::people] ==
            4500);
    }
    MonthTally regions, groups;
    for (const MonthTally& region : society.by_region(arm)) regions += region;
    for (std::size_t group = 0; group < 2; ++group) {
      groups += society.tally(arm, world.months - 1, group);
    }
    CHECK(regions == groups);
  }
}

TEST_CASE("society: a harsh programme harms, and nothing of it reaches life without one") {
  World world = village(6000, 6, 12);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(2);
  Society society = made(world, programmes, crew);
  live_all(society, crew);
  MonthTally without = total(society, 0), harsh = total(society, 1);
  for (Counter counter :
       {Counter::excluded, Counter::sanctioned, Counter::black, Counter::scored, Counter::alerts,
        Counter::poorer, Counter::refused_only_here, Counter::enrolled, Counter::held_back,
        Counter::faults_recorded, Counter::appeals_opened, Counter::operator_cost}) {
    CAPTURE(name_of(counter));
    CHECK(without[counter] == 0);
    CHECK(harsh[counter] > 0);
  }
  CHECK(harsh[Counter::spells_begun] >= harsh[Counter::spells_ended]);
  CHECK(harsh[Counter::wrongly_sanctioned] <= harsh[Counter::sanctioned]);
  CHECK(harsh[Counter::true_alerts] + harsh[Counter::false_alerts] == harsh[Counter::alerts]);
  CHECK(harsh[Counter::appeals_won] + harsh[Counter::appeals_lost] <=
        harsh[Counter::appeals_opened]);
}

TEST_CASE("spells: begun ones are the ended and the running ones, and lengths add up") {
  World world = village(4000, 2, 14);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(2);
  Society society = made(world, programmes, crew);
  live_all(society, crew);
  MonthTally harsh = total(society, 1);
  std::span<const std::uint64_t> spells = society.spells(1);
  REQUIRE(spells.size() == kLongestSpell + 2);
  std::uint64_t count = std::accumulate(spells.begin(), spells.end(), std::uint64_t{0});
  CHECK(count == static_cast<std::uint64_t>(harsh[Counter::spells_begun]));
  std::uint64_t months = 0;
  for (std::size_t length = 0; length < spells.size(); ++length) months += length * spells[length];
  CHECK(months == static_cast<std::uint64_t>(harsh[Counter::excluded]));
  CHECK(spells[0] == 0);
  auto spells_without = society.spells(0);
  CHECK(std::accumulate(spells_without.begin(), spells_without.end(), std::uint64_t{0}) == 0);
}

TEST_CASE("appeals: a month of waiting is counted once, and none is lost from sight") {
  World world = village(4000, 2, 8);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  programmes[0].constructs.reviewers.cases_per_thousand = 1;
  Crew crew(2);
  Society society = made(world, programmes, crew);
  live_all(society, crew);
  std::int64_t waiting = 0;
  for (std::uint32_t month = 0; month < world.months; ++month) {
    MonthTally tally = society.tally(1, month, 0);
    tally += society.tally(1, month, 1);
    std::int64_t heard = tally[Counter::appeals_won] + tally[Counter::appeals_lost];
    CHECK(heard == 4);
    CHECK(tally[Counter::waiting_months] == 4 * month);
    waiting += tally[Counter::appeals_opened] - heard;
    CHECK(tally[Counter::appeals_waiting] == waiting);
    CHECK(tally[Counter::appeals_justified] <= heard);
  }
}

TEST_CASE("flows: every person stands in one cell, and without tiers there is one cell") {
  World world = village(2500, 1, 8);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(1);
  Society society = made(world, programmes, crew);
  CHECK(society.flows(1) == std::vector<std::uint64_t>(16));
  live_all(society, crew);
  std::vector<std::uint64_t> flows = society.flows(1);
  REQUIRE(flows.size() == 16);
  CHECK(std::accumulate(flows.begin(), flows.end(), std::uint64_t{0}) == 2500);
  std::uint64_t moved = 0;
  for (std::size_t cell = 0; cell < 16; ++cell) moved += cell / 4 != cell % 4 ? flows[cell] : 0;
  CHECK(moved > 0);
  CHECK(society.flows(0).size() == 1);
}

TEST_CASE("panel: chosen by key, kept in every month and arm, and observing changes nothing") {
  World world = village(3000, 2, 5);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(2);
  Society society = made(world, programmes, crew), unseen = made(world, programmes, crew);
  CHECK(society.panel().size() == kPanel);
  CHECK(std::ranges::is_sorted(society.panel()));
  CHECK(std::set(society.panel().begin(), society.panel().end()).size() == kPanel);
  live_all(unseen, crew);
  while (!society.over()) {
    society.step(crew);
    for (std::size_t panelist = 0; panelist < kPanel; ++panelist) {
      for (std::size_t arm = 0; arm < 2; ++arm) {
        std::span<const StoryMonth> story = society.story(arm, panelist);
        REQUIRE(story.size() == society.month());
        CHECK(story.back().month + 1 == society.month());
      }
    }
    CHECK(society.hash() == society.hash());
    CHECK(society.flows(1).size() == 16);
  }
  CHECK(society.hash() == unseen.hash());
  std::size_t different = 0;
  for (std::size_t panelist = 0; panelist < kPanel; ++panelist) {
    std::uint32_t person = society.panel()[panelist];
    const StoryMonth& last = society.story(1, panelist).back();
    CHECK(last.wealth == society.lives(1).wealth[person]);
    CHECK(last.points == society.lives(1).points[person]);
    different += society.story(0, panelist).back().points != last.points ? 1 : 0;
  }
  CHECK(different > 0);
}

TEST_CASE("panel: a world smaller than the panel is kept whole") {
  World world = village(60, 0, 1);
  Crew crew(1);
  Society society = made(world, {}, crew);
  CHECK(society.panel().size() == 60);
}

TEST_CASE("estimate: real memory is within a fifth of what was said before") {
  for (std::uint32_t people : {20'000U, 60'000U}) {
    World world = village(people, 0, 2);
    world.replicates = 1;
    std::vector<SocietyProgramme> programmes = {harsh_programme(), no_programme()};
    Crew crew(2);
    Society society = made(world, programmes, crew);
    live_all(society, crew);
    double said = static_cast<double>(estimate(world, programmes.size(), 1).bytes);
    double real = static_cast<double>(society.bytes());
    CAPTURE(said / real);
    CHECK(said / real > 0.8);
    CHECK(said / real < 1.2);
  }
}

TEST_CASE("society: people's state stays below 100 bytes a person and twin") {
  World world = village(20'000, 0, 1);
  Crew crew(1);
  Society society = made(world, {}, crew);
  CHECK((society.lives(0).bytes() + society.population().bytes()) / 20'000 <= 100);
}

TEST_CASE("society: two kinds of ties for one layer are refused") {
  World world = village(200, 0, 1);
  world.ties.push_back({TieLayer::work, SmallWorldTies{2, 0.1}, 20});
  Crew crew(1);
  Result<Society> society = Society::make(world, {}, 0, crew);
  REQUIRE_FALSE(society);
  CHECK(society.error().code == "network.layer");
}

TEST_CASE("society: shares that cannot be are an error of the population, not a stop") {
  World world = village(200, 0, 1);
  world.population.categories[static_cast<std::size_t>(Trait::sex)][0].share = 0.9;
  Crew crew(1);
  Result<Society> society = Society::make(world, {}, 0, crew);
  REQUIRE_FALSE(society);
  CHECK(society.error().code.starts_with("population."));
}
