#pragma once

#include <credence/base/result.h>
#include <credence/base/text.h>
#include <credence/clockwork/draw.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace credence {

// What a person is by birth and place. The list is closed, so that each rule of life can name what
// it depends on; the categories of each are the world's.
enum class Trait { age, sex, group, region, education, work, bank, phone };
inline constexpr std::size_t kTraits = 8;
std::string_view name_of(Trait trait);  // "age", "sex", ...

// "working", "seeking", "studying", "retired", "at-home", "pupil": what the categories of
// Trait::work mean; a world says it by using these words as their ids.
enum class WorkStatus : std::uint8_t { working, seeking, studying, retired, at_home, pupil };

struct TraitCategory {
  std::string id;
  Text name;
  double share = 0;                // of the people; the categories of a trait add up to 1
  int youngest = 0, oldest = 120;  // of an age category
};

// Shares of combinations of two or more traits that the population must have (a published table):
// row-major over the categories of `traits`, adding up to 1. Its margins replace those of its
// traits.
struct JointShares {
  std::vector<Trait> traits;
  std::vector<double> shares;
};

// Weights of combinations that say how traits hang together, without being a target (a survey):
// iterative proportional fitting keeps their odds ratios.
struct SeedWeights {
  std::vector<Trait> traits;
  std::vector<double> weights;  // >= 0; 0 is a combination that does not exist
};

struct PlaceOnMap {     // one per category of Trait::region, in its order
  double x = 0, y = 0;  // on a grid of tiles, as the map draws it
  double rent = 1;      // against the mean
  double policing = 1;  // cameras and patrols against the mean
};

struct WageRule {        // of one education category
  double median = 2000;  // a month, in the world's currency
  double spread = 0.45;  // standard deviation of the logarithm
};

struct PopulationPlan {
  std::uint32_t people = 20'000;
  std::vector<TraitCategory> categories[kTraits];  // at least one each
  std::vector<JointShares> joints;
  std::vector<SeedWeights> seeds;
  std::vector<double> household_sizes;  // share of households with 1, 2, 3 ... people
  std::vector<WageRule> wages;          // one per education category
  std::vector<PlaceOnMap> places;
  std::vector<double> reliability;  // mean diligence in (0,1), one per group category
  double reliability_spread = 0.12;
};

// How well the people fit what was asked (SRMSE: standardised root mean square error of the joint
// table against its fitted expectation).
struct PopulationFit {
  int sweeps = 0;
  double largest_marginal_error = 0;  // |share of people - asked|, over all margins and joints
  double largest_fitting_error = 0;   // before rounding to whole people
  double srmse = 0;
  std::uint64_t households = 0;
};

// People who do not exist, one column per trait; a person is a number. People of one household have
// neighbouring numbers. About 24 bytes a person.
struct Population {
  PopulationPlan plan;
  PopulationFit fit;
  std::vector<WorkStatus> work_status;       // what each category of Trait::work means
  std::vector<std::uint8_t> trait[kTraits];  // category
  std::vector<std::uint8_t> age;             // years
  std::vector<std::uint32_t> household;
  std::vector<std::uint32_t> household_first;  // by household; one more at the end
  std::vector<std::int32_t> wage;              // a month when working, in cents
  std::vector<std::uint8_t> diligence;         // 0..255: how reliably obligations are met
  std::vector<std::uint8_t> conviction;  // 0..255: how critical of those in power, and how firmly

  std::size_t size() const { return age.size(); }
  std::uint8_t of(Trait of_what, std::uint32_t person) const {
    return trait[static_cast<std::size_t>(of_what)][person];
  }
  WorkStatus work(std::uint32_t person) const { return work_status[of(Trait::work, person)]; }
  std::size_t bytes() const;
};

// The table over age, sex, group, region, education and work is fitted to all shares and joint
// tables at once (at most kIpfCells combinations); bank and phone given the traits that a joint
// table or weights connect them with. Each share and joint table then holds within one person where
// that can be. People under 18 live with adults, couples are of similar age where the ages allow
// it, parents 18 years or more above their children where there are such adults; a household is in
// one region. The numbers follow regions, then households. Places may be left out: the regions then
// stand in a square, with equal rent and policing.
//
// Errors: population.people (0, or above 2^31), population.empty, population.share (negative, not
// finite, or not adding up to 1), population.categories (more than 255, a name twice, ages),
// population.work (not one of the six words), population.joint and population.contradiction (joint
// tables of a wrong size, or against each other), population.impossible (combinations that cannot
// exist), population.households (sizes that leave people over), population.adults (fewer adults
// than households), population.wages, population.places, population.reliability. Each says which,
// and how to mend it.
Result<Population> make_population(const PopulationPlan& plan, const KeyedDraws& draws);

}  // namespace credence
