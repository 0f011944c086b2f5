#include <credence/base/expects.h>
#include <credence/people/network.h>
#include <credence/people/network_kinds.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace credence {

namespace {

constexpr double kEnds = 4294967295.0;
constexpr std::uint32_t kRingDraws = 3;  // the time of the keys that shuffle rings

Error wrong(std::string code, std::string message, std::string help) {
  return Error{"network." + std::move(code), std::move(message), {}, std::move(help)};
}

Error too_many_ends(double ends) {
  return wrong("size", "there would be about " + std::to_string(ends / 2) + " ties",
               "ask for fewer than 2 147 483 648, with fewer people or a lower degree");
}

std::string of_layer(TieLayer layer) {
  return " of the layer `" + std::string{name_of(layer)} + "`";
}

Result<Done> check(const SmallWorldTies& kind, std::uint64_t people, const std::string& where) {
  if (kind.degree < 0 || kind.degree % 2 != 0 || kind.degree > 510) {
    return wrong("degree", "the degree" + where + " is " + std::to_string(kind.degree),
                 "a ring needs an even number from 0 to 510");
  }
  if (kind.degree > 0 && static_cast<std::uint64_t>(kind.degree) >= people) {
    return wrong("degree",
                 "the degree" + where + " is " + std::to_string(kind.degree) + " among " +
                     std::to_string(people) + " people",
                 "ask for fewer ties than there are other people");
  }
  if (!(kind.rewire >= 0 && kind.rewire <= 1)) {
    return wrong("rewire", "the share of ties" + where + " that are moved is not from 0 to 1",
                 "0 leaves the ring, 1 moves every tie");
  }
  double ends = static_cast<double>(people) * kind.degree;
  if (ends > kEnds) return too_many_ends(ends);
  return Done{};
}

Result<Done> check(const BlockTies& kind, std::uint64_t people, const std::string& where) {
  if (!(kind.degree >= 0 && kind.degree <= 1e6)) {
    return wrong("degree", "the degree" + where + " is no number from 0 to 1 000 000",
                 "give the mean number of ties a person has");
  }
  // Half of all possible ties can still be found by looking about.
  if (kind.degree > 0 && kind.degree > static_cast<double>(people - 1) / 2) {
    return wrong("degree",
                 "the degree" + where + " is " + std::to_string(kind.degree) + " among " +
                     std::to_string(people) + " people",
                 "ask for at most half as many ties as there are other people");
  }
  if (!(kind.same >= 0 && kind.same <= 1)) {
    return wrong("same", "the share of ties" + where + " with people alike is not from 0 to 1",
                 "0 is no preference, 1 is people alike only");
  }
  if (static_cast<std::size_t>(kind.by) >= kTraits) {
    return wrong("same", "the ties" + where + " go by a trait that does not exist",
                 "name one of the traits of people");
  }
  double ends = static_cast<double>(people) * kind.degree;
  if (ends > kEnds) return too_many_ends(ends);
  return Done{};
}

Result<Done> check(const ConfigurationTies& kind, std::uint64_t people, const std::string& where) {
  double total = 0, ends = 0;
  for (std::size_t i = 0; i < kind.shares.size(); ++i) {
    double share = kind.shares[i];
    if (!(share >= 0 && share <= 1 + 1e-6)) {
      return wrong(
          "shares",
          "the share of people" + where + " with " + std::to_string(i) + " ties is not from 0 to 1",
          "give the share of people with 0, 1, 2 ... ties");
    }
    if (share > 0 && i >= std::max<std::uint64_t>(people, 1)) {
      return wrong("degree",
                   "some people" + where + " have " + std::to_string(i) + " ties among " +
                       std::to_string(people) + " people",
                   "ask for fewer ties than there are other people");
    }
    total += share;
    ends += share * static_cast<double>(i) * static_cast<double>(people);
  }
  if (!(std::fabs(total - 1) <= 1e-6)) {
    return wrong("shares", "the shares of degrees" + where + " add up to " + std::to_string(total),
                 "give shares that add up to 1");
  }
  if (ends > kEnds) return too_many_ends(ends);
  return Done{};
}

Result<Done> check(const GivenTies& kind, std::uint64_t people, const std::string& where) {
  if (static_cast<double>(kind.pairs.size()) * 2 > kEnds) {
    return too_many_ends(static_cast<double>(kind.pairs.size()) * 2);
  }
  for (std::size_t i = 0; i < kind.pairs.size(); ++i) {
    auto [a, b] = kind.pairs[i];
    std::string pair = "pair " + std::to_string(i + 1) + where;
    if (a >= people || b >= people) {
      return wrong("person",
                   pair + " names person " + std::to_string(std::max(a, b)) + " of " +
                       std::to_string(people),
                   "people count from 0 to " + std::to_string(people == 0 ? 0 : people - 1));
    }
    if (a == b) {
      return wrong("person", pair + " ties person " + std::to_string(a) + " to themselves",
                   "leave it out");
    }
  }
  return Done{};
}

using Cells = std::vector<std::vector<std::uint32_t>>;

std::vector<std::uint32_t> by_age(const Population& population, std::vector<std::uint32_t> people,
                                  const KeyedDraws& draws, std::uint32_t cell) {
  shuffle(people, draws, cell, kRingDraws, Purpose::network);
  std::stable_sort(people.begin(), people.end(), [&](std::uint32_t a, std::uint32_t b) {
    return population.age[a] < population.age[b];
  });
  return people;
}

Cells regions_of(const Population& population) {
  Cells cells(256);
  for (std::uint32_t p = 0; p < population.size(); ++p) {
    cells[population.of(Trait::region, p)].push_back(p);
  }
  return cells;
}

// Parts of about `size`, none of them much smaller than the others.
void cut(const std::vector<std::uint32_t>& people, std::size_t size, Cells& cells) {
  std::size_t parts = std::max<std::size_t>(1, (people.size() + size / 2) / size);
  for (std::size_t i = 0; i < parts && !people.empty(); ++i) {
    auto from = people.begin() + static_cast<std::ptrdiff_t>(people.size() * i / parts);
    auto to = people.begin() + static_cast<std::ptrdiff_t>(people.size() * (i + 1) / parts);
    cells.emplace_back(from, to);
  }
}

Cells workplaces_of(const Population& population, std::size_t size, const KeyedDraws& draws) {
  Cells cells;
  Cells regions = regions_of(population);
  for (std::uint32_t r = 0; r < regions.size(); ++r) {
    std::vector<std::uint32_t> workers, students, pupils;
    for (std::uint32_t person : regions[r]) {
      WorkStatus work = population.work(person);
      if (work == WorkStatus::working) workers.push_back(person);
      if (work == WorkStatus::studying) students.push_back(person);
      if (work == WorkStatus::pupil) pupils.push_back(person);
    }
    shuffle(workers, draws, 1000 + r, kRingDraws, Purpose::network);
    cut(workers, size, cells);
    cut(by_age(population, std::move(students), draws, 2000 + r), size, cells);
    cut(by_age(population, std::move(pupils), draws, 3000 + r), size, cells);
  }
  return cells;
}

Cells cells_of(const TiesPlan& plan, const Population& population, const KeyedDraws& draws) {
  if (plan.layer == TieLayer::work) {
    return workplaces_of(population, static_cast<std::size_t>(plan.workplace_size), draws);
  }
  Cells regions = regions_of(population);
  if (plan.layer == TieLayer::neighbourhood) return regions;
  std::vector<std::uint32_t> ring;
  ring.reserve(population.size());
  for (std::uint32_t r = 0; r < regions.size(); ++r) {
    std::vector<std::uint32_t> part = by_age(population, std::move(regions[r]), draws, r);
    ring.insert(ring.end(), part.begin(), part.end());
  }
  return {std::move(ring)};
}

std::vector<std::uint32_t> members_of(TieLayer layer, const Population& population) {
  std::vector<std::uint32_t> members;
  for (std::uint32_t p = 0; p < population.size(); ++p) {
    if (layer == TieLayer::work) {
      WorkStatus work = population.work(p);
      bool goes =
          work == WorkStatus::working || work == WorkStatus::studying || work == WorkStatus::pupil;
      if (!goes) continue;
    }
    members.push_back(p);
  }
  return members;
}

// Makes the pairs of each kind.
struct Maker {
  const TiesPlan& plan;
  const Population& population;
  const KeyedDraws& draws;
  std::uint32_t people = static_cast<std::uint32_t>(population.size());
  std::uint32_t layer = static_cast<std::uint32_t>(plan.layer);
  std::string where = of_layer(plan.layer);

