#include <credence/binning/binning_assembly.h>
#include <credence/binning/summary.h>
#include <credence/binning/woe.h>
#include <credence/optimum/limit_words.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace credence {

namespace {

constexpr std::size_t many_texts = 1000;

// Two digits, as the French write them.
std::string with_comma(double value) {
  std::string text = fmt::format("{:.2g}", value);
  std::ranges::replace(text, '.', ',');
  return text;
}

bool limits_sizes(const BinningRules& rules) {
  return rules.min_bin_share > 0 || rules.max_bin_share < 1 || rules.min_bin_events ||
         rules.max_bin_events || rules.min_bin_nonevents || rules.max_bin_nonevents ||
         rules.max_p_value || rules.min_rate_difference > 0;
}

// Texts in the order of their rates ascend by making, so a trend asks nothing of them.
VariableRules rules_for(const VariableCounts& counts, VariableRules rules,
                        std::vector<BinningNote>& notes) {
  Trend& trend = rules.binning.trend;
  if (counts.kind != Column::Kind::text) return rules;
  const bool has_order = rules.prebins.method == Prebinning::splits;
  if (trend != Trend::automatic && trend != Trend::none && !has_order)
    notes.push_back({{"texts stand in the order of their rates; the trend asked for does not apply",
                      "les textes sont dans l'ordre de leurs taux ; la tendance demandée ne "
                      "s'applique pas"}});
  if (trend == Trend::automatic || !has_order) trend = Trend::none;
  if (!has_order && !rules.rare_share && counts.texts.size() > many_texts)
    notes.push_back(
        {{fmt::format("{} different texts: the rates of those with few records are mostly "
                      "chance; `rare_share` joins them",
                      counts.texts.size()),
          fmt::format("{} textes différents : les taux de ceux qui ont peu de lignes sont surtout "
                      "du hasard ; `rare_share` les réunit",
                      counts.texts.size())}});
  if (!has_order && limits_sizes(rules.binning))
    notes.push_back({{"best of the bins that are neighbours in the order of their rates",
                      "les meilleures classes de voisins dans l'ordre de leurs taux"}});
  return rules;
}

Cells cells_of(const VariableCounts& counts, const Prebins& prebins,
               const BinningSolution& solution, const VariableRules& rules) {
  if (counts.kind == Column::Kind::number) {
    std::vector<double> edges;
    for (std::size_t bin = 0; bin + 1 < solution.last.size(); ++bin)
      edges.push_back(prebins.edges[static_cast<std::size_t>(solution.last[bin])]);
    return Cells::of_numbers(std::move(edges), rules.specials);
  }
  std::vector<std::vector<std::string>> groups;
  std::size_t prebin = 0;
  for (int last : solution.last) {
    auto& group = groups.emplace_back();
    for (; prebin <= static_cast<std::size_t>(last); ++prebin) {
      const auto& texts = prebins.groups[prebin];
      group.insert(group.end(), texts.begin(), texts.end());
    }
  }
  return Cells::of_texts(std::move(groups), rules.specials);
}

std::vector<Tally> joined(const std::vector<Tally>& prebins, const std::vector<int>& last) {
  std::vector<Tally> bins;
  std::size_t prebin = 0;
  for (int end : last) {
    Tally& bin = bins.emplace_back();
    for (; prebin <= static_cast<std::size_t>(end); ++prebin) bin += prebins[prebin];
  }
  return bins;
}

// Where no solving can help: one value, or one outcome.
std::optional<Text> reason_for_one_bin(const VariableCounts& counts) {
  const Tally clean = counts.clean.tally(0, counts.clean.size() - 1);
  if (counts.clean.size() == 1 && counts.clean.high.empty()) {
    if (counts.kind == Column::Kind::text)
      return Text{
          fmt::format("constant, {} text(s) in one group", counts.texts.front().size()),
          fmt::format("constante, {} texte(s) dans un groupe", counts.texts.front().size())};
    return Text{fmt::format("constant, every value is {}", counts.clean.low.front()),
                "constante, chaque valeur est " + decimal_text(counts.clean.low.front()).fr};
  }
  if (clean.events <= 0)
    return Text{"no row with a value of its own is bad",
                "aucune ligne qui a une valeur n'est en défaut"};
  if (clean.nonevents <= 0)
    return Text{"every row with a value of its own is bad",
                "chaque ligne qui a une valeur est en défaut"};
  return std::nullopt;
}

Attempt<TrendChoice> choose_bins(const VariableCounts& counts, const Prebins& prebins,
                                 const VariableRules& rules) {
  BinningProblem problem = problem_of(counts, prebins, rules);
  if (const auto why = reason_for_one_bin(counts)) return one_bin(std::move(problem), *why);
  return choose(counts.name, std::move(problem), rules);
}

// Whether every value belongs to one outcome alone, and the outcomes change once from value to
// value or as the prebins do: as if the variable had been told the outcome.
bool is_told_the_outcome(const VariableCounts& counts, const Prebins& prebins) {
  auto is_pure = [](const Tally& tally) { return tally.events <= 0 || tally.nonevents <= 0; };
  if (std::ranges::all_of(prebins.tallies, is_pure)) return true;
  int changes = 0;
  for (std::size_t entry = 0; entry < counts.clean.size(); ++entry) {
    const Tally value = counts.clean.tally(entry, entry);
    if (!is_pure(value)) return false;
    if (entry == 0) continue;
    const Tally before = counts.clean.tally(entry - 1, entry - 1);
    changes += (before.events > 0) != (value.events > 0) ? 1 : 0;
    if (changes > 1) return false;
  }
  return true;
}

std::size_t most_bins(BinningProblem problem, Divergence divergence) {
  problem.rules.divergence = divergence;
  auto outcome = solve(problem);
  return outcome && outcome->solution ? outcome->solution->last.size() : 0;
}

// Whether more bins exist that only the need of both outcomes in each forbids, and not the trend.
bool needs_both_outcomes(const BinningProblem& problem, const VariableRules& asked) {
  const Divergence divergence = problem.rules.divergence;
  if (divergence != Divergence::iv && divergence != Divergence::js) return false;
  BinningProblem free = problem;
  free.rules = asked.binning;
  if (free.rules.trend == Trend::automatic) free.rules.trend = Trend::none;
  return most_bins(free, divergence) <= 1 && most_bins(free, Divergence::hellinger) > 1;
}

// One bin because of the need of both outcomes in each.
void note_pure(Binning& binning, const VariableCounts& counts, const Prebins& prebins,
               const VariableRules& rules) {
  if (binning.cells.bins() > 1 || prebins.tallies.size() < 2) return;
  if (!needs_both_outcomes(binning.problem, rules)) return;
  binning.separates = is_told_the_outcome(counts, prebins);
  const std::string divergence = to_text(rules.binning.divergence);
  const Text why =
      binning.separates
          ? Text{fmt::format("one bin: the variable separates the good from the bad rows, and `{}` "
                             "needs both in each bin; see whether the variable was told the "
                             "outcome (a leak), or choose divergence hellinger",
                             divergence),
                 fmt::format("une classe : la variable sépare les sains des défauts, et `{}` veut "
                             "les deux dans chaque classe ; voyez si elle trahit l'issue, ou "
                             "choisissez la divergence hellinger",
                             divergence)}
          : Text{fmt::format("one bin: every other choice has a bin of good or of bad rows alone, "
                             "and `{}` needs both in each; divergence hellinger takes such bins",
                             divergence),
                 fmt::format("une classe : tout autre choix a une classe de sains ou de défauts "
                             "seuls, et `{}` veut les deux dans chacune ; la divergence hellinger "
                             "prend de telles classes",
                             divergence)};
  binning.notes.push_back({why, BinningNote::About::one_bin});
}

// One bin is an answer like any other, and never without a word.
void note_single(Binning& binning, std::size_t prebins) {
  if (binning.cells.bins() > 1 || binning.is_told(BinningNote::About::one_bin)) return;
  const Text why =
      prebins == 1
          ? Text{"one bin: prebinning found no cut", "une classe : aucune coupure n'a été trouvée"}
          : Text{"one bin: no more bins that keep the rules are any better",
                 "une classe : davantage de classes dans les règles ne fait pas mieux"};
  binning.notes.push_back({why, BinningNote::About::one_bin});
}

void note_unknown(Binning& binning, const VariableCounts& counts) {
  if (counts.unknown.records <= 0) return;
  binning.notes.push_back(
      {{fmt::format("{} records have texts that no group names", counts.unknown.records),
        fmt::format("{} lignes ont des textes qu'aucun groupe ne nomme", counts.unknown.records)}});
}

}  // namespace

