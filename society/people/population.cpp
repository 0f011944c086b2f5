#include <credence/base/expects.h>
#include <credence/clockwork/functions.h>
#include <credence/people/population.h>
#include <credence/people/population_check.h>
#include <credence/people/population_households.h>
#include <credence/people/population_table.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace credence {

namespace {

constexpr std::array<std::string_view, 6> kWorkWords = {"working", "seeking", "studying",
                                                        "retired", "at-home", "pupil"};
constexpr std::size_t kCoreTraits = 6;
constexpr std::size_t kRegion = static_cast<std::size_t>(Trait::region);

// People before they have a household and a number: the cell of the core table they belong to, by
// region.
struct Newcomers {
  std::vector<std::uint32_t> cells;
  std::vector<std::uint8_t> ages;
  std::vector<std::size_t> region_first;  // one more at the end
};

std::size_t region_step(const Cross& core) {
  std::size_t step = 1;
  for (std::size_t i = kRegion + 1; i < kCoreTraits; ++i) step *= core.sizes[i];
  return step;
}

// The cells of one region in the order of the table.
std::vector<std::size_t> cells_of_region(const Cross& core, std::size_t region) {
  std::vector<std::size_t> cells;
  std::size_t step = region_step(core), block = step * core.sizes[kRegion];
  for (std::size_t first = region * step; first < core.cells.size(); first += block) {
    for (std::size_t i = 0; i < step; ++i) cells.push_back(first + i);
  }
  return cells;
}

Newcomers draw_newcomers(const PopulationPlan& plan, const Cross& core,
                         const std::vector<std::uint32_t>& counts, const KeyedDraws& draws) {
  Newcomers people;
  people.cells.reserve(plan.people);
  people.ages.reserve(plan.people);
  std::size_t age_step = core.cells.size() / core.sizes[0];
  for (std::size_t region = 0; region < core.sizes[kRegion]; ++region) {
    people.region_first.push_back(people.cells.size());
    for (std::size_t cell : cells_of_region(core, region)) {
      const TraitCategory& age = plan.categories[0][cell / age_step];
      for (std::uint32_t i = 0; i < counts[cell]; ++i) {
        auto number = static_cast<std::uint32_t>(people.cells.size());
        int years = draws.between(age.youngest, age.oldest, number, 0, Purpose::traits, 1);
        people.cells.push_back(static_cast<std::uint32_t>(cell));
        people.ages.push_back(static_cast<std::uint8_t>(years));
      }
    }
  }
  people.region_first.push_back(people.cells.size());
  return people;
}

// A region with fewer adults than households exchanges a child for an adult of another region, in
// the table of the population: each keeps all but the region.
class AdultsForAll {
 public:
  AdultsForAll(Newcomers& people, const HouseholdSizes& sizes, std::size_t step)
      : people_(people), sizes_(sizes), step_(step) {}

  bool arrange() {
    std::size_t regions = sizes_.by_region.size();
    std::vector<std::int64_t> spare(regions);
    for (std::size_t r = 0; r < regions; ++r) {
      spare[r] = -static_cast<std::int64_t>(sizes_.households(r));
      for (std::size_t i = people_.region_first[r]; i < people_.region_first[r + 1]; ++i) {
        spare[r] += people_.ages[i] >= kAdultAge;
      }
    }
    std::size_t giver = 0;
    for (std::size_t r = 0; r < regions; ++r) {
      std::size_t child = people_.region_first[r];
      for (; spare[r] < 0; ++spare[r]) {
        while (giver < regions && spare[giver] <= 0) {
          ++giver;
          adult_ = 0;
        }
        if (giver == regions) return false;
        while (people_.ages[child] >= kAdultAge) ++child;
        adult_ = std::max(adult_, people_.region_first[giver]);
        while (people_.ages[adult_] < kAdultAge) ++adult_;
        exchange(child++, adult_++, r, giver);
        --spare[giver];
      }
    }
    return true;
  }

 private:
  void exchange(std::size_t child, std::size_t adult, std::size_t here, std::size_t there) {
    std::swap(people_.ages[child], people_.ages[adult]);
    std::swap(people_.cells[child], people_.cells[adult]);
    auto move = [&](std::size_t person, std::size_t from, std::size_t to) {
      people_.cells[person] =
          static_cast<std::uint32_t>(people_.cells[person] + to * step_ - from * step_);
    };
    move(child, there, here);
    move(adult, here, there);
  }