  Result<Ties> operator()(const SmallWorldTies& kind) const {
    if (auto checked = check(kind, people, where); !checked) return checked.error();
    PairsFound found;
    for (const std::vector<std::uint32_t>& ring : cells_of(plan, population, draws)) {
      add_small_world(ring, kind, layer, draws, found);
    }
    return ties_from_pairs(people, found.pairs);
  }
  Result<Ties> operator()(const BlockTies& kind) const {
    std::vector<std::uint32_t> members = members_of(plan.layer, population);
    if (members.empty()) return ties_from_pairs(people, {});
    if (auto checked = check(kind, members.size(), where); !checked) return checked.error();
    const auto& category = population.trait[static_cast<std::size_t>(kind.by)];
    return ties_from_pairs(people, block_pairs(members, kind, category, layer, draws).pairs);
  }
  Result<Ties> operator()(const ConfigurationTies& kind) const {
    std::vector<std::uint32_t> members = members_of(plan.layer, population);
    if (auto checked = check(kind, members.size(), where); !checked) return checked.error();
    auto found = configuration_pairs(members, kind, layer, draws);
    if (!found) {
      return wrong("shares",
                   "no network of " + std::to_string(members.size()) + " people has the degrees" +
                       where + " that the shares ask for",
                   "let some people have one tie more or fewer, or lower the largest degrees");
    }
    return ties_from_pairs(people, found->pairs);
  }
  Result<Ties> operator()(const GivenTies& kind) const {
    if (auto checked = check(kind, people, where); !checked) return checked.error();
    return ties_from_pairs(people, kind.pairs);
  }
};

}  // namespace

