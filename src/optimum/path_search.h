#pragma once

#include <credence/optimum/ceiling.h>
#include <credence/optimum/strict_ceiling.h>

#include <memory>
#include <utility>

namespace credence {

// The best rows of the same bins under one set of rules after the other (no policy for all pairs,
// no gamma).
class PathSearch {
 public:
  PathSearch(const Nodes& nodes, BinSet bins) : nodes_(nodes), bins_(std::move(bins)) {}
  PathSearch(const Nodes& nodes, const Worth& worth)
      : PathSearch(nodes, BinSet::of(nodes, worth)) {}

  const BinSet& bins() const { return bins_; }
  const Nodes& nodes() const { return nodes_; }

  Found best(const PathRules& rules, Effort& effort, const Wanted& wanted = {});
  // By bin, what no row through it surpasses that keeps the rules and is worth `floor`.
  std::vector<double> through(const PathRules& rules, double floor, Effort& effort);

 private:
  // What no row surpasses when none has more than `max_bins`; also per bin, once it is asked for.
  struct Limit {
    int max_bins = 0;
    Ceiling ceiling;
    std::vector<double> through = {};
    std::optional<Path> only = {};  // the row that ties with the ceiling, if there is just one
  };
  struct Top {  // what no row surpasses, without which rules of rows
    double worth = kNever;
    Idle idle;
  };
  // Whether the bins of all rows that are worth enough are known.
  bool is_known(const Limit& limit, const Wanted& wanted) const;
  Top top_of(const Limit& limit) const;
  bool is_small(const PathRules& rules) const;
  std::optional<Path> only_row(const Limit& limit) const;
  Limit& limit_of(int max_bins, Effort& effort);
  Limit& limit_by_bin(int max_bins, Effort& effort);  // with what is known per bin
  Found best_strict(const PathRules& rules, Effort& effort, const Wanted& wanted);
  template <class Above>
  Found near_ceiling(const Top& ceiling, const Above& bins_above, std::span<const double> shares,
                     const PathRules& rules, Effort& effort, const Wanted& wanted);

  const Nodes& nodes_;
  BinSet bins_;
  std::vector<std::unique_ptr<Limit>> limits_;
  std::unique_ptr<StrictCeiling> strict_;
};

}  // namespace credence
