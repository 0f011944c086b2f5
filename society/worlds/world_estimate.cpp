#include <credence/people/lives.h>
#include <credence/worlds/society.h>
#include <credence/worlds/world.h>

#include <algorithm>
#include <variant>

namespace credence {

namespace {

std::uint64_t bytes_of_lives() {
  constexpr std::uint32_t kSample = 1024;
  Lives lives;
  lives.resize(kSample);
  return lives.bytes() / kSample;
}

// Traits of one person, and the share of a household's entry that falls to them.
std::uint64_t bytes_of_traits(const PopulationPlan& plan) {
  double size = 0, part = 0;
  for (std::size_t i = 0; i < plan.household_sizes.size(); ++i) {
    size += static_cast<double>(i + 1) * plan.household_sizes[i];
    part += plan.household_sizes[i];
  }
  double households = size > 0 ? part / size : 1;
  constexpr std::uint64_t kColumns =
      kTraits + sizeof(std::uint8_t) * 3 + sizeof(std::uint32_t) + sizeof(std::int32_t);
  return kColumns + static_cast<std::uint64_t>(households * sizeof(std::uint32_t)) + 1;
}

double mean_degree(const TiesPlan& plan) {
  if (const auto* ring = std::get_if<SmallWorldTies>(&plan.kind)) return ring->degree;
  if (const auto* blocks = std::get_if<BlockTies>(&plan.kind)) return blocks->degree;
  if (const auto* given = std::get_if<ConfigurationTies>(&plan.kind)) {
    double mean = 0;
    for (std::size_t i = 0; i < given->shares.size(); ++i) {
      mean += static_cast<double>(i) * given->shares[i];
    }
    return mean;
  }
  return 0;
}

std::uint64_t bytes_of_ties(const World& world) {
  std::uint64_t bytes = 0;
  for (const TiesPlan& plan : world.ties) {
    double ends = mean_degree(plan) * world.population.people;
    if (const auto* given = std::get_if<GivenTies>(&plan.kind)) {
      ends = 2.0 * static_cast<double>(given->pairs.size());
    }
    bytes +=
        (static_cast<std::uint64_t>(ends) + world.population.people + 1) * sizeof(std::uint32_t);
  }
  return bytes;
}

// Tallies by month and group: they do not grow with the people.
std::uint64_t bytes_of_tallies(const World& world) {
  std::uint64_t groups = world.population.categories[static_cast<std::size_t>(Trait::group)].size();
  std::uint64_t regions =
      world.population.categories[static_cast<std::size_t>(Trait::region)].size();
  return (world.months * groups + regions) * sizeof(MonthTally);
}

// What each person of a block does in a month, and the stories of the panel.
std::uint64_t bytes_of_watching(const World& world) {
  std::uint64_t months = std::uint64_t{world.months} + world.burn_in;
  return kBlock * sizeof(Happenings) + kPanel * months * sizeof(StoryMonth);
}

}  // namespace

RunEstimate estimate(const World& world, std::size_t programmes, unsigned at_once) {
  RunEstimate estimate;
  std::uint64_t arms = programmes + 1;
  std::uint64_t people = world.population.people;
  std::uint64_t traits = bytes_of_traits(world.population);
  std::uint64_t lives = bytes_of_lives();
  // What neighbours could see of last month: points and marks, of every arm.
  constexpr std::uint64_t kSeen = sizeof(std::int16_t) + sizeof(std::uint16_t);
  estimate.bytes_of_people = people * (traits + arms * lives);
  // The tier that each person began in, and which tier points are of.
  constexpr std::uint64_t kFirstTier = 1, kTierOfPoints = 65'536;
  std::uint64_t one = estimate.bytes_of_people + people * arms * (kSeen + kFirstTier) +
                      bytes_of_ties(world) +
                      arms * (bytes_of_watching(world) + bytes_of_tallies(world) + kTierOfPoints);
  std::uint64_t societies = std::max<std::uint64_t>(1, at_once);
  // What is kept of each replicate that has ended comes on top.
  estimate.bytes = one * std::min<std::uint64_t>(societies, world.replicates) +
                   world.replicates * arms * bytes_of_tallies(world);
  estimate.person_months = people * world.replicates * (world.burn_in + arms * world.months);
  return estimate;
}

}  // namespace credence
