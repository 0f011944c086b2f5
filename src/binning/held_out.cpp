#include <credence/binning/held_out.h>
#include <credence/binning/prebin_counts.h>
#include <credence/optimum/limit_words.h>
#include <credence/optimum/problem.h>
#include <credence/optimum/question.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

namespace credence {

namespace {

constexpr std::uint64_t most_work = 200'000'000;  // edges, of one trend

// In the order of simplicity.
constexpr std::array trends{Trend::ascending, Trend::descending, Trend::peak,
                            Trend::valley,    Trend::concave,    Trend::convex};

bool is_monotone(Trend trend) {
  return trend == Trend::ascending || trend == Trend::descending;
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Of the mean difference of two rows of losses, fold by fold.
double standard_error(std::span<const double> losses, std::span<const double> others) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < losses.size(); ++i) differences.push_back(losses[i] - others[i]);
  const double middle = mean(differences);
  double squares = 0;
  for (double difference : differences) squares += (difference - middle) * (difference - middle);
  const auto folds = static_cast<double>(losses.size());
  return std::sqrt(squares / (folds - 1) / folds);
}

using Candidates = std::vector<Binning::Candidate>;

// The simplest within one standard error of the best. `losses` are per candidate, and empty where
// it is not feasible. REQUIRES: one is feasible.
std::size_t simplest(Candidates& candidates, const std::vector<std::vector<double>>& losses) {
  std::optional<std::size_t> best, chosen;
  auto loss = [&](std::size_t i) { return candidates[i].held_out_loss; };
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!candidates[i].feasible) continue;
    candidates[i].held_out_loss = mean(losses[i]);
    if (!best || loss(i) < loss(*best)) best = i;
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!candidates[i].feasible) continue;
    candidates[i].standard_error = standard_error(losses[i], losses[*best]);
    if (loss(i) - loss(*best) > candidates[i].standard_error) continue;
    const bool is_simple = is_monotone(candidates[i].trend);
    const bool was_simple = chosen && is_monotone(candidates[*chosen].trend);
    const bool is_better = chosen && is_simple == was_simple && loss(i) < loss(*chosen);
    if (!chosen || (is_simple && !was_simple) || is_better) chosen = i;
  }
  return *chosen;
}

// Each trend solved over the same nodes; bins are empty where a trend allows none.
struct Solved {
  Candidates candidates;
  std::vector<std::vector<int>> last;
};

Solved solve_trends(const BinningProblem& problem) {
  const Nodes nodes = make_nodes(problem);
  Solved solved;
  Question question{.nodes = &nodes,
                    .rules = problem.rules,
                    .fixed_after = problem.fixed_after,
                    .total = problem.total};
  AlikeQuestions alike{question};
  for (Trend trend : trends) {
    question.rules.trend = trend;
    Effort effort{.limit = most_work};
    const Found found = alike.answer(question, effort);
    solved.candidates.push_back({.trend = trend, .feasible = found.path.has_value()});
    if (found.path) solved.candidates.back().objective = found.path->objective;
    solved.last.push_back(found.path ? found.path->last : std::vector<int>{});
  }
  return solved;
}

std::vector<std::vector<double>> losses_of(const BinningProblem& problem, const Solved& solved,
                                           const VariableRules& rules) {
  std::vector<Trial> trials;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < solved.last.size(); ++i) {
    if (solved.last[i].empty()) continue;
    trials.push_back({.trend = solved.candidates[i].trend, .last = solved.last[i], .losses = {}});
    places.push_back(i);
  }
  try_on_folds(problem, rules, trials);
  std::vector<std::vector<double>> losses(solved.last.size());
  for (std::size_t i = 0; i < places.size(); ++i) losses[places[i]] = std::move(trials[i].losses);
  return losses;
}

bool has_a_trend(const Solved& solved) {
  return std::ranges::any_of(solved.candidates, &Binning::Candidate::feasible);
}

// Bins without a trend that keep loosened rules need not have one of the six.
void tell_of_trends(BinningProblem problem, Infeasibility& infeasible) {
  for (Infeasibility::Relaxation& one : infeasible.relaxations) {
    problem.rules = one.rules;
    problem.fixed_after = one.fixed_after;
    one.without_trend = !has_a_trend(solve_trends(problem));
  }
}

Text help_of(const Infeasibility& infeasible) {
  if (infeasible.relaxations.empty())
    return {"no limit helps alone; loosen several, or choose one bin by `on_infeasible`",
            "aucune limite seule n'y suffit ; desserrez-en plusieurs, ou choisissez une seule "
            "classe par `on_infeasible`"};
  Text help = relaxations_text(infeasible.relaxations);
  help.en.insert(0, "possible with ");
  help.fr.insert(0, "possible avec ");
  return help;
}

Text no_bins_because(const Infeasibility& infeasible) {
  return {"no bins keep the rules: " + infeasible.reason.en,
          "aucune classe ne tient les règles : " + infeasible.reason.fr};
}

Finding refused(const std::string& variable, const Infeasibility& infeasible) {
  const Text why = no_bins_because(infeasible);
  Finding finding;
  finding.code = "binning.infeasible";
  finding.message = {fmt::format("`{}`: {}", variable, why.en),
                     fmt::format("« {} » : {}", variable, why.fr)};
  finding.help = help_of(infeasible);
  return finding;
}

Error named(const Error& error, const std::string& variable) {
  return refusal(error.code, variable, error.message, error.help);
}

