#pragma once

#include <credence/optimum/path.h>

#include <span>
#include <vector>

namespace credence {

// The bins that a search may use, by start and then by end, with what it needs of each side by
// side: most searches need few of all bins that neighbouring prebins can form.
struct BinSet {
  explicit BinSet(int of_prebins) : prebins(of_prebins) {}

  int prebins = 0;
  std::vector<int> start, end;
  std::vector<double> worth, rate, effective;
  std::vector<int> first;      // by start, and one more: where the bins with this start begin
  std::vector<int> by_end;     // numbers of bins, by end and then by start
  std::vector<int> first_end;  // by end, and one more: where they begin in `by_end`

  // Those that `worth` lets be.
  static BinSet of(const Nodes& nodes, const Worth& worth);
  // Those with these numbers, which ascend.
  BinSet picked(std::span<const int> numbers) const;
  // Those that `keep` lets be, asked by their number.
  template <class Keep>
  BinSet kept(const Keep& keep) const {
    std::vector<int> numbers(size());
    std::size_t count = 0;
    for (std::size_t bin = 0; bin < size(); ++bin) {
      numbers[count] = static_cast<int>(bin);
      count += keep(bin) ? 1 : 0;
    }
    return picked(std::span{numbers}.first(count));
  }
  // Those of which rows can be worth `floor`, by what no row through each surpasses.
  BinSet above(std::span<const double> ceilings, double floor) const {
    return kept([&](std::size_t bin) { return ceilings[bin] >= floor; });
  }

  std::size_t size() const { return start.size(); }
  std::span<const int> ending_at(int prebin) const {
    const auto at = static_cast<std::size_t>(prebin);
    const auto from = static_cast<std::size_t>(first_end[at]);
    return std::span{by_end}.subspan(from, static_cast<std::size_t>(first_end[at + 1]) - from);
  }
  int from(int prebin) const { return first[static_cast<std::size_t>(prebin)]; }
  std::size_t node(const Nodes& nodes, int bin) const {
    const auto at = static_cast<std::size_t>(bin);
    return nodes.at(start[at], end[at]);
  }

 private:
  void resize(std::size_t bins);
  void index();  // fills in `first`, `by_end` and `first_end`
};

}  // namespace credence
