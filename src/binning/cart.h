#pragma once

#include <credence/binning/prebin.h>

#include <algorithm>
#include <vector>

namespace credence {

constexpr double equal_gains = 1e-12;  // relative; closer ones differ by rounding alone

struct Split {
  double gain = 0;  // 0 = none
  std::size_t after = 0;
};
struct SplitRange {
  std::size_t from = 0, to = 0;  // entries after which a split keeps the least size of both parts
};

Split best_gini_split(const OrderedCounts& counts, std::size_t first, std::size_t last,
                      SplitRange range);

// Splits the part with the most to gain, until there are enough parts or none gains.
template <class BestSplit>
class BestFirst {
 public:
  BestFirst(const Parting& parting, const BestSplit& best_split)
      : parting_(parting), best_split_(best_split) {}

  std::vector<std::size_t> ends() {
    std::size_t first = 0;
    for (std::size_t kept : parting_.kept) {
      add(first, kept);
      first = kept + 1;
    }
    add(first, parting_.counts.size() - 1);
    while (parts_.size() < parting_.most && split_one()) continue;
    std::vector<std::size_t> result;
    for (const Part& part : parts_) result.push_back(part.last);
    std::ranges::sort(result);
    result.pop_back();
    return result;
  }

 private:
  struct Part {
    std::size_t first = 0, last = 0;
    Split best;
  };

  void add(std::size_t first, std::size_t last) {
    const SplitRange range = allowed(first, last);
    Split best;
    if (range.from < range.to) best = best_split_(parting_.counts, first, last, range);
    parts_.push_back({.first = first, .last = last, .best = best});
  }

  bool split_one() {
    double most = 0;
    for (const Part& part : parts_) most = std::max(most, part.best.gain);
    if (most <= 0) return false;
    auto chosen = parts_.end();
    for (auto part = parts_.begin(); part != parts_.end(); ++part) {
      const bool equal = part->best.gain >= most * (1 - equal_gains);
      if (equal && (chosen == parts_.end() || part->first < chosen->first)) chosen = part;
    }
    const Part part = *chosen;
    parts_.erase(chosen);
    add(part.first, part.best.after);
    add(part.best.after + 1, part.last);
    return true;
  }

  // Sizes never fall from entry to entry, so the entries that keep the least size are neighbours.
  SplitRange allowed(std::size_t first, std::size_t last) const {
    const auto sizes = parting_.counts.sizes(parting_.basis);
    const double before = first == 0 ? 0 : sizes[first - 1];
    const double least = parting_.least_size;
    auto begin = sizes.begin() + static_cast<std::ptrdiff_t>(first);
    auto end = sizes.begin() + static_cast<std::ptrdiff_t>(last);
    auto from =
        std::partition_point(begin, end, [&](double size) { return size - before < least; });
    auto to =
        std::partition_point(from, end, [&](double size) { return sizes[last] - size >= least; });
    return {.from = static_cast<std::size_t>(from - sizes.begin()),
            .to = static_cast<std::size_t>(to - sizes.begin())};
  }

  const Parting& parting_;
  const BestSplit& best_split_;
  std::vector<Part> parts_;
};

template <class BestSplit>
std::vector<std::size_t> part_best_first(const Parting& parting, const BestSplit& best_split) {
  return BestFirst<BestSplit>{parting, best_split}.ends();
}

}  // namespace credence
