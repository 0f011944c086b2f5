#include <credence/recourse/example_testing.h>
#include <credence/recourse/recourse.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace credence {
namespace {

int points_after(const RecourseVariable& variable, int months) {
  int gain = 0;
  for (const Passing& passing : variable.passing) {
    if (passing.months <= months) gain = passing.gain;
  }
  return gain;
}

// Every combination of options at every month, without any of the solver's thoughts.
class EveryCombination {
 public:
  explicit EveryCombination(const RecourseProblem& problem) : problem_(problem) {
    int longest = problem.most_months.value_or(20);
    for (int months = 0; months <= longest; ++months) {
      months_ = months;
      chosen_.clear();
      try_variable(0);
    }
    std::ranges::sort(ways_, [&](const Way& a, const Way& b) { return key(a) < key(b); });
  }

  std::vector<Way> best_ways() const {
    std::vector<Way> list;
    for (const Way& way : ways_) {
      if (list.size() == static_cast<std::size_t>(problem_.ways)) break;
      if (std::ranges::none_of(list, [&](const Way& w) { return is_near(way, w); })) {
        list.push_back(way);
      }
    }
    return list;
  }
  int most_gain() const { return most_gain_; }

 private:
  using Key = std::tuple<std::int64_t, std::int64_t, int, int, std::vector<std::pair<int, int>>>;
  Key key(const Way& way) const {
    std::vector<std::pair<int, int>> choices;
    for (const Choice& choice : way.choices) choices.emplace_back(choice.variable, choice.option);
    std::int64_t largest = problem_.cost_rule == CostRule::largest ? way.largest : 0;
    return {largest, way.cost, way.changes, way.months, choices};
  }

  bool is_near(const Way& way, const Way& earlier) const {
    std::set<int> a, b;
    for (const Choice& choice : way.choices) a.insert(choice.variable);
    for (const Choice& choice : earlier.choices) b.insert(choice.variable);
    if (a == b) return true;
    if (b.empty() || problem_.diversity == Diversity::different_sets) return false;
    auto is_in_a = [&](int variable) { return a.contains(variable); };
    if (problem_.diversity == Diversity::disjoint) return std::ranges::any_of(b, is_in_a);
    return std::ranges::all_of(b, is_in_a);
  }

  void try_variable(std::size_t position) {
    if (position == problem_.variables.size()) return judge();
    try_variable(position + 1);
    const RecourseVariable& variable = problem_.variables[position];
    for (std::size_t i = 0; i < variable.options.size(); ++i) {
      const RecourseOption& option = variable.options[i];
      if (option.months > months_ || option.until.value_or(months_) < months_) continue;
      // A change that brings nothing against waiting is no change that anybody is told.
      if (option.gain <= points_after(variable, months_)) continue;
      chosen_.push_back({static_cast<int>(position), static_cast<int>(i)});
      try_variable(position + 1);
      chosen_.pop_back();
    }
  }

  void judge() {
    Way way{.choices = chosen_, .cost = problem_.cost_per_month * months_, .months = months_};
    for (const RecourseVariable& variable : problem_.variables) {
      way.gain += points_after(variable, months_);
    }
    for (const Choice& choice : chosen_) {
      const auto& variable = problem_.variables[static_cast<std::size_t>(choice.variable)];
      const auto& option = variable.options[static_cast<std::size_t>(choice.option)];
      way.gain += option.gain - points_after(variable, months_);
      way.cost += option.cost;
      way.largest = std::max(way.largest, option.cost);
      way.changes += option.changes;
      way.effort += option.effort;
    }
    if (way.changes > problem_.most_changes) return;
    if (problem_.most_effort && way.effort > *problem_.most_effort) return;
    most_gain_ = std::max(most_gain_, way.gain);
    if (way.gain >= problem_.need + problem_.margin) ways_.push_back(way);
  }

