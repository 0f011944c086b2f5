#include <credence/institutions/society_numbers.h>
#include <credence/worlds/world_reader.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr double kMostDegree = 1000;

// How many ties a person can have at most: all others of the cell.
double largest_degree(const TableReader& table, const TiesPlan& plan, const World& world) {
  double cell = plan.layer == TieLayer::work
                    ? std::min<double>(plan.workplace_size, world.population.people)
                    : world.population.people;
  if (table.string("kind") != "small-world") cell = world.population.people;
  return std::min(kMostDegree, cell - 1);
}

void check_degree(const TableReader& table, const TiesPlan& plan, const World& world,
                  double degree) {
  double most = largest_degree(table, plan, world);
  if (degree <= most) return;
  table.report("W025", "degree",
               {fmt::format("{:.6g} ties a person are more than the {:.6g} others that there are",
                            degree, most),
                fmt::format("{:.6g} liens par personne dépassent les {:.6g} autres possibles",
                            degree, most)},
               {"lower degree, or raise workplace_size or people",
                "baissez degree, ou augmentez workplace_size ou people"});
}

SmallWorldTies read_small_world(const TableReader& table, const TiesPlan& plan,
                                const World& world) {
  SmallWorldTies kind;
  double standard =
      std::min<double>(kind.degree, std::floor(largest_degree(table, plan, world) / 2) * 2);
  double degree = read_decimal(table, "degree", {0, kMostDegree}, standard, "W009");
  if (std::fmod(degree, 2) != 0) {
    table.report("W025", "degree",
                 {"a small world begins as a ring: as many ties to the left as to the right",
                  "un petit monde part d'un anneau : autant de liens à gauche qu'à droite"},
                 {"write an even whole number", "écrivez un nombre entier pair"});
  } else {
    check_degree(table, plan, world, degree);
    kind.degree = static_cast<int>(degree);
  }
  kind.rewire = read_decimal(table, "rewire", {0, 1}, kind.rewire, "W009");
  return kind;
}

BlockTies read_blocks(const TableReader& table, const TiesPlan& plan, const World& world) {
  BlockTies kind;
  double standard = std::min(kind.degree, largest_degree(table, plan, world));
  kind.degree = read_decimal(table, "degree", {0, kMostDegree}, standard, "W009");
  check_degree(table, plan, world, kind.degree);
  kind.same = read_decimal(table, "same", {0, 1}, kind.same, "W009");
  if (!table.string("by").empty()) {
    for (std::size_t i = 0; i < kTraits; ++i) {
      if (name_of(static_cast<Trait>(i)) == table.string("by")) kind.by = static_cast<Trait>(i);
    }
  }
  return kind;
}

ConfigurationTies read_configuration(const TableReader& table, const World& world) {
  const TomlNode* written = table.find("shares");
  auto shares = written ? numbers_of(*written, {0, 1}, 1001) : std::nullopt;
  double sum = 0;
  for (double share : shares ? *shares : std::vector<double>{}) sum += share;
  if (!shares || std::abs(sum - 1) > kShareTolerance) {
    table.report("W021", "shares",
                 {"`shares` are of people with 0, 1, 2 ... ties and add up to 1",
                  "`shares` sont les parts des personnes ayant 0, 1, 2 ... liens, de somme 1"},
                 {"write [0.1, 0.3, 0.4, 0.2]; at most 1001 shares",
                  "écrivez [0.1, 0.3, 0.4, 0.2] ; au plus 1001 parts"});
    return {{1.0}};
  }
  for (double& share : *shares) share /= sum;
  while (!shares->empty() && shares->back() == 0) shares->pop_back();
  if (shares->size() > world.population.people) {
    table.report(
        "W025", "shares",
        {"some would have more ties than there are other people",
         "certains auraient plus de liens qu'il n'y a d'autres personnes"},
        {"write fewer shares, or make more people", "écrivez moins de parts, ou augmentez people"});
  }
  return {*std::move(shares)};
}

