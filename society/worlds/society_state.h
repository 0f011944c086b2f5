#pragma once

#include <credence/worlds/checkpoint.h>
#include <credence/worlds/counting.h>
#include <credence/worlds/luck_of_many.h>
#include <credence/worlds/month.h>
#include <credence/worlds/society.h>

#include <memory>
#include <vector>

namespace credence {

using Desk = std::unique_ptr<InstitutionDesk, void (*)(InstitutionDesk*)>;

// One arm: its institutions, the lives under them, and what was counted of them.
struct SocietyArm {
  SocietyArm(const SocietyProgramme& programme, const World& world, const Population& population);

  Institutions institutions;
  Lives lives;
  SeenLives seen;
  std::vector<Desk> desks;                       // one per worker
  std::vector<std::vector<MonthTally>> tallies;  // [month with programmes][group]
  std::vector<MonthTally> regions;
  SpellLengths ended = {}, spells = {};      // spells: ended and running ones
  std::vector<std::uint8_t> first_tier;      // by person, after the first month
  std::vector<std::uint8_t> tier_of_points;  // by points - INT16_MIN; empty without tiers
  std::size_t tiers = 0;
  std::vector<std::vector<StoryMonth>> stories;  // [panelist][month]

  std::uint8_t tier(std::int16_t points) const {  // 0: not scored, or below all tiers
    return tier_of_points.empty() || points == kNoPoints
               ? std::uint8_t{0}
               : tier_of_points[static_cast<std::size_t>(points - INT16_MIN)];
  }
};

// What one worker needs for a block: luck, happenings of all arms, and counts of all arms.
struct WorkerSpace {
  LuckOfMany luck;
  std::vector<Happenings> happenings;  // [arm * kBlock + place in the block]
  std::vector<ArmCounts> counts;       // by arm
};

struct Society::State {
  // Makes people and ties; lives are empty.
  static Result<std::unique_ptr<State>> make(const World& world,
                                             std::span<const SocietyProgramme> programmes,
                                             std::uint32_t replicate);
  // From a checkpoint.
  static Result<std::unique_ptr<State>> read(const World& world,
                                             std::span<const SocietyProgramme> programmes,
                                             std::string_view checkpoint, CheckpointUse use);
  State(const World& of_world, std::uint32_t of_replicate, Population of_people, Network of_ties);

  World world;
  std::uint32_t replicate = 0;
  KeyedDraws draws;
  Population population;
  Network network;
  Living living;
  SocietyProgramme nothing = no_programme();
  std::vector<SocietyProgramme const*> programmes;  // of the arms from 1 on
  std::vector<SocietyArm> arms;
  std::vector<std::uint32_t> panel;
  std::uint32_t month = 0;
  std::vector<WorkerSpace> workers;

  std::size_t groups() const { return categories(Trait::group); }
  std::size_t regions() const { return categories(Trait::region); }
  std::size_t categories(Trait trait) const {
    return population.plan.categories[static_cast<std::size_t>(trait)].size();
  }
  // Before the first month with programmes is lived, all arms are arm 0.
  bool branched() const { return month > world.burn_in; }
  std::size_t living_arms() const { return branched() ? arms.size() : 1; }

  void branch();
  void step(Crew& crew);
  void prepare(Crew& crew, std::size_t lived);
  void live_block(const PeopleBlock& block, unsigned worker, std::size_t lived);
  void count_block(const PeopleBlock& block, WorkerSpace& space, std::size_t lived);
  void tell_stories(const PeopleBlock& block, const WorkerSpace& space, std::size_t lived);
  void add_up(std::size_t lived);
  void hear_appeals(std::size_t arm, std::vector<std::uint32_t> appellants);
  void note_first_tiers();
};

}  // namespace credence
