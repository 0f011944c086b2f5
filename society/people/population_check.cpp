#include <credence/people/ipf.h>
#include <credence/people/population_check.h>
#include <credence/people/population_table.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr double kTolerance = 1e-6;
constexpr std::string_view kWorkWords[] = {"working", "seeking", "studying",
                                           "retired", "at-home", "pupil"};

Error wrong(std::string code, std::string message, std::string help) {
  return Error{"population." + std::move(code), std::move(message), {}, std::move(help)};
}

std::string quoted(std::string_view text) {
  return "`" + std::string{text} + "`";
}

std::string names_of(const std::vector<Trait>& traits) {
  std::string text;
  for (Trait trait : traits) text += (text.empty() ? "" : " x ") + std::string{name_of(trait)};
  return text;
}

// Six digits, without the zeros at the end.
std::string decimal(double value) {
  std::string text = std::to_string(value);
  if (text.find('.') == std::string::npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

const std::vector<TraitCategory>& categories_of(const PopulationPlan& plan, Trait trait) {
  return plan.categories[static_cast<std::size_t>(trait)];
}

Result<Done> check_names(Trait trait, const std::vector<TraitCategory>& categories) {
  std::string of = " of " + std::string{name_of(trait)};
  if (categories.empty()) {
    return wrong("empty", "the trait " + quoted(name_of(trait)) + " has no categories",
                 "give at least one, with a share of 1 when it is the only one");
  }
  if (categories.size() > 255) {
    return wrong("categories", "there are more than 255 categories" + of, "merge some");
  }
  std::vector<std::string_view> ids;
  for (const TraitCategory& category : categories) ids.push_back(category.id);
  std::sort(ids.begin(), ids.end());
  auto twice = std::adjacent_find(ids.begin(), ids.end());
  if (twice != ids.end()) {
    return wrong("categories", "the category " + quoted(*twice) + of + " stands there twice",
                 "give each category a name of its own");
  }
  return Done{};
}

Result<Done> check_meaning(Trait trait, const TraitCategory& category) {
  if (trait == Trait::age &&
      (category.youngest < 0 || category.oldest > 120 || category.youngest > category.oldest)) {
    return wrong("categories",
                 "the age category " + quoted(category.id) + " goes from " +
                     std::to_string(category.youngest) + " to " + std::to_string(category.oldest),
                 "give whole years from 0 to 120, the youngest first");
  }
  if (trait == Trait::work && std::find(std::begin(kWorkWords), std::end(kWorkWords),
                                        category.id) == std::end(kWorkWords)) {
    std::string near = nearest(category.id, kWorkWords);
    return wrong("work", "the category " + quoted(category.id) + " of work is none that rules know",
                 near.empty() ? "use working, seeking, studying, retired, at-home or pupil"
                              : "did you mean " + quoted(near) + "?");
  }
  return Done{};
}

Result<Done> check_trait(const PopulationPlan& plan, Trait trait) {
  const auto& categories = categories_of(plan, trait);
  if (auto named = check_names(trait, categories); !named) return named.error();
  double total = 0;
  for (const TraitCategory& category : categories) {
    if (auto meant = check_meaning(trait, category); !meant) return meant.error();
    if (!std::isfinite(category.share) || category.share < 0) {
      return wrong("share",
                   "the share of " + quoted(category.id) + " of " + std::string{name_of(trait)} +
                       " is " + decimal(category.share),
                   "give a number from 0 to 1");
    }
    total += category.share;
  }
  // The shares of a trait in a joint table come from there.
  for (const JointShares& joint : plan.joints) {
    if (std::find(joint.traits.begin(), joint.traits.end(), trait) != joint.traits.end()) {
      return Done{};
    }
  }
  if (!(std::fabs(total - 1) <= kTolerance)) {
    return wrong("share",
                 "the shares of " + quoted(name_of(trait)) + " add up to " + decimal(total) +
                     " and not to 1",
                 total < 1 ? "give " + decimal(1 - total) + " more to " +
                                 quoted(categories.back().id) + " or to another category"
                           : "take " + decimal(total - 1) + " away from one of its categories");
  }
  return Done{};
}

Result<Done> check_table(const PopulationPlan& plan, const std::vector<Trait>& traits,
                         const std::vector<double>& values, const std::string& what) {
  bool known = std::all_of(traits.begin(), traits.end(),
                           [](Trait trait) { return static_cast<std::size_t>(trait) < kTraits; });
  if (!known)
    return wrong("joint", what + "names a trait that does not exist", "name a trait of people");
  std::string which = what + names_of(traits);
  std::size_t cells = 1;
  for (std::size_t i = 0; i < traits.size(); ++i) {
    if (std::find(traits.begin(), traits.begin() + static_cast<std::ptrdiff_t>(i), traits[i]) !=
        traits.begin() + static_cast<std::ptrdiff_t>(i)) {
      return wrong("joint", which + " names a trait twice", "name each trait once");
    }
    cells *= categories_of(plan, traits[i]).size();
    if (cells > kIpfCells) {
      return wrong("joint", which + " has more than " + std::to_string(kIpfCells) + " cells",
                   "cross fewer traits");
    }
  }
  if (traits.size() < 2) {
    return wrong("joint", which + " is over fewer than two traits",
                 "give shares of one trait in its categories");
  }
  if (values.size() != cells) {
    return wrong("joint",
                 which + " has " + std::to_string(values.size()) + " numbers and not " +
                     std::to_string(cells),
                 "give one for each combination, the last trait moving fastest");
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i]) || values[i] < 0) {
      return wrong("joint",
                   "number " + std::to_string(i + 1) + " of " + which + " is " + decimal(values[i]),
                   "give a number from 0 up");
    }
  }
  if (std::all_of(values.begin(), values.end(), [](double value) { return value == 0; })) {
    return wrong("joint", which + " is all zeros", "let one combination exist");
  }
  return Done{};
}

