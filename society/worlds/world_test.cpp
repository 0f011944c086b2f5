#include <credence/institutions/one_finding_test.h>
#include <credence/worlds/harm.h>
#include <credence/worlds/world.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

using namespace credence;

namespace {

const std::string kHeader = "[world]\nid = \"here\"\ntitle = { en = \"Here\", fr = \"Ici\" }\n";

World good_world(const std::string& more) {
  std::string text = kHeader + more;
  ReadWorld read = read_world(text, "here.toml");
  INFO(all_of(read.findings, text));
  CHECK(read.findings.empty());
  REQUIRE(read.world);
  return *read.world;
}

// The text is refused with this finding alone, which its code explains.
void check_bad(const std::string& text, const ExpectedFinding& expected) {
  CAPTURE(text);
  ReadWorld read = read_world(text, "here.toml");
  INFO(all_of(read.findings, text));
  CHECK(!read.world);
  check_only_finding(read.findings, expected, "W004");
  CHECK(explain_world_code(expected.code).has_value());
}

const std::string kTwoGroups =
    "[[population.group]]\nid = \"a\"\nname = { en = \"a\", fr = \"a\" }\nshare = 0.6\n"
    "[[population.group]]\nid = \"b\"\nname = { en = \"b\", fr = \"b\" }\nshare = 0.4\n";

}  // namespace

TEST_CASE("world: what a file does not say is as in the town") {
  World town = *read_world(built_in_worlds()[0].text, "town.toml").world;
  World world = good_world("");
  CHECK(world.months == town.months);
  CHECK(world.start == town.start);
  CHECK(world.population.people == town.population.people);
  CHECK(world.population.household_sizes == town.population.household_sizes);
  CHECK(world.population.joints.size() == town.population.joints.size());
  CHECK(world.rules.all() == town.rules.all());
}

TEST_CASE("world: what a file says holds") {
  World world = good_world(
      "start = 2030-07-01\nmonths = 600\nburn_in = 0\nreplicates = 3\nseed = 9\n"
      "currency = \"CNY\"\n[population]\npeople = 50\nhousehold_sizes = [0.5, 0.5, 0]\n" +
      kTwoGroups);
  CHECK(to_text(world.start) == "2030-07-01");
  CHECK(world.months == 600);
  CHECK(world.burn_in == 0);
  CHECK(world.currency == "CNY");
  CHECK(world.population.people == 50);
  CHECK(world.population.household_sizes == std::vector<double>{0.5, 0.5});
  CHECK(world.population.categories[static_cast<std::size_t>(Trait::group)].size() == 2);
  CHECK(world.population.reliability.size() == 2);
}

TEST_CASE("world: tables of the town over traits that a file names anew are dropped") {
  World world = good_world(kTwoGroups);
  for (const SeedWeights& seed : world.population.seeds) {
    CHECK(std::count(seed.traits.begin(), seed.traits.end(), Trait::group) == 0);
  }
  CHECK(!world.population.joints.empty());
  CHECK(world.population.seeds.size() == 2);
}

TEST_CASE("world: shares a little off one are made whole") {
  World world = good_world("[population]\nhousehold_sizes = [0.333, 0.333, 0.333]\n");
  double sum = 0;
  for (double share : world.population.household_sizes) sum += share;
  CHECK(sum == doctest::Approx(1).epsilon(1e-12));
}

TEST_CASE("world: combinations are read in rows or flat") {
  std::string rows = kTwoGroups + "[[population.joint]]\ntraits = [\"group\", \"sex\"]\n";
  World nested = good_world(rows + "shares = [[0.3, 0.3], [0.1, 0.3]]\n");
  World flat = good_world(rows + "shares = [0.3, 0.3, 0.1, 0.3]\n");
  REQUIRE(nested.population.joints.size() == 1);
  CHECK(nested.population.joints[0].shares == flat.population.joints[0].shares);
}

TEST_CASE("world: each kind of ties is read") {
  World world = good_world(
      "[[ties]]\nlayer = \"work\"\nkind = \"configuration\"\nshares = [0.5, 0, 0.5]\n"
      "[[ties]]\nlayer = \"neighbourhood\"\nkind = \"given\"\npairs = [[0, 1], [5, 2]]\n"
      "[[ties]]\nlayer = \"friends\"\nkind = \"blocks\"\ndegree = 2.5\nsame = 1\nby = "
      "\"region\"\n");
  REQUIRE(world.ties.size() == 3);
  CHECK(std::get<ConfigurationTies>(world.ties[0].kind).shares.size() == 3);
  CHECK(std::get<GivenTies>(world.ties[1].kind).pairs[1] == std::pair{5U, 2U});
  CHECK(std::get<BlockTies>(world.ties[2].kind).by == Trait::region);
}

