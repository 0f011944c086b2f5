#include <credence/optimum/strict_ceiling.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace credence {

namespace {

// More than the shape itself allows, so that rounding hides no row.
constexpr double kSlack = 4 * kRateSlack;

// The highest rate that may come next on the way down from a peak of at least `low`.
double most_beyond(double rate, double low) {
  return std::min(rate, 2 * rate - low) + kSlack;
}

// The lowest rate from which this one may come.
double least_before(double rate, double low) {
  return std::max(rate, (rate + low) / 2) - kSlack;
}

}  // namespace

StrictCeiling::Line StrictCeiling::line_of(std::vector<int> bins, std::vector<int> first) const {
  Line line;
  std::vector<std::pair<double, int>> sorted;
  sorted.reserve(bins.size());
  for (int bin : bins) sorted.emplace_back(sign_ * bins_.rate[static_cast<std::size_t>(bin)], bin);
  for (std::size_t at = 0; at + 1 < first.size(); ++at)
    std::sort(sorted.begin() + first[at], sorted.begin() + first[at + 1]);
  line.first = std::move(first), line.bins = std::move(bins);
  line.rates.resize(sorted.size()), line.worths.resize(sorted.size());
  line.away.resize(sorted.size());
  for (std::size_t place = 0; place < sorted.size(); ++place) {
    const auto [rate, bin] = sorted[place];
    line.bins[place] = bin, line.rates[place] = rate;
    line.worths[place] = bins_.worth[static_cast<std::size_t>(bin)];
  }
  return line;
}

StrictCeiling::StrictCeiling(const BinSet& bins, double sign) : bins_(bins), sign_(sign) {
  std::vector<int> by_start(bins.size());
  std::iota(by_start.begin(), by_start.end(), 0);
  starts_ = line_of(std::move(by_start), bins.first);
  ends_ = line_of(bins.by_end, bins.first_end);
  std::vector<int> place(bins.size());  // by bin
  auto link = [&](const Line& from, Line& to) {
    to.other.resize(bins.size());
    for (std::size_t at = 0; at < bins.size(); ++at)
      place[static_cast<std::size_t>(from.bins[at])] = static_cast<int>(at);
    for (std::size_t at = 0; at < bins.size(); ++at)
      to.other[at] = place[static_cast<std::size_t>(to.bins[at])];
  };
  link(starts_, ends_);
  link(ends_, starts_);
}

// From the border inwards: `known` holds the bins on the far side of each cut, `next` the others.
// Both ascend by rate, and so does the limit that a bin sets to the bins beyond it.
void StrictCeiling::fill_away(Line& known, const Line& next, const Peaks& peaks) const {
  const bool from_last = &known == &starts_;
  const int last = bins_.prebins - 1;
  for (int i = 0; i <= last; ++i) {
    const auto at = static_cast<std::size_t>(from_last ? last - i : i);
    const std::size_t beyond = from_last ? at + 1 : at - 1;
    double best = i == 0 ? 0 : kNever;
    auto place = i == 0 ? 0 : static_cast<std::size_t>(known.first[beyond]);
    const auto end = i == 0 ? 0 : static_cast<std::size_t>(known.first[beyond + 1]);
    const auto next_end = static_cast<std::size_t>(next.first[at + 1]);
    for (auto bin = static_cast<std::size_t>(next.first[at]);
         bin < next_end && next.rates[bin] <= peaks.high; ++bin) {
      const double most = std::min(most_beyond(next.rates[bin], peaks.low), peaks.high);
      for (; place < end && known.rates[place] <= most; ++place)
        best = std::max(best, known.away[place]);
      known.away[static_cast<std::size_t>(next.other[bin])] = next.worths[bin] + best;
    }
  }
}

// The same for rows in which the peak lies beyond, from the highest rate downwards. REQUIRES: what
// is away from the peak is filled in.
void StrictCeiling::fill_across(Line& known, const Line& next, const Peaks& peaks) const {
  const bool from_last = &known == &starts_;
  const int last = bins_.prebins - 1;
  for (int i = 0; i <= last; ++i) {
    const auto at = static_cast<std::size_t>(from_last ? last - i : i);
    const std::size_t beyond = from_last ? at + 1 : at - 1;
    double best = kNever;
    const auto begin = i == 0 ? 0 : static_cast<std::size_t>(known.first[beyond]);
    auto peak = i == 0 ? 0 : static_cast<std::size_t>(known.first[beyond + 1]);
    while (peak > begin && known.rates[peak - 1] > peaks.high) --peak;
    auto between = peak;
    const auto next_begin = static_cast<std::size_t>(next.first[at]);
    for (auto bin = static_cast<std::size_t>(next.first[at + 1]); bin-- > next_begin;) {
      const double rate = next.rates[bin];
      if (rate > peaks.high) continue;
      for (; peak > begin && known.rates[peak - 1] >= rate - kSlack; --peak)
        if (known.is_allowed[peak - 1]) best = std::max(best, known.away[peak - 1]);
      for (; between > begin && known.rates[between - 1] >= least_before(rate, peaks.low);
           --between)
        best = std::max(best, known.across[between - 1]);
      known.across[static_cast<std::size_t>(next.other[bin])] = next.worths[bin] + best;
    }
  }
}