  Newcomers& people_;
  const HouseholdSizes& sizes_;
  std::size_t step_, adult_ = 0;
};

Result<HouseholdSizes> plan_households(const PopulationPlan& plan, Newcomers& people,
                                       const Cross& core) {
  std::vector<std::uint32_t> people_by_region;
  for (std::size_t r = 0; r + 1 < people.region_first.size(); ++r) {
    people_by_region.push_back(
        static_cast<std::uint32_t>(people.region_first[r + 1] - people.region_first[r]));
  }
  HouseholdSizes sizes = size_households(plan.household_sizes, people_by_region);
  if (sizes.failed_region) {
    std::size_t region = *sizes.failed_region;
    return Error{
        "population.households",
        "the household sizes leave people over: " + std::to_string(people_by_region[region]) +
            " people of `" + plan.categories[kRegion][region].id + "` cannot be divided into them",
        {},
        "give households of 1 person a share"};
  }
  if (!AdultsForAll(people, sizes, region_step(core)).arrange()) {
    return Error{"population.adults",
                 "there are fewer adults than households, and nobody under 18 lives alone",
                 {},
                 "give more people of 18 or above, or larger households"};
  }
  return sizes;
}

// Puts people into households and gives them their numbers.
void settle(Population& population, const Newcomers& people, const HouseholdSizes& sizes,
            const Cross& core, const KeyedDraws& draws) {
  for (std::size_t r = 0; r + 1 < people.region_first.size(); ++r) {
    std::size_t first = people.region_first[r];
    std::span<const std::uint8_t> ages{people.ages.data() + first,
                                       people.region_first[r + 1] - first};
    auto household = static_cast<std::uint32_t>(population.household_first.size());
    PlacedRegion placed = place_in_households(ages, sizes.by_region[r], draws,
                                              static_cast<std::uint32_t>(r), household);
    std::size_t next = 0;
    for (std::uint32_t size : placed.sizes) {
      auto number = static_cast<std::uint32_t>(population.household_first.size());
      population.household_first.push_back(static_cast<std::uint32_t>(population.age.size()));
      for (std::uint32_t k = 0; k < size; ++k) {
        std::size_t person = first + placed.people[next++];
        population.household.push_back(number);
        population.age.push_back(people.ages[person]);
        std::size_t cell = people.cells[person];
        for (std::size_t t = kCoreTraits; t-- > 0;) {
          population.trait[t].push_back(static_cast<std::uint8_t>(cell % core.sizes[t]));
          cell /= core.sizes[t];
        }
      }
    }
  }
  population.fit.households = population.household_first.size();
  population.household_first.push_back(static_cast<std::uint32_t>(population.age.size()));
}

std::size_t cell_of(const Population& population, std::span<const Trait> traits, const Cross& cross,
                    std::uint32_t person) {
  std::size_t cell = 0;
  for (std::size_t i = 0; i < traits.size(); ++i) {
    cell = cell * cross.sizes[i] + population.of(traits[i], person);
  }
  return cell;
}

std::uint32_t count_of(std::size_t people) {
  return static_cast<std::uint32_t>(people);
}

// Gives each person a category of bank or phone: the whole numbers are decided for each combination
// of what it depends on, and who gets which is drawn without putting back.
void assign_further(Population& population, const FittedTraits& fitted, Trait trait,
                    const KeyedDraws& draws) {
  std::span<const Trait> conditions{fitted.shares.traits.data(), fitted.shares.traits.size() - 1};
  const Cross& cross = fitted.shares.cross;
  std::size_t width = cross.sizes.back();
  std::vector<std::uint32_t> fixed(cross.cells.size() / width, 0);
  std::uint32_t people = count_of(population.size());
  for (std::uint32_t p = 0; p < people; ++p) ++fixed[cell_of(population, conditions, cross, p)];
  auto index = static_cast<std::uint32_t>(trait);
  double draw = draws.uniform(0, 0, Purpose::rounding, index);
  std::vector<std::uint32_t> left = round_people(fitted, people, fixed, draw);
  auto& column = population.trait[static_cast<std::size_t>(trait)];
  column.resize(people);
  for (std::uint32_t p = 0; p < people; ++p) {
    std::size_t cell = cell_of(population, conditions, cross, p);
    std::uint32_t chosen = draws.below(fixed[cell]--, p, 0, Purpose::traits, index);
    std::size_t category = 0;
    while (chosen >= left[cell * width + category]) {
      chosen -= left[cell * width + category];
      ++category;
    }
    --left[cell * width + category];
    column[p] = static_cast<std::uint8_t>(category);
  }
}

// How far the people are from the fitted shares and their targets.
void measure(Population& population, std::span<const FittedTraits> all) {
  PopulationFit& fit = population.fit;
  auto people = static_cast<double>(population.size());
  for (std::size_t stage = 0; stage < all.size(); ++stage) {
    const TraitTable& shares = all[stage].shares;
    TraitTable counted = shares;
    std::vector<double>& cells = counted.cross.cells;
    std::fill(cells.begin(), cells.end(), 0.0);
    for (std::uint32_t p = 0; p < count_of(population.size()); ++p) {
      cells[cell_of(population, shares.traits, shares.cross, p)] += 1;
    }
    double squares = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells[i] /= people;
      double apart = cells[i] - shares.cross.cells[i];
      squares += apart * apart;
    }
    auto number = static_cast<double>(cells.size());
    if (stage == 0) fit.srmse = std::sqrt(squares / number) * number;
    fit.sweeps = std::max(fit.sweeps, all[stage].sweeps);
    fit.largest_fitting_error = std::max(fit.largest_fitting_error, all[stage].error);
    for (const TraitTable& target : all[stage].targets) {
      TraitTable sums = project(counted, target.traits);
      for (std::size_t i = 0; i < sums.cross.cells.size(); ++i) {
        double apart = std::fabs(sums.cross.cells[i] - target.cross.cells[i]);
        fit.largest_marginal_error = std::max(fit.largest_marginal_error, apart);
      }
    }
  }
}

