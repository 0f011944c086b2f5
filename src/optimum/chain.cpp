#include <credence/optimum/chain.h>

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

Chain::Chain(const Nodes& nodes, const BinSet& bins, const PathRules& rules,
             const Counting& counting, Effort& effort)
    : nodes_(nodes),
      bins_(bins),
      counting_(counting),
      course_(rules.course()),
      edges_(rules.edges()) {
  constexpr std::size_t kBlock = 8;  // of find_best()
  for (int end = 0; end < bins.prebins; ++end)
    stride_ = std::max(stride_, bins.ending_at(end).size());
  stride_ = (stride_ + kBlock - 1) / kBlock * kBlock;
  rate_.resize(stride_), effective_.resize(stride_);
  best_.resize(stride_ * counting_.stored());
  // All are written before they are read.
  values_ = std::make_unique_for_overwrite<double[]>(place(static_cast<int>(bins.size())));
  if (course_ == Course::turning) {
    falling_ = std::make_unique_for_overwrite<double[]>(place(static_cast<int>(bins.size())));
    best_falling_.resize(best_.size());
  }
  for (int end = bins.prebins - 1; end >= 0; --end) before_cut(end, effort);
}

void Chain::keep(int bin, const double* best, const double* falling) {
  const double worth = bins_.worth[static_cast<std::size_t>(bin)];
  counting_.extend(worth, best, stride_, &values_[place(bin)]);
  if (course_ == Course::turning) counting_.extend(worth, falling, stride_, &falling_[place(bin)]);
}

void Chain::list_followers(int start) {
  followers_.clear();
  for (int bin = bins_.from(start); bin < bins_.from(start + 1); ++bin) {
    const double* values = &values_[place(bin)];
    if (std::any_of(values, values + counting_.planes, [](double v) { return v > kNever; }))
      followers_.push_back(bin);
  }
}

void Chain::gather(std::span<const int> ending) {
  for (std::size_t i = 0; i < ending.size(); ++i) {
    rate_[i] = bins_.rate[static_cast<std::size_t>(ending[i])];
    effective_[i] = bins_.effective[static_cast<std::size_t>(ending[i])];
  }
}

void Chain::before_cut(int end, Effort& effort) {
  const std::span<const int> ending = bins_.ending_at(end);
  if (ending.empty()) return;
  if (end == bins_.prebins - 1) {
    for (int bin : ending) keep(bin, nullptr, nullptr);
    return;
  }
  constexpr std::size_t kBlock = 8;
  list_followers(end + 1);
  gather(ending);
  Enders enders{.rate = rate_.data(),
                .effective = effective_.data(),
                .best = best_.data(),
                .best_falling = best_falling_.data(),
                .from = 0,
                .to = (ending.size() + kBlock - 1) / kBlock * kBlock,
                .stride = stride_};
  Followers followers{.ends = followers_,
                      .rate = bins_.rate.data(),
                      .effective = bins_.effective.data(),
                      .value = values_.get(),
                      .value_falling = falling_.get(),
                      .planes = counting_.stored()};
  find_best(course_, edges_, followers, enders);
  effort.work += followers_.size() * ending.size();
  for (std::size_t i = 0; i < ending.size(); ++i)
    keep(ending[i], &best_[i], course_ == Course::turning ? &best_falling_[i] : nullptr);
}

std::optional<Step> Chain::next(const Step& step, int bin) const {
  const std::size_t a = bins_.node(nodes_, step.bin), b = bins_.node(nodes_, bin);
  if (!edge_allowed(nodes_, edges_, a, b)) return std::nullopt;
  const double climb = edges_.sign * (nodes_.rate[b] - nodes_.rate[a]);
  Step next{.start = step.end + 1, .end = bins_.end[static_cast<std::size_t>(bin)], .bin = bin};
  if (course_ == Course::free) return next;
  if (!step.falling && climb >= edges_.threshold) return next;
  if (course_ != Course::turning || -climb < edges_.threshold) return std::nullopt;
  next.falling = true;
  return next;
}

double Chain::value(const Step& step, int position) const {
  const auto& values = step.falling ? falling_ : values_;
  return counting_.best(&values[place(step.bin)], position);
}

}  // namespace credence