Result<Done> check_weights(const VariableCounts& counts, const Prebins& prebins) {
  constexpr double least_part = 1e-13;
  Tally clean;
  for (const Tally& tally : prebins.tallies) clean += tally;
  for (const Tally& tally : prebins.tallies) {
    if (tally.weight() >= least_part * clean.weight()) continue;
    return refusal("binning.weights", counts.name,
                   fmt::format("the weights of its {} rows lie too far apart: {} of them weigh "
                               "less than {} of all together",
                               clean.records, tally.records, least_part),
                   "give weights of a like size, or leave out rows that weigh next to nothing");
  }
  return Done{};
}

BinningProblem problem_of(const VariableCounts& counts, const Prebins& prebins,
                          const VariableRules& rules) {
  return {.prebins = prebins.tallies,
          .fixed_after = prebins.fixed_after,
          .total = size_of(counts.total(), rules.binning.size_basis),
          .rules = rules.binning};
}

std::vector<Binning::Row> rows_of(const VariableCounts& counts, const std::vector<Tally>& bins) {
  std::vector<Binning::Row> rows;
  for (const Tally& tally : bins) rows.push_back({.tally = tally});
  for (const Tally& tally : counts.specials) rows.push_back({.tally = tally});
  rows.push_back({.tally = counts.missing});
  if (counts.kind == Column::Kind::text) rows.push_back({.tally = counts.unknown});
  return rows;
}

