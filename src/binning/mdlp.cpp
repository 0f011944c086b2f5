#include <credence/binning/cart.h>
#include <credence/binning/prebin.h>

#include <cmath>

namespace credence {

namespace {

struct Group {
  double events = 0, weight = 0;

  bool is_pure() const { return events <= 0 || events >= weight; }
  double entropy() const {  // in bits
    if (is_pure()) return 0;
    const double rate = events / weight;
    return -rate * std::log2(rate) - (1 - rate) * std::log2(1 - rate);
  }
  double classes() const { return is_pure() ? 1 : 2; }
};

bool pays(const Group& whole, const Group& left, const Group& right, double gain, double scale) {
  const double size = whole.weight * scale;
  if (size <= 1) return false;
  const double classes = whole.classes();
  const double description = std::log2(std::pow(3.0, classes) - 2) -
                             (classes * whole.entropy() - left.classes() * left.entropy() -
                              right.classes() * right.entropy());
  return gain > (std::log2(size - 1) + description) / size;
}

}  // namespace

std::vector<std::size_t> part_by_mdlp(const Parting& parting) {
  const OrderedCounts& all = parting.counts;
  const double records = all.records.empty() ? all.weight.back() : all.records.back();
  const double scale = records / all.weight.back();
  auto best_split = [scale](const OrderedCounts& counts, std::size_t first, std::size_t last,
                            SplitRange range) -> Split {
    auto group = [&](std::size_t from, std::size_t to) {
      return Group{.events = counts.events[to] - (from == 0 ? 0 : counts.events[from - 1]),
                   .weight = counts.weight[to] - (from == 0 ? 0 : counts.weight[from - 1])};
    };
    const Group whole = group(first, last);
    const double entropy = whole.entropy();
    Split best;
    double most = 0;
    for (std::size_t entry = range.from; entry < range.to; ++entry) {
      const Group left = group(first, entry), right = group(entry + 1, last);
      const double rest =
          (left.weight * left.entropy() + right.weight * right.entropy()) / whole.weight;
      const double gain = entropy - rest;
      if (gain <= most + equal_gains * entropy) continue;
      most = gain;
      best.after = entry;
    }
    if (most <= 0) return {};
    const bool worth =
        pays(whole, group(first, best.after), group(best.after + 1, last), most, scale);
    best.gain = worth ? most * whole.weight : 0;
    return best;
  };
  return part_best_first(parting, best_split);
}

}  // namespace credence