// Wages are log-normal; diligence is normal around the group's mean, cut symmetrically so that the
// mean stays; conviction is uniform.
void draw_characters(Population& population, const KeyedDraws& draws) {
  constexpr double kLargestWage = 2e9;  // cents; what the column can hold
  const PopulationPlan& plan = population.plan;
  std::uint32_t people = count_of(population.size());
  population.wage.resize(people);
  population.diligence.resize(people);
  population.conviction.resize(people);
  for (std::uint32_t p = 0; p < people; ++p) {
    std::array<double, 4> drawn = draws.uniforms(p, 0, Purpose::traits, 0);
    const WageRule& rule = plan.wages[population.of(Trait::education, p)];
    double wage = 100 * rule.median * exact_exp(rule.spread * exact_normal_quantile(drawn[0]));
    population.wage[p] = static_cast<std::int32_t>(std::min(wage + 0.5, kLargestWage));
    double mean = plan.reliability[population.of(Trait::group, p)];
    double reach = std::min(mean, 1 - mean);
    double apart = plan.reliability_spread * exact_normal_quantile(drawn[1]);
    double diligence = mean + std::clamp(apart, -reach, reach);
    population.diligence[p] = static_cast<std::uint8_t>(diligence * 255 + 0.5);
    population.conviction[p] = static_cast<std::uint8_t>(drawn[2] * 256);
  }
}

void prepare(Population& population, const PopulationPlan& plan) {
  population.plan = plan;
  auto& places = population.plan.places;
  std::size_t regions = plan.categories[kRegion].size();
  std::size_t side = 1;
  while (side * side < regions) ++side;
  for (std::size_t i = places.size(); i < regions; ++i) {
    places.push_back({static_cast<double>(i % side), static_cast<double>(i / side), 1, 1});
  }
  for (const TraitCategory& category : plan.categories[static_cast<std::size_t>(Trait::work)]) {
    auto word = std::find(kWorkWords.begin(), kWorkWords.end(), category.id);
    population.work_status.push_back(static_cast<WorkStatus>(word - kWorkWords.begin()));
  }
  for (std::size_t t = 0; t < kCoreTraits; ++t) population.trait[t].reserve(plan.people);
  population.age.reserve(plan.people);
  population.household.reserve(plan.people);
}

}  // namespace

std::string_view name_of(Trait trait) {
  constexpr std::array<std::string_view, kTraits> kNames = {"age",       "sex",  "group", "region",
                                                            "education", "work", "bank",  "phone"};
  auto at = static_cast<std::size_t>(trait);
  expects(at < kTraits, "name_of: no such trait");
  return kNames[at];
}

std::size_t Population::bytes() const {
  std::size_t sum = age.capacity() + diligence.capacity() + conviction.capacity();
  for (const auto& column : trait) sum += column.capacity();
  return sum + 4 * (household.capacity() + household_first.capacity() + wage.capacity());
}

Result<Population> make_population(const PopulationPlan& plan, const KeyedDraws& draws) {
  if (auto checked = check_population_plan(plan); !checked) return checked.error();
  std::vector<FittedTraits> fitted;
  auto core = fit_core(plan);
  if (!core) return core.error();
  fitted.push_back(*std::move(core));
  for (Trait trait : {Trait::bank, Trait::phone}) {
    auto further = fit_further(plan, trait, fitted);
    if (!further) return further.error();
    fitted.push_back(*std::move(further));
  }
  const Cross& table = fitted.front().shares.cross;
  double draw = draws.uniform(0, 0, Purpose::rounding, 0);
  Newcomers people =
      draw_newcomers(plan, table, round_people(fitted.front(), plan.people, {}, draw), draws);
  auto sizes = plan_households(plan, people, table);
  if (!sizes) return sizes.error();
  Population population;
  prepare(population, plan);
  settle(population, people, *sizes, table, draws);
  people = {};
  assign_further(population, fitted[1], Trait::bank, draws);
  assign_further(population, fitted[2], Trait::phone, draws);
  draw_characters(population, draws);
  measure(population, fitted);
  return population;
}

}  // namespace credence
