#include <credence/optimum/bow.h>

#include <algorithm>
#include <numeric>

namespace credence {

Bow::Bow(const Nodes& nodes, const BinSet& bins, const PathRules& rules, const Counting& counting,
         Effort& effort)
    : nodes_(nodes),
      bins_(bins),
      counting_(counting),
      edges_(rules.edges()),
      limited_(edges_.threshold > 0 || edges_.z_squared > 0) {
  const std::size_t planes = counting_.stored();
  std::size_t size = 0;
  offsets_.resize(bins.size());
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    offsets_[bin] = size;
    const int cut = bins.end[bin] + 1;
    if (cut < bins.prebins)
      size += static_cast<std::size_t>(bins.from(cut + 1) - bins.from(cut)) * planes;
  }
  // Megabytes, each of which is written before it is read: filling them first costs a third more.
  values_ = std::make_unique_for_overwrite<double[]>(size + 1);
  starts_.resize(static_cast<std::size_t>(bins.from(1)) * planes);
  best_.resize(planes);
  sort_by_rate();
  for (int bin = static_cast<int>(bins.size()) - 1; bin >= 0; --bin) best_before(bin, effort);
}

void Bow::sort_by_rate() {
  rising_.resize(bins_.size());
  std::iota(rising_.begin(), rising_.end(), 0);
  falling_ = bins_.by_end;
  for (int at = 0; at < bins_.prebins; ++at) {
    const auto place = static_cast<std::size_t>(at);
    std::sort(rising_.begin() + bins_.first[place], rising_.begin() + bins_.first[place + 1],
              [&](int a, int b) { return rate(a) < rate(b); });
    std::sort(falling_.begin() + bins_.first_end[place],
              falling_.begin() + bins_.first_end[place + 1],
              [&](int a, int b) { return rate(a) > rate(b); });
  }
}

// All rows through this middle bin: the bins before it in falling order of rate allow ever higher
// rates after it, so one merge of both sorted lists serves all pairs.
void Bow::best_before(int bin, Effort& effort) {
  switch (counting_.stored()) {
    case 1:
      best_before_in<1>(bin);
      break;
    case 4:
      best_before_in<4>(bin);
      break;
    case 8:
      best_before_in<8>(bin);
      break;
    default:
      best_before_in<0>(bin);
  }
  const auto at = static_cast<std::size_t>(bin);
  effort.work += static_cast<std::uint64_t>(bins_.prebins - (bins_.end[at] - bins_.start[at]));
}

template <std::size_t kPlanes>
void Bow::best_before_in(int bin) {
  const std::size_t planes = kPlanes > 0 ? kPlanes : counting_.stored();
  const auto at = static_cast<std::size_t>(bin);
  const int start = bins_.start[at], cut = bins_.end[at] + 1;
  double* const best = best_.data();
  std::fill(best, best + planes, kNever);
  const bool at_end = cut == bins_.prebins;
  const int first = at_end ? 0 : bins_.from(cut), end = at_end ? 0 : bins_.from(cut + 1);
  const double* const after = values_.get() + pairs(bin);
  auto take = [&](int follower) {
    const double* const values = after + static_cast<std::size_t>(follower - first) * planes;
    for (std::size_t plane = 0; plane < planes; ++plane)
      best[plane] = values[plane] > best[plane] ? values[plane] : best[plane];
  };
  const double middle = rate(bin);
  const int* const followers = rising_.data();
  if (at_end) best[0] = worth(bin);
  int taken = first;
  if (start == 0) {
    while (taken < end) take(followers[taken++]);
    std::copy(best, best + planes, &starts_[at * planes]);
    return;
  }
  const auto nearer = static_cast<std::size_t>(bin - bins_.from(start)) * planes;
  const auto before = static_cast<std::size_t>(start) - 1;
  for (int i = bins_.first_end[before]; i < bins_.first_end[before + 1]; ++i) {
    const int a = falling_[static_cast<std::size_t>(i)];
    const double most = most_after(rate(a), middle);
    while (taken < end && rate(followers[taken]) <= most) take(followers[taken++]);
    const bool allowed =
        !limited_ || edge_allowed(nodes_, edges_, bins_.node(nodes_, a), bins_.node(nodes_, bin));
    append(allowed ? worth(a) : kNever, best, planes, values_.get() + pairs(a) + nearer);
  }
}

bool Bow::joined(const Step& step, int bin) const {
  return edge_allowed(nodes_, edges_, bins_.node(nodes_, step.bin), bins_.node(nodes_, bin));
}

std::optional<Step> Bow::next(const Step& step, int bin) const {
  if (!joined(step, bin)) return std::nullopt;
  if (step.start > 0 && rate(bin) > most_after(rate(step.before), rate(step.bin)))
    return std::nullopt;
  return Step{.start = step.end + 1,
              .end = bins_.end[static_cast<std::size_t>(bin)],
              .before = step.bin,
              .bin = bin};
}

double Bow::value(const Step& step, int position) const {
  const std::size_t planes = counting_.stored();
  if (step.start == 0)
    return counting_.best(&starts_[static_cast<std::size_t>(step.bin) * planes], position);
  // The pair's planes count the bin before, and its worth.
  const auto second = static_cast<std::size_t>(step.bin - bins_.from(step.start));
  const double* pair = values_.get() + pairs(step.before) + second * planes;
  return counting_.best(pair, position - 1) - worth(step.before);
}

}  // namespace credence
