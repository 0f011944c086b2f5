#include <credence/people/population_table.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr Trait kCore[] = {Trait::age,    Trait::sex,       Trait::group,
                           Trait::region, Trait::education, Trait::work};

bool is_core(Trait trait) {
  return trait <= Trait::work;
}

bool holds(std::span<const Trait> traits, Trait trait) {
  return std::find(traits.begin(), traits.end(), trait) != traits.end();
}

Cross empty_cross(const PopulationPlan& plan, std::span<const Trait> traits) {
  Cross cross;
  std::size_t cells = 1;
  for (Trait trait : traits) {
    const auto& categories = plan.categories[static_cast<std::size_t>(trait)];
    cross.sizes.push_back(categories.size());
    cells *= categories.size();
    cross.variables.emplace_back(name_of(trait));
    cross.categories.emplace_back();
    for (const TraitCategory& category : categories) {
      cross.categories.back().push_back(category.id);
    }
  }
  cross.cells.assign(std::min(cells, kIpfCells), 0);
  return cross;
}

// The table as the plan gives it, its traits brought into the order of the list.
TraitTable in_order(const PopulationPlan& plan, const std::vector<Trait>& traits,
                    const std::vector<double>& values) {
  std::vector<std::size_t> order(traits.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return traits[a] < traits[b]; });
  TraitTable table;
  for (std::size_t i : order) table.traits.push_back(traits[i]);
  table.cross = empty_cross(plan, table.traits);
  std::vector<std::size_t> sizes;
  for (Trait trait : traits) {
    sizes.push_back(plan.categories[static_cast<std::size_t>(trait)].size());
  }
  std::vector<std::uint32_t> places = margin_places(sizes, order);
  for (std::size_t i = 0; i < places.size(); ++i) table.cross.cells[places[i]] = values[i];
  return table;
}

std::vector<std::size_t> variables_in(const TraitTable& table, std::span<const Trait> traits) {
  std::vector<std::size_t> variables;
  for (std::size_t i = 0; i < table.traits.size(); ++i) {
    if (holds(traits, table.traits[i])) variables.push_back(i);
  }
  return variables;
}

std::vector<Trait> common(std::span<const Trait> a, std::span<const Trait> b) {
  std::vector<Trait> both;
  for (Trait trait : a) {
    if (holds(b, trait)) both.push_back(trait);
  }
  return both;
}

void normalise(std::vector<double>& values) {
  double total = 0;
  for (double value : values) total += value;
  for (double& value : values) value /= total;
}

void multiply(TraitTable& table, const TraitTable& factor) {
  std::vector<std::uint32_t> places =
      margin_places(table.cross.sizes, variables_in(table, factor.traits));
  for (std::size_t i = 0; i < places.size(); ++i) {
    table.cross.cells[i] *= factor.cross.cells[places[i]];
  }
}

// What the plan asks of these traits: its joint tables as far as they speak of them, and the shares
// of those that stand in no joint table.
std::vector<TraitTable> targets_over(const PopulationPlan& plan, std::span<const Trait> traits) {
  std::vector<TraitTable> targets;
  for (Trait trait : traits) {
    bool in_joint = std::any_of(plan.joints.begin(), plan.joints.end(),
                                [&](const JointShares& j) { return holds(j.traits, trait); });
    if (in_joint) continue;
    TraitTable target{{trait}, empty_cross(plan, std::span{&trait, 1})};
    const auto& categories = plan.categories[static_cast<std::size_t>(trait)];
    for (std::size_t i = 0; i < categories.size(); ++i) {
      target.cross.cells[i] = categories[i].share;
    }
    targets.push_back(std::move(target));
  }
  for (const JointShares& joint : plan.joints) {
    TraitTable whole = in_order(plan, joint.traits, joint.shares);
    std::vector<Trait> mine = common(whole.traits, traits);
    if (!mine.empty()) targets.push_back(project(whole, mine));
  }
  for (TraitTable& target : targets) normalise(target.cross.cells);
  return targets;
}

TraitTable seed_over(const PopulationPlan& plan, std::span<const Trait> traits) {
  TraitTable seed{{traits.begin(), traits.end()}, empty_cross(plan, traits)};
  std::fill(seed.cross.cells.begin(), seed.cross.cells.end(), 1.0);
  for (const SeedWeights& weights : plan.seeds) {
    TraitTable whole = in_order(plan, weights.traits, weights.weights);
    std::vector<Trait> mine = common(whole.traits, traits);
    if (!mine.empty()) multiply(seed, project(whole, mine));
  }
  // Weights may be counts or shares of any size; only what stands to what matters.
  double largest = *std::max_element(seed.cross.cells.begin(), seed.cross.cells.end());
  if (largest > 0 && std::isfinite(largest)) {
    for (double& cell : seed.cross.cells) cell /= largest;
  }
  return seed;
}

