#include <credence/binning/binning_assembly.h>
#include <credence/binning/woe.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

VariableRules rules_as(const Cells& cells, VariableRules rules) {
  rules.specials.assign(cells.specials().begin(), cells.specials().end());
  PrebinRules& prebins = rules.prebins;
  prebins.fixed.clear();
  prebins.splits.assign(cells.edges().begin(), cells.edges().end());
  prebins.groups.assign(cells.groups().begin(), cells.groups().end());
  if (cells.kind() == Column::Kind::text) prebins.method = Prebinning::splits;
  rules.rare_share = std::nullopt;
  if (rules.binning.trend == Trend::automatic) rules.binning.trend = Trend::none;
  return rules;
}

// The bin of the person in which each prebin lies: their edges are among those of the prebins.
std::vector<int> bin_of_prebins(const VariableCounts& counts, const Prebins& prebins,
                                const Cells& cells) {
  std::vector<int> bins;
  std::size_t first = 0;
  for (std::size_t last : prebins.last) {
    const bool is_text = cells.kind() == Column::Kind::text;
    bins.push_back(is_text ? cells.of(counts.texts[first].front())
                           : cells.of(counts.clean.low[first]));
    first = last + 1;
  }
  return bins;
}

// The objective of exactly these bins: what solve() says of them when nothing else is allowed.
std::optional<double> objective_of(const BinningProblem& problem, const std::vector<int>& last) {
  BinningProblem joined{.prebins = {}, .fixed_after = {}, .total = problem.total, .rules = {}};
  std::size_t prebin = 0;
  for (int end : last) {
    Tally& bin = joined.prebins.emplace_back();
    for (; prebin <= static_cast<std::size_t>(end); ++prebin) bin += problem.prebins[prebin];
  }
  joined.fixed_after.assign(last.size() - 1, true);
  joined.rules.divergence = problem.rules.divergence;
  joined.rules.trend = Trend::none;
  joined.rules.min_bin_share = 0;
  joined.rules.gamma = problem.rules.gamma;
  joined.rules.size_basis = problem.rules.size_basis;
  auto outcome = solve(joined);
  if (!outcome || !outcome->solution) return std::nullopt;
  return outcome->solution->certificate.objective;
}

void certify(Binning& binning, const std::vector<int>& last) {
  Certificate& certificate = binning.certificate;
  certificate.trend = binning.trend;
  certificate.optimality = Optimality::feasible;
  const std::optional<double> objective = objective_of(binning.problem, last);
  if (!objective)
    binning.notes.push_back({{"a bin lacks events or non-events: no divergence",
                              "une classe est sans défauts ou sans sains : pas de divergence"}});
  certificate.objective = certificate.bound = objective.value_or(0);
  auto best = solve(binning.problem);
  if (!best) {
    binning.notes.push_back(
        {{"no bound: " + best.error().message,
          "pas de borne : le solveur n'a pas de réponse (" + best.error().code + ")"}});
    return;
  }
  if (!best->solution) {
    const Text& why = best->infeasible->reason;
    binning.notes.push_back(
        {{"no bins keep the rules: " + why.en, "aucune classe ne tient les règles : " + why.fr},
         BinningNote::About::no_bins});
    return;
  }
  const Certificate& optimum = best->solution->certificate;
  certificate.bound = std::max(certificate.objective, optimum.bound);
  certificate.work = optimum.work;
  certificate.problem_hash = optimum.problem_hash;
  BinningSolution claim{.last = last, .certificate = certificate};
  if (last == best->solution->last) {
    certificate = optimum;
  } else if (auto kept = check(binning.problem, claim); !kept) {
    const auto broken = broken_rule(binning.problem, last);
    const Text what = broken.value_or(Text{kept.error().message, "le certificat ne tient pas"});
    binning.notes.push_back({{"against the rules: " + what.en, "contre les règles : " + what.fr},
                             BinningNote::About::broken_rules});
  }
}

}  // namespace

Result<Binning> bin_as(const Column& column, const Outcome& outcome, const Cells& cells,
                       const VariableRules& asked) {
  if (cells.kind() != column.kind()) {
    return refusal("binning.rules", column.name(),
                   "the bins and the column are not both of numbers, or both of texts",
                   "give bins of the kind of the column");
  }
  const VariableRules rules = rules_as(cells, asked);
  auto counts = count(column, outcome, rules);
  if (!counts) return counts.error();
  auto prebins = prebin(*counts, rules.prebins, rules.binning.size_basis);
  if (!prebins) return prebins.error();
  if (auto fair = check_weights(*counts, *prebins); !fair) return fair.error();
  Binning binning;
  binning.name = column.name();
  binning.cells = cells;
  binning.problem = problem_of(*counts, *prebins, rules);
  binning.trend = rules.binning.trend;
  binning.prebin_edges = prebins->edges;
  const std::vector<int> bin_of = bin_of_prebins(*counts, *prebins, cells);
  std::vector<Tally> bins(static_cast<std::size_t>(cells.bins()));
  std::vector<int> last;
  for (std::size_t i = 0; i < bin_of.size(); ++i) {
    bins[static_cast<std::size_t>(bin_of[i])] += prebins->tallies[i];
    if (i + 1 == bin_of.size() || bin_of[i + 1] != bin_of[i]) last.push_back(static_cast<int>(i));
  }
  binning.rows = rows_of(*counts, bins);
  certify(binning, last);
  if (counts->unknown.records > 0)
    binning.notes.push_back(
        {{fmt::format("{} records have texts that no bin names", counts->unknown.records),
          fmt::format("{} lignes ont des textes qu'aucune classe ne nomme",
                      counts->unknown.records)}});
  if (auto weighed = weigh(binning, rules); !weighed) return weighed.error();
  return binning;
}

}  // namespace credence
