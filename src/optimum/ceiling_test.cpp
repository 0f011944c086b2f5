#include <credence/optimum/bow.h>
#include <credence/optimum/ceiling.h>
#include <credence/optimum/path_search.h>
#include <credence/optimum/question.h>
#include <credence/optimum/resolve.h>
#include <credence/optimum/sample_problem_test.h>
#include <credence/optimum/strict.h>
#include <credence/optimum/strict_ceiling.h>
#include <doctest/doctest.h>

#include <functional>

namespace credence {
namespace {

struct Sample {
  BinningProblem problem;
  Nodes nodes;
  BinSet bins{0};
};

Sample sample_of(BinningProblem problem) {
  Sample sample{.problem = std::move(problem), .nodes = {}};
  sample.nodes = make_nodes(sample.problem);
  const Question question{.nodes = &sample.nodes,
                          .rules = sample.problem.rules,
                          .fixed_after = sample.problem.fixed_after,
                          .total = sample.problem.total};
  sample.bins = BinSet::of(sample.nodes, question.worth());
  return sample;
}

Sample random_sample(std::mt19937_64& random) {
  BinningProblem problem = sample::random_problem(random);
  if (random() % 3 == 0) {
    const auto prebins = static_cast<int>(problem.prebins.size());
    problem.prebins = sample::large_prebins(random, prebins, true);
    problem.total = 400'000;
    problem.rules = BinningRules{};
    problem.fixed_after.clear();
  }
  return sample_of(std::move(problem));
}

using Row = std::vector<std::size_t>;  // numbers of bins

// Every row of these bins, one after the other.
void for_each_row(const BinSet& bins, const std::function<void(const Row&, double)>& visit) {
  Row row;
  std::function<void(int, double)> go = [&](int start, double worth) {
    if (start == bins.prebins) return visit(row, worth);
    for (int bin = bins.from(start); bin < bins.from(start + 1); ++bin) {
      const auto at = static_cast<std::size_t>(bin);
      row.push_back(at);
      go(bins.end[at] + 1, worth + bins.worth[at]);
      row.pop_back();
    }
  };
  go(0, 0);
}

Path path_of(const BinSet& bins, const Row& row) {
  Path path;
  for (std::size_t bin : row) path.last.push_back(bins.end[bin]);
  return path;
}

double rounding(double worth) {
  return 1e-13 * std::abs(worth) + 1e-15;
}

// All bins and the number of bins kept apart: the program without any thought of ceilings.
std::optional<Path> plain_best(const Sample& sample, const PathRules& rules) {
  const bool limited = rules.min_bins > 1 || rules.max_bins < sample.nodes.prebins;
  const Counting counting = limited ? Counting::of(rules, sample.nodes.prebins) : Counting::none();
  Effort effort;
  if (!rules.curved()) {
    const Chain chain{sample.nodes, sample.bins, rules, counting, effort};
    return Resolver{chain}.path();
  }
  const Bow bow{sample.nodes, sample.bins, rules, counting, effort};
  if (!rules.strict) return Resolver{bow}.path();
  return StrictSearch{sample.nodes, rules, bow, effort}.path().path;
}

PathRules random_path_rules(std::mt19937_64& random, int prebins) {
  PathRules rules{.trend = static_cast<Trend>(1 + random() % 7), .max_bins = prebins};
  if (random() % 2 == 0) rules.max_bins = 1 + static_cast<int>(random() % 20);
  rules.max_bins = std::min(rules.max_bins, prebins);
  if (random() % 4 == 0) rules.min_bins = std::min(3, rules.max_bins);
  if (random() % 4 == 0) rules.z_squared = 3.84;
  if (random() % 5 == 0) rules.difference = 0.01;
  rules.strict = rules.curved() && random() % 2 == 0;
  return rules;
}

}  // namespace

TEST_CASE("ceiling: no row is worth more, nor any row through a bin") {
  std::mt19937_64 random{31};
  for (int i = 0; i < 400; ++i) {
    CAPTURE(i);
    const Sample sample = random_sample(random);
    const int most = 1 + static_cast<int>(random() % 12);
    Effort effort;
    const Ceiling ceiling{sample.bins, most, effort};
    const std::vector<double> through = ceiling.through(effort);
    double best = kNever;
    std::vector<double> attained(sample.bins.size(), kNever);
    for_each_row(sample.bins, [&](const Row& row, double worth) {
      if (static_cast<int>(row.size()) > most) return;
      best = std::max(best, worth);
      for (std::size_t bin : row) attained[bin] = std::max(attained[bin], worth);
    });
    // It is what the best of these rows are worth, no more.
    if (best == kNever) CHECK(ceiling.best() == kNever);
    if (best > kNever) CHECK(std::abs(ceiling.best() - best) <= rounding(best));
    for (std::size_t bin = 0; bin < attained.size(); ++bin) {
      if (attained[bin] == kNever)
        CHECK(through[bin] == kNever);
      else
        REQUIRE(std::abs(through[bin] - attained[bin]) <= rounding(best));
    }
  }
}

TEST_CASE(
    "strict ceiling: no row of a strict shape is worth more, nor any through a bin left out") {
  std::mt19937_64 random{32};
  int reached = 0, shaped = 0;
  for (int i = 0; i < 400; ++i) {
    CAPTURE(i);
    const Sample sample = random_sample(random);
    const double sign = random() % 2 == 0 ? 1 : -1;
    Effort effort;
    StrictCeiling ceiling{sample.bins, sign};
    const double top = ceiling.best(kNever, effort);
    double best = kNever;
    for_each_row(sample.bins, [&](const Row& row, double worth) {
      if (!keeps_strict_shape(sample.nodes, sign, path_of(sample.bins, row))) return;
      REQUIRE(worth <= top + rounding(top));
      best = std::max(best, worth);
      if (random() % 16 != 0) return;
      const BinSet kept = ceiling.above(floor_below(worth), effort);
      for (std::size_t bin : row) {
        bool found = false;
        for (std::size_t at = 0; at < kept.size(); ++at)
          found = found || (kept.start[at] == sample.bins.start[bin] &&
                            kept.end[at] == sample.bins.end[bin]);
        REQUIRE(found);
      }
    });
    if (best == kNever) continue;
    ++shaped;
    reached += top - best <= rounding(best);
  }
  CHECK(shaped > 200);
  CHECK(reached == shaped);  // with the highest rate known, neighbours say it all
}

TEST_CASE(
    "strict ceiling: before its best is asked for, it leaves out no row that rises and falls") {
  std::mt19937_64 random{34};
  int turning = 0, left_out = 0;
  for (int i = 0; i < 300; ++i) {
    CAPTURE(i);
    const Sample sample = random_sample(random);
    const Trend trend = random() % 2 == 0 ? Trend::peak : Trend::valley;
    const PathRules rules{.trend = trend, .max_bins = sample.nodes.prebins};
    for_each_row(sample.bins, [&](const Row& row, double worth) {
      if (random() % 16 != 0 || !keeps(sample.nodes, rules, path_of(sample.bins, row))) return;
      Effort effort;
      StrictCeiling ceiling{sample.bins, rules.edges().sign};
      const std::vector<double> through = ceiling.through(floor_below(worth), effort);
      for (std::size_t bin : row) REQUIRE(through[bin] >= worth - rounding(worth));
      for (double most : through) left_out += most < floor_below(worth);
      ++turning;
    });
  }
  CHECK(turning > 500);
  CHECK(left_out > 500);
}

TEST_CASE("path search: near its ceiling it finds what a search of all bins finds") {
  std::mt19937_64 random{33};
  int found_some = 0, none = 0;
  for (int i = 0; i < 250; ++i) {
    CAPTURE(i);
    const int prebins = 2 + static_cast<int>(random() % 36);
    BinningProblem problem =
        sample::problem_of(sample::large_prebins(random, prebins, random() % 2 == 0), Trend::none);
    problem.rules.min_bin_share = 0.01 * static_cast<double>(random() % 8);
    problem.rules.max_p_value = 0.05;  // so that effective sizes are known
    const Sample sample = sample_of(std::move(problem));
    PathSearch search{sample.nodes, sample.bins};
    for (int question = 0; question < 4; ++question) {
      const PathRules rules = random_path_rules(random, prebins);
      CAPTURE(to_text(rules.trend));
      CAPTURE(rules.strict);
      const auto plain = plain_best(sample, rules);
      Effort effort;
      const Found found = search.best(rules, effort);
      REQUIRE(found.proven);
      REQUIRE(found.path.has_value() == plain.has_value());
      ++(plain ? found_some : none);
      if (!plain) continue;
      CHECK(found.path->last == plain->last);
      CHECK(found.path->objective == plain->objective);
      // A row that is asked for is found, and none that is better where there is none.
      const Found same = search.best(rules, effort, {.least = floor_below(plain->objective)});
      CHECK((same.path && same.path->last == plain->last));
      const Found better = search.best(rules, effort, {.least = plain->objective * 1.001 + 1e-9});
      CHECK((!better.path || better.path->objective <= plain->objective));
    }
  }
  CHECK(found_some > 600);
  CHECK(none > 5);
}

TEST_CASE("path search: without bins there is no row") {
  Sample sample = sample_of(
      sample::problem_of({{.events = 1, .nonevents = 1, .records = 2, .squares = 2}}, Trend::none));
  PathSearch nothing{sample.nodes, sample.bins.kept([](std::size_t) { return false; })};
  Effort effort;
  for (bool strict : {false, true}) {
    const PathRules rules{.trend = Trend::concave, .strict = strict, .max_bins = 1};
    const Found found = nothing.best(rules, effort);
    CHECK(found.proven);
    CHECK_FALSE(found.path);
  }
}

}  // namespace credence
