#include <credence/optimum/bow.h>
#include <credence/optimum/chain.h>
#include <credence/optimum/path_search.h>
#include <credence/optimum/resolve.h>
#include <credence/optimum/strict.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace credence {

namespace {

// How far below a ceiling rows are looked for, one after the other.
constexpr std::array kShares = {0.0, 0.015, 0.06};
constexpr std::array kStrictShares = {0.0, 0.001, 0.015, 0.06};  // a closer ceiling

bool is_limited(const Nodes& nodes, const PathRules& rules) {
  return rules.min_bins > 1 || rules.max_bins < nodes.prebins;
}

Found with_counting(const Nodes& nodes, const BinSet& bins, const PathRules& rules,
                    const Counting& counting, Effort& effort) {
  if (!rules.curved()) {
    const Chain chain{nodes, bins, rules, counting, effort};
    return Found::exact(Resolver{chain}.path());
  }
  const Bow bow{nodes, bins, rules, counting, effort};
  std::optional<Path> path = Resolver{bow}.path();
  if (!path || !rules.strict || keeps_strict_shape(nodes, rules.edges().sign, *path))
    return Found::exact(std::move(path));
  return StrictSearch{nodes, rules, bow, effort}.path();
}

// Of few bins, with their number at once.
Found best_of_few(const Nodes& nodes, const BinSet& bins, const PathRules& rules, Effort& effort) {
  const Counting counting =
      is_limited(nodes, rules) ? Counting::of(rules, nodes.prebins) : Counting::none();
  return with_counting(nodes, bins, rules, counting, effort);
}

// Without limits on the number of bins the program is several times smaller, and that of a curved
// trend twice as fast without limits of neighbours; when its answer keeps them anyway, it is the
// answer.
Found best_of_many(const Nodes& nodes, const BinSet& bins, const PathRules& rules, Effort& effort,
                   double least = kNever) {
  const bool limited = is_limited(nodes, rules);
  const bool tested = rules.difference > 0 || rules.z_squared > 0;
  PathRules loose = rules;
  loose.min_bins = 1, loose.max_bins = nodes.prebins;
  loose.strict = rules.strict && !limited;
  for (bool is_untested : {true, false}) {
    if (is_untested && !(tested && rules.curved())) continue;
    loose.difference = is_untested ? 0 : rules.difference;
    loose.z_squared = is_untested ? 0 : rules.z_squared;
    Found found = with_counting(nodes, bins, loose, Counting::none(), effort);
    found.idle = {.min_bins = true, .max_bins = true, .shape = false, .neighbours = is_untested};
    if (!found.path || keeps(nodes, rules, *found.path)) return found;
    if (found.path->objective < least) return {};
  }
  return best_of_few(nodes, bins, rules, effort);
}

}  // namespace

PathSearch::Limit& PathSearch::limit_of(int max_bins, Effort& effort) {
  if (!Ceiling::counts(max_bins)) max_bins = nodes_.prebins;
  for (const auto& limit : limits_)
    if (limit->max_bins == max_bins) return *limit;
  limits_.push_back(std::make_unique<Limit>(
      Limit{.max_bins = max_bins, .ceiling = Ceiling{bins_, max_bins, effort}}));
  return *limits_.back();
}

// Bins through which rows reach the ceiling are mostly those of one row.
std::optional<Path> PathSearch::only_row(const Limit& limit) const {
  const double floor = floor_below(limit.ceiling.best());
  Path path;
  int start = 0;
  for (std::size_t bin = 0; bin < bins_.size(); ++bin) {
    if (limit.through[bin] < floor) continue;
    if (bins_.start[bin] != start) return std::nullopt;
    path.last.push_back(bins_.end[bin]);
    path.objective += bins_.worth[bin];
    start = bins_.end[bin] + 1;
  }
  return path;
}

PathSearch::Limit& PathSearch::limit_by_bin(int max_bins, Effort& effort) {
  Limit& limit = limit_of(max_bins, effort);
  if (!limit.through.empty()) return limit;
  limit.through = limit.ceiling.through(effort);
  limit.only = only_row(limit);
  return limit;
}

PathSearch::Top PathSearch::top_of(const Limit& limit) const {
  return {.worth = limit.ceiling.best(),
          .idle = {.min_bins = true,
                   .max_bins = limit.max_bins >= nodes_.prebins,
                   .shape = true,
                   .neighbours = true}};
}

std::vector<double> PathSearch::through(const PathRules& rules, double floor, Effort& effort) {
  std::vector<double> through = limit_by_bin(rules.max_bins, effort).through;
  if (!rules.strict || !strict_ || strict_->sign() != rules.edges().sign) return through;
  const std::vector<double> strict = strict_->through(floor, effort);
  for (std::size_t bin = 0; bin < through.size(); ++bin)
    through[bin] = std::min(through[bin], strict[bin]);
  return through;
}