TEST_CASE("world: in a tiny world the town's ties shrink to the people that there are") {
  World world = good_world("[population]\npeople = 4\nhousehold_sizes = [1]\n");
  CHECK(std::get<SmallWorldTies>(world.ties[0].kind).degree == 2);
  CHECK(std::get<BlockTies>(world.ties[2].kind).degree == 3);
}

TEST_CASE("world: a parameter of a rule is replaced, and warned of outside its plausible range") {
  const RuleDescription& rule = *all_rules().front();
  REQUIRE(!rule.parameters.empty());
  const RuleParameter& parameter = rule.parameters.front();
  std::string name = rule.id + "." + parameter.id;
  World world = good_world("[rules." + rule.id + "]\n" + parameter.id + " = " +
                           std::to_string(parameter.low) + "\n");
  CHECK(world.rules.at(name) == doctest::Approx(parameter.low));
  std::string far = kHeader + "[rules." + rule.id + "]\n" + parameter.id + " = " +
                    std::to_string(parameter.high * 10 + 1000) + "\n";
  ReadWorld read = read_world(far, "here.toml");
  REQUIRE(read.world);
  REQUIRE(read.findings.size() == 1);
  CHECK(read.findings[0].code == "W032");
  CHECK(read.findings[0].severity == Finding::Severity::warning);
  CHECK(read.findings[0].where.line == 5);
}

TEST_CASE("world: every rule and parameter has one name, and its standard lies in its range") {
  for (const RuleDescription* rule : all_rules()) {
    for (const RuleParameter& parameter : rule->parameters) {
      CAPTURE(rule->id);
      CAPTURE(parameter.id);
      CHECK(parameter.low <= parameter.standard);
      CHECK(parameter.standard <= parameter.high);
      CHECK(!parameter.source.empty());
    }
  }
}

TEST_CASE("world: what cannot be is told, at its place") {
  const std::string population = kHeader + "[population]\n";
  check_bad("[world\n", {"W001", "", 1});
  check_bad("[world]\nid = \"x\"\ntitle = { en = \"x\", fr = \"x\" }\nmoons = 2\n",
            {"W002", "world.moons", 4});
  check_bad("[world]\nid = \"x\"\n", {"W003", "world.title", 1});
  check_bad(kHeader + "months = 0\n", {"W009", "world.months", 4});
  check_bad(kHeader + "months = 601\n", {"W009", "world.months", 4});
  check_bad(kHeader + "months = \"two\"\n", {"W004", "world.months", 4});
  check_bad(kHeader + "replicates = 0\n", {"W009", "world.replicates", 4});
  check_bad(kHeader + "seed = -1\n", {"W009", "world.seed", 4});
  check_bad(kHeader + "start = 2026-01-02\n", {"W020", "world.start", 4});
  check_bad(kHeader + "start = \"2026-01-01\"\n", {"W011", "world.start", 4});
  check_bad(kHeader + "currency = \"euro\"\n", {"W012", "world.currency", 4});
  check_bad(population + "people = 0\n", {"W009", "population.people", 5});
  check_bad(population + "people = 100_000_001\n", {"W009", "population.people", 5});
  check_bad(population + "peple = 10\n", {"W002", "population.peple", 5});
  check_bad(population + "reliability_spread = nan\n",
            {"W009", "population.reliability_spread", 5});
}

