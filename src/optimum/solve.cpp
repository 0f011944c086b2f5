#include <credence/optimum/infeasibility.h>
#include <credence/optimum/problem.h>
#include <credence/optimum/solve.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

constexpr std::uint64_t kMostWork = 2'000'000'000;  // edges, of one search
constexpr std::uint64_t kLittleWork = 100'000'000;  // for each search for limits that bind
constexpr double kMostValues = 1e8;                 // numbers in memory

// The values of the dynamic program, of which it needs one per state and number of bins.
Result<Done> small_enough(const Question& question) {
  const PathRules rules = question.path_rules();
  const double prebins = question.nodes->prebins;
  double planes = 1;
  if (rules.max_bins < question.nodes->prebins)
    planes = rules.max_bins;
  else
    planes = std::min(rules.min_bins, question.nodes->prebins);
  const double states = rules.curved() ? prebins * prebins * prebins / 6 : prebins * prebins * 2;
  if (states * planes <= kMostValues) return Done{};
  return Error{.code = "binning.prebins",
               .message = fmt::format("{} prebins in up to {} bins with trend {} are more than "
                                      "memory is set aside for",
                                      question.nodes->prebins, planes, to_text(rules.trend)),
               .help = "lower `max_prebins` (50 to 100 lose next to nothing) or `max_bins`"};
}

// Lifts one family of limits after the other and solves again: what makes the best bins better
// binds. Any better ones will do.
std::vector<std::string> binding_limits(const Question& question, AlikeQuestions& alike,
                                        const Found& best) {
  std::vector<std::string> binding;
  const double objective = best.path->objective;
  const double better = objective + 2 * tie_slack(objective);
  const Wanted wanted{
      .least = objective + tie_slack(objective),  // so that rounding decides nothing
      .enough = better};
  const Wanted beyond{.least = wanted.least, .enough = better, .known = &alike.worth()};
  for (const LimitFamily& family : limit_families()) {
    if (!family.active(question)) continue;
    const bool is_alike = family.scope == LimitFamily::Scope::rows;
    if (is_alike && best.idle.*family.idle) continue;
    Question without = question;
    family.lift(without);
    Effort effort{.limit = kLittleWork};
    const Found found =
        is_alike ? alike.answer(without, effort, wanted) : answer(without, effort, beyond);
    if (found.path && found.path->objective > better) binding.emplace_back(family.name);
  }
  return binding;
}

Error out_of_work() {
  return {.code = "binning.work",
          .message =
              "neither bins nor a proof that there are none were found in the work that a "
              "solve may take",
          .help =
              "lower `max_prebins`, or ask for less: p-value policy `consecutive`, no `gamma`, "
              "no `strict_shape`"};
}

}  // namespace

Result<BinningOutcome> solve(const BinningProblem& problem) {
  if (auto done = sensible(problem); !done) return done.error();
  const Nodes nodes = make_nodes(problem);
  const Question question{.nodes = &nodes,
                          .rules = problem.rules,
                          .fixed_after = problem.fixed_after,
                          .total = problem.total};
  if (auto done = small_enough(question); !done) return done.error();
  Effort effort{.limit = kMostWork};
  AlikeQuestions alike{question};
  Found found = alike.answer(question, effort);
  if (!found.path && !found.proven) return out_of_work();
  if (!found.path)
    return BinningOutcome{.solution = std::nullopt,
                          .infeasible = explain_infeasible(problem, question)};
  const double objective = found.path->objective;
  BinningSolution solution{.last = found.path->last, .certificate = {}};
  Certificate& certificate = solution.certificate;
  certificate.optimality = found.proven ? Optimality::optimal : Optimality::feasible;
  certificate.objective = objective;
  certificate.bound = found.proven ? objective : std::max(found.bound, objective);
  certificate.trend = problem.rules.trend;
  certificate.binding = binding_limits(question, alike, found);
  certificate.work = effort.work;
  certificate.problem_hash = problem_hash(problem);
  return BinningOutcome{.solution = std::move(solution), .infeasible = std::nullopt};
}

std::string to_text(Trend trend) {
  switch (trend) {
    case Trend::automatic:
      return "automatic";
    case Trend::none:
      return "none";
    case Trend::ascending:
      return "ascending";
    case Trend::descending:
      return "descending";
    case Trend::peak:
      return "peak";
    case Trend::valley:
      return "valley";
    case Trend::concave:
      return "concave";
    case Trend::convex:
      return "convex";
  }
  return "none";
}

std::string to_text(Divergence divergence) {
  switch (divergence) {
    case Divergence::iv:
      return "iv";
    case Divergence::js:
      return "js";
    case Divergence::hellinger:
      return "hellinger";
    case Divergence::triangular:
      return "triangular";
  }
  return "iv";
}

}  // namespace credence
