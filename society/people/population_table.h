#pragma once

#include <credence/base/result.h>
#include <credence/people/ipf.h>
#include <credence/people/population.h>

#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// Shares or weights over some traits, in the order of the list of traits.
struct TraitTable {
  std::vector<Trait> traits;
  Cross cross;
};

// Sums over some of the traits of a table; `onto` in the order of the list of traits.
TraitTable project(const TraitTable& table, std::span<const Trait> onto);

// The shares that a population should have over some traits, and the targets they were fitted to.
struct FittedTraits {
  TraitTable shares;
  std::vector<TraitTable> targets;
  int sweeps = 0;
  double error = 0;
};

// Where the people's own traits (age, sex, group, region, education, work) are fitted together.
Result<FittedTraits> fit_core(const PopulationPlan& plan);
// Where bank or phone is fitted over the traits that a joint table or weights connect it with; the
// last trait of the shares is `trait` itself. `earlier`: the core, then bank when fitting phone.
Result<FittedTraits> fit_further(const PopulationPlan& plan, Trait trait,
                                 std::span<const FittedTraits> earlier);

// Whole people for the cells of a table. Each target holds within one person where single moves of
// people can bring that about; cells without a share stay empty. Unbiased before the moves: a
// systematic draw with one uniform (`draw`). With `fixed` (people over all traits but the last),
// only the last trait is decided.
std::vector<std::uint32_t> round_people(const FittedTraits& fitted, std::uint64_t people,
                                        std::span<const std::uint32_t> fixed, double draw);

}  // namespace credence