void StrictCeiling::bound_group(Group& group, Effort& effort) {
  Peaks peaks{.low = group.low, .high = group.low};
  for (const Peak& peak : group.peaks) peaks.high = std::max(peaks.high, peak.rate);
  fill_away(starts_, ends_, peaks);
  fill_away(ends_, starts_, peaks);
  effort.work += bins_.size();
  group.best = {};
  for (Peak& peak : group.peaks) {
    peak.bound = starts_.away[peak.start] + ends_.away[peak.end] - starts_.worths[peak.start];
    if (peak.bound > group.best.bound) group.best = peak;
    if (peak.rate == group.low) attained_ = std::max(attained_, peak.bound);
  }
}

StrictCeiling::Group StrictCeiling::everything() const {
  Group group{.low = starts_.rates.front(), .peaks = {}, .best = {}};
  for (std::size_t start = 0; start < starts_.rates.size(); ++start) {
    group.peaks.push_back({.start = start,
                           .end = static_cast<std::size_t>(starts_.other[start]),
                           .rate = starts_.rates[start]});
    group.low = std::min(group.low, starts_.rates[start]);
  }
  return group;
}

// The rate in the middle of those peaks that may still be the best; the first time that of the most
// promising, which leaves few others.
double StrictCeiling::pivot(const Group& group) const {
  std::vector<double> rates;
  if (groups_.size() == 1) return group.best.rate;
  for (const Peak& peak : group.peaks)
    if (peak.rate > group.low && peak.bound >= attained_) rates.push_back(peak.rate);
  if (rates.empty()) return group.best.rate;  // by rounding alone
  const auto middle = rates.begin() + static_cast<std::ptrdiff_t>(rates.size() / 2);
  std::nth_element(rates.begin(), middle, rates.end());
  return *middle;
}

std::size_t StrictCeiling::best_group() const {
  std::size_t best = 0;
  for (std::size_t group = 1; group < groups_.size(); ++group)
    if (groups_[group].best.bound > groups_[best].best.bound) best = group;
  return best;
}

void StrictCeiling::start(Effort& effort) {
  groups_.push_back(everything());
  bound_group(groups_.back(), effort);
}

double StrictCeiling::best(double least, Effort& effort) {
  if (bins_.size() == 0) return kNever;
  if (groups_.empty()) start(effort);
  while (true) {
    Group& top = groups_[best_group()];
    const Peak& peak = top.best;
    if (effort.spent() || peak.rate == top.low || peak.bound < least || peak.bound == kNever)
      return peak.bound;
    Group upper{.low = pivot(top), .peaks = {}, .best = {}};
    auto is_lower = [&](const Peak& other) { return other.rate < upper.low; };
    const auto middle = std::partition(top.peaks.begin(), top.peaks.end(), is_lower);
    upper.peaks.assign(middle, top.peaks.end());
    top.peaks.erase(middle, top.peaks.end());
    top.best = {};
    for (const Peak& other : top.peaks)
      if (other.bound > top.best.bound) top.best = other;
    bound_group(upper, effort);
    groups_.push_back(std::move(upper));
  }
}

void StrictCeiling::fill_through(const Peaks& peaks, std::vector<double>& through) {
  fill_away(starts_, ends_, peaks);
  fill_away(ends_, starts_, peaks);
  fill_across(starts_, ends_, peaks);
  fill_across(ends_, starts_, peaks);
  for (std::size_t start = 0; start < bins_.size(); ++start) {
    if (starts_.rates[start] > peaks.high) continue;
    const auto end = static_cast<std::size_t>(starts_.other[start]);
    double rows =
        std::max(ends_.away[end] + starts_.across[start], ends_.across[end] + starts_.away[start]);
    if (starts_.is_allowed[start]) rows = std::max(rows, ends_.away[end] + starts_.away[start]);
    double& best = through[static_cast<std::size_t>(starts_.bins[start])];
    best = std::max(best, rows - starts_.worths[start]);
  }
}

std::vector<double> StrictCeiling::through(double floor, Effort& effort) {
  std::vector<double> through(bins_.size(), kNever);
  if (bins_.size() > 0 && groups_.empty()) start(effort);
  for (Line* line : {&starts_, &ends_}) line->across.resize(bins_.size());
  for (const Group& group : groups_) {
    if (group.best.bound < floor) continue;
    for (Line* line : {&starts_, &ends_}) line->is_allowed.assign(bins_.size(), 0);
    Peaks peaks{.low = group.low, .high = group.low};
    for (const Peak& peak : group.peaks) {
      if (peak.bound < floor) continue;
      starts_.is_allowed[peak.start] = ends_.is_allowed[peak.end] = 1;
      peaks.high = std::max(peaks.high, peak.rate);
    }
    fill_through(peaks, through);
    effort.work += 2 * bins_.size();
  }
  return through;
}

BinSet StrictCeiling::above(double floor, Effort& effort) {
  return bins_.above(through(floor, effort), floor);
}

}  // namespace credence