Result<Done> check_joint(const PopulationPlan& plan, const JointShares& joint) {
  auto checked = check_table(plan, joint.traits, joint.shares, "the joint table ");
  if (!checked) return checked.error();
  double total = 0;
  for (double share : joint.shares) total += share;
  if (!(std::fabs(total - 1) <= kTolerance)) {
    return wrong("share",
                 "the joint table " + names_of(joint.traits) + " adds up to " + decimal(total) +
                     " and not to 1",
                 "divide each of its numbers by " + decimal(total));
  }
  return Done{};
}

std::vector<double> shares_in(const PopulationPlan& plan, const JointShares& joint, Trait trait) {
  std::vector<std::size_t> sizes;
  std::size_t variable = 0;
  for (std::size_t i = 0; i < joint.traits.size(); ++i) {
    sizes.push_back(categories_of(plan, joint.traits[i]).size());
    if (joint.traits[i] == trait) variable = i;
  }
  std::vector<double> sums(sizes[variable], 0);
  std::vector<std::uint32_t> places = margin_places(sizes, std::span{&variable, 1});
  for (std::size_t i = 0; i < places.size(); ++i) sums[places[i]] += joint.shares[i];
  return sums;
}

// Two joint tables that share a trait must ask for the same of it.
Result<Done> check_agreement(const PopulationPlan& plan, const JointShares& a,
                             const JointShares& b) {
  for (Trait trait : a.traits) {
    if (std::find(b.traits.begin(), b.traits.end(), trait) == b.traits.end()) continue;
    std::vector<double> one = shares_in(plan, a, trait), other = shares_in(plan, b, trait);
    for (std::size_t i = 0; i < one.size(); ++i) {
      if (std::fabs(one[i] - other[i]) <= 2 * kTolerance) continue;
      return wrong("contradiction",
                   "the joint table " + names_of(a.traits) + " gives " +
                       quoted(categories_of(plan, trait)[i].id) + " of " +
                       std::string{name_of(trait)} + " a share of " + decimal(one[i]) +
                       ", the joint table " + names_of(b.traits) + " one of " + decimal(other[i]),
                   "make both give the same");
    }
  }
  return Done{};
}

Result<Done> check_joints(const PopulationPlan& plan) {
  for (const SeedWeights& seed : plan.seeds) {
    auto checked = check_table(plan, seed.traits, seed.weights, "the weights ");
    if (!checked) return checked.error();
  }
  for (const JointShares& joint : plan.joints) {
    if (auto checked = check_joint(plan, joint); !checked) return checked.error();
  }
  for (std::size_t a = 0; a < plan.joints.size(); ++a) {
    for (std::size_t b = a + 1; b < plan.joints.size(); ++b) {
      auto agreed = check_agreement(plan, plan.joints[a], plan.joints[b]);
      if (!agreed) return agreed.error();
    }
  }
  return Done{};
}

