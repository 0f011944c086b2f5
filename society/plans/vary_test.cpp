#include <credence/plans/experiment.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace credence {

namespace {

const Preset& preset(std::span<const Preset> among, std::string_view id) {
  auto found = std::ranges::find_if(among, [&](const Preset& each) { return each.id == id; });
  REQUIRE(found != among.end());
  return *found;
}

World town() {
  auto read = read_world(preset(built_in_worlds(), "town").text, "town.toml");
  REQUIRE(read.world);
  return *read.world;
}

SocietyProgramme programme(std::string_view id) {
  const Preset& of = preset(built_in_programmes(), id);
  auto read = read_society_programme(of.text, std::string{id}, of.card, "card.toml");
  REQUIRE(read.programme);
  return std::move(*read.programme);
}

std::string code_of(const Result<VariedInputs>& varied) {
  return varied ? "none" : varied.error().code;
}

Result<VariedInputs> vary_to(const std::string& path, double value) {
  std::vector<SocietyProgramme> programmes;
  programmes.push_back(programme("total-surveillance"));
  const DesignInput input{.path = path, .low = 0, .high = 1, .values = {}};
  const double point[] = {value};
  return vary(town(), programmes, {&input, 1}, point);
}

}  // namespace

TEST_CASE("vary: a rule's parameter, a number of the world and one of a programme are set") {
  auto rule = vary_to("rules.work.loss", 0.5);
  REQUIRE(rule);
  CHECK(rule->world.rules.at("work.loss") == 0.5);
  auto people = vary_to("world.people", 1234.4);
  REQUIRE(people);
  CHECK(people->world.population.people == 1234);
  auto cameras = vary_to("total-surveillance:society.cameras.coverage", 0.25);
  REQUIRE(cameras);
  REQUIRE(cameras->programmes[0].constructs.cameras);
  CHECK(cameras->programmes[0].constructs.cameras->coverage == 0.25);
  // What is not varied stays as it was, to the letter.
  SocietyProgramme before = programme("total-surveillance");
  CHECK(cameras->programmes[0].card_text == before.card_text);
  CHECK(cameras->programmes[0].constructs.sections == before.constructs.sections);
}

TEST_CASE("vary: a whole number of a programme stays one, inside a list too") {
  auto varied = vary_to("total-surveillance:society.rule[0].points", -33.4);
  REQUIRE(varied);
  CHECK(varied->programmes[0].constructs.rules.at(0).points == -33);
}

TEST_CASE("vary: what does not exist is named with the nearest that does") {
  auto misspelt = vary_to("rules.work.los", 0.5);
  CHECK(code_of(misspelt) == "plan.path");
  CHECK(misspelt.error().help.find("rules.work.loss") != std::string::npos);
  CHECK(code_of(vary_to("world.colour", 1)) == "plan.path");
  CHECK(code_of(vary_to("nowhere", 1)) == "plan.path");
  CHECK(code_of(vary_to("", 1)) == "plan.path");
  auto other = vary_to("total-surveilance:society.cameras.coverage", 0.5);
  CHECK(code_of(other) == "plan.path");
  CHECK(other.error().help.find("total-surveillance") != std::string::npos);
  CHECK(code_of(vary_to("total-surveillance:society.cameras.colour", 1)) == "plan.path");
  CHECK(code_of(vary_to("total-surveillance:society.rule[99].points", 1)) == "plan.path");
  CHECK(code_of(vary_to("total-surveillance:society.rule[x].points", 1)) == "plan.path");
  CHECK(code_of(vary_to("total-surveillance:programme.id", 1)) == "plan.path");
}

TEST_CASE("vary: a value with which nothing can run is refused") {
  CHECK(code_of(vary_to("world.people", 0)) == "plan.range");
  CHECK(code_of(vary_to("world.months", 1e9)) == "plan.range");
  CHECK(code_of(vary_to("total-surveillance:society.cameras.coverage", 7)) == "plan.range");
  CHECK(code_of(vary_to("rules.work.loss", INFINITY)) == "plan.range");
}

}  // namespace credence