  const RecourseProblem& problem_;
  int months_ = 0;
  int most_gain_ = 0;
  std::vector<Choice> chosen_;
  std::vector<Way> ways_;
};

std::vector<Way> ways_of(const RecourseProblem& problem) {
  auto answer = cheapest_ways(problem);
  REQUIRE(answer);
  REQUIRE(std::holds_alternative<Ways>(*answer));
  return std::get<Ways>(*answer).ways;
}

NotReachable refusal_of(const RecourseProblem& problem) {
  auto answer = cheapest_ways(problem);
  REQUIRE(answer);
  REQUIRE(std::holds_alternative<NotReachable>(*answer));
  return std::get<NotReachable>(*answer);
}

std::string error_of(const RecourseProblem& problem) {
  auto answer = cheapest_ways(problem);
  REQUIRE_FALSE(answer);
  CHECK_FALSE(answer.error().message.empty());
  return answer.error().code;
}

RecourseProblem two_bills() {
  return {
      .need = 10,
      .variables = {{.options = {{.gain = 6, .cost = 2}, {.gain = 12, .cost = 9}}, .passing = {}},
                    {.options = {{.gain = 5, .cost = 3}}, .passing = {}}}};
}

bool is_as_every_combination_says(const RecourseProblem& problem) {
  EveryCombination every{problem};
  auto answer = cheapest_ways(problem);
  if (!answer) return false;
  std::vector<Way> expected = every.best_ways();
  if (const auto* refusal = std::get_if<NotReachable>(&*answer)) {
    return expected.empty() && refusal->best_gain == every.most_gain();
  }
  return std::get<Ways>(*answer).ways == expected;
}

}  // namespace

