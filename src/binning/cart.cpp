#include <credence/binning/cart.h>
#include <credence/binning/prebin.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

constexpr std::size_t lanes = 4;
constexpr std::size_t block_entries = 256;

// The decrease of Gini impurity by a split, times N/2: (E_l N - E N_l)^2 / (N_l N_r N), a form of
// E_l^2/N_l + E_r^2/N_r - E^2/N that loses no digits to subtraction. 1/N is left to the caller.
struct Scan {
  const double* events;
  const double* weight;
  double events_before, weight_before, all_events, all_weight;

  double gain(std::size_t entry) const {
    const double left = weight[entry] - weight_before;
    const double off = (events[entry] - events_before) * all_weight - all_events * left;
    return off * off / (left * (all_weight - left));
  }
  // Independent lanes, because one running maximum would make every step wait for the one before.
  double best(std::size_t from, std::size_t to) const {
    std::array<double, lanes> most{};
    std::size_t entry = from;
    for (; entry + lanes <= to; entry += lanes) {
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        const double value = gain(entry + lane);
        most[lane] = value > most[lane] ? value : most[lane];
      }
    }
    for (; entry < to; ++entry) most[0] = std::max(most[0], gain(entry));
    return std::max(std::max(most[0], most[1]), std::max(most[2], most[3]));
  }
};

}  // namespace

Split best_gini_split(const OrderedCounts& counts, std::size_t first, std::size_t last,
                      SplitRange range) {
  auto before = [first](const std::vector<double>& running) {
    return first == 0 ? 0.0 : running[first - 1];
  };
  Scan scan{.events = counts.events.data(),
            .weight = counts.weight.data(),
            .events_before = before(counts.events),
            .weight_before = before(counts.weight),
            .all_events = 0,
            .all_weight = 0};
  scan.all_events = counts.events[last] - scan.events_before;
  scan.all_weight = counts.weight[last] - scan.weight_before;
  double most = 0;
  std::vector<double> of_block;
  for (std::size_t at = range.from; at < range.to; at += block_entries) {
    of_block.push_back(scan.best(at, std::min(range.to, at + block_entries)));
    most = std::max(most, of_block.back());
  }
  const double all_nonevents = scan.all_weight - scan.all_events;
  if (!(most > equal_gains * scan.all_events * all_nonevents)) return {};
  const double enough = most * (1 - equal_gains);
  std::size_t entry = range.from;
  for (std::size_t block = 0; of_block[block] < enough; ++block) entry += block_entries;
  // Not `<`: where a weight is too small to change a sum, the gain is no number.
  while (!(scan.gain(entry) >= enough)) ++entry;
  return {.gain = most / scan.all_weight, .after = entry};
}

std::vector<std::size_t> part_by_cart(const Parting& parting) {
  return part_best_first(parting, best_gini_split);
}

}  // namespace credence