TEST_CASE("world: impossible people are told, at their place") {
  const std::string population = kHeader + "[population]\n";
  check_bad(population + "household_sizes = [0.5, 0.3]\n",
            {"W021", "population.household_sizes", 5});
  check_bad(population + "household_sizes = []\n", {"W023", "population.household_sizes", 5});
  check_bad(population + "household_sizes = [1.5, -0.5]\n",
            {"W023", "population.household_sizes", 5});
  check_bad(population + "people = 3\nhousehold_sizes = [0.5, 0, 0, 0.5]\n",
            {"W023", "population.household_sizes", 6});
  std::string group = "[[population.group]]\nname = { en = \"a\", fr = \"a\" }\n";
  check_bad(kHeader + group + "id = \"a\"\nshare = 0.5\n",
            {"W021", "population.group[0].share", 7});
  check_bad(kHeader + group + "id = \"a\"\nshare = 0.5\n" + group + "id = \"a\"\nshare = 0.5\n",
            {"W007", "population.group[1].id", 10});
  check_bad(kHeader + group + "id = \"a\"\nshare = 1\nreliability = 1.0\n",
            {"W009", "population.group[0].reliability", 8});
  check_bad(kHeader + "[[population.group]]\nname = { en = \"a\" }\nid = \"a\"\nshare = 1\n",
            {"W013", "population.group[0].name.fr", 5});
  check_bad(kHeader +
                "[[population.work]]\nname = { en = \"a\", fr = \"a\" }\nid = \"idle\"\n"
                "share = 1\n",
            {"W005", "population.work[0].id", 6});
  std::string age = "[[population.age]]\nid = \"o\"\nname = { en = \"a\", fr = \"a\" }\n";
  check_bad(kHeader + age + "share = 1\nyoungest = 9\noldest = 8\n",
            {"W022", "population.age[0].oldest", 9});
}

TEST_CASE("world: combinations that do not fit their traits are told") {
  std::string joint = kHeader + kTwoGroups + "[[population.joint]]\n";
  check_bad(joint + "traits = [\"group\", \"sex\"]\nshares = [0.5, 0.5]\n",
            {"W029", "population.joint[0].shares", 14});
  check_bad(joint + "traits = [\"group\", \"sex\"]\nshares = [[0.5, 0.2], [0.2, 0.2]]\n",
            {"W021", "population.joint[0].shares", 14});
  check_bad(joint + "traits = [\"group\", \"sex\"]\nshares = [[0.5, -0.2], [0.5, 0.2]]\n",
            {"W029", "population.joint[0].shares", 14});
  check_bad(joint + "traits = [\"group\", \"group\"]\nshares = [0.5, 0, 0, 0.5]\n",
            {"W029", "population.joint[0].traits", 13});
  check_bad(joint + "traits = [\"group\", \"hair\"]\nshares = [0.5, 0, 0, 0.5]\n",
            {"W005", "population.joint[0].traits[1]", 13});
  check_bad(kHeader + kTwoGroups +
                "[[population.seed]]\ntraits = [\"group\", \"sex\"]\n"
                "weights = [0, 0, 0, 0]\n",
            {"W021", "population.seed[0].weights", 14});
}

TEST_CASE("world: ties that cannot be are told, at their place") {
  std::string work = kHeader + "[[ties]]\nlayer = \"work\"\nkind = \"small-world\"\n";
  check_bad(work + "degree = 20\nworkplace_size = 20\n", {"W025", "ties[0].degree", 7});
  check_bad(work + "degree = 3\n", {"W025", "ties[0].degree", 7});
  check_bad(work + "rewire = 1.1\n", {"W009", "ties[0].rewire", 7});
  check_bad(work + "same = 0.5\n", {"W028", "ties[0].same", 7});
  check_bad(work + "[[ties]]\nlayer = \"work\"\nkind = \"blocks\"\n", {"W007", "ties[1].layer", 8});
  std::string friends = kHeader + "[population]\npeople = 5\nhousehold_sizes = [1]\n" +
                        "[[ties]]\nlayer = \"friends\"\nkind = ";
  check_bad(friends + "\"blocks\"\ndegree = 5\n", {"W025", "ties[0].degree", 10});
  check_bad(friends + "\"given\"\npairs = [[0, 5]]\n", {"W025", "ties[0].pairs", 10});
  check_bad(friends + "\"given\"\npairs = [[1, 1]]\n", {"W025", "ties[0].pairs", 10});
  check_bad(friends + "\"given\"\n", {"W003", "ties[0].pairs"});
  check_bad(friends + "\"configuration\"\nshares = [0.5]\n", {"W021", "ties[0].shares", 10});
  check_bad(friends + "\"configuration\"\nshares = [0, 0, 0, 0, 0, 1]\n",
            {"W025", "ties[0].shares", 10});
  check_bad(friends + "\"clique\"\n", {"W005", "ties[0].kind", 9});
}