bool PathSearch::is_known(const Limit& limit, const Wanted& wanted) const {
  if (!wanted.known) return false;
  for (std::size_t bin = 0; bin < bins_.size(); ++bin)
    if (limit.through[bin] >= wanted.least &&
        (*wanted.known)[bins_.node(nodes_, static_cast<int>(bin))] == kNever)
      return false;
  return true;
}

// Looks at the bins alone through which rows come near a ceiling, first those that reach it.
// Whatever row is worth `floor` has bins with ceilings of at least `floor`, so once a row is found
// that is worth more than that, it is the best; and whatever it is worth is a floor. Not where the
// rows that are wanted all come near, nor where none is known to.
template <class Above>
Found PathSearch::near_ceiling(const Top& ceiling, const Above& bins_above,
                               std::span<const double> shares, const PathRules& rules,
                               Effort& effort, const Wanted& wanted) {
  const double top = ceiling.worth;
  const double least = wanted.least;
  const bool is_near = least > top - kShares.back() * std::abs(top);
  const bool is_far = wanted.most < top - shares.back() * std::abs(top);
  for (double share : shares) {
    if (is_near || is_far || (share > 0 && is_small(rules))) break;
    const double floor = std::max(floor_below(top - share * std::abs(top)), least);
    Found found = best_of_few(nodes_, bins_above(floor), rules, effort);
    if (!found.proven)
      return {.path = std::nullopt, .bound = std::max(found.bound, floor), .proven = false};
    if (floor == least) return found;
    if (!found.path) continue;
    const double reached = floor_below(found.path->objective);
    if (found.path->objective + 2 * tie_slack(top) >= top) found.idle = ceiling.idle;
    if (reached >= floor || found.path->objective > wanted.enough) return found;
    return best_of_few(nodes_, bins_above(std::max(reached, least)), rules, effort);
  }
  if (is_near) return best_of_few(nodes_, bins_above(least), rules, effort);
  if (least == kNever) return best_of_many(nodes_, bins_, rules, effort);
  const BinSet bins = bins_above(least);
  if (!rules.curved() || rules.strict) return best_of_many(nodes_, bins, rules, effort, least);
  // Not split, the ceiling of strict shapes is one of all rows that rise and then fall.
  const BinSet turning = StrictCeiling{bins, rules.edges().sign}.above(least, effort);
  return best_of_many(nodes_, turning, rules, effort, least);
}

// Where the number of bins alone changes, what is known of strict rows of all bins stays known.
Found PathSearch::best_strict(const PathRules& rules, Effort& effort, const Wanted& wanted) {
  const double least = wanted.least;
  const Limit& limit = limit_by_bin(rules.max_bins, effort);
  const double sign = rules.edges().sign;
  const bool is_known = strict_ && strict_->sign() == sign;
  if (!is_known && least == kNever) strict_ = std::make_unique<StrictCeiling>(bins_, sign);
  if (!is_known && least > kNever) {
    PathSearch rest{nodes_, bins_.above(limit.through, least)};
    rest.strict_ = std::make_unique<StrictCeiling>(rest.bins_, sign);
    return rest.best_strict(rules, effort, wanted);
  }
  Top top{.worth = strict_->best(least, effort),
          .idle = {.min_bins = true, .max_bins = true, .shape = false, .neighbours = true}};
  if (limit.ceiling.best() < top.worth) top = top_of(limit);
  if (top.worth == kNever || top.worth < least) return {};
  auto bins_above = [&](double floor) { return strict_->above(floor, effort); };
  return near_ceiling(top, bins_above, kStrictShares, rules, effort, wanted);
}

// Below, a search of all bins costs hardly more than one of a few.
bool PathSearch::is_small(const PathRules& rules) const {
  constexpr std::size_t kFew = 500;
  return !is_limited(nodes_, rules) && bins_.size() < kFew;
}

Found PathSearch::best(const PathRules& rules, Effort& effort, const Wanted& wanted) {
  if (rules.min_bins > nodes_.prebins) return {};
  const Top top = top_of(limit_of(rules.max_bins, effort));
  if (top.worth == kNever || top.worth < wanted.least)
    return Found{.path = std::nullopt, .idle = top.idle};
  const Limit& limit = limit_by_bin(rules.max_bins, effort);
  if (limit.only && keeps(nodes_, rules, *limit.only)) {
    Found found = Found::exact(limit.only);
    found.idle = top.idle;
    return found;
  }
  if (is_known(limit, wanted)) return {};
  if (rules.strict) return best_strict(rules, effort, wanted);
  auto bins_above = [&](double floor) { return bins_.above(limit.through, floor); };
  // Where a single row reaches the ceiling, it has been looked at.
  const auto shares = std::span{kShares}.subspan(limit.only ? 1 : 0);
  return near_ceiling(top, bins_above, shares, rules, effort, wanted);
}

}  // namespace credence
