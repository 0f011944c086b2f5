#pragma once

#include <credence/report/report.h>

#include <string>
#include <vector>

namespace credence::testing {

// A small result made by hand: two groups, two regions, three months, one programme of deeds.
struct HandMadeReport {
  World world;
  std::vector<SocietyProgramme> programmes;
  EnsembleResult result;

  explicit HandMadeReport(std::uint32_t replicates = 4)
      : world(*read_world(built_in_worlds().front().text, "town").world) {
    world.population.people = 1000;
    world.months = 3;
    world.burn_in = 1;
    SocietyProgramme programme;
    programme.id = "points";
    programme.title = {"Points for all", "Des points pour tous"};
    programme.constructs.points = PointsConstruct{};
    programme.constructs.tiers = {{0, {"low", "bas"}}, {900, {"high", "haut"}}};
    programmes.push_back(std::move(programme));
    result.arms = {"no-programme", "points"};
    for (std::uint32_t i = 0; i < replicates; ++i) result.replicates.push_back(replicate(i));
    live();
  }

  SocietyReportInput input() const {
    return {.world = &world,
            .programmes = programmes,
            .result = &result,
            .sensitivity = {},
            .sensitivity_measure = "excluded-share",
            .command = "credence society run town --programme points",
            .made = "Credence test",
            .changed_by_prototype = false};
  }

 private:
  std::size_t count_of(Trait trait) const {
    return world.population.categories[static_cast<std::size_t>(trait)].size();
  }

  static MonthTally tally_of(std::uint32_t number, std::size_t arm, std::size_t group) {
    MonthTally tally;
    tally[Counter::people] = 300;
    tally[Counter::adults] = 250;
    tally[Counter::critical] = 50;
    tally[Counter::spoke] = arm == 0 ? 40 : 30 - static_cast<std::int64_t>(group);
    tally[Counter::wealth_sum] = 100'000'000;
    tally[Counter::reliable_wanted] = 20;
    tally[Counter::reliable_granted] = 18 - static_cast<std::int64_t>(arm * group * 4);
    tally[Counter::unreliable_wanted] = 5;
    if (arm == 0) return tally;
    tally[Counter::excluded] = 30 + number % 3 + static_cast<std::int64_t>(20 * group);
    tally[Counter::harmed_through_mistake] = 3;
    tally[Counter::poorer] = 100;
    tally[Counter::wealth_difference] = -500'000;
    return tally;
  }

  ReplicateResult replicate(std::uint32_t number) const {
    ReplicateResult one;
    one.replicate = number;
    one.hash[0] = static_cast<decltype(one.hash)::value_type>(number + 1);
    for (std::size_t arm = 0; arm < 2; ++arm) {
      auto& months = one.tallies.emplace_back(world.months);
      for (auto& groups : months) {
        for (std::size_t group = 0; group < count_of(Trait::group); ++group)
          groups.push_back(tally_of(number, arm, group));
      }
      auto& regions = one.regions.emplace_back();
      for (std::size_t region = 0; region < count_of(Trait::region); ++region)
        regions.push_back(tally_of(number, arm, region % 2));
      one.spells.push_back({0, arm * 5, 0, arm * 2});
    }
    one.flows = {{1000}, {10, 20, 0, 0, 500, 70, 0, 100, 300}};
    return one;
  }

  // Four people: one loses, one is hit by a mistake, one gains, one lives as before.
  void live() {
    result.panel = {3, 14, 159, 926};
    result.stories.resize(2);
    for (std::size_t arm = 0; arm < 2; ++arm) {
      for (std::size_t panelist = 0; panelist < 4; ++panelist) {
        auto& story = result.stories[arm].emplace_back();
        for (std::uint32_t month = 0; month < 4; ++month) {
          StoryMonth one{.month = month, .wealth = 100'000, .barred = {}};
          if (arm == 1 && month > 0) change(one, panelist);
          story.push_back(one);
        }
      }
    }
  }
  static void happen(StoryMonth& month, Happening what) {
    month.happenings |= std::uint64_t{1} << static_cast<unsigned>(what);
  }
  static void change(StoryMonth& month, std::size_t panelist) {
    if (panelist == 0) {
      month.barred[3] = 2;
      month.wealth -= 5'000;
      happen(month, Happening::trip_refused);
    } else if (panelist == 1) {
      month.marks |= static_cast<std::uint16_t>(Mark::wrongly_hit);
      happen(month, Happening::false_alert);
    } else if (panelist == 2) {
      month.wealth += 5'000;
      happen(month, Happening::loan_granted);
    }
  }
};

}  // namespace credence::testing
