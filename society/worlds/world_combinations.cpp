#include <credence/institutions/society_numbers.h>
#include <credence/people/ipf.h>
#include <credence/worlds/world_reader.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace credence {

namespace {

const std::vector<TraitCategory>& categories_of(const PopulationPlan& plan, Trait trait) {
  return plan.categories[static_cast<std::size_t>(trait)];
}

// Numbers in rows: lists in lists, one level per trait; a flat list of all cells is taken too.
bool flatten(const TomlNode& node, std::span<const std::size_t> sizes, std::vector<double>& cells) {
  const TomlNode::Array* items = node.array();
  if (items == nullptr) return false;
  std::size_t all = 1;
  for (std::size_t size : sizes) all *= size;
  bool rows = sizes.size() > 1 && !items->empty() && items->front().array() != nullptr;
  if (items->size() != (rows ? sizes.front() : all)) return false;
  for (const TomlNode& item : *items) {
    if (rows && !flatten(item, sizes.subspan(1), cells)) return false;
    if (rows) continue;
    std::optional<double> value = number_of(item);
    if (!value || !(*value >= 0 && *value <= 1e12)) return false;
    cells.push_back(*value);
  }
  return true;
}

std::vector<Trait> traits_of(const TableReader& table) {
  std::vector<Trait> traits;
  for (const std::string& name : table.strings("traits")) {
    for (std::size_t i = 0; i < kTraits; ++i) {
      if (name_of(static_cast<Trait>(i)) == name) traits.push_back(static_cast<Trait>(i));
    }
  }
  return traits;
}

bool are_different(std::vector<Trait> traits) {
  std::sort(traits.begin(), traits.end());
  return std::adjacent_find(traits.begin(), traits.end()) == traits.end();
}

struct Combination {
  std::vector<Trait> traits;
  std::vector<double> cells;
};

void report_cells(const TableReader& table, std::string_view key, const PopulationPlan& plan,
                  const std::vector<Trait>& traits) {
  std::string en, fr;
  for (Trait trait : traits) {
    std::size_t count = categories_of(plan, trait).size();
    en += fmt::format("{}{} of `{}`", en.empty() ? "" : " times ", count, name_of(trait));
    fr += fmt::format("{}{} de `{}`", fr.empty() ? "" : " fois ", count, name_of(trait));
  }
  table.report("W029", key,
               {fmt::format("`{}` must have numbers from 0 on for {}", key, en),
                fmt::format("`{}` doit avoir des nombres à partir de 0 pour {}", key, fr)},
               {"write one row per category of the first trait: [[0.1, 0.2], [0.3, 0.4]]",
                "écrivez une ligne par catégorie du premier trait : [[0.1, 0.2], [0.3, 0.4]]"});
}

std::optional<Combination> read_combination(const TableReader& table, std::string_view key,
                                            const PopulationPlan& plan) {
  Combination read{traits_of(table), {}};
  const TomlNode* written = table.find(key);
  // A word that is no trait has been told by the check of the shape.
  if (written == nullptr || read.traits.empty() ||
      read.traits.size() != table.strings("traits").size()) {
    return std::nullopt;
  }
  if (read.traits.size() < 2 || read.traits.size() > 4 || !are_different(read.traits)) {
    table.report("W029", "traits",
                 {"a combination is of two to four different traits",
                  "une combinaison porte sur deux à quatre traits différents"},
                 {"write [\"age\", \"work\"]", "écrivez [\"age\", \"work\"]"});
    return std::nullopt;
  }
  std::vector<std::size_t> sizes;
  std::size_t all = 1;
  for (Trait trait : read.traits) {
    sizes.push_back(categories_of(plan, trait).size());
    all *= sizes.back();
  }
  if (all > kMostCombinations || !flatten(*written, sizes, read.cells)) {
    report_cells(table, key, plan, read.traits);
    return std::nullopt;
  }
  return read;
}

void read_joint(const TableReader& table, PopulationPlan& plan) {
  auto read = read_combination(table, "shares", plan);
  if (!read) return;
  double sum = std::accumulate(read->cells.begin(), read->cells.end(), 0.0);
  if (std::abs(sum - 1) > kShareTolerance) {
    return table.report("W021", "shares",
                        {fmt::format("the shares add up to {:.6g}, not to 1", sum),
                         fmt::format("la somme des parts est {:.6g}, et non 1", sum)},
                        {"write shares of people", "écrivez des parts de la population"});
  }
  for (double& share : read->cells) share /= sum;
  plan.joints.push_back({std::move(read->traits), std::move(read->cells)});
}

void read_seed(const TableReader& table, PopulationPlan& plan) {
  auto read = read_combination(table, "weights", plan);
  if (!read) return;
  double sum = std::accumulate(read->cells.begin(), read->cells.end(), 0.0);
  if (sum <= 0) {
    return table.report("W021", "weights",
                        {"all weights are 0, so that nobody can exist",
                         "tous les poids valent 0, personne ne peut exister"},
                        {"0 is for what does not exist; write others above 0",
                         "0 est pour ce qui n'existe pas ; mettez les autres au-dessus de 0"});
  }
  plan.seeds.push_back({std::move(read->traits), std::move(read->cells)});
}

// Tables of the standard say nothing about traits that the file has its own categories for.
template <class Tables>
void drop_other_traits(const TableReader& population, Tables& tables) {
  std::erase_if(tables, [&](const auto& table) {
    return std::any_of(table.traits.begin(), table.traits.end(),
                       [&](Trait trait) { return says_categories(population, trait); });
  });
}

void check_cells(const TableReader& population, const PopulationPlan& plan) {
  constexpr Trait kFitted[] = {Trait::age,    Trait::sex,       Trait::group,
                               Trait::region, Trait::education, Trait::work};
  std::size_t cells = 1;
  for (Trait trait : kFitted) cells *= std::max<std::size_t>(1, categories_of(plan, trait).size());
  if (cells <= kIpfCells) return;
  population.report(
      "W014", "",
      {fmt::format("age, sex, group, region, education and work have {} combinations", cells),
       fmt::format("age, sex, group, region, education et work ont {} combinaisons", cells)},
      {fmt::format("at most {}: join some categories", kIpfCells),
       fmt::format("au plus {} : réunissez des catégories", kIpfCells)});
}

}  // namespace

void read_combinations(const TableReader& population, PopulationPlan& plan) {
  drop_other_traits(population, plan.joints);
  drop_other_traits(population, plan.seeds);
  std::vector<TableReader> joints = population.tables("joint");
  std::vector<TableReader> seeds = population.tables("seed");
  if (!joints.empty()) plan.joints.clear();
  if (!seeds.empty()) plan.seeds.clear();
  constexpr std::size_t kMostTables = 32;
  for (std::size_t i = 0; i < std::min(joints.size(), kMostTables); ++i) {
    read_joint(joints[i], plan);
  }
  for (std::size_t i = 0; i < std::min(seeds.size(), kMostTables); ++i) read_seed(seeds[i], plan);
  for (const auto* tables : {&joints, &seeds}) {
    if (tables->size() <= kMostTables) continue;
    (*tables)[kMostTables].report(
        "W014", "",
        {"there are more than 32 such tables", "il y a plus de 32 tables de cette sorte"},
        {"join some of them", "réunissez-en quelques-unes"});
  }
  check_cells(population, plan);
}

}  // namespace credence
