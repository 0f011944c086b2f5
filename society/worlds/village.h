#pragma once

#include <credence/base/expects.h>
#include <credence/worlds/society.h>

#include <chrono>

namespace credence {

// A small world for tests: every trait has categories, ties of each kind, wages and places. Not a
// preset, so that what presets say may change.
inline World village(std::uint32_t people, std::uint32_t burn_in, std::uint32_t months) {
  World world{.id = "village",
              .title = {"Village", "Village"},
              .text = {},
              .start = Date{std::chrono::year{2025} / 1 / 1},
              .months = months,
              .burn_in = burn_in,
              .replicates = 4,
              .seed = 7,
              .population = {},
              .ties = {},
              .rules = ParameterValues(all_rules())};
  PopulationPlan& plan = world.population;
  plan.people = people;
  auto put = [&](Trait trait, std::vector<TraitCategory> categories) {
    plan.categories[static_cast<std::size_t>(trait)] = std::move(categories);
  };
  put(Trait::age,
      {{"young", {}, 0.2, 0, 17}, {"middle", {}, 0.6, 18, 64}, {"old", {}, 0.2, 65, 95}});
  put(Trait::sex, {{"woman", {}, 0.5}, {"man", {}, 0.5}});
  put(Trait::group, {{"majority", {}, 0.8}, {"minority", {}, 0.2}});
  put(Trait::region, {{"north", {}, 0.5}, {"south", {}, 0.5}});
  put(Trait::education, {{"short", {}, 0.6}, {"long", {}, 0.4}});
  put(Trait::work,
      {{"working", {}, 0.5}, {"seeking", {}, 0.1}, {"retired", {}, 0.2}, {"pupil", {}, 0.2}});
  put(Trait::bank, {{"account", {}, 0.95}, {"none", {}, 0.05}});
  put(Trait::phone, {{"phone", {}, 0.9}, {"none", {}, 0.1}});
  plan.household_sizes = {0.4, 0.3, 0.2, 0.1};
  plan.wages = {{1800, 0.4}, {2800, 0.45}};
  plan.places = {{0, 0, 1, 1}, {0, 1, 1.2, 1.5}};
  plan.reliability = {0.7, 0.65};
  world.ties = {{TieLayer::friends, BlockTies{4, 0.7, Trait::group}, 20},
                {TieLayer::work, SmallWorldTies{4, 0.1}, 20}};
  return world;
}

// Points, lists, sanctions, cameras, friends: whatever moves people apart from their twins.
inline SocietyProgramme harsh_programme() {
  SocietyProgramme programme;
  programme.id = "harsh";
  programme.text = "harsh";
  Constructs& constructs = programme.constructs;
  constructs.points = PointsConstruct{PointsConstruct::From::start, 1000, 0, 2000, 24};
  constructs.rules = {{CountedDeed::late_bill, -40, {}},    {CountedDeed::unpaid_bill, -80, {}},
                      {CountedDeed::criticism, -60, {}},    {CountedDeed::praise, 5, {}},
                      {CountedDeed::offence, -60, {}},      {CountedDeed::volunteering, 10, {}},
                      {CountedDeed::settled_rental, 5, {}}, {CountedDeed::camera_offence, -60, {}}};
  constructs.tiers = {{0, {"D", "D"}}, {850, {"B", "B"}}, {1000, {"A", "A"}}};
  constructs.cameras = CamerasConstruct{0.8, 0.5, 30};
  constructs.matcher = MatcherConstruct{1.0 / 2000, 0.11, {1, 10}, {1, 1}, 0.01};
  constructs.loyalty = LoyaltyConstruct{0.5, -60, 5};
  constructs.friends = FriendsConstruct{0.1, true};
  constructs.lists = {{ListRule::Colour::black, 850, {}, true, 6},
                      {ListRule::Colour::red, {}, 1040, false, 6}};
  constructs.sanctions = {{Sphere::travel, {}, true, false, 6, {}},
                          {Sphere::rental, 900, false, false, 3, {}},
                          {Sphere::work, {}, true, true, 3, {}}};
  constructs.rewards = {{Sphere::rental, 1010, {}}};
  constructs.publication = PublicationConstruct{true, true, 0.1};
  constructs.enrolment = EnrolmentConstruct{true, 1};
  constructs.awareness = AwarenessConstruct{0.9};
  constructs.record = RecordFaults{0.3, true};
  return programme;
}

inline Society society_of(const World& world, std::span<const SocietyProgramme> programmes,
                          Crew& crew, std::uint32_t replicate = 0) {
  Result<Society> society = Society::make(world, programmes, replicate, crew);
  expects(static_cast<bool>(society), "the world of a test can be made");
  return std::move(*society);
}

inline void live_all(Society& society, Crew& crew) {
  while (!society.over()) society.step(crew);
}

// All months with programmes and all groups.
inline MonthTally total_of(const Society& society, std::size_t arm) {
  MonthTally sum;
  const PopulationPlan& plan = society.population().plan;
  std::size_t groups = plan.categories[static_cast<std::size_t>(Trait::group)].size();
  for (std::uint32_t month = 0; month < society.world().months; ++month) {
    for (std::size_t group = 0; group < groups; ++group) sum += society.tally(arm, month, group);
  }
  return sum;
}

}  // namespace credence
