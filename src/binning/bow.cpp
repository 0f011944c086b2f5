#include <credence/binning/bow.h>

#include <algorithm>

namespace credence {

namespace {

// The highest rate that may follow two bins.
double most_after(double before, double middle) {
  return 2 * middle + kRateSlack - before;
}

}  // namespace

Bow::Bow(const Nodes& nodes, const PathRules& rules, const Worth& worth, const Counting& counting,
         Effort& effort)
    : nodes_(nodes),
      worth_(worth),
      counting_(counting),
      edges_(rules.edges()),
      limited_(edges_.threshold > 0 || edges_.z_squared > 0) {
  std::size_t size = 0;
  offsets_.assign(nodes.stride * nodes.stride, 0);
  for (int end = 0; end <= last(); ++end)
    for (int start = 0; start <= end; ++start) {
      offsets_[nodes.at(start, end)] = size;
      if (worth[nodes.at(start, end)] > kNever)
        size += static_cast<std::size_t>(last() - end) * counting_.stored();
    }
  // Megabytes, each of which is written before it is read: filling them first costs a third more.
  values_ = std::make_unique_for_overwrite<double[]>(size + 1);
  starts_.assign(nodes.stride * counting_.stored(), kNever);
  best_.resize(counting_.stored());
  sort_by_rate();
  for (int start = last(); start >= 0; --start)
    for (int end = start; end <= last(); ++end)
      if (worth[nodes.at(start, end)] > kNever) best_before(start, end, effort);
}

void Bow::sort_by_rate() {
  const auto count = static_cast<std::size_t>(nodes_.prebins);
  by_start_.resize(count);
  by_end_.resize(count);
  for (int end = 0; end <= last(); ++end)
    for (int start = 0; start <= end; ++start)
      if (worth_[nodes_.at(start, end)] > kNever) {
        by_start_[static_cast<std::size_t>(start)].push_back(end);
        by_end_[static_cast<std::size_t>(end)].push_back(start);
      }
  for (int at = 0; at <= last(); ++at) {
    auto& ends = by_start_[static_cast<std::size_t>(at)];
    auto& starts = by_end_[static_cast<std::size_t>(at)];
    std::sort(ends.begin(), ends.end(), [&](int a, int b) { return rate(at, a) < rate(at, b); });
    std::sort(starts.begin(), starts.end(),
              [&](int a, int b) { return rate(a, at) > rate(b, at); });
  }
}

// All rows through the middle bin (start, end): the bins before it in falling order of rate allow
// ever higher rates after it, so one merge of both sorted lists serves all pairs.
void Bow::best_before(int start, int end, Effort& effort) {
  switch (counting_.stored()) {
    case 1:
      best_before_in<1>(start, end);
      break;
    case 4:
      best_before_in<4>(start, end);
      break;
    case 8:
      best_before_in<8>(start, end);
      break;
    default:
      best_before_in<0>(start, end);
  }
  effort.work += static_cast<std::uint64_t>(nodes_.prebins - (end - start));
}

template <std::size_t kPlanes>
void Bow::best_before_in(int start, int end) {
  static const std::vector<int> none;
  const std::size_t planes = kPlanes > 0 ? kPlanes : counting_.stored();
  double* const best = best_.data();
  std::fill(best, best + planes, kNever);
  const bool at_end = end == last();
  const int cut = end + 1;
  const std::size_t row = at_end ? 0 : static_cast<std::size_t>(cut) * nodes_.stride;
  const double* const rates_after = &nodes_.rate_by_start[row];
  const double* const after = pairs(start, end);
  auto take = [&](int follower) {
    const double* const values = after + static_cast<std::size_t>(follower - cut) * planes;
    for (std::size_t plane = 0; plane < planes; ++plane)
      best[plane] = values[plane] > best[plane] ? values[plane] : best[plane];
  };
  const auto& followers = at_end ? none : by_start_[static_cast<std::size_t>(cut)];
  const auto& before = start == 0 ? none : by_end_[static_cast<std::size_t>(start - 1)];
  const std::size_t b = nodes_.at(start, end);
  const double middle = rate(start, end);
  if (at_end) best[0] = worth_[b];
  std::size_t taken = 0;
  for (int first : before) {
    const std::size_t a = nodes_.at(first, start - 1);
    const double most = most_after(edges_.sign * nodes_.rate[a], middle);
    while (taken < followers.size() && edges_.sign * rates_after[followers[taken]] <= most)
      take(followers[taken++]);
    double* const pair = pairs(first, start - 1) + static_cast<std::size_t>(end - start) * planes;
    const bool allowed = !limited_ || edge_allowed(nodes_, edges_, a, b);
    append(allowed ? worth_[a] : kNever, best, planes, pair);
  }
  if (start > 0) return;
  if (!at_end)
    for (int follower : followers) take(follower);
  std::copy(best, best + planes, &starts_[static_cast<std::size_t>(end) * planes]);
}

bool Bow::joined(const Step& step, int end) const {
  const std::size_t a = nodes_.at(step.start, step.end), b = nodes_.at(step.end + 1, end);
  return worth_[b] > kNever && edge_allowed(nodes_, edges_, a, b);
}

std::optional<Step> Bow::next(const Step& step, int end) const {
  if (!joined(step, end)) return std::nullopt;
  if (step.start > 0 && rate(step.end + 1, end) > most_after(rate(step.before, step.start - 1),
                                                             rate(step.start, step.end)))
    return std::nullopt;
  return Step{.start = step.end + 1, .end = end, .before = step.start};
}

double Bow::value(const Step& step, int position) const {
  const std::size_t planes = counting_.stored();
  if (step.start == 0)
    return counting_.best(&starts_[static_cast<std::size_t>(step.end) * planes], position);
  // The pair's planes count the bin before, and its worth.
  const double* pair =
      pairs(step.before, step.start - 1) + static_cast<std::size_t>(step.end - step.start) * planes;
  return counting_.best(pair, position - 1) - worth_[nodes_.at(step.before, step.start - 1)];
}

}  // namespace credence
