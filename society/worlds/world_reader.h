#pragma once

#include <credence/programme/reader.h>
#include <credence/worlds/world.h>

#include <string>
#include <string_view>
#include <vector>

namespace credence {

// The parts of a world file, each read over what `world` holds already: the standard values of the
// built-in town, or nothing when the town itself is read. Findings have codes W001 and up; the
// shape was checked before.
void read_world_header(const TableReader& root, World& world);
void read_population_plan(const TableReader& root, PopulationPlan& plan);
void read_combinations(const TableReader& population, PopulationPlan& plan);
void read_ties_plans(const TableReader& root, World& world);
void read_rule_values(const TableReader& root, World& world);

// The trait of that name. REQUIRES: it is one.
Trait trait_named(std::string_view name);
// Whether the file itself has categories of the trait.
bool says_categories(const TableReader& population, Trait trait);

inline constexpr std::uint32_t kMostPeople = 100'000'000;
inline constexpr std::uint32_t kLongestRun = 600;  // months
inline constexpr std::uint32_t kMostReplicates = 10'000;
inline constexpr std::size_t kMostCategories = 64;         // of one trait
inline constexpr std::size_t kMostCombinations = 100'000;  // of one joint or seed table
inline constexpr std::size_t kLargestHousehold = 20;
inline constexpr double kShareTolerance = 0.0010001;  // of a sum of shares, which is then made 1

}  // namespace credence