GivenTies read_given(const TableReader& table, const World& world) {
  GivenTies kind;
  const TomlNode* written = table.find("pairs");
  const TomlNode::Array* pairs = written ? written->array() : nullptr;
  for (std::size_t i = 0; pairs != nullptr && i < pairs->size(); ++i) {
    double last = static_cast<double>(world.population.people) - 1;
    auto pair = numbers_of((*pairs)[i], {0, last}, 2);
    bool whole = pair && pair->size() == 2 && std::floor((*pair)[0]) == (*pair)[0] &&
                 std::floor((*pair)[1]) == (*pair)[1] && (*pair)[0] != (*pair)[1];
    if (!whole) {
      table.report(
          "W025", "pairs",
          {fmt::format("entry {} is no pair of two different people, 0 to {:.0f}", i, last),
           fmt::format("l'entrée {} n'est pas une paire de deux personnes différentes, de "
                       "0 à {:.0f}",
                       i, last)},
          {"write [[0, 1], [1, 2]]", "écrivez [[0, 1], [1, 2]]"});
      return {};
    }
    kind.pairs.emplace_back(static_cast<std::uint32_t>((*pair)[0]),
                            static_cast<std::uint32_t>((*pair)[1]));
  }
  if (pairs == nullptr) {
    table.report("W003", "pairs",
                 {"ties that are given need `pairs`", "des liens donnés demandent `pairs`"},
                 {"write pairs = [[0, 1], [1, 2]]", "écrivez pairs = [[0, 1], [1, 2]]"});
  }
  return kind;
}

// A key that another kind of ties would read, and this one does not.
void report_idle_keys(const TableReader& table, std::string_view kind) {
  struct Read {
    std::string_view kind, keys;
  };
  constexpr Read kReads[] = {{"small-world", " degree rewire workplace_size "},
                             {"blocks", " degree same by workplace_size "},
                             {"configuration", " shares "},
                             {"given", " pairs "}};
  for (const Read& read : kReads) {
    if (read.kind != kind) continue;
    for (std::string_view key : {"degree", "rewire", "same", "by", "shares", "pairs"}) {
      if (!table.has(key) || read.keys.find(fmt::format(" {} ", key)) != std::string_view::npos) {
        continue;
      }
      table.report("W028", key,
                   {fmt::format("ties of kind `{}` do not read `{}`", kind, key),
                    fmt::format("les liens de genre `{}` ne lisent pas `{}`", kind, key)},
                   {"take it out, or change `kind`", "supprimez-le, ou changez `kind`"});
    }
  }
}

TiesPlan read_plan(const TableReader& table, const World& world) {
  TiesPlan plan;
  plan.layer = static_cast<TieLayer>(table.word("layer", {"work", "neighbourhood", "friends"}, 2));
  plan.workplace_size = table.integer("workplace_size", {2, 1'000'000}, plan.workplace_size);
  std::string kind = table.string("kind");
  report_idle_keys(table, kind);
  if (kind == "blocks") {
    plan.kind = read_blocks(table, plan, world);
  } else if (kind == "configuration") {
    plan.kind = read_configuration(table, world);
  } else if (kind == "given") {
    plan.kind = read_given(table, world);
  } else {
    plan.kind = read_small_world(table, plan, world);
  }
  return plan;
}

// More people than the standard's ties ask for: in a world of three, nobody has six friends.
void shrink_standard(World& world) {
  int others = static_cast<int>(std::min<std::uint32_t>(world.population.people - 1, 1'000'000));
  for (TiesPlan& plan : world.ties) {
    if (auto* ring = std::get_if<SmallWorldTies>(&plan.kind)) {
      ring->degree = std::min(ring->degree, others / 2 * 2);
    } else if (auto* blocks = std::get_if<BlockTies>(&plan.kind)) {
      blocks->degree = std::min(blocks->degree, static_cast<double>(others));
    }
  }
}

}  // namespace

void read_ties_plans(const TableReader& root, World& world) {
  std::vector<TableReader> tables = root.tables("ties");
  if (tables.empty()) return shrink_standard(world);
  world.ties.clear();
  bool seen[kTieLayers] = {};
  for (const TableReader& table : tables) {
    TiesPlan plan = read_plan(table, world);
    bool& before = seen[static_cast<std::size_t>(plan.layer)];
    if (before && table.has("layer")) {
      table.report("W007", "layer",
                   {fmt::format("a second `{}` layer of ties", name_of(plan.layer)),
                    fmt::format("une seconde couche de liens `{}`", name_of(plan.layer))},
                   {"each layer is said once", "chaque couche est dite une fois"});
      continue;
    }
    before = true;
    world.ties.push_back(std::move(plan));
  }
}

}  // namespace credence