std::string_view name_of(TieLayer layer) {
  constexpr std::array<std::string_view, kTieLayers> kNames = {"work", "neighbourhood", "friends"};
  auto at = static_cast<std::size_t>(layer);
  expects(at < kTieLayers, "name_of: no such layer");
  return kNames[at];
}

std::size_t Network::bytes() const {
  std::size_t sum = 0;
  for (const Ties& ties : layers) sum += ties.bytes();
  return sum;
}

Ties ties_from_pairs(std::uint32_t people,
                     std::span<const std::pair<std::uint32_t, std::uint32_t>> pairs) {
  std::vector<std::uint32_t> first(std::size_t{people} + 1, 0);
  for (auto [a, b] : pairs) {
    expects(a < people && b < people, "ties_from_pairs: a person who does not exist");
    if (a == b) continue;
    ++first[std::size_t{a} + 1];
    ++first[std::size_t{b} + 1];
  }
  for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
  std::vector<std::uint32_t> ends(first.back());
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  for (auto [a, b] : pairs) {
    if (a == b) continue;
    ends[next[a]++] = b;
    ends[next[b]++] = a;
  }
  std::uint32_t kept = 0;
  for (std::size_t p = 0; p < people; ++p) {
    auto from = ends.begin() + first[p], to = ends.begin() + first[p + 1];
    std::sort(from, to);
    to = std::unique(from, to);
    first[p] = kept;
    auto into = ends.begin() + kept;
    if (into != from) std::copy(from, to, into);
    kept += static_cast<std::uint32_t>(to - from);
  }
  first.back() = kept;
  ends.resize(kept);
  return Ties{std::move(first), std::move(ends)};
}

Result<Ties> small_world(std::uint32_t people, const SmallWorldTies& kind,
                         const KeyedDraws& draws) {
  if (auto checked = check(kind, people, ""); !checked) return checked.error();
  std::vector<std::uint32_t> ring(people);
  for (std::uint32_t i = 0; i < people; ++i) ring[i] = i;
  PairsFound found;
  add_small_world(ring, kind, static_cast<std::uint32_t>(TieLayer::friends), draws, found);
  return ties_from_pairs(people, found.pairs);
}

Result<Ties> make_ties(const TiesPlan& plan, const Population& population,
                       const KeyedDraws& draws) {
  if (plan.workplace_size < 2 || plan.workplace_size > 100'000) {
    return wrong("workplace", "the size of a workplace is " + std::to_string(plan.workplace_size),
                 "give a number from 2 to 100 000");
  }
  return std::visit(Maker{plan, population, draws}, plan.kind);
}

}  // namespace credence
