#include <credence/people/population.h>
#include <credence/people/population_households.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>

using namespace credence;

namespace {

std::vector<TraitCategory>& of(PopulationPlan& plan, Trait trait) {
  return plan.categories[static_cast<std::size_t>(trait)];
}

void put(PopulationPlan& plan, Trait trait,
         const std::vector<std::pair<std::string, double>>& shares) {
  of(plan, trait).clear();
  for (const auto& [id, share] : shares) of(plan, trait).push_back({id, {id, id}, share});
}

// A town with what the built-in ones have: ages that work depends on, five regions, phones that
// depend on age.
PopulationPlan town(std::uint32_t people) {
  PopulationPlan plan;
  plan.people = people;
  put(plan, Trait::age, {{"child", .18}, {"young", .22}, {"middle", .33}, {"old", .27}});
  const std::pair<int, int> years[] = {{0, 17}, {18, 34}, {35, 59}, {60, 95}};
  for (std::size_t i = 0; i < 4; ++i) {
    of(plan, Trait::age)[i].youngest = years[i].first;
    of(plan, Trait::age)[i].oldest = years[i].second;
  }
  put(plan, Trait::sex, {{"female", .51}, {"male", .49}});
  put(plan, Trait::group, {{"a", .7}, {"b", .2}, {"c", .1}});
  put(plan, Trait::region, {{"n", .3}, {"e", .25}, {"s", .2}, {"w", .15}, {"centre", .1}});
  put(plan, Trait::education, {{"low", .3}, {"middle", .45}, {"high", .25}});
  put(plan, Trait::work,
      {{"working", .5},
       {"seeking", .04},
       {"studying", .05},
       {"retired", .21},
       {"at-home", .06},
       {"pupil", .14}});
  put(plan, Trait::bank, {{"yes", .95}, {"no", .05}});
  put(plan, Trait::phone, {{"smart", .85}, {"none", .15}});
  plan.seeds.push_back({{Trait::age, Trait::work}, {0, 0, 0,  0,  .01, 1, 5, 1,  2, 0, 1,  0,
                                                    8, 1, .1, .3, 1,   0, 1, .1, 0, 9, .2, 0}});
  plan.seeds.push_back({{Trait::phone, Trait::age}, {.6, .98, .95, .7, .4, .02, .05, .3}});
  plan.household_sizes = {.38, .33, .13, .11, .05};
  plan.wages = {{1600, .4}, {2200, .45}, {3400, .5}};
  plan.reliability = {.8, .85, .7};
  return plan;
}

Population make(const PopulationPlan& plan, std::uint32_t seed = 1) {
  auto made = make_population(plan, KeyedDraws(seed, 0));
  REQUIRE_MESSAGE(made, (made ? "" : to_text(made.error())));
  return *std::move(made);
}

std::string code_of(const PopulationPlan& plan) {
  auto made = make_population(plan, KeyedDraws(1U, 0U));
  if (made) return "";
  CHECK_FALSE(made.error().help.empty());
  return made.error().code;
}

bool says(const PopulationPlan& plan, std::string_view what) {
  auto made = make_population(plan, KeyedDraws(1U, 0U));
  return !made && to_text(made.error()).find(what) != std::string::npos;
}

double share_of(const Population& people, Trait trait, std::uint8_t category) {
  const auto& column = people.trait[static_cast<std::size_t>(trait)];
  auto count = std::count(column.begin(), column.end(), category);
  return static_cast<double>(count) / static_cast<double>(column.size());
}

}  // namespace

