#include <credence/worlds/society.h>
#include <credence/worlds/village.h>
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <utility>

using namespace credence;

// These hashes say that a society ends on the same bits with every compiler and on every machine.
// They change when results do: with a rule of behaviour, an institution, a draw, a column of
// Lives, the built-in village or a built-in programme. Whoever changes one of these on purpose
// takes the new hash from what this test prints, and says in the message of the change why results
// moved. Anything else that moves a hash (a compiler, an optimisation, another order of work) is a
// defect.
TEST_CASE("golden: a village of 1,000 ends six months under each programme on the same bits") {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEnds = {{
      {"no-programme", "a835a7e49237ac2cbfe25aebbb08c12d6ba9f18ab3eb816d41c6e610507b44b6"},
      {"lawful-open", "ce6b9e6b8a2fce09014be007620b3f4b71e0dc4948b51b3b29f5e5df04b7a140"},
      {"sesame-credit", "0adf07a126a21bc26c3c8e05f1491ec9f0c4b1f80c29361faab644458ff64462"},
      {"city-points", "724a41f7952c0bea0cd4f99a21c67367a4b03e09202ea5a5a99e1839abeedbb4"},
      {"total-surveillance", "91d07666f39afccab6627eae7322204fc5b36f72aaa0eba921251f9ad40108a0"},
  }};
  Crew crew(2);
  std::optional<World> world;
  for (const Preset& preset : built_in_worlds()) {
    if (preset.id == "village") world = read_world(preset.text, "village.toml").world;
  }
  REQUIRE(world);
  world->population.people = 1000;
  world->months = 6;
  std::vector<SocietyProgramme> programmes;
  for (const Preset& preset : built_in_programmes()) {
    ReadSocietyProgramme read = read_society_programme(preset.text, "p", preset.card, "c");
    REQUIRE_MESSAGE(read.programme, preset.id);
    programmes.push_back(std::move(*read.programme));
  }
  Society society = society_of(*world, programmes, crew);
  live_all(society, crew);
  REQUIRE(society.arms() == kEnds.size());
  for (std::size_t arm = 0; arm < society.arms(); ++arm) {
    CAPTURE(kEnds[arm].first);
    if (arm > 0) CHECK(programmes[arm - 1].id == kEnds[arm].first);
    CHECK(to_hex(society.hash(arm)) == kEnds[arm].second);
  }
}
