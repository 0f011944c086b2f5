#include <credence/people/network.h>
#include <credence/people/network_kinds.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

using namespace credence;

namespace {

// Everybody works, by default; traits go round by number.
Population crowd(std::uint32_t people, std::uint32_t regions = 4, std::uint32_t groups = 3) {
  Population made;
  made.work_status = {WorkStatus::working, WorkStatus::pupil, WorkStatus::retired};
  made.age.assign(people, 40);
  for (auto& column : made.trait) column.assign(people, 0);
  for (std::uint32_t p = 0; p < people; ++p) {
    made.trait[static_cast<std::size_t>(Trait::region)][p] =
        static_cast<std::uint8_t>(p * regions / people);
    made.trait[static_cast<std::size_t>(Trait::group)][p] = static_cast<std::uint8_t>(p % groups);
    made.age[p] = static_cast<std::uint8_t>(20 + p % 50);
  }
  return made;
}

std::string code_of(const Result<Ties>& ties) {
  if (ties) return "";
  CHECK_FALSE(ties.error().help.empty());
  return ties.error().code;
}

// Rising rows without loops and doubles, both ways.
bool is_sound(const Ties& ties, std::uint32_t people) {
  std::size_t ends = 0;
  for (std::uint32_t p = 0; p < people; ++p) {
    auto row = ties.of(p);
    ends += row.size();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] == p || row[i] >= people || (i > 0 && row[i] <= row[i - 1])) return false;
      auto back = ties.of(row[i]);
      if (!std::binary_search(back.begin(), back.end(), p)) return false;
    }
  }
  return ends == 2 * ties.links();
}

// Mean over people of the share of their neighbours' pairs that are linked.
double clustering(const Ties& ties, std::uint32_t people) {
  double sum = 0;
  for (std::uint32_t p = 0; p < people; ++p) {
    auto row = ties.of(p);
    if (row.size() < 2) continue;
    double closed = 0;
    for (std::uint32_t a : row) {
      auto others = ties.of(a);
      for (std::uint32_t b : row) closed += std::binary_search(others.begin(), others.end(), b);
    }
    sum += closed / (static_cast<double>(row.size()) * static_cast<double>(row.size() - 1));
  }
  return sum / people;
}

double mean_path(const Ties& ties, std::uint32_t people) {
  double sum = 0, pairs = 0;
  for (std::uint32_t start = 0; start < people; ++start) {
    std::vector<std::uint32_t> reached = {start}, distance(people, people);
    distance[start] = 0;
    for (std::size_t next = 0; next < reached.size(); ++next) {
      for (std::uint32_t other : ties.of(reached[next])) {
        if (distance[other] != people) continue;
        distance[other] = distance[reached[next]] + 1;
        sum += distance[other];
        ++pairs;
        reached.push_back(other);
      }
    }
  }
  return sum / pairs;
}

Result<Ties> made(TieLayer layer,
                  const std::variant<SmallWorldTies, BlockTies, ConfigurationTies, GivenTies>& kind,
                  const Population& people, std::uint32_t seed = 1) {
  return make_ties({layer, kind, 20}, people, KeyedDraws(seed, 0));
}

}  // namespace

TEST_CASE("small world: the ring of 1,000 with 10 neighbours has C = 2/3 and path 50.450") {
  auto ties = small_world(1000, {10, 0}, KeyedDraws(1U, 0U));
  REQUIRE(ties);
  CHECK(clustering(*ties, 1000) == doctest::Approx(2.0 / 3).epsilon(1e-12));
  CHECK(std::fabs(mean_path(*ties, 1000) - 50.450) < 0.001);
}

