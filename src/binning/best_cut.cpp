#include <credence/binning/best_cut.h>
#include <credence/binning/binning_assembly.h>

#include <algorithm>

namespace credence {

namespace {

int bin_of(const VariableCounts& counts, const Cells& cells, std::size_t entry) {
  return cells.kind() == Column::Kind::text ? cells.of(counts.texts[entry].front())
                                            : cells.of(counts.clean.low[entry]);
}

// The entries of the bin that is cut, in their order.
std::vector<std::size_t> entries_of(const VariableCounts& counts, const Cells& cells, int bin) {
  std::vector<std::size_t> entries;
  for (std::size_t entry = 0; entry < counts.clean.size(); ++entry)
    if (bin_of(counts, cells, entry) == bin) entries.push_back(entry);
  return entries;
}

double records_of(const VariableCounts& counts, std::size_t entry) {
  return counts.clean.tally(entry, entry).records;
}

// Where entries of the bin part: after each, or after each so many records.
std::vector<std::vector<std::size_t>> parts_of(const VariableCounts& counts,
                                               const std::vector<std::size_t>& entries) {
  std::vector<std::vector<std::size_t>> parts;
  double all = 0, share = 0;
  for (std::size_t entry : entries) all += records_of(counts, entry);
  if (entries.size() > BestCut::kMostPlaces) share = all / BestCut::kMostPlaces;
  double records = share;
  for (std::size_t entry : entries) {
    if (records >= share) {
      parts.emplace_back();
      records = 0;
    }
    parts.back().push_back(entry);
    records += records_of(counts, entry);
  }
  return parts;
}

Tally sum_of(const VariableCounts& counts, const std::vector<std::size_t>& entries) {
  Tally sum;
  for (std::size_t entry : entries) sum += counts.clean.tally(entry, entry);
  return sum;
}

// All bins as they are, and the one that is cut in its parts: only between these may bins end anew.
struct CutProblem {
  BinningProblem problem;
  std::vector<std::vector<std::size_t>> parts;
  std::size_t first_part = 0;  // among the prebins
};

CutProblem problem_of_cut(const VariableCounts& counts, const Cells& cells, int cut_bin,
                          const BinningRules& rules) {
  CutProblem cut{.problem = {.prebins = {},
                             .fixed_after = {},
                             .total = size_of(counts.total(), rules.size_basis),
                             .rules = rules},
                 .parts = {}};
  int bins = 1;
  for (int bin = 0; bin < cells.bins(); ++bin) {
    const std::vector<std::size_t> entries = entries_of(counts, cells, bin);
    if (entries.empty()) continue;
    ++bins;
    if (bin == cut_bin) {
      cut.first_part = cut.problem.prebins.size();
      cut.parts = parts_of(counts, entries);
      for (const auto& part : cut.parts) {
        cut.problem.prebins.push_back(sum_of(counts, part));
        cut.problem.fixed_after.push_back(false);
      }
    } else {
      cut.problem.prebins.push_back(sum_of(counts, entries));
      cut.problem.fixed_after.push_back(true);
    }
    cut.problem.fixed_after.back() = true;
  }
  if (!cut.problem.fixed_after.empty()) cut.problem.fixed_after.pop_back();
  cut.problem.rules.min_bins = cut.problem.rules.max_bins = bins;
  return cut;
}

// Only what a person can loosen: edges that stay and the number of bins are the question itself.
NoCut no_cut(const Infeasibility& infeasible) {
  NoCut none;
  for (const Infeasibility::Relaxation& one : infeasible.relaxations) {
    const bool is_question =
        one.limit == "fixed" || one.limit == "min_bins" || one.limit == "max_bins";
    if (!is_question) none.relaxations.push_back(one);
  }
  return none;
}

BestCut cut_after(const VariableCounts& counts, const Cells& cells, int bin, const CutProblem& cut,
                  std::size_t parts_below) {
  BestCut best;
  const auto& below = cut.parts[parts_below - 1];
  const auto& above = cut.parts[parts_below];
  best.thinned = std::ranges::any_of(cut.parts, [](const auto& part) { return part.size() > 1; });
  if (cells.kind() == Column::Kind::number) {
    best.at = cut_between(counts.clean.highest(below.back()), counts.clean.low[above.front()]);
    return best;
  }
  for (std::size_t i = 0; i < cut.parts.size(); ++i) {
    for (std::size_t entry : cut.parts[i]) {
      auto& side = i < parts_below ? best.below : best.above;
      side.insert(side.end(), counts.texts[entry].begin(), counts.texts[entry].end());
    }
  }
  // A text of the group that no row has stays with the first part.
  for (const std::string& text : cells.groups()[static_cast<std::size_t>(bin)]) {
    const bool is_above = std::ranges::count(best.above, text) > 0;
    if (!is_above && std::ranges::count(best.below, text) == 0) best.below.push_back(text);
  }
  return best;
}

}  // namespace

Result<CutAnswer> best_cut(const Column& column, const Outcome& outcome, const Cells& cells,
                           int bin, const VariableRules& asked) {
  VariableRules rules = asked;
  rules.specials.assign(cells.specials().begin(), cells.specials().end());
  rules.prebins = {};
  rules.rare_share = std::nullopt;
  auto counts = count(column, outcome, rules);
  if (!counts) return counts.error();
  CutProblem cut = problem_of_cut(*counts, cells, bin, rules.binning);
  if (cut.parts.size() < 2) return CutAnswer{NoCut{.one_value = true}};
  auto solved = solve(cut.problem);
  if (!solved) return solved.error();
  if (!solved->solution) return CutAnswer{no_cut(*solved->infeasible)};
  const auto inside = [&](int last) {
    const auto at = static_cast<std::size_t>(last);
    return at >= cut.first_part && at + 1 < cut.first_part + cut.parts.size();
  };
  const auto found = std::ranges::find_if(solved->solution->last, inside);
  expects(found != solved->solution->last.end(), "best_cut: one bin more, and no new edge");
  return CutAnswer{
      cut_after(*counts, cells, bin, cut, static_cast<std::size_t>(*found) - cut.first_part + 1)};
}

}  // namespace credence