TEST_CASE("population: every share holds within one person, for any number of people") {
  for (std::uint32_t people : {500U, 1234U, 20'000U}) {
    for (std::uint32_t seed : {1U, 2U, 3U}) {
      Population made = make(town(people), seed);
      CHECK(made.size() == people);
      for (std::size_t t = 0; t < kTraits; ++t) {
        auto trait = static_cast<Trait>(t);
        CAPTURE(name_of(trait));
        CAPTURE(people);
        for (std::size_t c = 0; c < made.plan.categories[t].size(); ++c) {
          double asked = made.plan.categories[t][c].share;
          double found = share_of(made, trait, static_cast<std::uint8_t>(c));
          CHECK(std::fabs(found - asked) * people <= 1 + 1e-6);
        }
      }
      CHECK(made.fit.largest_marginal_error * people <= 1 + 1e-6);
      CHECK(made.fit.largest_fitting_error <= 1e-9);
      CHECK(made.fit.sweeps > 0);
    }
  }
}

TEST_CASE("population: the same key gives the same people, another key gives others") {
  Population one = make(town(3000)), same = make(town(3000)), other = make(town(3000), 2);
  CHECK(one.age == same.age);
  CHECK(one.wage == same.wage);
  CHECK(one.household == same.household);
  for (std::size_t t = 0; t < kTraits; ++t) CHECK(one.trait[t] == same.trait[t]);
  CHECK(one.age != other.age);
  CHECK(one.wage != other.wage);
}

TEST_CASE("population: weights of 0 keep combinations out, joint tables hold") {
  PopulationPlan plan = town(10'000);
  plan.joints.push_back({{Trait::sex, Trait::bank}, {.5, .02, .45, .03}});
  plan.joints.push_back(
      {{Trait::region, Trait::group},
       {.25, .04, .01, .15, .05, .05, .1, .08, .02, .1, .03, .02, .06, .02, .02}});
  Population people = make(plan);
  double both = 0;
  for (std::uint32_t p = 0; p < people.size(); ++p) {
    CHECK_FALSE((people.of(Trait::age, p) == 0 && people.work(p) == WorkStatus::working));
    CHECK_FALSE((people.of(Trait::age, p) > 0 && people.work(p) == WorkStatus::pupil));
    both += people.of(Trait::sex, p) == 1 && people.of(Trait::bank, p) == 1;
  }
  CHECK(std::fabs(both - 300) <= 1);
  CHECK(people.fit.largest_marginal_error * 10'000 <= 1 + 1e-6);
}

TEST_CASE("population: phones depend on age as the weights say") {
  Population people = make(town(20'000));
  double old = 0, old_without = 0, young = 0, young_without = 0;
  for (std::uint32_t p = 0; p < people.size(); ++p) {
    bool without = people.of(Trait::phone, p) == 1;
    if (people.of(Trait::age, p) == 3) ++old, old_without += without;
    if (people.of(Trait::age, p) == 1) ++young, young_without += without;
  }
  CHECK(old_without / old > 4 * young_without / young);
}

TEST_CASE("population: households are neighbours by number, in one region, of the sizes asked") {
  Population people = make(town(20'000));
  std::map<std::uint32_t, double> sizes;
  for (std::uint32_t h = 0; h + 1 < people.household_first.size(); ++h) {
    std::uint32_t first = people.household_first[h], last = people.household_first[h + 1];
    REQUIRE(first < last);
    ++sizes[last - first];
    bool adult = false;
    for (std::uint32_t p = first; p < last; ++p) {
      CHECK(people.household[p] == h);
      CHECK(people.of(Trait::region, p) == people.of(Trait::region, first));
      adult = adult || people.age[p] >= 18;
      const TraitCategory& age = people.plan.categories[0][people.of(Trait::age, p)];
      CHECK(people.age[p] >= age.youngest);
      CHECK(people.age[p] <= age.oldest);
    }
    CHECK(adult);
  }
  CHECK(people.household_first.back() == 20'000);
  CHECK(people.fit.households == people.household_first.size() - 1);
  for (std::uint32_t size = 1; size <= 5; ++size) {
    double share = sizes[size] / static_cast<double>(people.fit.households);
    CHECK(std::fabs(share - people.plan.household_sizes[size - 1]) < 0.002);
  }
}

TEST_CASE("population: couples are of similar age, parents older than children by 18 years") {
  Population people = make(town(20'000));
  double couples = 0, similar = 0, families = 0, older = 0;
  for (std::uint32_t h = 0; h + 1 < people.household_first.size(); ++h) {
    std::uint32_t first = people.household_first[h], last = people.household_first[h + 1];
    int eldest = -1;
    for (std::uint32_t p = first; p < last; ++p) {
      if (people.age[p] < 18) eldest = std::max<int>(eldest, people.age[p]);
    }
    if (last - first >= 2 && people.age[first + 1] >= 18) {
      ++couples;
      similar += std::abs(people.age[first] - people.age[first + 1]) <= 5;
    }
    if (eldest < 0) continue;
    ++families;
    older += people.age[first] >= eldest + 18;
  }
  CHECK(similar / couples > 0.9);
  CHECK(older / families > 0.95);
}

TEST_CASE("population: wages are log-normal by education, diligence has the group's mean") {
  Population people = make(town(50'000));
  for (std::uint8_t level = 0; level < 3; ++level) {
    std::vector<std::int32_t> wages;
    for (std::uint32_t p = 0; p < people.size(); ++p) {
      if (people.of(Trait::education, p) == level) wages.push_back(people.wage[p]);
      REQUIRE(people.wage[p] > 0);
    }
    std::sort(wages.begin(), wages.end());
    const WageRule& rule = people.plan.wages[level];
    CHECK(wages[wages.size() / 2] == doctest::Approx(rule.median * 100).epsilon(0.03));
    double upper = wages[wages.size() * 84 / 100];
    CHECK(upper / wages[wages.size() / 2] == doctest::Approx(std::exp(rule.spread)).epsilon(0.04));
  }
  for (std::uint8_t group = 0; group < 3; ++group) {
    double sum = 0, count = 0;
    for (std::uint32_t p = 0; p < people.size(); ++p) {
      if (people.of(Trait::group, p) != group) continue;
      ++count;
      sum += people.diligence[p] / 255.0;
    }
    CHECK(sum / count == doctest::Approx(people.plan.reliability[group]).epsilon(0.01));
  }
}

TEST_CASE("population: a person takes at most 28 bytes") {
  CHECK(make(town(50'000)).bytes() <= 28 * 50'000);
}

TEST_CASE("population: nobody under 18 lives alone, or it is refused") {
  PopulationPlan plan = town(2000);
  put(plan, Trait::age, {{"child", .7}, {"adult", .3}});
  of(plan, Trait::age)[0].oldest = 17;
  of(plan, Trait::age)[1].youngest = 18;
  plan.seeds.clear();
  CHECK(code_of(plan) == "population.adults");
  plan.household_sizes = {0, 0, 0, 1};
  Population people = make(plan);
  for (std::uint32_t h = 0; h < people.fit.households; ++h) {
    CHECK(people.household_first[h + 1] - people.household_first[h] == 4);
    CHECK(people.age[people.household_first[h]] >= 18);
  }
  // In one region alone there are too few adults: they are exchanged.
  plan = town(2000);
  plan.seeds.clear();
  plan.seeds.push_back({{Trait::age, Trait::region},
                        {9, 1, 1, 1, 1, .1, 1, 1, 1, 1, .1, 1, 1, 1, 1, .1, 1, 1, 1, 1}});
  people = make(plan);
  CHECK(people.fit.largest_marginal_error * 2000 <= 1 + 1e-6);
  for (std::uint32_t h = 0; h < people.fit.households; ++h) {
    CHECK(people.age[people.household_first[h]] >= 18);
  }
}

TEST_CASE("population: impossible numbers of people and households are refused") {
  PopulationPlan plan = town(0);
  CHECK(code_of(plan) == "population.people");
  plan.people = (1U << 31) + 1;
  CHECK(code_of(plan) == "population.people");
  plan = town(1001);
  plan.household_sizes = {0, 1};
  CHECK(code_of(plan) == "population.households");
  CHECK(says(plan, "leave people over"));
  double none = std::numeric_limits<double>::quiet_NaN();
  for (const std::vector<double>& sizes :
       std::vector<std::vector<double>>{{.5, .4}, {1.2, -.2}, {none, 1}, {0, 0}}) {
    plan.household_sizes = sizes;
    CHECK(code_of(plan) == "population.share");
  }
  plan.household_sizes = {};
  CHECK(code_of(plan) == "population.households");
  plan.household_sizes.assign(31, 1.0 / 31);
  CHECK(code_of(plan) == "population.households");
}

TEST_CASE("population: shares that are none are refused with the category and what to do") {
  for (double bad : {-.1, std::numeric_limits<double>::quiet_NaN(),
                     std::numeric_limits<double>::infinity(), .5}) {
    PopulationPlan plan = town(100);
    of(plan, Trait::sex)[1].share = bad;
    CHECK(code_of(plan) == "population.share");
    CHECK(says(plan, "sex"));
  }
  PopulationPlan plan = town(100);
  of(plan, Trait::sex)[0].share = .41;
  CHECK(says(plan, "add up to 0.9 and not to 1"));
  CHECK(says(plan, "give 0.1 more"));
  of(plan, Trait::phone).clear();
  plan = town(100);
  of(plan, Trait::phone).clear();
  CHECK(code_of(plan) == "population.empty");
  plan = town(100);
  of(plan, Trait::group).assign(256, {"x", {}, 1.0 / 256});
  CHECK(code_of(plan) == "population.categories");
  plan = town(100);
  of(plan, Trait::group)[1].id = "a";
  CHECK(says(plan, "`a` of group stands there twice"));
  plan = town(100);
  of(plan, Trait::age)[1].oldest = 17;
  CHECK(code_of(plan) == "population.categories");
  plan = town(100);
  of(plan, Trait::work)[0].id = "workin";
  CHECK(code_of(plan) == "population.work");
  CHECK(says(plan, "did you mean `working`?"));
}

TEST_CASE("population: joint tables that contradict, do not fit or cannot be are refused") {
  PopulationPlan plan = town(100);
  plan.joints.push_back({{Trait::sex, Trait::bank}, {.5, .02, .45, .03}});
  plan.joints.push_back({{Trait::sex, Trait::phone}, {.3, .2, .4, .1}});
  CHECK(code_of(plan) == "population.contradiction");
  CHECK(says(plan, "`female` of sex"));
  plan.joints = {{{Trait::sex, Trait::bank}, {.5, .5}}};
  CHECK(code_of(plan) == "population.joint");
  plan.joints = {{{Trait::sex, Trait::sex}, {.5, 0, 0, .5}}};
  CHECK(code_of(plan) == "population.joint");
  plan.joints = {{{Trait::sex}, {.5, .5}}};
  CHECK(code_of(plan) == "population.joint");
  plan.joints = {{{}, {1}}};
  CHECK(code_of(plan) == "population.joint");
  plan.joints = {{{Trait::sex, static_cast<Trait>(9)}, {.5, .5}}};
  CHECK(code_of(plan) == "population.joint");
  plan.joints = {{{Trait::sex, Trait::bank}, {.5, .1, .3, .3}}};
  CHECK(code_of(plan) == "population.share");
  plan.joints = {{{Trait::sex, Trait::bank}, {.5, -.1, .3, .3}}};
  CHECK(code_of(plan) == "population.joint");
  plan.joints.clear();
  plan.seeds.push_back({{Trait::sex, Trait::group}, {0, 0, 0, 0, 0, 0}});
  CHECK(code_of(plan) == "population.joint");
  plan.seeds.back().weights = {0, 0, 0, 1, 1, 1};
  CHECK(code_of(plan) == "population.impossible");
  CHECK(says(plan, "`female` of sex"));
  plan.seeds.back().weights = {1, 0, 0, 0, 1, 1};
  CHECK(code_of(plan) == "population.contradiction");
}

TEST_CASE("population: wages, places and reliability that do not fit are refused") {
  double none = std::numeric_limits<double>::quiet_NaN();
  PopulationPlan plan = town(100);
  plan.wages.pop_back();
  CHECK(code_of(plan) == "population.wages");
  for (WageRule bad : {WageRule{0, .4}, WageRule{none, .4}, WageRule{2000, -1}, WageRule{1e9, .4},
                       WageRule{2000, none}}) {
    plan = town(100);
    plan.wages[1] = bad;
    CHECK(code_of(plan) == "population.wages");
  }
  plan = town(100);
  plan.places.resize(3);
  CHECK(code_of(plan) == "population.places");
  plan.places.assign(5, {0, 0, none, 1});
  CHECK(code_of(plan) == "population.places");
  for (double bad : {0.0, 1.0, -1.0, none}) {
    plan = town(100);
    plan.reliability[2] = bad;
    CHECK(code_of(plan) == "population.reliability");
  }
  plan = town(100);
  plan.reliability_spread = none;
  CHECK(code_of(plan) == "population.reliability");
  plan = town(100);
  plan.reliability.clear();
  CHECK(code_of(plan) == "population.reliability");
}

TEST_CASE("population: any small town is either made whole or refused") {
  std::mt19937 engine(5);
  for (int round = 0; round < 400; ++round) {
    PopulationPlan plan = town(1 + static_cast<std::uint32_t>(engine() % 60));
    if (engine() % 2 == 0) plan.seeds.clear();
    plan.household_sizes.assign(1 + engine() % 6, 0);
    double total = 0;
    for (double& share : plan.household_sizes) total += share = static_cast<double>(engine() % 4);
    if (total == 0) continue;
    for (double& share : plan.household_sizes) share /= total;
    auto made = make_population(plan, KeyedDraws(static_cast<std::uint32_t>(round), 0U));
    if (!made) {
      std::string code = made.error().code;
      CHECK((code == "population.households" || code == "population.adults"));
      continue;
    }
    CHECK(made->size() == plan.people);
    CHECK(made->household_first.back() == plan.people);
    // Among so few, weights of 0 can leave no move to the last person.
    CHECK(made->fit.largest_marginal_error * plan.people < 2);
    for (std::size_t t = 0; t < kTraits; ++t) CHECK(made->trait[t].size() == plan.people);
  }
}

TEST_CASE("household sizes: whatever can be divided is divided, the rest is refused") {
  std::vector<double> shares = {0, 0.5, 0, 0, 0.5};  // 2 and 5: all but 1 and 3
  for (std::uint32_t people = 0; people < 200; ++people) {
    HouseholdSizes sizes = size_households(shares, std::span{&people, 1});
    CAPTURE(people);
    CHECK(sizes.failed_region.has_value() == (people == 1 || people == 3));
    if (sizes.failed_region) continue;
    CHECK(2 * sizes.by_region[0][1] + 5 * sizes.by_region[0][4] == people);
  }
}