Attempt<Binning> bin_counts(const VariableCounts& counts, const VariableRules& asked) {
  Binning binning;
  binning.name = counts.name;
  const VariableRules rules = rules_for(counts, asked, binning.notes);
  auto prebins = prebin(counts, rules.prebins, rules.binning.size_basis);
  if (!prebins) return prebins.error();
  if (auto told = check_weights(counts, *prebins); !told) return told.error();
  for (Text& note : prebins->notes) binning.notes.push_back({std::move(note)});
  auto choice = choose_bins(counts, *prebins, rules);
  if (!choice) return choice.told(counts.name);
  std::ranges::move(choice->notes, std::back_inserter(binning.notes));
  binning.given_up = std::move(choice->given_up);
  binning.cells = cells_of(counts, *prebins, choice->solution, rules);
  binning.rows = rows_of(counts, joined(prebins->tallies, choice->solution.last));
  binning.problem = std::move(choice->problem);
  binning.trend = binning.problem.rules.trend;
  binning.prebin_edges = std::move(prebins->edges);
  binning.certificate = std::move(choice->solution.certificate);
  binning.candidates = std::move(choice->candidates);
  note_pure(binning, counts, *prebins, rules);
  note_single(binning, prebins->tallies.size());
  note_unknown(binning, counts);
  if (auto weighed = weigh(binning, rules); !weighed) return weighed.error();
  return binning;
}

bool Binning::is_told(BinningNote::About about) const {
  return std::ranges::any_of(notes,
                             [about](const BinningNote& note) { return note.about == about; });
}

std::vector<std::string> Binning::note_texts() const {
  std::vector<std::string> texts;
  for (const BinningNote& note : notes) texts.push_back(note.text.en);
  return texts;
}

std::vector<std::string> Binning::binding_texts() const {
  std::vector<std::string> texts = certificate.binding;
  for (const Text& what : given_up) texts.push_back(what.en);
  return texts;
}

double Binning::total_records() const {
  double total = 0;
  for (const Row& row : rows) total += row.tally.records;
  return total;
}

Attempt<Binning> bin(const Column& column, const Outcome& outcome, const VariableRules& rules,
                     CountRoom& room) {
  auto counts = count(column, outcome, rules, room);
  if (!counts) return counts.error();
  auto binning = bin_counts(*counts, rules);
  if (outcome.weights.empty()) room.counts = std::move(counts->clean);
  return binning;
}

Attempt<Binning> bin(const Column& column, const Outcome& outcome, const VariableRules& rules) {
  CountRoom room;
  return bin(column, outcome, rules, room);
}

Attempt<Binning> bin_summary(const Summary& summary, const VariableRules& rules) {
  auto counts = summary.counts(rules);
  if (!counts) return counts.error();
  auto binning = bin_counts(*counts, rules);
  if (binning && summary.resolution() > 0) {
    binning->notes.push_back(
        {{fmt::format("values were told apart in {} intervals, the widest with {:.2g}% of the "
                      "records; every count is exact",
                      summary.intervals(), 100 * summary.resolution()),
          fmt::format("valeurs distinguées en {} intervalles, le plus large avec {} % des lignes ; "
                      "chaque compte est exact",
                      summary.intervals(), with_comma(100 * summary.resolution()))}});
  }
  return binning;
}

}  // namespace credence