Result<FittedTraits> fit(TraitTable seed, std::vector<TraitTable> targets) {
  std::vector<Margin> margins;
  for (const TraitTable& target : targets) {
    margins.push_back({variables_in(seed, target.traits), target.cross.cells});
  }
  auto fitted = fit_proportionally(std::move(seed.cross), margins);
  if (!fitted) {
    Error error = fitted.error();
    error.code = "population." + error.code.substr(error.code.find('.') + 1);
    return error;
  }
  FittedTraits result;
  result.sweeps = fitted->sweeps;
  result.error = fitted->largest_error;
  result.shares = {std::move(seed.traits), std::move(fitted->table)};
  result.targets = std::move(targets);
  return result;
}

// The traits that a joint table or weights connect `trait` with, of those decided before it.
std::vector<Trait> conditions_of(const PopulationPlan& plan, Trait trait) {
  bool connected[kTraits] = {};
  auto note = [&](const std::vector<Trait>& traits) {
    if (!holds(traits, trait)) return;
    for (Trait other : traits) connected[static_cast<std::size_t>(other)] = true;
  };
  for (const JointShares& joint : plan.joints) note(joint.traits);
  for (const SeedWeights& weights : plan.seeds) note(weights.traits);
  std::vector<Trait> found;
  for (std::size_t i = 0; i < static_cast<std::size_t>(trait); ++i) {
    if (connected[i]) found.push_back(static_cast<Trait>(i));
  }
  return found;
}

// The table over `traits` when `further` is decided by its conditions alone, given the rest.
TraitTable joined(const PopulationPlan& plan, const FittedTraits& core, const FittedTraits& further,
                  std::span<const Trait> traits) {
  std::vector<Trait> wanted;
  for (Trait trait : kCore) {
    if (holds(traits, trait) || holds(further.shares.traits, trait)) wanted.push_back(trait);
  }
  TraitTable base = project(core.shares, wanted);
  std::vector<Trait> conditions(further.shares.traits.begin(), further.shares.traits.end() - 1);
  TraitTable totals = project(further.shares, conditions);
  wanted.push_back(further.shares.traits.back());
  TraitTable whole{wanted, empty_cross(plan, wanted)};
  std::fill(whole.cross.cells.begin(), whole.cross.cells.end(), 1.0);
  multiply(whole, base);
  multiply(whole, further.shares);
  for (double& cell : totals.cross.cells) cell = cell > 0 ? 1 / cell : 0;
  multiply(whole, totals);
  return project(whole, traits);
}

}  // namespace

TraitTable project(const TraitTable& table, std::span<const Trait> onto) {
  std::vector<std::size_t> variables = variables_in(table, onto);
  TraitTable sums;
  std::size_t cells = 1;
  for (std::size_t variable : variables) {
    sums.traits.push_back(table.traits[variable]);
    sums.cross.sizes.push_back(table.cross.sizes[variable]);
    sums.cross.variables.push_back(table.cross.variables[variable]);
    sums.cross.categories.push_back(table.cross.categories[variable]);
    cells *= table.cross.sizes[variable];
  }
  sums.cross.cells.assign(cells, 0);
  std::vector<std::uint32_t> places = margin_places(table.cross.sizes, variables);
  for (std::size_t i = 0; i < places.size(); ++i) {
    sums.cross.cells[places[i]] += table.cross.cells[i];
  }
  return sums;
}

Result<FittedTraits> fit_core(const PopulationPlan& plan) {
  return fit(seed_over(plan, kCore), targets_over(plan, kCore));
}

Result<FittedTraits> fit_further(const PopulationPlan& plan, Trait trait,
                                 std::span<const FittedTraits> earlier) {
  std::vector<Trait> traits = conditions_of(plan, trait);
  TraitTable base;
  if (!traits.empty() && is_core(traits.back())) {
    base = project(earlier.front().shares, traits);
  } else if (!traits.empty()) {
    base = joined(plan, earlier.front(), earlier.back(), traits);
  }
  std::vector<Trait> alone = {trait};
  traits.push_back(trait);
  std::vector<TraitTable> targets;
  for (TraitTable& target : targets_over(plan, traits)) {
    if (holds(target.traits, trait)) targets.push_back(std::move(target));
  }
  TraitTable seed = seed_over(plan, traits);
  if (traits.size() > 1) {
    normalise(base.cross.cells);
    targets.push_back(std::move(base));
  }
  return fit(std::move(seed), std::move(targets));
}

}  // namespace credence
