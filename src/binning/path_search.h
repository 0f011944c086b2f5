#pragma once

#include <credence/binning/ceiling.h>

#include <memory>

namespace credence {

// The best rows of the same bins under one set of rules after the other (no policy for all pairs,
// no gamma).
class PathSearch {
 public:
  PathSearch(const Nodes& nodes, const Worth& worth);

  // Rows worth less than `least` need not be found.
  Found best(const PathRules& rules, Effort& effort, double least = kNever);

 private:
  // What no row surpasses when none has more than `max_bins`; also per bin, once it is asked for.
  struct Limit {
    int max_bins = 0;
    Ceiling ceiling;
    std::vector<double> through = {};
    std::optional<Path> only = {};  // the row that ties with the ceiling, if there is just one
  };
  bool is_small(const PathRules& rules) const;
  std::optional<Path> only_row(const Limit& limit) const;
  Limit& limit_of(int max_bins, Effort& effort);
  Found near_ceiling(Limit& limit, const PathRules& rules, Effort& effort, double least);

  const Nodes& nodes_;
  BinSet bins_;
  std::vector<std::unique_ptr<Limit>> limits_;
};

}  // namespace credence
