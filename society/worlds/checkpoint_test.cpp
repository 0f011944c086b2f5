#include <credence/worlds/checkpoint.h>
#include <credence/worlds/village.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace credence;

namespace {

Society lived(const World& world, std::span<const SocietyProgramme> programmes,
              std::uint32_t months, Crew& crew) {
  Result<Society> society = Society::make(world, programmes, 2, crew);
  if (!society) FAIL(to_text(society.error()));
  while (society->month() < months) society->step(crew);
  return std::move(*society);
}

std::string code_of(const Result<Society>& society) {
  return society ? "none" : society.error().code;
}

// The same bytes with a sum that fits them, as somebody would write who wants to get through.
std::string sealed(std::string checkpoint) {
  checkpoint.resize(checkpoint.size() - sizeof(Hash));
  Hash sum = sha256(checkpoint);
  checkpoint.append(as_text(sum));
  return checkpoint;
}

}  // namespace

TEST_CASE("checkpoint: a restored run ends as the uninterrupted one, from any month") {
  World world = village(2500, 3, 6);
  std::vector<SocietyProgramme> programmes = {harsh_programme(), no_programme()};
  Crew crew(2), other_crew(3);
  Society whole = lived(world, programmes, 9, crew);
  for (std::uint32_t month = 0; month <= 9; ++month) {
    CAPTURE(month);
    std::string kept = lived(world, programmes, month, crew).checkpoint();
    Result<Society> society = Society::restore(world, programmes, kept, other_crew);
    REQUIRE(society);
    CHECK(society->month() == month);
    CHECK(society->replicate() == 2);
    CHECK(society->checkpoint() == kept);
    while (!society->over()) society->step(other_crew);
    CHECK(society->hash() == whole.hash());
    CHECK(society->checkpoint() == whole.checkpoint());
    CHECK(society->flows(1) == whole.flows(1));
    CHECK(std::ranges::equal(society->spells(1), whole.spells(1)));
  }
}

TEST_CASE("checkpoint: one burn-in branches into many policies") {
  World world = village(1500, 4, 4);
  std::vector<SocietyProgramme> none, harsh = {harsh_programme()};
  Crew crew(2);
  for (std::uint32_t month : {0U, 2U, 4U}) {
    std::string burnt_in = lived(world, none, month, crew).checkpoint();
    Result<Society> branched = Society::branch(world, harsh, burnt_in, crew);
    REQUIRE(branched);
    while (!branched->over()) branched->step(crew);
    CHECK(branched->hash() == lived(world, harsh, 8, crew).hash());
  }
  std::string late = lived(world, none, 5, crew).checkpoint();
  CHECK(code_of(Society::branch(world, harsh, late, crew)) == "checkpoint.programmes");
}

TEST_CASE("checkpoint: another world is refused, a new title is not another world") {
  World world = village(300, 1, 2);
  Crew crew(1);
  std::string kept = lived(world, {}, 2, crew).checkpoint();
  World other = world;
  other.title.en = "Hamlet";
  other.text = "# a remark";
  other.replicates = 99;
  CHECK(code_of(Society::restore(other, {}, kept, crew)) == "none");
  std::set<Hash> hashes = {hash_of_world(world)};
  auto refused = [&](const char* what, auto&& change) {
    CAPTURE(what);
    World changed = world;
    change(changed);
    CHECK(code_of(Society::restore(changed, {}, kept, crew)) == "checkpoint.world");
    CHECK(hashes.insert(hash_of_world(changed)).second);
  };
  refused("seed", [](World& w) { w.seed = 8; });
  refused("months", [](World& w) { w.months = 3; });
  refused("burn-in", [](World& w) { w.burn_in = 0; });
  refused("start", [](World& w) { w.start += std::chrono::days{31}; });
  refused("people", [](World& w) { w.population.people = 301; });
  refused("share", [](World& w) { w.population.categories[1][0].share = 0.51; });
  refused("sizes", [](World& w) { w.population.household_sizes.pop_back(); });
  refused("wage", [](World& w) { w.population.wages[0].median += 1; });
  refused("place", [](World& w) { w.population.places[1].policing = 2; });
  refused("reliability", [](World& w) { w.population.reliability[1] = 0.6; });
  refused("joint", [](World& w) {
    w.population.joints.push_back({{Trait::sex, Trait::group}, {0.4, 0.1, 0.4, 0.1}});
  });
  refused("weights", [](World& w) {
    w.population.seeds.push_back({{Trait::sex, Trait::group}, {1, 1, 1, 2}});
  });
  refused("ties", [](World& w) { w.ties.pop_back(); });
  refused("degree", [](World& w) { std::get<BlockTies>(w.ties[0].kind).degree = 5; });
  refused("rule", [](World& w) {
    std::string name = w.rules.all().begin()->first;
    w.rules.set(name, w.rules.at(name) + 0.5);
  });
}

