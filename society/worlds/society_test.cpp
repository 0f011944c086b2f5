#include <credence/worlds/society.h>
#include <credence/worlds/village.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <set>

using namespace credence;

TEST_CASE("society: any number of threads lives the same months to the bit") {
  World world = village(9000, 3, 6);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew one(1);
  Society alone = society_of(world, programmes, one);
  live_all(alone, one);
  for (unsigned threads : {2U, 3U, 8U}) {
    CAPTURE(threads);
    Crew crew(threads);
    Society society = society_of(world, programmes, crew);
    live_all(society, crew);
    CHECK(society.hash() == alone.hash());
    for (std::size_t arm = 0; arm < 2; ++arm) CHECK(total_of(society, arm) == total_of(alone, arm));
    CHECK(society.flows(1) == alone.flows(1));
    CHECK(std::ranges::equal(society.spells(1), alone.spells(1)));
  }
}

TEST_CASE("society: each built-in programme in each built-in world repeats and is restored") {
  Crew one(1), three(3);
  for (const Preset& place : built_in_worlds()) {
    std::optional<World> world = read_world(place.text, std::string(place.id)).world;
    REQUIRE(world);
    // More than one block of people, so that threads share the work.
    world->population.people = 4500;
    world->burn_in = 1;
    world->months = 3;
    std::vector<SocietyProgramme> programmes;
    for (const Preset& preset : built_in_programmes()) {
      ReadSocietyProgramme read = read_society_programme(preset.text, "p", preset.card, "c");
      REQUIRE_MESSAGE(read.programme, preset.id);
      programmes.push_back(std::move(*read.programme));
    }
    Society alone = society_of(*world, programmes, one);
    while (alone.month() < 3) alone.step(one);
    std::string kept = alone.checkpoint();
    live_all(alone, one);
    Society shared = society_of(*world, programmes, three);
    live_all(shared, three);
    Result<Society> restored = Society::restore(*world, programmes, kept, three);
    REQUIRE(restored);
    live_all(*restored, three);
    for (std::size_t arm = 0; arm < alone.arms(); ++arm) {
      CAPTURE(place.id);
      CAPTURE(arm);
      CHECK(alone.hash(arm) == shared.hash(arm));
      CHECK(alone.hash(arm) == restored->hash(arm));
      CHECK(total_of(alone, arm) == total_of(shared, arm));
    }
  }
}

TEST_CASE("society: the crew may change its size between two months") {
  World world = village(5000, 2, 4);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew one(1), three(3);
  Society steady = society_of(world, programmes, one);
  live_all(steady, one);
  Society changing = society_of(world, programmes, one);
  for (bool many = false; !changing.over(); many = !many) changing.step(many ? three : one);
  CHECK(changing.hash() == steady.hash());
  CHECK(total_of(changing, 1) == total_of(steady, 1));
}

TEST_CASE("society: replicates differ, and the same replicate repeats") {
  World world = village(500, 1, 2);
  Crew crew(1);
  Society first = society_of(world, {}, crew, 0), again = society_of(world, {}, crew, 0),
          second = society_of(world, {}, crew, 1);
  for (Society* society : {&first, &again, &second}) live_all(*society, crew);
  CHECK(first.hash() == again.hash());
  CHECK(first.hash() != second.hash());
}

TEST_CASE("society: people, groups and regions are counted whole in every month") {
  World world = village(4500, 2, 5);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(2);
  Society society = society_of(world, programmes, crew);
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
  Society society = society_of(world, programmes, crew);
  live_all(society, crew);
  MonthTally without = total_of(society, 0), harsh = total_of(society, 1);
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
  Society society = society_of(world, programmes, crew);
  live_all(society, crew);
  MonthTally harsh = total_of(society, 1);
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
  Society society = society_of(world, programmes, crew);
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
  Society society = society_of(world, programmes, crew);
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
  Society society = society_of(world, programmes, crew),
          unseen = society_of(world, programmes, crew);
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
  Society society = society_of(world, {}, crew);
  CHECK(society.panel().size() == 60);
}

TEST_CASE("estimate: real memory is within a fifth of what was said before") {
  for (std::uint32_t people : {20'000U, 60'000U}) {
    World world = village(people, 0, 2);
    world.replicates = 1;
    std::vector<SocietyProgramme> programmes = {harsh_programme(), no_programme()};
    Crew crew(2);
    Society society = society_of(world, programmes, crew);
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
  Society society = society_of(world, {}, crew);
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
