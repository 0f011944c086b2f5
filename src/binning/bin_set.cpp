#include <credence/binning/bin_set.h>

namespace credence {

void BinSet::reserve(std::size_t bins) {
  start.reserve(bins), end.reserve(bins);
  worth.reserve(bins), rate.reserve(bins), effective.reserve(bins);
}

void BinSet::index() {
  const auto ends = static_cast<std::size_t>(prebins);
  first.assign(ends + 1, 0);
  first_end.assign(ends + 1, 0);
  for (std::size_t bin = 0; bin < size(); ++bin) {
    ++first[static_cast<std::size_t>(start[bin]) + 1];
    ++first_end[static_cast<std::size_t>(end[bin]) + 1];
  }
  for (std::size_t at = 0; at < ends; ++at) {
    first[at + 1] += first[at];
    first_end[at + 1] += first_end[at];
  }
  by_end.resize(size());
  std::vector<int> next(first_end.begin(), first_end.end() - 1);
  for (std::size_t bin = 0; bin < size(); ++bin)
    by_end[static_cast<std::size_t>(next[static_cast<std::size_t>(end[bin])]++)] =
        static_cast<int>(bin);
}

BinSet BinSet::of(const Nodes& nodes, const Worth& worth) {
  BinSet bins{nodes.prebins};
  const auto prebins = static_cast<std::size_t>(nodes.prebins);
  bins.reserve(prebins * (prebins + 1) / 2);
  for (int start = 0; start < nodes.prebins; ++start)
    for (int end = start; end < nodes.prebins; ++end) {
      const std::size_t at = nodes.at(start, end);
      if (worth[at] == kNever) continue;
      bins.start.push_back(start), bins.end.push_back(end);
      bins.worth.push_back(worth[at]), bins.rate.push_back(nodes.rate[at]);
      bins.effective.push_back(nodes.effective[at]);
    }
  bins.index();
  return bins;
}

BinSet BinSet::above(std::span<const double> ceilings, double floor) const {
  BinSet kept{prebins};
  for (std::size_t bin = 0; bin < size(); ++bin) {
    if (ceilings[bin] < floor) continue;
    kept.start.push_back(start[bin]), kept.end.push_back(end[bin]);
    kept.worth.push_back(worth[bin]), kept.rate.push_back(rate[bin]);
    kept.effective.push_back(effective[bin]);
  }
  kept.index();
  return kept;
}

}  // namespace credence
