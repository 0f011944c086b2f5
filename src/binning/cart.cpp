#include <credence/binning/cart.h>
#include <credence/binning/prebin.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace credence {

namespace {

constexpr std::size_t lanes = 4;
constexpr std::size_t vectors = 2;  // one running maximum would make each step wait for the last
constexpr std::size_t at_once = lanes * vectors;
constexpr std::size_t block_entries = 128;
using Lanes [[gnu::vector_size(lanes * sizeof(double))]] = double;

// The decrease of Gini impurity by a split, times N/2: (E_l N - E N_l)^2 / (N_l N_r N), a form of
// E_l^2/N_l + E_r^2/N_r - E^2/N that loses no digits to subtraction. 1/N is left to the caller.
struct Scan {
  const double* events;
  const double* weight;
  double events_before, weight_before, all_events, all_weight;

  template <class Number>
  [[gnu::always_inline]] void gain(const Number& events_here, const Number& weight_here,
                                   Number& out) const {
    const Number left = weight_here - weight_before;
    const Number off = (events_here - events_before) * all_weight - all_events * left;
    out = off * off / (left * (all_weight - left));
  }
  double gain(std::size_t entry) const {
    double out;
    gain(events[entry], weight[entry], out);
    return out;
  }
};

// The largest gain, or 0. REQUIRES: a multiple of `at_once` entries.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx2", "default")]]
#endif
double best_of_vectors(const Scan& scan, std::size_t from, std::size_t to) {
  Lanes most[vectors] = {};
  for (std::size_t entry = from; entry < to; entry += at_once)
    for (std::size_t k = 0; k < vectors; ++k) {
      Lanes events, weight, gain;
      std::memcpy(&events, scan.events + entry + k * lanes, sizeof events);
      std::memcpy(&weight, scan.weight + entry + k * lanes, sizeof weight);
      scan.gain(events, weight, gain);
      most[k] = gain > most[k] ? gain : most[k];
    }
  double best = 0;
  for (const Lanes& one : most)
    for (std::size_t lane = 0; lane < lanes; ++lane) best = std::max(best, one[lane]);
  return best;
}

double best(const Scan& scan, std::size_t from, std::size_t to) {
  const std::size_t even = from + (to - from) / at_once * at_once;
  double most = best_of_vectors(scan, from, even);
  for (std::size_t entry = even; entry < to; ++entry) most = std::max(most, scan.gain(entry));
  return most;
}

// Not less than any gain from `first` to `last`, both included. Between the two, events and others
// only become more; the gain is convex in both numbers, so it is largest at a corner of the
// rectangle that they span.
double most_between(const Scan& scan, std::size_t first, std::size_t last) {
  const double events[] = {scan.events[first], scan.events[last]};
  const double weight[] = {scan.weight[first], scan.weight[last]};
  double most = 0;
  for (std::size_t corner = 0; corner < 4; ++corner) {
    const std::size_t at = corner & 1U, other = corner >> 1U;
    double gain;
    scan.gain(events[at], events[at] + (weight[other] - events[other]), gain);
    most = std::max(most, gain);
  }
  return most;
}

// The largest gain of each block of entries; 0 of one that is seen from its corners to have no
// gain near the largest of all. Of 100,000 entries that leaves one in five to look at.
std::vector<double> best_of_blocks(const Scan& scan, SplitRange range, bool is_exact) {
  std::vector<double> of_block;
  auto end_of = [&](std::size_t from) { return std::min(range.to, from + block_entries); };
  double most = 0;
  for (std::size_t at = range.from; is_exact && at < range.to; at += block_entries) {
    of_block.push_back(most_between(scan, at, end_of(at) - 1));
    most = std::max(most, scan.gain(at));
  }
  std::size_t block = 0;
  of_block.resize((range.to - range.from + block_entries - 1) / block_entries,
                  std::numeric_limits<double>::infinity());
  for (std::size_t at = range.from; at < range.to; at += block_entries, ++block) {
    double& gain = of_block[block];
    gain = gain < most * (1 - 100 * equal_gains) ? 0 : best(scan, at, end_of(at));
    most = std::max(most, gain);
  }
  return of_block;
}

}  // namespace

Split best_gini_split(const OrderedCounts& counts, std::size_t first, std::size_t last,
                      SplitRange range) {
  auto before = [first](const OrderedCounts::Numbers& running) {
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
  // Whole counts of which products lose no digit, so that corners bound what is between them.
  const bool is_exact = counts.nonevents.empty() && scan.all_weight < 0x1p26;
  const std::vector<double> of_block = best_of_blocks(scan, range, is_exact);
  const double most = *std::ranges::max_element(of_block);
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
