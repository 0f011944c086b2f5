#include <credence/binning/held_out.h>
#include <credence/binning/prebin_counts.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace credence {

namespace {

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

struct Solved {
  Binning::Candidate candidate;
  BinningProblem problem;
  BinningSolution solution;
  std::vector<double> losses;
};

// The simplest within one standard error of the best; REQUIRES: one is feasible.
std::size_t simplest(std::vector<Solved>& solved) {
  std::optional<std::size_t> best;
  auto loss = [&](std::size_t i) { return solved[i].candidate.held_out_loss; };
  for (std::size_t i = 0; i < solved.size(); ++i) {
    if (solved[i].candidate.feasible && (!best || loss(i) < loss(*best))) best = i;
  }
  std::optional<std::size_t> chosen;
  for (std::size_t i = 0; i < solved.size(); ++i) {
    Binning::Candidate& candidate = solved[i].candidate;
    if (!candidate.feasible) continue;
    candidate.standard_error = standard_error(solved[i].losses, solved[*best].losses);
    if (loss(i) - loss(*best) > candidate.standard_error) continue;
    const bool simpler =
        chosen && is_monotone(candidate.trend) && !is_monotone(solved[*chosen].candidate.trend);
    const bool as_simple =
        chosen && is_monotone(candidate.trend) == is_monotone(solved[*chosen].candidate.trend);
    if (!chosen || simpler || (as_simple && loss(i) < loss(*chosen))) chosen = i;
  }
  return *chosen;
}

Result<std::vector<Solved>> solve_all(const BinningProblem& problem, const VariableRules& rules) {
  std::vector<Solved> solved;
  for (Trend trend : trends) {
    Solved one{.candidate = {.trend = trend}, .problem = problem, .solution = {}, .losses = {}};
    one.problem.rules.trend = trend;
    auto outcome = solve(one.problem);
    if (!outcome) return outcome.error();
    one.candidate.feasible = outcome->solution.has_value();
    if (one.candidate.feasible) {
      one.solution = std::move(*outcome->solution);
      one.candidate.objective = one.solution.certificate.objective;
      one.losses = fold_losses(one.problem, one.solution.last, rules);
      one.candidate.held_out_loss = mean(one.losses);
    }
    solved.push_back(std::move(one));
  }
  return solved;
}

std::string help_of(const Infeasibility& infeasible) {
  std::string help;
  for (const auto& relaxation : infeasible.relaxations) {
    help += fmt::format("{}{} {} instead of {}", help.empty() ? "possible with " : ", or with ",
                        relaxation.limit, relaxation.to, relaxation.from);
  }
  return help.empty() ? "loosen the limits, or choose on_infeasible = one_bin" : help;
}

Choice relaxed(BinningProblem problem, BinningSolution solution, const std::string& what) {
  solution.certificate.binding.push_back("relaxed: " + what);
  return {.problem = std::move(problem),
          .solution = std::move(solution),
          .candidates = {},
          .notes = {"no bins keep the rules; relaxed: " + what}};
}

Result<Choice> without_solution(const std::string& variable, BinningProblem problem,
                                const Infeasibility& infeasible, const VariableRules& rules) {
  const Error error = refusal("binning.infeasible", variable,
                              "no bins keep the rules: " + infeasible.reason, help_of(infeasible));
  if (rules.on_infeasible == OnInfeasible::one_bin)
    return one_bin(std::move(problem), "no bins keep the rules: " + infeasible.reason);
  if (rules.on_infeasible == OnInfeasible::error || infeasible.relaxations.empty()) return error;
  const Infeasibility::Relaxation& nearest = infeasible.relaxations.front();
  problem.rules = nearest.rules;
  if (nearest.limit == "fixed") problem.fixed_after.clear();
  auto outcome = solve(problem);
  if (!outcome) return outcome.error();
  if (!outcome->solution) return error;
  return relaxed(std::move(problem), std::move(*outcome->solution),
                 fmt::format("{} from {} to {}", nearest.limit, nearest.from, nearest.to));
}

Result<Choice> choose_trend(const std::string& variable, BinningProblem problem,
                            const VariableRules& rules) {
  auto solved = solve_all(problem, rules);
  if (!solved) return solved.error();
  auto is_feasible = [](const Solved& one) { return one.candidate.feasible; };
  std::vector<Binning::Candidate> candidates;
  if (std::ranges::any_of(*solved, is_feasible)) {
    Solved& best = (*solved)[simplest(*solved)];
    for (const Solved& one : *solved) candidates.push_back(one.candidate);
    return Choice{.problem = std::move(best.problem),
                  .solution = std::move(best.solution),
                  .candidates = std::move(candidates),
                  .notes = {}};
  }
  for (const Solved& one : *solved) candidates.push_back(one.candidate);
  problem.rules.trend = Trend::none;
  auto outcome = solve(problem);
  if (!outcome) return outcome.error();
  if (outcome->solution && rules.on_infeasible == OnInfeasible::relax) {
    Choice choice =
        relaxed(std::move(problem), std::move(*outcome->solution), "trend from automatic to none");
    choice.candidates = std::move(candidates);
    return choice;
  }
  Infeasibility infeasible;
  if (outcome->infeasible) {
    infeasible = *outcome->infeasible;
  } else {
    infeasible = {
        .reason = "each of the six trends is out of reach under the other limits",
        .relaxations = {
            {.limit = "trend", .from = "automatic", .to = "none", .rules = problem.rules}}};
  }
  auto choice = without_solution(variable, std::move(problem), infeasible, rules);
  if (choice) choice->candidates = std::move(candidates);
  return choice;
}

}  // namespace

Choice one_bin(BinningProblem problem, std::string why) {
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
  solution.certificate.binding.push_back("one bin: " + why);
  return {.problem = std::move(problem),
          .solution = std::move(solution),
          .candidates = {},
          .notes = {"one bin: " + why}};
}

Result<Choice> choose(const std::string& variable, BinningProblem problem,
                      const VariableRules& rules) {
  const bool is_single = problem.prebins.size() == 1;
  if (problem.rules.trend == Trend::automatic && !is_single)
    return choose_trend(variable, std::move(problem), rules);
  if (problem.rules.trend == Trend::automatic) problem.rules.trend = Trend::none;
  auto outcome = solve(problem);
  if (!outcome)
    return refusal(outcome.error().code, variable, outcome.error().message, outcome.error().help);
  if (!outcome->solution)
    return without_solution(variable, std::move(problem), *outcome->infeasible, rules);
  return Choice{.problem = std::move(problem),
                .solution = std::move(*outcome->solution),
                .candidates = {},
                .notes = {}};
}

}  // namespace credence
