#include <credence/institutions/society_numbers.h>
#include <credence/worlds/world_reader.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace credence {

namespace {

constexpr Trait kAllTraits[kTraits] = {Trait::age,       Trait::sex,  Trait::group, Trait::region,
                                       Trait::education, Trait::work, Trait::bank,  Trait::phone};

std::size_t position(Trait trait) {
  return static_cast<std::size_t>(trait);
}

// The shares made to add up to 1 exactly, or W021 at `key` when they are far from it.
template <class Shares>
void make_whole(const TableReader& reader, std::string_view key, std::string_view what,
                Shares&& shares) {
  double sum = 0;
  for (double* share : shares) sum += *share;
  if (std::abs(sum - 1) > kShareTolerance) {
    reader.report(
        "W021", key,
        {fmt::format("the shares of {} add up to {:.6g}, not to 1", what, sum),
         fmt::format("la somme des parts de {} est {:.6g}, et non 1", what, sum)},
        {"write shares of people that add up to 1", "écrivez des parts dont la somme est 1"});
    return;
  }
  for (double* share : shares) *share /= sum;
}

void check_ages(const std::vector<TableReader>& tables,
                const std::vector<TraitCategory>& categories) {
  for (std::size_t i = 0; i < categories.size(); ++i) {
    const TraitCategory& age = categories[i];
    int least = i == 0 ? 0 : categories[i - 1].oldest + 1;
    if (age.youngest > age.oldest) {
      tables[i].report("W022", "oldest",
                       {fmt::format("ages from {} to {} hold nobody", age.youngest, age.oldest),
                        fmt::format("il n'y a personne de {} à {} ans", age.youngest, age.oldest)},
                       {"oldest is at least youngest", "oldest vaut au moins youngest"});
    } else if (age.youngest < least) {
      tables[i].report(
          "W022", "youngest",
          {fmt::format("ages from {} lie in the category before too", age.youngest),
           fmt::format("les âges dès {} sont aussi dans la catégorie précédente", age.youngest)},
          {fmt::format("begin at {} or later; ages rise", least),
           fmt::format("commencez à {} ou plus ; les âges montent", least)});
    }
  }
}

TraitCategory read_category(const TableReader& table, Trait trait) {
  TraitCategory category;
  category.id = table.string("id");
  category.name = table.text("name");
  category.share = read_decimal(table, "share", {0, 1}, 0, "W009");
  if (trait == Trait::age) {
    category.youngest = table.integer("youngest", {0, 120}, 0);
    category.oldest = table.integer("oldest", {0, 120}, 120);
  }
  return category;
}

void report_twice(const TableReader& table, const std::string& id) {
  table.report(
      "W007", "id",
      {fmt::format("a second category `{}`", id), fmt::format("une seconde catégorie `{}`", id)},
      {"give each category a name of its own", "donnez à chaque catégorie son nom"});
}

void read_categories(const TableReader& population, Trait trait, PopulationPlan& plan) {
  std::vector<TableReader> tables = population.tables(name_of(trait));
  if (tables.size() > kMostCategories) {
    tables[kMostCategories].report(
        "W014", "",
        {fmt::format("there are more than {} categories", kMostCategories),
         fmt::format("il y a plus de {} catégories", kMostCategories)},
        {"join some of them", "réunissez-en quelques-unes"});
    return;
  }
  std::vector<TraitCategory> categories;
  std::vector<double*> shares;
  for (const TableReader& table : tables) {
    categories.push_back(read_category(table, trait));
    auto same = std::count_if(categories.begin(), categories.end(),
                              [&](const TraitCategory& c) { return c.id == categories.back().id; });
    if (same > 1 && table.has("id")) report_twice(table, categories.back().id);
  }
  for (TraitCategory& category : categories) shares.push_back(&category.share);
  make_whole(tables.front(), "share", fmt::format("`population.{}`", name_of(trait)), shares);
  if (trait == Trait::age) check_ages(tables, categories);
  plan.categories[position(trait)] = std::move(categories);
}

void read_regions(const TableReader& population, PopulationPlan& plan) {
  plan.places.clear();
  std::vector<TableReader> tables = population.tables("region");
  // Without a map, regions stand in rows of three.
  for (std::size_t i = 0; i < tables.size(); ++i) {
    PlaceOnMap place;
    place.x = read_decimal(tables[i], "x", {0, 1000}, static_cast<double>(i % 3), "W009");
    place.y = read_decimal(tables[i], "y", {0, 1000}, static_cast<double>(i / 3), "W009");
    place.rent = read_decimal(tables[i], "rent", {0.01, 100}, 1, "W009");
    place.policing = read_decimal(tables[i], "policing", {0, 100}, 1, "W009");
    plan.places.push_back(place);
  }
}

void read_wages(const TableReader& population, PopulationPlan& plan) {
  plan.wages.clear();
  for (const TableReader& table : population.tables("education")) {
    WageRule wage;
    wage.median = read_decimal(table, "wage", {1, 1'000'000}, wage.median, "W009");
    wage.spread = read_decimal(table, "wage_spread", {0, 2}, wage.spread, "W009");
    plan.wages.push_back(wage);
  }
}

void read_reliability(const TableReader& population, PopulationPlan& plan) {
  plan.reliability.clear();
  for (const TableReader& table : population.tables("group")) {
    plan.reliability.push_back(read_decimal(table, "reliability", {0.001, 0.999}, 0.85, "W009"));
  }
}

void read_households(const TableReader& population, PopulationPlan& plan) {
  const TomlNode* written = population.find("household_sizes");
  if (written == nullptr) return;
  auto sizes = numbers_of(*written, {0, 1}, kLargestHousehold);
  if (!sizes || sizes->empty()) {
    population.report("W023", "household_sizes",
                      {"household sizes are the shares of households with 1, 2, 3 ... people",
                       "les tailles sont les parts des ménages de 1, 2, 3 ... personnes"},
                      {"write [0.4, 0.3, 0.2, 0.1]; at most 20 shares",
                       "écrivez [0.4, 0.3, 0.2, 0.1] ; au plus 20 parts"});
    return;
  }
  std::vector<double*> shares;
  for (double& share : *sizes) shares.push_back(&share);
  make_whole(population, "household_sizes", "`household_sizes`", shares);
  while (!sizes->empty() && sizes->back() == 0) sizes->pop_back();
  plan.household_sizes = *std::move(sizes);
}

void check_households_fit(const TableReader& population, const PopulationPlan& plan) {
  for (std::size_t size = plan.people + std::size_t{1}; size <= plan.household_sizes.size();
       ++size) {
    if (plan.household_sizes[size - 1] <= 0) continue;
    population.report(
        population.has("household_sizes") ? "W023" : "W009",
        population.has("household_sizes") ? "household_sizes" : "people",
        {fmt::format("households of {} need more than the {} people that there are", size,
                     plan.people),
         fmt::format("des ménages de {} demandent plus que les {} personnes présentes", size,
                     plan.people)},
        {"give such households no share, or make more people",
         "ne donnez pas de part à ces ménages, ou augmentez people"});
    return;
  }
}

}  // namespace

Trait trait_named(std::string_view name) {
  for (Trait trait : kAllTraits) {
    if (name_of(trait) == name) return trait;
  }
  expects(false, "a trait of that name");
  return Trait::age;
}

bool says_categories(const TableReader& population, Trait trait) {
  return !population.tables(name_of(trait)).empty();
}

void read_population_plan(const TableReader& root, PopulationPlan& plan) {
  TableReader population = root.table("population");
  plan.people = static_cast<std::uint32_t>(
      population.integer("people", {1, kMostPeople}, static_cast<int>(plan.people)));
  plan.reliability_spread =
      read_decimal(population, "reliability_spread", {0, 1}, plan.reliability_spread, "W009");
  for (Trait trait : kAllTraits) {
    if (says_categories(population, trait)) read_categories(population, trait, plan);
  }
  if (says_categories(population, Trait::region)) read_regions(population, plan);
  if (says_categories(population, Trait::education)) read_wages(population, plan);
  if (says_categories(population, Trait::group)) read_reliability(population, plan);
  read_households(population, plan);
  check_households_fit(population, plan);
  read_combinations(population, plan);
}

}  // namespace credence
