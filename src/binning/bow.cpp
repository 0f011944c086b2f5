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
    : nodes_(nodes), worth_(worth), counting_(counting), edges_(rules.edges()) {
  std::size_t size = 0;
  offsets_.assign(nodes.stride * nodes.stride, 0);
  for (int end = 0; end <= last(); ++end)
    for (int start = 0; start <= end; ++start) {
      offsets_[nodes.at(start, end)] = size;
      if (worth[nodes.at(start, end)] > kNever)
        size += static_cast<std::size_t>(last() - end) * counting_.stored();
    }
  values_.assign(size + 1, kNever);
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
  const std::size_t planes = counting_.stored();
  std::fill(best_.begin(), best_.end(), kNever);
  const bool at_end = end == last();
  const double* after = pairs(start, end);
  const double* rates_after =
      &nodes_.rate_by_start[static_cast<std::size_t>(end + 1) * (at_end ? 0 : nodes_.stride)];
  const double middle = rate(start, end);
  const int cut = end + 1;
  std::size_t taken = 0;
  auto take = [&](int follower) {
    const double* values = after + static_cast<std::size_t>(follower - cut) * planes;
    for (std::size_t plane = 0; plane < planes; ++plane)
      best_[plane] = std::max(best_[plane], values[plane]);
  };
  static const std::vector<int> none;
  const auto& followers = at_end ? none : by_start_[static_cast<std::size_t>(cut)];
  const auto& before = start == 0 ? none : by_end_[static_cast<std::size_t>(start - 1)];
  if (at_end) best_[0] = worth_[nodes_.at(start, end)];
  for (int first : before) {
    const double most = most_after(rate(first, start - 1), middle);
    while (taken < followers.size() && edges_.sign * rates_after[followers[taken]] <= most)
      take(followers[taken++]);
    const std::size_t a = nodes_.at(first, start - 1), b = nodes_.at(start, end);
    if (!edge_allowed(nodes_, edges_, a, b)) continue;
    double* pair = pairs(first, start - 1) + static_cast<std::size_t>(end - start) * planes;
    counting_.extend(worth_[a], best_.data(), 1, pair);
  }
  effort.work += before.size() + followers.size();
  if (start > 0) return;
  double* whole = &starts_[static_cast<std::size_t>(end) * planes];
  if (at_end) {
    counting_.extend(worth_[nodes_.at(0, end)], nullptr, 1, whole);
    return;
  }
  for (int follower : followers) take(follower);
  std::copy(best_.begin(), best_.end(), whole);
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
