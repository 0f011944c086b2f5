#include <credence/optimum/strict_ceiling.h>

#include <algorithm>
#include <numeric>

namespace credence {

namespace {

// More than the shape itself allows, so that rounding hides no row.
constexpr double kSlack = 4 * kRateSlack;

}  // namespace

void StrictCeiling::sort_by_rate() {
  by_start_.resize(bins_.size());
  std::iota(by_start_.begin(), by_start_.end(), 0);
  by_end_ = bins_.by_end;
  auto lower = [&](int a, int b) { return rate(a) < rate(b); };
  for (std::size_t at = 0; at < static_cast<std::size_t>(bins_.prebins); ++at) {
    std::sort(by_start_.begin() + bins_.first[at], by_start_.begin() + bins_.first[at + 1], lower);
    std::sort(by_end_.begin() + bins_.first_end[at], by_end_.begin() + bins_.first_end[at + 1],
              lower);
  }
  for (int bin : by_start_) rates_by_start_.push_back(rate(bin));
  for (int bin : by_end_) rates_by_end_.push_back(rate(bin));
}

StrictCeiling::Sorted StrictCeiling::starting_at(int prebin) const {
  const auto from = static_cast<std::size_t>(bins_.from(prebin));
  const std::size_t count = static_cast<std::size_t>(bins_.from(prebin + 1)) - from;
  return {std::span{by_start_}.subspan(from, count),
          std::span{rates_by_start_}.subspan(from, count)};
}

StrictCeiling::Sorted StrictCeiling::ending_at(int prebin) const {
  const auto from = static_cast<std::size_t>(bins_.first_end[static_cast<std::size_t>(prebin)]);
  const std::size_t count = bins_.ending_at(prebin).size();
  return {std::span{by_end_}.subspan(from, count), std::span{rates_by_end_}.subspan(from, count)};
}

void StrictCeiling::start(const Interval& interval, const Sorted& bins, Side& side) const {
  for (std::size_t i = 0; i < bins.numbers.size() && bins.rates[i] <= interval.high; ++i) {
    const auto bin = static_cast<std::size_t>(bins.numbers[i]);
    side.away[bin] = bins_.worth[bin];
    if (bins.rates[i] >= interval.low) side.peak[bin] = bins_.worth[bin];
  }
}

// Both lists ascend by rate, and so does every limit that a bin sets to the bins beside it.
void StrictCeiling::extend(const Interval& interval, const Sorted& known, const Sorted& bins,
                           Side& side) {
  auto at = [&](std::size_t place) { return static_cast<std::size_t>(known.numbers[place]); };
  std::size_t count = known.numbers.size();
  while (count > 0 && known.rates[count - 1] > interval.high) --count;
  auto& [away, peak, across] = sorted_;
  away[0] = peak[count] = across[count] = kNever;
  // The best of those with lower rates, and of those with higher ones.
  for (std::size_t i = 0; i < count; ++i) away[i + 1] = std::max(away[i], side.away[at(i)]);
  for (std::size_t i = count; i-- > 0;) {
    peak[i] = std::max(peak[i + 1], side.peak[at(i)]);
    across[i] = std::max(across[i + 1], side.across[at(i)]);
  }
  std::size_t lower = 0, halved = 0, higher = 0, nearer = 0;
  for (std::size_t i = 0; i < bins.numbers.size() && bins.rates[i] <= interval.high; ++i) {
    const auto bin = static_cast<std::size_t>(bins.numbers[i]);
    const double here = bins.rates[i];
    const double farthest = 2 * here - interval.low + kSlack;
    const double nearest = (here + interval.low - kSlack) / 2;
    while (halved < count && known.rates[halved] <= farthest) ++halved;
    while (lower < count && known.rates[lower] <= here + kSlack) ++lower;
    while (higher < count && known.rates[higher] < here - kSlack) ++higher;
    while (nearer < count && known.rates[nearer] < nearest) ++nearer;
    side.away[bin] = bins_.worth[bin] + away[halved];
    if (here >= interval.low) side.peak[bin] = bins_.worth[bin] + away[lower];
    side.across[bin] = bins_.worth[bin] + std::max(peak[higher], across[nearer]);
  }
}

void StrictCeiling::fill(Side& side, const Interval& interval, Toward toward, Effort& effort) {
  for (auto* values : {&side.away, &side.peak, &side.across}) values->assign(bins_.size(), kNever);
  effort.work += bins_.size();
  const int last = bins_.prebins - 1;
  if (toward == Toward::last_prebin) {
    start(interval, ending_at(last), side);
    for (int cut = last; cut > 0; --cut)
      extend(interval, starting_at(cut), ending_at(cut - 1), side);
  } else {
    start(interval, starting_at(0), side);
    for (int cut = 1; cut <= last; ++cut)
      extend(interval, ending_at(cut - 1), starting_at(cut), side);
  }
}

void StrictCeiling::add(double low, double high, Effort& effort) {
  Interval interval{.low = low, .high = high};
  fill(right_, interval, Toward::last_prebin, effort);
  for (std::size_t bin = 0; bin < static_cast<std::size_t>(bins_.from(1)); ++bin)
    interval.bound = std::max({interval.bound, right_.peak[bin], right_.across[bin]});
  intervals_.push_back(interval);
  std::push_heap(intervals_.begin(), intervals_.end());
}

StrictCeiling::StrictCeiling(const BinSet& bins, double sign)
    : bins_(bins), sign_(sign), rates_(bins.rate) {
  sort_by_rate();
  for (double& rate : rates_) rate *= sign;
  std::sort(rates_.begin(), rates_.end());
  rates_.erase(std::unique(rates_.begin(), rates_.end()), rates_.end());
  for (auto* values : {&sorted_.away, &sorted_.peak, &sorted_.across})
    values->resize(static_cast<std::size_t>(bins.prebins) + 1);
}

double StrictCeiling::best(double least, Effort& effort) {
  if (rates_.empty()) return kNever;
  if (intervals_.empty()) add(rates_.front(), rates_.back(), effort);
  while (!effort.spent()) {
    const Interval top = intervals_.front();
    if (top.low == top.high || top.bound < least || top.bound == kNever) break;
    std::pop_heap(intervals_.begin(), intervals_.end());
    intervals_.pop_back();
    const auto from = std::lower_bound(rates_.begin(), rates_.end(), top.low);
    const auto to = std::lower_bound(rates_.begin(), rates_.end(), top.high);
    const auto middle = from + (to - from) / 2;
    add(top.low, *middle, effort);
    add(*(middle + 1), top.high, effort);
  }
  return intervals_.front().bound;
}

// A row keeps the limits of the interval that its highest rate is in.
BinSet StrictCeiling::above(double floor, Effort& effort) {
  std::vector<double> through(bins_.size(), kNever);
  for (const Interval& interval : intervals_) {
    if (interval.bound < floor) continue;
    fill(left_, interval, Toward::first_prebin, effort);
    fill(right_, interval, Toward::last_prebin, effort);
    for (std::size_t bin = 0; bin < bins_.size(); ++bin) {
      const double rows =
          std::max({left_.away[bin] + right_.across[bin], left_.peak[bin] + right_.peak[bin],
                    left_.across[bin] + right_.away[bin]});
      through[bin] = std::max(through[bin], rows - bins_.worth[bin]);
    }
  }
  return bins_.above(through, floor);
}

}  // namespace credence