// What gives way beside a limit of an automatic trend is the trend, as none of the six was found.
TrendChoice relaxed(BinningProblem problem, BinningSolution solution,
                    const Infeasibility::Relaxation& one, Trend asked) {
  Text what = {
      fmt::format("relaxed: {} from {} to {}", one.limit, one.from.en, one.to.en),
      fmt::format("assouplie : {} de {} à {}", limit_name(one.limit).fr, one.from.fr, one.to.fr)};
  if (asked == Trend::automatic && one.limit != "trend") {
    const Text name = limit_name("trend"), from = trend_name(asked), to = trend_name(Trend::none);
    what.en += fmt::format(" and {} from {} to {}", name.en, from.en, to.en);
    what.fr += fmt::format(" et {} de {} à {}", name.fr, from.fr, to.fr);
  }
  return {.problem = std::move(problem),
          .solution = std::move(solution),
          .candidates = {},
          .notes = {{{"no bins keep the rules; " + what.en,
                      "aucune classe ne tient les règles ; " + what.fr},
                     BinningNote::About::no_bins}},
          .given_up = {what}};
}

Attempt<TrendChoice> without_solution(const std::string& variable, BinningProblem problem,
                                      const Infeasibility& infeasible, const VariableRules& rules) {
  if (rules.on_infeasible == OnInfeasible::one_bin)
    return one_bin(std::move(problem), no_bins_because(infeasible));
  if (rules.on_infeasible == OnInfeasible::error || infeasible.relaxations.empty())
    return refused(variable, infeasible);
  const Infeasibility::Relaxation& nearest = infeasible.relaxations.front();
  problem.rules = nearest.rules;
  problem.fixed_after = nearest.fixed_after;
  auto outcome = solve(problem);
  if (!outcome) return named(outcome.error(), variable);
  if (!outcome->solution) return refused(variable, infeasible);
  return relaxed(std::move(problem), std::move(*outcome->solution), nearest, rules.binning.trend);
}

Attempt<TrendChoice> solve_one(const std::string& variable, BinningProblem problem,
                               const VariableRules& rules) {
  auto outcome = solve(problem);
  if (!outcome) return named(outcome.error(), variable);
  if (!outcome->solution)
    return without_solution(variable, std::move(problem), *outcome->infeasible, rules);
  return TrendChoice{.problem = std::move(problem),
                     .solution = std::move(*outcome->solution),
                     .candidates = {},
                     .notes = {},
                     .given_up = {}};
}

// None of the six trends allows bins: either no bins at all keep the rules, or those without a
// trend.
Attempt<TrendChoice> without_trend(const std::string& variable, BinningProblem problem,
                                   const VariableRules& rules) {
  problem.rules.trend = Trend::none;
  auto outcome = solve(problem);
  if (!outcome) return named(outcome.error(), variable);
  if (outcome->infeasible) {
    tell_of_trends(problem, *outcome->infeasible);
    return without_solution(variable, std::move(problem), *outcome->infeasible, rules);
  }
  Infeasibility infeasible{.reason = {"each of the six trends is out of reach",
                                      "chacune des six tendances est hors d'atteinte"},
                           .relaxations = {}};
  infeasible.relaxations.push_back({.limit = "trend",
                                    .from = trend_name(Trend::automatic),
                                    .to = trend_name(Trend::none),
                                    .rules = problem.rules,
                                    .fixed_after = problem.fixed_after});
  return without_solution(variable, std::move(problem), infeasible, rules);
}

Attempt<TrendChoice> choose_trend(const std::string& variable, BinningProblem problem,
                                  const VariableRules& rules) {
  problem.rules.trend = Trend::none;
  if (auto sound = sensible(problem); !sound) return named(sound.error(), variable);
  Solved solved = solve_trends(problem);
  if (!has_a_trend(solved)) {
    auto choice = without_trend(variable, std::move(problem), rules);
    if (choice) choice->candidates = std::move(solved.candidates);
    return choice;
  }
  const std::size_t best = simplest(solved.candidates, losses_of(problem, solved, rules));
  // The simplest trend that has these very bins names them.
  const auto first = std::ranges::find(solved.last, solved.last[best]) - solved.last.begin();
  problem.rules.trend = solved.candidates[static_cast<std::size_t>(first)].trend;
  auto choice = solve_one(variable, std::move(problem), rules);
  if (choice) choice->candidates = std::move(solved.candidates);
  return choice;
}

}  // namespace

TrendChoice one_bin(BinningProblem problem, const Text& why) {
  BinningRules rules;
  rules.divergence = problem.rules.divergence;
  rules.size_basis = problem.rules.size_basis;
  rules.trend = Trend::none;
  rules.max_bins = 1;
  rules.min_bin_share = 0;
  problem.rules = rules;
  problem.fixed_after.clear();
  const int last = static_cast<int>(problem.prebins.size()) - 1;
  BinningSolution solution{.last = {last}, .certificate = {}};
  if (auto outcome = solve(problem); outcome && outcome->solution)
    solution = std::move(*outcome->solution);
  const Text what = {"one bin: " + why.en, "une classe : " + why.fr};
  return {.problem = std::move(problem),
          .solution = std::move(solution),
          .candidates = {},
          .notes = {{what, BinningNote::About::one_bin}},
          .given_up = {what}};
}

Attempt<TrendChoice> choose(const std::string& variable, BinningProblem problem,
                            const VariableRules& rules) {
  const bool is_single = problem.prebins.size() == 1;
  if (problem.rules.trend == Trend::automatic && !is_single)
    return choose_trend(variable, std::move(problem), rules);
  if (problem.rules.trend == Trend::automatic) problem.rules.trend = Trend::none;
  return solve_one(variable, std::move(problem), rules);
}

}  // namespace credence
