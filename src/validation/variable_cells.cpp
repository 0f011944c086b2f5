#include <credence/validation/phrase.h>
#include <credence/validation/variable_cells.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace credence {

namespace {

struct SmoothShares {
  double good = 0, bad = 0;
};

std::vector<SmoothShares> smooth_shares(std::span<const ClassTally> cells) {
  ClassTally all;
  double occupied = 0;
  for (const ClassTally& cell : cells) {
    all += cell;
    occupied += cell.records() > 0 ? 1 : 0;
  }
  std::vector<SmoothShares> shares;
  if (all.bad <= 0 || all.good <= 0) return shares;
  double added = 0.5 * all.weight() / all.records();
  for (const ClassTally& cell : cells) {
    bool empty = cell.records() <= 0;
    shares.push_back(empty ? SmoothShares{}
                           : SmoothShares{(cell.good + added) / (all.good + added * occupied),
                                          (cell.bad + added) / (all.bad + added * occupied)});
  }
  return shares;
}

}  // namespace

CellTallies cell_tallies(const ValidationSample& sample, const Scorecard& card,
                         std::size_t variable) {
  if (sample.cells.empty()) return {};
  CellTallies tallies(static_cast<std::size_t>(card.variables[variable].cells.count()));
  for (std::size_t row = 0; row < sample.scores.size(); ++row) {
    tallies[sample.cells[variable][row]].add(sample.outcome.bad[row] != 0,
                                             sample.outcome.weight(row));
  }
  return tallies;
}

CellTallies trained_tallies(const Scorecard& card, std::size_t variable) {
  CellTallies tallies;
  for (const Tally& one : card.variables[variable].tallies) {
    // The card keeps records and squares of both classes together; by class they follow the weight.
    double part = one.weight() > 0 ? one.events / one.weight() : 0;
    tallies.push_back({one.events, one.nonevents, one.squares * part, one.squares * (1 - part),
                       one.records * part, one.records * (1 - part)});
  }
  return tallies;
}

CellCounts counts_of(std::span<const ClassTally> cells) {
  CellCounts counts;
  ClassTally all;
  for (const ClassTally& cell : cells) {
    counts.weights.push_back(cell.weight());
    all += cell;
  }
  counts.records = all.effective();
  return counts;
}

const Scorecard::Term* own_term(const Scorecard& card, std::size_t variable) {
  for (const Scorecard::Term& term : card.terms) {
    if (term.variables.size() == 1 && term.variables[0] == static_cast<int>(variable)) return &term;
  }
  return nullptr;
}

namespace {

Text edge_text(double edge) {
  std::string written = fmt::format("{}", edge), french = written;
  std::replace(french.begin(), french.end(), '.', ',');
  return {written, french};
}

// The bins of numbers as people read them; French separates and closes otherwise.
Text number_bin(std::span<const double> edges, int bin) {
  auto index = static_cast<std::size_t>(bin);
  if (edges.empty()) return {"any value", "toute valeur"};
  if (index == 0) return fill({"< {1}", "< {1}"}, {edge_text(edges.front())});
  if (index == edges.size()) return fill({"\u2265 {1}", "\u2265 {1}"}, {edge_text(edges.back())});
  return fill({"[{1}, {2})", "[{1} ; {2}["},
              {edge_text(edges[index - 1]), edge_text(edges[index])});
}

}  // namespace

Text cell_label(const Scorecard& card, std::size_t variable, int cell) {
  const Cells& cells = card.variables[variable].cells;
  if (cell == cells.missing()) return {"missing", "manquant"};
  if (cell > cells.missing()) return {"unknown answer", "réponse inconnue"};
  if (cells.kind() == Column::Kind::number && cell < cells.bins())
    return number_bin(cells.edges(), cell);
  return same(card.cell_name(static_cast<int>(variable), cell));
}

std::vector<double> weights_of_evidence(std::span<const ClassTally> cells) {
  std::vector<double> result;
  for (const SmoothShares& share : smooth_shares(cells)) {
    result.push_back(share.bad > 0 ? std::log(share.good / share.bad)
                                   : std::numeric_limits<double>::quiet_NaN());
  }
  return result;
}

double information_value(std::span<const ClassTally> cells) {
  double value = 0;
  for (const SmoothShares& share : smooth_shares(cells)) {
    if (share.bad > 0) value += (share.good - share.bad) * std::log(share.good / share.bad);
  }
  return value;
}

}  // namespace credence