TEST_CASE("checkpoint: other programmes, another order or another card are refused") {
  World world = village(300, 1, 3);
  std::vector<SocietyProgramme> programmes = {harsh_programme(), no_programme()};
  Crew crew(1);
  std::string kept = lived(world, programmes, 3, crew).checkpoint();
  CHECK(code_of(Society::restore(world, programmes, kept, crew)) == "none");
  CHECK(code_of(Society::restore(world, {}, kept, crew)) == "checkpoint.programmes");
  std::vector<SocietyProgramme> swapped = {programmes[1], programmes[0]};
  CHECK(code_of(Society::restore(world, swapped, kept, crew)) == "checkpoint.programmes");
  programmes[0].card_text += " ";
  CHECK(code_of(Society::restore(world, programmes, kept, crew)) == "checkpoint.programmes");
}

TEST_CASE("checkpoint: no text is cut so that it can be read") {
  World world = village(40, 1, 2);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(1);
  std::string kept = lived(world, programmes, 2, crew).checkpoint();
  for (std::size_t length = 0; length < kept.size(); length += 1 + length / 7) {
    Result<Society> society = Society::restore(world, programmes, kept.substr(0, length), crew);
    REQUIRE_FALSE(society);
    CHECK((society.error().code == "checkpoint.format" ||
           society.error().code == "checkpoint.damaged"));
    // Also when the sum is made to fit: lengths inside are looked at.
    if (length < 60) continue;
    CHECK_FALSE(Society::restore(world, programmes, sealed(kept.substr(0, length)), crew));
  }
  CHECK(code_of(Society::restore(world, programmes, kept + "x", crew)) == "checkpoint.damaged");
  CHECK(code_of(Society::restore(world, programmes, sealed(kept + "x"), crew)) ==
        "checkpoint.damaged");
  CHECK(code_of(Society::restore(world, programmes, "", crew)) == "checkpoint.format");
}

TEST_CASE("checkpoint: a flipped bit anywhere is seen") {
  World world = village(40, 1, 2);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(1);
  std::string kept = lived(world, programmes, 2, crew).checkpoint();
  for (std::size_t at = 0; at < kept.size(); at += at < 500 ? 1 : 97) {
    std::string damaged = kept;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    std::string code = code_of(Society::restore(world, programmes, damaged, crew));
    CAPTURE(at);
    CHECK(code == (at < 8    ? "checkpoint.format"
                   : at < 12 ? "checkpoint.version"
                             : "checkpoint.damaged"));
  }
}

TEST_CASE("checkpoint: bytes that were changed with their sum never stop the program") {
  World world = village(40, 1, 2);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(1);
  std::string kept = lived(world, programmes, 2, crew).checkpoint();
  for (std::size_t at = 0; at + sizeof(Hash) < kept.size(); at += at < 400 ? 1 : 61) {
    std::string changed = kept;
    changed[at] = static_cast<char>(0xff);
    Result<Society> society = Society::restore(world, programmes, sealed(changed), crew);
    if (!society) continue;
    while (!society->over()) society->step(crew);
    CHECK(society->flows(1).size() == 16);
  }
}

TEST_CASE("checkpoint: draws of a purpose that is not known are refused") {
  std::vector<std::uint32_t> known = known_purposes();
  CHECK(std::ranges::is_sorted(known));
  for (Purpose purpose : {Purpose::care, Purpose::traits, Purpose::panel, Purpose::calibration}) {
    CHECK(std::ranges::binary_search(known, static_cast<std::uint32_t>(purpose)));
  }
  World world = village(40, 1, 2);
  Crew crew(1);
  std::string kept = lived(world, {}, 1, crew).checkpoint();
  constexpr std::size_t kFirstPurpose = 8 + 4 + 4;
  kept[kFirstPurpose + 1] = 2;  // 512: between the last known and the first of the models
  CHECK(code_of(Society::restore(world, {}, sealed(kept), crew)) == "checkpoint.purpose");
}
