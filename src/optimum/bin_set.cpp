#include <credence/optimum/bin_set.h>

namespace credence {

void BinSet::resize(std::size_t bins) {
  start.resize(bins), end.resize(bins);
  worth.resize(bins), rate.resize(bins), effective.resize(bins);
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

BinSet BinSet::picked(std::span<const int> numbers) const {
  BinSet rest{prebins};
  rest.resize(numbers.size());
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    const auto bin = static_cast<std::size_t>(numbers[at]);
    rest.start[at] = start[bin], rest.end[at] = end[bin];
    rest.worth[at] = worth[bin], rest.rate[at] = rate[bin];
    rest.effective[at] = effective[bin];
  }
  rest.index();
  return rest;
}

// What is written of a bin that must not be is written over by the next one.
BinSet BinSet::of(const Nodes& nodes, const Worth& worth) {
  BinSet bins{nodes.prebins};
  const auto prebins = static_cast<std::size_t>(nodes.prebins);
  bins.resize(prebins * (prebins + 1) / 2 + 1);
  std::size_t count = 0;
  for (int start = 0; start < nodes.prebins; ++start)
    for (int end = start; end < nodes.prebins; ++end) {
      const std::size_t at = nodes.at(start, end);
      bins.start[count] = start, bins.end[count] = end;
      bins.worth[count] = worth[at], bins.rate[count] = nodes.rate[at];
      bins.effective[count] = nodes.effective[at];
      count += worth[at] > kNever ? 1 : 0;
    }
  bins.resize(count);
  bins.index();
  return bins;
}

}  // namespace credence