TEST_CASE("small world: clustering and path fall with rewiring as Watts and Strogatz found") {
  struct Row {
    double rewire, clustering, clustering_error, path, path_error;
  };
  // Mean and standard deviation of 20 networks; the mean of 24 is within 3 errors of it.
  for (const Row& row : {Row{.01, .6483, .0022, 9.13, .54}, Row{.1, .4938, .0061, 4.451, .034},
                         Row{1, .0092, .0008, 3.268, .002}}) {
    CAPTURE(row.rewire);
    double clustered = 0, path = 0;
    for (std::uint32_t seed = 0; seed < 24; ++seed) {
      auto ties = small_world(1000, {10, row.rewire}, KeyedDraws(seed, 0));
      REQUIRE(ties);
      CHECK(ties->links() == 5000);
      CHECK(is_sound(*ties, 1000));
      clustered += clustering(*ties, 1000) / 24;
      path += mean_path(*ties, 1000) / 24;
    }
    double width = 3 * std::sqrt(1.0 / 24 + 1.0 / 20);
    CHECK(std::fabs(clustered - row.clustering) < width * row.clustering_error);
    CHECK(std::fabs(path - row.path) < width * row.path_error);
  }
}

TEST_CASE("small world: the work grows with the people, from 10,000 to 1,000,000") {
  double least = 1e9, most = 0;
  for (std::uint32_t people : {10'000U, 100'000U, 1'000'000U}) {
    std::vector<std::uint32_t> ring(people);
    std::iota(ring.begin(), ring.end(), 0U);
    PairsFound found;
    add_small_world(ring, {10, .1}, 2, KeyedDraws(1U, 0U), found);
    CHECK(found.pairs.size() == 5ULL * people);
    least = std::min(least, static_cast<double>(found.steps) / people);
    most = std::max(most, static_cast<double>(found.steps) / people);
  }
  CHECK(most / least < 1.05);
}

TEST_CASE("blocks and degrees: the work grows with the people, from 10,000 to 1,000,000") {
  std::vector<double> least(2, 1e9), most(2, 0);
  for (std::uint32_t people : {10'000U, 100'000U, 1'000'000U}) {
    std::vector<std::uint32_t> members(people);
    std::iota(members.begin(), members.end(), 0U);
    std::vector<std::uint8_t> category(people);
    for (std::uint32_t p = 0; p < people; ++p) category[p] = static_cast<std::uint8_t>(p % 7);
    KeyedDraws draws(1U, 0U);
    auto blocks = block_pairs(members, {10, .7, Trait::group}, category, 2, draws);
    auto degrees = configuration_pairs(members, {{0, 0, .5, 0, 0, 0, 0, 0, .4, .1}}, 2, draws);
    REQUIRE(degrees);
    double steps[] = {static_cast<double>(blocks.steps) / people,
                      static_cast<double>(degrees->steps) / people};
    for (std::size_t k = 0; k < 2; ++k) {
      least[k] = std::min(least[k], steps[k]);
      most[k] = std::max(most[k], steps[k]);
    }
  }
  for (std::size_t k = 0; k < 2; ++k) CHECK(most[k] / least[k] < 1.15);
}

