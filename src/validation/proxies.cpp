#include <credence/validation/proxies.h>
#include <credence/validation/variable_cells.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace credence {

namespace {

// Who of two groups each row belongs to.
enum class Side : std::uint8_t { neither, group, reference };

std::vector<Side> sides_of(const ValidationSample::Groups& column, const std::string& group,
                           const std::string& reference) {
  std::vector<Side> sides;
  sides.reserve(column.codes.size());
  for (std::int32_t code : column.codes) {
    if (code < 0)
      sides.push_back(Side::neither);
    else if (column.labels[static_cast<std::size_t>(code)] == group)
      sides.push_back(Side::group);
    else if (column.labels[static_cast<std::size_t>(code)] == reference)
      sides.push_back(Side::reference);
    else
      sides.push_back(Side::neither);
  }
  return sides;
}

// Points of one variable as if they were a score, and membership as if it were a bad outcome.
double fewer_points(const ValidationSample& sample, std::span<const std::uint16_t> cells,
                    const Scorecard::Term& term, std::span<const Side> sides) {
  std::map<int, ClassTally> by_points;
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (sides[row] == Side::neither) continue;
    by_points[term.points[cells[row]]].add(sides[row] == Side::group, sample.outcome.weight(row));
  }
  std::vector<TieGroup> groups;
  for (const auto& [points, tally] : by_points) groups.push_back({points, tally});
  auto found = weighted_discrimination(groups);
  return found ? found->auc : 0.5;
}

double mean_points(const ValidationSample& sample, std::span<const std::uint16_t> cells,
                   const Scorecard::Term& term) {
  double sum = 0, weight = 0;
  for (std::size_t row = 0; row < cells.size(); ++row) {
    sum += sample.outcome.weight(row) * term.points[cells[row]];
    weight += sample.outcome.weight(row);
  }
  return sum / weight;
}

std::optional<double> ratio_without(const ValidationSample& sample,
                                    std::span<const std::uint16_t> cells,
                                    const Scorecard::Term& term, std::span<const Side> sides,
                                    int cut_off) {
  double mean = mean_points(sample, cells, term);
  double all[2] = {}, accepted[2] = {};
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (sides[row] == Side::neither) continue;
    std::size_t side = sides[row] == Side::group ? 0 : 1;
    all[side] += sample.outcome.weight(row);
    if (sample.scores[row] - term.points[cells[row]] + mean >= cut_off)
      accepted[side] += sample.outcome.weight(row);
  }
  if (accepted[1] <= 0 || all[0] <= 0) return std::nullopt;
  return accepted[0] / all[0] / (accepted[1] / all[1]);
}

}  // namespace

std::vector<Proxy> strongest_proxies(const Study& study, const ValidationSample::Groups& column,
                                     const std::string& group, const std::string& reference,
                                     std::size_t most) {
  const ValidationSample& sample = *study.headline().sample;
  std::vector<Proxy> proxies;
  if (sample.cells.empty()) return proxies;
  const Scorecard& card = *study.input->card;
  std::vector<Side> sides = sides_of(column, group, reference);
  for (std::size_t i = 0; i < card.variables.size(); ++i) {
    const Scorecard::Term* term = own_term(card, i);
    if (term == nullptr) continue;
    proxies.push_back({Scorecard::title_of(card.variables[i]),
                       fewer_points(sample, sample.cells[i], *term, sides),
                       {}});
    if (study.input->cut_off)
      proxies.back().ratio_without =
          ratio_without(sample, sample.cells[i], *term, sides, *study.input->cut_off);
  }
  std::stable_sort(proxies.begin(), proxies.end(), [](const Proxy& a, const Proxy& b) {
    return std::abs(a.fewer_points - 0.5) > std::abs(b.fewer_points - 0.5);
  });
  if (proxies.size() > most) proxies.resize(most);
  return proxies;
}

}  // namespace credence