Result<Done> check_households(const std::vector<double>& shares) {
  if (shares.empty() || shares.size() > kLargestHousehold) {
    return wrong("households",
                 shares.empty() ? "there are no household sizes"
                                : "there are households of more than 30 people",
                 "give the shares of households with 1, 2, 3 ... people, at most 30");
  }
  double total = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (!std::isfinite(shares[i]) || shares[i] < 0) {
      return wrong(
          "share",
          "the share of households of " + std::to_string(i + 1) + " is " + decimal(shares[i]),
          "give a number from 0 to 1");
    }
    total += shares[i];
  }
  if (!(std::fabs(total - 1) <= kTolerance)) {
    return wrong("share",
                 "the shares of household sizes add up to " + decimal(total) + " and not to 1",
                 "divide each of them by " + decimal(total));
  }
  return Done{};
}

Result<Done> check_wages(const PopulationPlan& plan) {
  const auto& levels = categories_of(plan, Trait::education);
  if (plan.wages.size() != levels.size()) {
    return wrong("wages",
                 "there are " + std::to_string(plan.wages.size()) + " wages for " +
                     std::to_string(levels.size()) + " categories of education",
                 "give one for each");
  }
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const WageRule& wage = plan.wages[i];
    bool fits = wage.median > 0 && wage.median <= 1e6 && wage.spread >= 0 && wage.spread <= 3;
    if (!fits) {
      return wrong("wages",
                   "the wage of " + quoted(levels[i].id) + " has the median " +
                       decimal(wage.median) + " and the spread " + decimal(wage.spread),
                   "give a median above 0, up to 1 000 000 a month, and a spread from 0 to 3");
    }
  }
  return Done{};
}

Result<Done> check_places(const PopulationPlan& plan) {
  const auto& regions = categories_of(plan, Trait::region);
  if (!plan.places.empty() && plan.places.size() != regions.size()) {
    return wrong("places",
                 "there are " + std::to_string(plan.places.size()) + " places for " +
                     std::to_string(regions.size()) + " regions",
                 "give one for each region, or none");
  }
  for (std::size_t i = 0; i < plan.places.size(); ++i) {
    const PlaceOnMap& place = plan.places[i];
    bool fits = std::isfinite(place.x) && std::isfinite(place.y) && std::isfinite(place.rent) &&
                place.rent >= 0 && std::isfinite(place.policing) && place.policing >= 0;
    if (!fits) {
      return wrong("places", "the place of " + quoted(regions[i].id) + " is not a place",
                   "give x, y, and a rent and policing from 0 up, 1 being the mean");
    }
  }
  return Done{};
}

Result<Done> check_reliability(const PopulationPlan& plan) {
  const auto& groups = categories_of(plan, Trait::group);
  if (plan.reliability.size() != groups.size()) {
    return wrong("reliability",
                 "there are " + std::to_string(plan.reliability.size()) + " reliabilities for " +
                     std::to_string(groups.size()) + " groups",
                 "give one for each group");
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!(plan.reliability[i] > 0 && plan.reliability[i] < 1)) {
      return wrong(
          "reliability",
          "the reliability of " + quoted(groups[i].id) + " is " + decimal(plan.reliability[i]),
          "give a number between 0 and 1");
    }
  }
  if (!(plan.reliability_spread >= 0 && plan.reliability_spread <= 1)) {
    return wrong("reliability", "the spread of reliability is " + decimal(plan.reliability_spread),
                 "give a number from 0 to 1");
  }
  return Done{};
}

}  // namespace

Result<Done> check_population_plan(const PopulationPlan& plan) {
  if (plan.people == 0 || plan.people > (1U << 31)) {
    return wrong("people", "there are " + std::to_string(plan.people) + " people",
                 "ask for 1 to 2 147 483 648");
  }
  std::size_t cells = 1;
  for (std::size_t i = 0; i < kTraits; ++i) {
    auto trait = static_cast<Trait>(i);
    if (auto checked = check_trait(plan, trait); !checked) return checked.error();
    if (trait <= Trait::work) cells *= plan.categories[i].size();
    if (cells > kIpfCells) {
      return wrong("categories",
                   "age, sex, group, region, education and work have more than " +
                       std::to_string(kIpfCells) + " combinations",
                   "merge categories");
    }
  }
  for (auto check : {check_joints, check_wages, check_places, check_reliability}) {
    if (auto checked = check(plan); !checked) return checked.error();
  }
  return check_households(plan.household_sizes);
}

}  // namespace credence