TEST_CASE("recourse: 6,000 random problems have the ways that trying everything finds") {
  ExampleProblems examples{20261121};
  int reachable = 0, several = 0;
  for (int i = 0; i < 6'000; ++i) {
    RecourseProblem problem = examples.small();
    CAPTURE(i);
    REQUIRE(is_as_every_combination_says(problem));
    auto ways = EveryCombination{problem}.best_ways();
    reachable += !ways.empty();
    several += ways.size() > 1;
  }
  CHECK(reachable > 2'000);
  CHECK(several > 1'000);
  CHECK(reachable < 5'500);
}

TEST_CASE("recourse: the cheapest set of changes is told, not the single strongest change") {
  std::vector<Way> ways = ways_of(two_bills());
  REQUIRE(ways.size() == 1);
  CHECK(ways[0].choices == std::vector<Choice>{{0, 0}, {1, 0}});
  CHECK(ways[0].cost == 5);
  CHECK(ways[0].gain == 11);
}

TEST_CASE("recourse: the largest-cost rule spares the dearest change") {
  RecourseProblem problem = two_bills();
  problem.variables[0].options[1].cost = 4;
  CHECK(ways_of(problem)[0].choices == std::vector<Choice>{{0, 1}});
  problem.cost_rule = CostRule::largest;
  Way way = ways_of(problem)[0];
  CHECK(way.choices == std::vector<Choice>{{0, 0}, {1, 0}});
  CHECK(way.largest == 3);
}

TEST_CASE("recourse: of two ways of one cost the one with fewer changes is told") {
  RecourseProblem problem = two_bills();
  problem.variables[0].options[1].cost = 5;
  CHECK(ways_of(problem)[0].choices == std::vector<Choice>{{0, 1}});
}

TEST_CASE("recourse: of equal ways the one declared first is told") {
  RecourseOption option{.gain = 10, .cost = 1};
  RecourseProblem problem{
      .need = 10, .variables = {{{option, option}, {}}, {{option}, {}}, {{option}, {}}}, .ways = 3};
  std::vector<Way> ways = ways_of(problem);
  REQUIRE(ways.size() == 3);
  CHECK(ways[0].choices == std::vector<Choice>{{0, 0}});
  CHECK(ways[1].choices == std::vector<Choice>{{1, 0}});
  CHECK(ways[2].choices == std::vector<Choice>{{2, 0}});
}

TEST_CASE("recourse: nothing is asked of somebody who is there") {
  RecourseProblem problem = two_bills();
  for (int need : {0, -40}) {
    problem.need = need;
    CHECK(ways_of(problem) == std::vector<Way>{Way{}});
  }
  problem.need = 0;
  problem.margin = 1;
  CHECK(ways_of(problem)[0].choices.size() == 1);
}

TEST_CASE("recourse: a margin keeps the answer off the edge") {
  RecourseProblem problem = two_bills();
  problem.margin = 2;
  CHECK(ways_of(problem)[0].choices == std::vector<Choice>{{0, 1}});
}

TEST_CASE("recourse: time passes for every variable at once") {
  // The first improves by waiting; while it does, the second grows worse.
  RecourseProblem problem{
      .need = 10,
      .variables = {{.options = {}, .passing = {{.months = 6, .gain = 10}}},
                    {.options = {{.gain = 4, .cost = 1}}, .passing = {{.months = 3, .gain = -4}}}}};
  Way way = ways_of(problem)[0];
  CHECK(way.months == 6);
  CHECK(way.gain == 14);
  CHECK(way.choices == std::vector<Choice>{{1, 0}});
}

TEST_CASE("recourse: a change that does not last is no way after its last month") {
  RecourseProblem problem{
      .need = 10,
      .variables = {{.options = {{.gain = 6, .cost = 1, .until = 2}}, .passing = {}},
                    {.options = {{.gain = 4, .cost = 1, .months = 3}}, .passing = {}}}};
  CHECK(refusal_of(problem).why == WhyNot::points);
  problem.variables[0].options[0].until = 3;
  CHECK(ways_of(problem)[0].months == 3);
}

TEST_CASE("recourse: waiting side by side takes the longest time, effort is added up") {
  RecourseProblem problem{
      .need = 10,
      .variables = {
          {.options = {{.gain = 5, .cost = 1, .months = 4, .effort = 3}}, .passing = {}},
          {.options = {{.gain = 5, .cost = 1, .months = 7, .effort = 3}}, .passing = {}}}};
  Way way = ways_of(problem)[0];
  CHECK(way.months == 7);
  CHECK(way.effort == 6);
  problem.most_effort = 5;
  CHECK(refusal_of(problem).why == WhyNot::effort);
  CHECK(refusal_of(problem).best_gain == 5);
  CHECK(refusal_of(problem).unlimited_gain == 10);
}

TEST_CASE("recourse: why nothing is reachable is told") {
  CHECK(refusal_of({.need = 1, .variables = {}}).why == WhyNot::nothing_offered);
  RecourseProblem problem = two_bills();
  problem.need = 18;
  NotReachable refusal = refusal_of(problem);
  CHECK(refusal.why == WhyNot::points);
  CHECK(refusal.best_gain == 17);
  problem.need = 17;
  problem.most_changes = 1;
  CHECK(refusal_of(problem).why == WhyNot::changes);
  CHECK(refusal_of(problem).best_gain == 12);
  problem.variables[1].options[0].months = 9;
  problem.most_months = 8;
  CHECK(refusal_of(problem).why == WhyNot::limits);
  problem.most_changes = 2;
  CHECK(refusal_of(problem).why == WhyNot::months);
}

TEST_CASE("recourse: further ways keep their rule of diversity") {
  RecourseProblem problem = two_bills();
  problem.ways = 9;
  problem.variables.push_back({.options = {{.gain = 10, .cost = 20}}, .passing = {}});
  problem.diversity = Diversity::different_sets;
  CHECK(ways_of(problem).size() == 6);
  problem.diversity = Diversity::no_superset;
  CHECK(ways_of(problem).size() == 3);
  problem.diversity = Diversity::disjoint;
  CHECK(ways_of(problem).size() == 2);
}

TEST_CASE("recourse: a number outside of its range is refused with its place") {
  auto broken = [](auto change) {
    RecourseProblem problem = two_bills();
    change(problem);
    return error_of(problem);
  };
  using P = RecourseProblem;
  CHECK(broken([](P& p) { p.need = P::kMostNeed + 1; }) == "recourse.limit");
  CHECK(broken([](P& p) { p.need = INT32_MIN; }) == "recourse.limit");
  CHECK(broken([](P& p) { p.margin = -1; }) == "recourse.limit");
  CHECK(broken([](P& p) { p.need = P::kMostNeed, p.margin = 1; }) == "recourse.limit");
  CHECK(broken([](P& p) { p.most_changes = -1; }) == "recourse.limit");
  CHECK(broken([](P& p) { p.most_changes = P::kMostChanges + 1; }) == "recourse.limit");
  CHECK(broken([](P& p) { p.most_months = -1; }) == "recourse.limit");
  CHECK(broken([](P& p) { p.most_effort = P::kMostEffort + 1; }) == "recourse.limit");
  CHECK(broken([](P& p) { p.cost_per_month = -1; }) == "recourse.limit");
  CHECK(broken([](P& p) { p.ways = 0; }) == "recourse.limit");
  CHECK(broken([](P& p) { p.ways = P::kMostWays + 1; }) == "recourse.limit");
  CHECK(broken([](P& p) { p.variables.resize(P::kMostVariables + 1); }) == "recourse.limit");
}

TEST_CASE("recourse: an option outside of its range is refused with its place") {
  auto broken = [](RecourseOption option) {
    RecourseProblem problem = two_bills();
    problem.variables[1].options.push_back(option);
    auto answer = cheapest_ways(problem);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().message.starts_with("variable 1, option 1: "));
    return answer.error().code;
  };
  CHECK(broken({.gain = RecourseProblem::kMostGain + 1}) == "recourse.limit");
  CHECK(broken({.gain = 1, .cost = -1}) == "recourse.limit");
  CHECK(broken({.gain = 1, .cost = RecourseProblem::kMostCost + 1}) == "recourse.limit");
  CHECK(broken({.gain = 1, .months = -1}) == "recourse.limit");
  CHECK(broken({.gain = 1, .months = RecourseProblem::kMostMonths + 1}) == "recourse.limit");
  CHECK(broken({.gain = 1, .months = 3, .until = 2}) == "recourse.limit");
  CHECK(broken({.gain = 1, .effort = -1}) == "recourse.limit");
  CHECK(broken({.gain = 1, .changes = 0}) == "recourse.limit");
}

TEST_CASE("recourse: steps of passing time that do not ascend are refused") {
  for (std::vector<Passing> passing : {std::vector<Passing>{{0, 1}},
                                       {{3, 1}, {3, 2}},
                                       {{4, 1}, {3, 2}},
                                       {{RecourseProblem::kMostMonths + 1, 1}},
                                       {{1, RecourseProblem::kMostGain + 1}}}) {
    RecourseProblem problem = two_bills();
    problem.variables[0].passing = passing;
    CHECK(error_of(problem) == "recourse.limit");
  }
}

TEST_CASE("recourse: the largest costs do not overflow") {
  RecourseOption dear{.gain = 1, .cost = RecourseProblem::kMostCost};
  RecourseProblem problem{
      .need = 64, .variables = std::vector<RecourseVariable>(64, {{dear}, {}}), .most_changes = 64};
  CHECK(ways_of(problem)[0].cost == 64 * RecourseProblem::kMostCost);
}

TEST_CASE("recourse: 65,536 options of one variable are no trouble") {
  RecourseProblem problem{.need = 600, .variables = {{}, {}}};
  for (int i = 0; i < 65'536; ++i) {
    problem.variables[0].options.push_back({.gain = 1 + i % 500, .cost = 7 * i % 1000 + i});
    problem.variables[1].options.push_back({.gain = 1 + i % 300, .cost = i});
  }
  Way way = ways_of(problem)[0];
  CHECK(way.choices.size() == 2);
  CHECK(way.gain >= 600);
}

TEST_CASE("recourse: a problem beyond what is done in seconds is refused, not begun") {
  ExampleProblems examples{7};
  RecourseProblem problem = examples.card(200, 10, 10'000, 64);
  problem.most_changes = 64;
  CHECK(error_of(problem) == "recourse.size");
  RecourseProblem hard = examples.card(30, 20, 300, 20);
  for (RecourseVariable& variable : hard.variables) {
    for (RecourseOption& option : variable.options) option.effort = examples.number(1, 5'000);
  }
  hard.most_effort = 50'000;
  CHECK(error_of(hard) == "recourse.size");
}

TEST_CASE("recourse: the same problem has the same answer each time") {
  ExampleProblems examples{11};
  RecourseProblem problem = examples.card(23, 8, 120, 5);
  problem.ways = 5;
  CHECK(ways_of(problem) == ways_of(problem));
}

}  // namespace credence