TEST_CASE("blocks: the degree is the mean, and the asked share of ties is with people alike") {
  Population people = crowd(9000);
  auto ties = made(TieLayer::friends, BlockTies{8, .7, Trait::group}, people);
  REQUIRE(ties);
  CHECK(is_sound(*ties, 9000));
  CHECK(ties->links() == 36'000);
  double alike = 0;
  for (std::uint32_t p = 0; p < 9000; ++p) {
    for (std::uint32_t other : ties->of(p)) {
      alike += people.of(Trait::group, p) == people.of(Trait::group, other);
    }
  }
  // A third of the others is alike by chance.
  CHECK(alike / 72'000 == doctest::Approx(.7 + .3 / 3).epsilon(0.02));
  auto odd = made(TieLayer::friends, BlockTies{2.5, 1, Trait::group}, people);
  REQUIRE(odd);
  CHECK(odd->links() == 11'250);
}

TEST_CASE("degrees: each share of people has exactly its number of ties") {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    Population people = crowd(1000);
    auto ties = made(TieLayer::friends, ConfigurationTies{{.1, .2, .3, .2, 0, .1, 0, 0, 0, 0, .1}},
                     people, seed);
    REQUIRE(ties);
    CHECK(is_sound(*ties, 1000));
    std::map<std::size_t, int> counts;
    for (std::uint32_t p = 0; p < 1000; ++p) ++counts[ties->of(p).size()];
    CHECK(counts ==
          std::map<std::size_t, int>{{0, 100}, {1, 200}, {2, 300}, {3, 200}, {5, 100}, {10, 100}});
  }
}

TEST_CASE("degrees: dense and hubbed networks are repaired, odd sums mended where that can be") {
  Population people = crowd(40);
  std::vector<double> shares(31, 0);
  shares[30] = 1;
  auto dense = made(TieLayer::friends, ConfigurationTies{shares}, people);
  REQUIRE(dense);
  CHECK(is_sound(*dense, 40));
  for (std::uint32_t p = 0; p < 40; ++p) CHECK(dense->of(p).size() == 30);
  // 41 people with 3 ties each: the sum is odd, and no other degree is allowed.
  CHECK(code_of(made(TieLayer::friends, ConfigurationTies{{0, 0, 0, 1}}, crowd(41))) ==
        "network.shares");
  auto mended = made(TieLayer::friends, ConfigurationTies{{0, 0, .1, .9}}, crowd(41));
  REQUIRE(mended);
  CHECK(mended->links() == (4 * 2 + 37 * 3 + 1) / 2);
}

TEST_CASE("degrees: those that no network has are refused") {
  // Of 4 people, 2 know all three others: then nobody knows only one.
  CHECK(code_of(made(TieLayer::friends, ConfigurationTies{{0, .5, 0, .5}}, crowd(4))) ==
        "network.shares");
}

TEST_CASE("work: ties stay within workplaces of a region, and those at home have none") {
  Population people = crowd(4000);
  auto& work = people.trait[static_cast<std::size_t>(Trait::work)];
  for (std::uint32_t p = 0; p < 4000; ++p) work[p] = static_cast<std::uint8_t>(p % 3);
  auto ties = made(TieLayer::work, SmallWorldTies{6, .1}, people);
  REQUIRE(ties);
  CHECK(is_sound(*ties, 4000));
  for (std::uint32_t p = 0; p < 4000; ++p) {
    if (work[p] == 2) CHECK(ties->of(p).empty());
    if (work[p] != 2) CHECK(ties->of(p).size() >= 3);
    for (std::uint32_t other : ties->of(p)) {
      CHECK(people.of(Trait::region, p) == people.of(Trait::region, other));
      CHECK(work[p] == work[other]);
    }
  }
  auto blocks = made(TieLayer::work, BlockTies{6, .5, Trait::group}, people);
  REQUIRE(blocks);
  for (std::uint32_t p = 0; p < 4000; ++p) {
    if (work[p] == 2) CHECK(blocks->of(p).empty());
  }
}

TEST_CASE("neighbourhood: ties stay within the region; friends reach beyond") {
  Population people = crowd(2000);
  auto near = made(TieLayer::neighbourhood, SmallWorldTies{4, .5}, people);
  auto friends = made(TieLayer::friends, SmallWorldTies{4, .5}, people);
  REQUIRE(near);
  REQUIRE(friends);
  std::size_t beyond = 0;
  for (std::uint32_t p = 0; p < 2000; ++p) {
    for (std::uint32_t other : near->of(p)) {
      CHECK(people.of(Trait::region, p) == people.of(Trait::region, other));
    }
    for (std::uint32_t other : friends->of(p)) {
      beyond += people.of(Trait::region, p) != people.of(Trait::region, other);
    }
  }
  CHECK(beyond > 1000);
}

TEST_CASE("small cells: everybody knows everybody, and one alone has no ties") {
  Population people = crowd(12);  // regions of 3
  auto ties = made(TieLayer::neighbourhood, SmallWorldTies{6, .5}, people);
  REQUIRE(ties);
  for (std::uint32_t p = 0; p < 12; ++p) CHECK(ties->of(p).size() == 2);
  auto alone = made(TieLayer::neighbourhood, SmallWorldTies{6, .5}, crowd(8, 8));
  REQUIRE(alone);
  CHECK(alone->links() == 0);
}

TEST_CASE("given ties: doubles are dropped, both directions stand, strangers are refused") {
  Population people = crowd(5);
  auto ties = made(TieLayer::friends, GivenTies{{{0, 3}, {3, 0}, {4, 0}, {0, 3}}}, people);
  REQUIRE(ties);
  CHECK(ties->links() == 2);
  CHECK(std::vector<std::uint32_t>(ties->of(0).begin(), ties->of(0).end()) ==
        std::vector<std::uint32_t>{3, 4});
  CHECK(ties->of(1).empty());
  CHECK(code_of(made(TieLayer::friends, GivenTies{{{0, 5}}}, people)) == "network.person");
  CHECK(code_of(made(TieLayer::friends, GivenTies{{{2, 2}}}, people)) == "network.person");
}

TEST_CASE("ties: the same key gives the same, another layer or seed gives others") {
  Population people = crowd(500, 1);
  auto rows = [&](TieLayer layer, std::uint32_t seed) {
    auto ties = made(layer, BlockTies{6, .3, Trait::group}, people, seed);
    REQUIRE(ties);
    std::vector<std::uint32_t> all;
    for (std::uint32_t p = 0; p < 500; ++p) {
      all.insert(all.end(), ties->of(p).begin(), ties->of(p).end());
    }
    return all;
  };
  CHECK(rows(TieLayer::friends, 1) == rows(TieLayer::friends, 1));
  CHECK(rows(TieLayer::friends, 1) != rows(TieLayer::friends, 2));
  CHECK(rows(TieLayer::friends, 1) != rows(TieLayer::neighbourhood, 1));
}

TEST_CASE("ties: degrees, shares and sizes that cannot be are refused") {
  double none = std::numeric_limits<double>::quiet_NaN();
  Population people = crowd(50);
  auto code = [&](const auto& kind) { return code_of(made(TieLayer::friends, kind, people)); };
  CHECK(code(SmallWorldTies{5, .1}) == "network.degree");
  CHECK(code(SmallWorldTies{-2, .1}) == "network.degree");
  CHECK(code(SmallWorldTies{50, .1}) == "network.degree");
  CHECK(code(SmallWorldTies{512, .1}) == "network.degree");
  CHECK(code(SmallWorldTies{4, 1.1}) == "network.rewire");
  CHECK(code(SmallWorldTies{4, none}) == "network.rewire");
  CHECK(code(BlockTies{-1, .5}) == "network.degree");
  CHECK(code(BlockTies{none, .5}) == "network.degree");
  CHECK(code(BlockTies{40, .5}) == "network.degree");
  CHECK(code(BlockTies{4, -.5}) == "network.same");
  CHECK(code(BlockTies{4, none}) == "network.same");
  CHECK(code(BlockTies{4, .5, static_cast<Trait>(8)}) == "network.same");
  CHECK(code(ConfigurationTies{{}}) == "network.shares");
  CHECK(code(ConfigurationTies{{.5, .4}}) == "network.shares");
  CHECK(code(ConfigurationTies{{1.5, -.5}}) == "network.shares");
  CHECK(code(ConfigurationTies{{none, 1}}) == "network.shares");
  std::vector<double> shares(51, 0);
  shares[50] = 1;
  CHECK(code(ConfigurationTies{shares}) == "network.degree");
  for (int size : {1, 0, -5, 100'001}) {
    TiesPlan plan{TieLayer::work, SmallWorldTies{}, size};
    CHECK(code_of(make_ties(plan, people, KeyedDraws(1U, 0U))) == "network.workplace");
  }
  CHECK(code_of(small_world(10, {10, 0}, KeyedDraws(1U, 0U))) == "network.degree");
  CHECK(code_of(small_world(1U << 31, {4, 0}, KeyedDraws(1U, 0U))) == "network.size");
}

TEST_CASE("ties: nobody at all gives no ties") {
  auto ties = small_world(0, {0, 0}, KeyedDraws(1U, 0U));
  REQUIRE(ties);
  CHECK(ties->links() == 0);
  CHECK(Ties{}.of(3).empty());
  Network network;
  CHECK(network.bytes() == 0);
  CHECK(name_of(TieLayer::neighbourhood) == "neighbourhood");
}