TEST_CASE("world: rules that do not exist are told, with the near name") {
  const RuleDescription& rule = *all_rules().front();
  check_bad(kHeader + "[rules." + rule.id + "x]\n", {"W030", "rules." + rule.id + "x", 4});
  check_bad(kHeader + "[rules." + rule.id + "]\nnothing-like-it = 1\n",
            {"W030", "rules." + rule.id + ".nothing-like-it", 5});
  const std::string& parameter = rule.parameters.front().id;
  check_bad(kHeader + "[rules." + rule.id + "]\n" + parameter + " = inf\n",
            {"W031", "rules." + rule.id + "." + parameter, 5});
  check_bad(kHeader + "[rules]\n" + rule.id + " = 3\n", {"W004", "rules." + rule.id, 5});
}

TEST_CASE("world: a matcher with more factors than there are groups does not fit, at its place") {
  World world = good_world(kTwoGroups);
  std::string text =
      "[programme]\nid = \"p\"\ntitle = { en = \"p\", fr = \"p\" }\n[society.cameras]\n"
      "coverage = 1\ndetection = 1\n[society.matcher]\nfalse_match_times = [1, 3]\n"
      "false_non_match_times = [1, 3, 10]\n";
  ReadSocietyProgramme read = read_society_programme(text, "p.toml", "", "");
  REQUIRE(read.programme);
  Findings findings = misfits(world, *read.programme, "p.toml");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == "S133");
  CHECK(findings[0].path == "society.matcher.false_non_match_times");
  CHECK(findings[0].where.line == 9);
  CHECK(misfits(world, no_programme(), "").empty());
}

TEST_CASE("world: the example of its format's page reads, and fits the example of a programme") {
  auto example = [](const char* page) {
    std::ifstream file{std::filesystem::path{CREDENCE_DOCS} / "formats" / page};
    std::ostringstream text;
    text << file.rdbuf();
    std::string all = text.str();
    std::size_t from = all.find("```toml\n") + 8;
    return all.substr(from, all.find("```", from) - from);
  };
  ReadWorld world = read_world(example("world.md"), "world.toml");
  CHECK(world.findings.empty());
  ReadSocietyProgramme programme =
      read_society_programme(example("society-programme.md"), "p.toml", "", "");
  CHECK(programme.findings.empty());
  REQUIRE(world.world);
  REQUIRE(programme.programme);
  CHECK(misfits(*world.world, *programme.programme, "p.toml").empty());
}

TEST_CASE("world: every code that a finding has can be explained") {
  CHECK(explain_world_code("W021"));
  CHECK(!explain_world_code("W999"));
  CHECK(!explain_world_code(""));
}

TEST_CASE("world: a damaged town never crashes and is told or read") {
  std::string town{built_in_worlds()[0].text};
  std::mt19937 random{20261122};
  for (int i = 0; i < 300; ++i) {
    std::string text = town;
    for (int change = 0; change < 3; ++change) {
      text[random() % text.size()] = "[]{}\"=.,0aZ\n"[random() % 12];
    }
    ReadWorld read = read_world(text, "town.toml");
    CHECK(read.world.has_value() == !has_errors(read.findings));
  }
}

TEST_CASE("estimate: it grows with people, arms and runs at once, and says whole person-months") {
  World world =
      good_world("months = 12\nburn_in = 6\nreplicates = 4\n[population]\npeople = 1000\n");
  RunEstimate one = estimate(world, 1, 1);
  CHECK(one.person_months == 1000U * 4U * (6U + 2U * 12U));
  CHECK(estimate(world, 2, 1).bytes > one.bytes);
  std::uint64_t second = estimate(world, 1, 2).bytes - one.bytes;
  CHECK((second > one.bytes / 2 && second < one.bytes));
  CHECK(estimate(world, 1, 100).bytes == one.bytes + 3 * second);
  world.population.people = 2000;
  CHECK(estimate(world, 1, 1).bytes_of_people == 2 * one.bytes_of_people);
}

TEST_CASE("estimate: what is kept of ended replicates is counted, and the largest run fits in it") {
  World world =
      good_world("months = 600\nburn_in = 600\nreplicates = 100\n[population]\npeople = 10\n");
  std::uint64_t groups = world.population.categories[static_cast<std::size_t>(Trait::group)].size();
  CHECK(estimate(world, 200, 1).bytes > 100U * 201U * 600U * groups * sizeof(MonthTally));
  world.population.people = 100'000'000;
  RunEstimate largest = estimate(world, 200, 1);
  CHECK(largest.bytes > 100'000'000ULL * 201 * 50);
  CHECK(largest.person_months == 100'000'000ULL * 100 * (600 + 201ULL * 600));
}
