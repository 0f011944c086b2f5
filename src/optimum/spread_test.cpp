#include <credence/optimum/question.h>
#include <credence/optimum/sample_problem_test.h>
#include <doctest/doctest.h>

#include <utility>

namespace credence {
namespace {

struct Row {
  Path path;  // the price of its sizes taken off
  std::vector<std::size_t> nodes;
};

// Every row of bins that single bins allow.
std::vector<Row> all_rows(const Question& question) {
  const Nodes& nodes = *question.nodes;
  const Worth worth = question.worth();
  std::vector<Row> rows;
  for (std::uint32_t edges = 0; edges < 1U << (nodes.prebins - 1); ++edges) {
    Row row;
    double smallest = -kNever, largest = 0;
    for (int end = 0, start = 0; end < nodes.prebins; ++end) {
      if (end + 1 < nodes.prebins && !(edges >> end & 1)) continue;
      const std::size_t at = nodes.at(std::exchange(start, end + 1), end);
      row.path.last.push_back(end);
      row.path.objective += worth[at];
      row.nodes.push_back(at);
      smallest = std::min(smallest, nodes.size[at]), largest = std::max(largest, nodes.size[at]);
    }
    row.path.objective -= question.rules.gamma / nodes.clean_size * (largest - smallest);
    if (row.path.objective > kNever) rows.push_back(std::move(row));
  }
  return rows;
}

std::optional<Path> best_of(const std::vector<Row>& rows, const Question& question) {
  const PathRules rules = question.path_rules();
  std::optional<Path> best;
  for (const Row& row : rows)
    if (keeps(*question.nodes, rules, row.path) && (!best || preferred(row.path, *best)))
      best = row.path;
  return best;
}

double sizes_of(const BinningProblem& problem) {
  double sizes = 0;
  for (const Tally& prebin : problem.prebins)
    sizes += problem.rules.size_basis == SizeBasis::records ? prebin.records : prebin.weight();
  return sizes;
}

BinningProblem random_priced_problem(std::mt19937_64& random) {
  auto draw = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
  constexpr double kPrices[] = {0, 0.01, 0.03, 0.1, 0.3, 1};
  BinningProblem problem = sample::random_problem(random);
  if (draw(3) > 0) {  // few limits, so that sizes and shapes decide, often against the trend
    const int prebins = 3 + draw(7);
    problem =
        sample::problem_of(draw(2) == 0 ? sample::small_prebins(random, prebins, false)
                                        : sample::large_prebins(random, prebins, draw(2) == 0),
                           static_cast<Trend>(1 + draw(7)));
    problem.rules.divergence = static_cast<Divergence>(draw(4));
    problem.rules.strict_shape = draw(2) == 0;
    if (draw(2) == 0) problem.rules.max_bins = 2 + draw(5);
    if (draw(3) == 0) problem.rules.min_rate_difference = 0.01;
  }
  if (draw(3) == 0)  // equal neighbours join at no loss, so that the price alone decides
    for (std::size_t i = 1; i < problem.prebins.size(); ++i)
      if (draw(2) == 0) problem.prebins[i] = problem.prebins[i - 1];
  problem.total = 1.25 * sizes_of(problem);
  problem.rules.gamma = kPrices[draw(6)];
  problem.rules.p_value_policy = PValuePolicy::consecutive;
  return problem;
}

}  // namespace

TEST_CASE(
    "priced rows: the best of all is found, and stays so without rules that it does without") {
  std::mt19937_64 random{71};
  int found_some = 0, idle = 0;
  for (int i = 0; i < 8000; ++i) {
    CAPTURE(i);
    const BinningProblem problem = random_priced_problem(random);
    const Nodes nodes = make_nodes(problem);
    const Question question{.nodes = &nodes,
                            .rules = problem.rules,
                            .fixed_after = problem.fixed_after,
                            .total = problem.total};
    const std::vector<Row> rows = all_rows(question);
    const std::optional<Path> best = best_of(rows, question);
    Effort effort;
    const Found found = answer(question, effort);
    REQUIRE(found.proven);
    REQUIRE(found.path.has_value() == best.has_value());
    if (!best) continue;
    ++found_some;
    CHECK(found.path->last == best->last);
    CHECK(std::abs(found.path->objective - best->objective) <= tie_slack(best->objective));
    for (const LimitFamily& family : limit_families()) {
      if (family.scope != LimitFamily::Scope::rows || !(found.idle.*family.idle)) continue;
      CAPTURE(family.name);
      Question without = question;
      family.lift(without);
      const double objective = best_of(rows, without)->objective;
      CHECK(objective <= best->objective + 2 * tie_slack(best->objective));
      idle += family.active(question);
    }
  }
  CHECK(found_some > 1500);
  CHECK(idle > 1000);
}

TEST_CASE("priced rows: one with a bin that is not known is found where it is good enough") {
  std::mt19937_64 random{72};
  int better = 0, none = 0;
  for (int i = 0; i < 8000; ++i) {
    CAPTURE(i);
    const BinningProblem problem = random_priced_problem(random);
    const Nodes nodes = make_nodes(problem);
    const Question question{.nodes = &nodes,
                            .rules = problem.rules,
                            .fixed_after = problem.fixed_after,
                            .total = problem.total};
    Worth known = question.worth();
    for (double& worth : known)
      if (random() % 5 == 0) worth = kNever;
    std::vector<Row> rows = all_rows(question);
    const std::optional<Path> best = best_of(rows, question);
    std::erase_if(rows, [&](const Row& row) {
      return std::any_of(row.nodes.begin(), row.nodes.end(),
                         [&](std::size_t at) { return known[at] == kNever; });
    });
    const std::optional<Path> best_known = best_of(rows, question);
    const double objective = best_known ? best_known->objective : -100;
    const double enough = objective + 2 * tie_slack(objective);
    Effort effort;
    const Found found =
        answer(question, effort,
               {.least = objective + tie_slack(objective), .enough = enough, .known = &known});
    const bool is_better = best && best->objective > enough;
    CHECK((found.path && found.path->objective > enough) == is_better);
    ++(is_better ? better : none);
  }
  CHECK(better > 500);
  CHECK(none > 500);
}

TEST_CASE("priced rows: a strict shape binds where bins of more even sizes break it alone") {
  const Tally low{.events = 2.6, .nonevents = 12.6, .records = 20, .squares = 12};
  const Tally high{.events = 16, .nonevents = 6.3, .records = 19, .squares = 11.4};
  BinningProblem problem = sample::problem_of({low, low, high, high}, Trend::convex);
  problem.rules.strict_shape = true;
  problem.rules.gamma = 0.05;
  const auto outcome = solve(problem);
  REQUIRE((outcome && outcome->solution));
  CHECK(outcome->solution->last == std::vector{1, 3});
  // Four bins are worth as much and differ by one record, not by two.
  CHECK(outcome->solution->certificate.binding == std::vector<std::string>{"trend"});
}

}  // namespace credence
