#include <credence/worlds/village.h>
#include <doctest/doctest.h>

using namespace credence;

namespace {

// Adults who live alone and know nobody.
World hermits(std::uint32_t people) {
  World world = village(people, 1, 2);
  world.ties.clear();
  world.population.household_sizes = {1};
  world.population.categories[static_cast<std::size_t>(Trait::age)] = {{"middle", {}, 1, 18, 64}};
  world.population.categories[static_cast<std::size_t>(Trait::work)] = {{"working", {}, 1}};
  return world;
}

// Whatever the parameters are, people and money are counted whole and stay inside their columns.
void check_sound(const Society& society) {
  for (std::size_t arm = 0; arm < society.arms(); ++arm) {
    MonthTally sum = total_of(society, arm);
    std::int64_t months = society.world().months;
    CHECK(sum[Counter::people] == months * static_cast<std::int64_t>(society.population().size()));
    for (Counter counter : {Counter::working, Counter::excluded, Counter::spoke, Counter::scored}) {
      CHECK((sum[counter] >= 0 && sum[counter] <= sum[Counter::people]));
    }
    CHECK(sum[Counter::spoke] + sum[Counter::held_back] <= sum[Counter::critical]);
    CHECK(sum[Counter::wrongly_sanctioned] <= sum[Counter::sanctioned]);
    CHECK(sum[Counter::reliable_granted] <= sum[Counter::reliable_wanted]);
    CHECK(sum[Counter::loan_granted] + sum[Counter::loan_refused] == sum[Counter::wanted_loan]);
    CHECK(sum[Counter::home_found] + sum[Counter::home_refused] == sum[Counter::wanted_home]);
    CHECK(sum[Counter::found_job] + sum[Counter::job_refused] == sum[Counter::wanted_job]);
    CHECK(sum[Counter::rental_without_deposit] + sum[Counter::rental_with_deposit] +
              sum[Counter::rental_not_afforded] ==
          sum[Counter::wanted_rental]);
  }
}

}  // namespace

TEST_CASE("extremes: each parameter at its ends and far beyond leaves a society that adds up") {
  World world = village(300, 2, 3);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew(1);
  for (const RuleDescription* rule : all_rules()) {
    for (const RuleParameter& parameter : rule->parameters) {
      for (double value : {parameter.low, parameter.high, 0.0, 1.0, -1e12, 1e12}) {
        CAPTURE(rule->id);
        CAPTURE(parameter.id);
        CAPTURE(value);
        World extreme = world;
        extreme.rules.set(rule->id + "." + parameter.id, value);
        Society society = society_of(extreme, programmes, crew);
        live_all(society, crew);
        check_sound(society);
      }
    }
  }
}

TEST_CASE("extremes: any number of people about a block lives the same with any crew") {
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  for (std::uint32_t people : {1U, 2U, 17U, 4095U, 4096U, 4097U, 8193U}) {
    CAPTURE(people);
    World world = people < 100 ? hermits(people) : village(people, 1, 2);
    Crew one(1), many(5);
    Society alone = society_of(world, programmes, one),
            together = society_of(world, programmes, many);
    live_all(alone, one);
    live_all(together, many);
    CHECK(alone.hash() == together.hash());
    CHECK(total_of(alone, 1) == total_of(together, 1));
    check_sound(alone);
  }
}

TEST_CASE("extremes: no parameter of a rule is without effect") {
  // Long enough for second loans after a first with missed instalments; every kind of work.
  World world = village(1200, 24, 8);
  world.population.categories[static_cast<std::size_t>(Trait::work)] = {
      {"working", {}, 0.4},  {"seeking", {}, 0.1}, {"studying", {}, 0.05},
      {"at-home", {}, 0.05}, {"retired", {}, 0.2}, {"pupil", {}, 0.2}};
  world.rules.set("borrowing.chance", 0.05);
  world.rules.set("instalments.term", 4);
  world.rules.set("instalments.unwilling", 1);
  world.rules.set("instalments.skips", 0.4);
  world.rules.set("instalments.misses", 5);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Constructs& constructs = programmes[0].constructs;
  constructs.rewards.push_back({Sphere::credit, 1040, {}});
  // Whoever is named can only be turned away where they may still ask.
  std::erase_if(constructs.sanctions, [](const auto& of) { return of.sphere == Sphere::work; });
  Crew crew(1);
  auto counted = [&](const std::string& parameter, double value) {
    World varied = world;
    varied.rules.set(parameter, value);
    Society society = society_of(varied, programmes, crew);
    live_all(society, crew);
    return std::pair{society.hash(), total_of(society, 1)};
  };
  for (const RuleDescription* rule : all_rules()) {
    for (const RuleParameter& parameter : rule->parameters) {
      std::string name = rule->id + "." + parameter.id;
      CAPTURE(name);
      // It speaks only where a lawful programme opens credit, which is tested with the bank.
      if (name == "bank.human-grants") continue;
      CHECK(counted(name, parameter.low) != counted(name, parameter.high));
    }
  }
}
