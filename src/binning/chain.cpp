#include <credence/binning/chain.h>

#include <algorithm>
#include <cmath>

namespace credence {

Counting Counting::of(const PathRules& rules, int most) {
  if (rules.max_bins >= most)
    return {.planes = rules.min_bins, .open = true, .min_bins = rules.min_bins, .max_bins = most};
  return {.planes = rules.max_bins,
          .open = false,
          .min_bins = rules.min_bins,
          .max_bins = rules.max_bins};
}

double Counting::best(const double* values, int position) const {
  int low = std::max(min_bins - position + 1, 1);
  int high = open ? planes : max_bins - position + 1;
  if (open) low = std::min(low, planes);
  double best = kNever;
  for (int plane = low; plane <= high; ++plane) best = std::max(best, values[plane - 1]);
  return best;
}

void Counting::extend(double worth, const double* after, std::size_t after_stride,
                      double* values) const {
  const auto count = static_cast<std::size_t>(planes);
  if (!after) {
    std::fill(values, values + stored(), kNever);
    values[0] = worth;
    return;
  }
  values[0] = kNever;
  for (std::size_t plane = 1; plane < count; ++plane)
    values[plane] = worth + after[(plane - 1) * after_stride];
  if (open)
    values[count - 1] = std::max(values[count - 1], worth + after[(count - 1) * after_stride]);
  std::fill(values + count, values + stored(), kNever);
}

Chain::Chain(const Nodes& nodes, const PathRules& rules, const Worth& worth,
             const Counting& counting, Effort& effort)
    : nodes_(nodes),
      worth_(worth),
      counting_(counting),
      course_(rules.course()),
      edges_(rules.edges()) {
  const std::size_t cells = nodes.stride * nodes.stride * counting_.stored();
  // Of bins that may be, all are written before they are read; the others are never read.
  values_ = std::make_unique_for_overwrite<double[]>(cells);
  best_.resize(nodes.stride * counting_.stored());
  if (course_ == Course::turning) {
    falling_ = std::make_unique_for_overwrite<double[]>(cells);
    best_falling_.resize(best_.size());
  }
  for (int end = last(); end >= 0; --end) before_cut(end, effort);
}

void Chain::keep(int start, int end, bool at_end) {
  const double worth = worth_[nodes_.at(start, end)];
  if (worth == kNever) return;
  const auto s = static_cast<std::size_t>(start);
  const double* best = at_end ? nullptr : &best_[s];
  counting_.extend(worth, best, nodes_.stride, &values_[place(start, end)]);
  if (course_ != Course::turning) return;
  const double* falling = at_end ? nullptr : &best_falling_[s];
  counting_.extend(worth, falling, nodes_.stride, &falling_[place(start, end)]);
}

void Chain::list_followers(int start) {
  followers_.clear();
  for (int end = start; end <= last(); ++end) {
    if (worth_[nodes_.at(start, end)] == kNever) continue;
    const double* values = &values_[place(start, end)];
    if (std::any_of(values, values + counting_.planes, [](double v) { return v > kNever; }))
      followers_.push_back(end);
  }
}

void Chain::before_cut(int end, Effort& effort) {
  const double* worth = &worth_[nodes_.at(0, end)];
  int from = 0, to = end + 1;
  while (from < to && worth[from] == kNever) ++from;
  while (from < to && worth[to - 1] == kNever) --to;
  if (from == to) return;
  if (end < last()) {
    constexpr std::size_t kVector = 8;
    list_followers(end + 1);
    const std::size_t column = nodes_.at(0, end);
    const auto row = static_cast<std::size_t>(end + 1) * nodes_.stride;
    Enders enders{.rate = &nodes_.rate[column],
                  .effective = &nodes_.effective[column],
                  .best = best_.data(),
                  .best_falling = best_falling_.data(),
                  .from = static_cast<std::size_t>(from) / kVector * kVector,
                  .to = (static_cast<std::size_t>(to) + kVector - 1) / kVector * kVector,
                  .stride = nodes_.stride};
    Followers followers{.ends = followers_,
                        .rate = &nodes_.rate_by_start[row],
                        .effective = &nodes_.effective_by_start[row],
                        .value = &values_[row * counting_.stored()],
                        .value_falling = !falling_ ? nullptr : &falling_[row * counting_.stored()],
                        .planes = counting_.stored()};
    find_best(course_, edges_, followers, enders);
    effort.work += followers_.size() * static_cast<std::size_t>(to - from);
  }
  for (int start = from; start < to; ++start) keep(start, end, end == last());
}

std::optional<Step> Chain::next(const Step& step, int end) const {
  const std::size_t a = nodes_.at(step.start, step.end), b = nodes_.at(step.end + 1, end);
  if (worth_[b] == kNever || !edge_allowed(nodes_, edges_, a, b)) return std::nullopt;
  const double climb = edges_.sign * (nodes_.rate[b] - nodes_.rate[a]);
  Step next{.start = step.end + 1, .end = end};
  if (course_ == Course::free) return next;
  if (!step.falling && climb >= edges_.threshold) return next;
  if (course_ != Course::turning || -climb < edges_.threshold) return std::nullopt;
  next.falling = true;
  return next;
}

double Chain::value(const Step& step, int position) const {
  if (worth(step) == kNever) return kNever;
  const auto& values = step.falling ? falling_ : values_;
  return counting_.best(&values[place(step.start, step.end)], position);
}

}  // namespace credence
