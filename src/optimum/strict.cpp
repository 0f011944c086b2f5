#include <credence/optimum/strict.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr std::size_t kMostLabels = 4'000'000;
constexpr double kAny = std::numeric_limits<double>::infinity();

}  // namespace

bool keeps_strict_shape(const Nodes& nodes, double sign, const Path& path) {
  double highest = -kAny, cap = kAny;
  int start = 0;
  for (int end : path.last) {
    const double rate = sign * nodes.rate[nodes.at(start, end)];
    if (rate > cap + kRateSlack) return false;
    cap = std::min(cap, 2 * rate - highest);
    highest = std::max(highest, rate);
    start = end + 1;
  }
  return true;
}

bool StrictSearch::sooner(int a, int b) const {
  const Label& x = labels_[static_cast<std::size_t>(a)];
  const Label& y = labels_[static_cast<std::size_t>(b)];
  if (x.bound != y.bound) return x.bound > y.bound;
  return x.step.end != y.step.end ? x.step.end > y.step.end : a < b;
}

Path StrictSearch::row(const Label& label) const {
  Path path{.last = {label.step.end}, .objective = label.total};
  for (int at = label.parent; at >= 0; at = labels_[static_cast<std::size_t>(at)].parent)
    path.last.push_back(labels_[static_cast<std::size_t>(at)].step.end);
  std::reverse(path.last.begin(), path.last.end());
  return path;
}

// Whether whatever can follow `b` can follow `a` too, and is not preferred there.
bool StrictSearch::dominates(const Label& a, const Label& b) const {
  if (a.total < b.total || a.highest > b.highest || a.cap < b.cap) return false;
  if (rules_.max_bins < nodes_.prebins && a.bins > b.bins) return false;
  if (a.bins < b.bins && a.bins < rules_.min_bins) return false;
  if (a.total > b.total + tie_slack(scale_)) return true;
  return a.bins != b.bins ? a.bins < b.bins : row(a).last <= row(b).last;
}

void StrictSearch::add(Label label) {
  auto& here = labels_at_[static_cast<std::size_t>(label.step.bin)];
  effort_.work += here.size() + 1;
  for (int other : here)
    if (dominates(labels_[static_cast<std::size_t>(other)], label)) return;
  std::erase_if(here, [&](int other) {
    Label& old = labels_[static_cast<std::size_t>(other)];
    old.dropped = dominates(label, old);
    return old.dropped;
  });
  const int index = static_cast<int>(labels_.size());
  labels_.push_back(label);
  here.push_back(index);
  heap_.push_back(index);
  std::push_heap(heap_.begin(), heap_.end(), [&](int a, int b) { return sooner(b, a); });
}

void StrictSearch::extend(int index) {
  const Label from = labels_[static_cast<std::size_t>(index)];
  const BinSet& bins = bow_.bins();
  for (int bin = bins.from(from.step.end + 1); bin < bins.from(from.step.end + 2); ++bin) {
    const double rate = bow_.rate(bin);
    if (rate > from.cap + kRateSlack || !bow_.joined(from.step, bin)) continue;
    const Step step{.start = from.step.end + 1,
                    .end = bins.end[static_cast<std::size_t>(bin)],
                    .before = from.step.bin,
                    .bin = bin};
    const double bound = from.total + bow_.value(step, from.bins + 1);
    if (bound == kNever) continue;
    add({.step = step,
         .total = from.total + bow_.worth(bin),
         .bound = bound,
         .highest = std::max(from.highest, rate),
         .cap = std::min(from.cap, 2 * rate - from.highest),
         .bins = from.bins + 1,
         .parent = index});
  }
}

Found StrictSearch::path() {
  const BinSet& bins = bow_.bins();
  for (int bin = 0; bin < bins.from(1); ++bin) {
    const Step step{.start = 0, .end = bins.end[static_cast<std::size_t>(bin)], .bin = bin};
    const double bound = bow_.value(step, 1);
    if (bound == kNever) continue;
    scale_ = std::max(scale_, std::abs(bound));
    add({.step = step,
         .total = bow_.worth(bin),
         .bound = bound,
         .highest = bow_.rate(bin),
         .cap = kAny});
  }
  std::optional<Path> best;
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), [&](int a, int b) { return sooner(b, a); });
    const int index = heap_.back();
    heap_.pop_back();
    const Label& label = labels_[static_cast<std::size_t>(index)];
    if (label.dropped) continue;
    if (best && label.bound < best->objective - tie_slack(best->objective)) break;
    if (!best && (effort_.spent() || labels_.size() > kMostLabels))
      return {.path = std::nullopt, .bound = label.bound, .proven = false};
    if (label.step.end == bins.prebins - 1) {
      Path path = row(label);
      if (!best || preferred(path, *best)) best = std::move(path);
      continue;
    }
    extend(index);
  }
  return Found::exact(std::move(best));
}

}  // namespace credence
