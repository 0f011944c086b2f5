#include <credence/optimum/ceiling.h>

#include <algorithm>

namespace credence {

namespace {

double larger(double a, double b) {
  return a > b ? a : b;
}

// Where planes count bins, one more bin is one plane further.
template <std::size_t kPlanes>
constexpr std::size_t kShift = kPlanes > 1 ? 1 : 0;
template <std::size_t kPlanes>
constexpr std::size_t kRow = kPlanes + kShift<kPlanes>;

}  // namespace

// `after_[cut][plane]` is the best that bins from the cut to the end are worth, at most
// max_bins - 1 - plane of them; one plane when they are not counted.
template <std::size_t kPlanes>
void Ceiling::fill_after() {
  const auto prebins = static_cast<std::size_t>(bins_.prebins);
  after_.assign((prebins + 1) * kRow<kPlanes>, kNever);
  std::fill_n(&after_[prebins * kRow<kPlanes>], planes_, 0.0);
  auto rest = [&](std::size_t bin) {
    const auto cut = static_cast<std::size_t>(bins_.end[bin]) + 1;
    return &after_[cut * kRow<kPlanes>];
  };
  auto bin = bins_.size();
  for (std::size_t start = prebins; start-- > 0;) {
    double best[kPlanes];
    std::fill_n(best, kPlanes, kNever);
    for (const auto from = static_cast<std::size_t>(bins_.first[start]); bin > from;) {
      --bin;
      const double* const next = rest(bin) + kShift<kPlanes>;
      for (std::size_t plane = 0; plane < kPlanes; ++plane)
        best[plane] = larger(bins_.worth[bin] + next[plane], best[plane]);
    }
    std::copy_n(best, kPlanes, &after_[start * kRow<kPlanes>]);
  }
  const auto starting = static_cast<std::size_t>(bins_.from(1));
  for (bin = 0; bin < starting; ++bin) best_ = larger(bins_.worth[bin] + rest(bin)[0], best_);
}

// The same from the left, where plane p holds at most p bins; both together for each bin.
template <std::size_t kPlanes>
std::vector<double> Ceiling::through_in() const {
  const auto prebins = static_cast<std::size_t>(bins_.prebins);
  std::vector<double> through(bins_.size());
  std::vector<double> before((prebins + 1) * kRow<kPlanes>, kNever);
  std::fill_n(before.begin(), kPlanes, 0.0);
  for (std::size_t bin = 0; bin < bins_.size(); ++bin) {
    const auto cut = static_cast<std::size_t>(bins_.end[bin]) + 1;
    const double* const from = &before[static_cast<std::size_t>(bins_.start[bin]) * kRow<kPlanes>];
    const double* const after = &after_[cut * kRow<kPlanes>];
    double* const to = &before[cut * kRow<kPlanes>] + kShift<kPlanes>;
    double best = kNever;
    for (std::size_t plane = 0; plane < kPlanes; ++plane) {
      const double with = from[plane] + bins_.worth[bin];
      to[plane] = larger(with, to[plane]);
      best = larger(with + after[plane], best);
    }
    through[bin] = best;
  }
  return through;
}

Ceiling::Ceiling(const BinSet& bins, int max_bins, Effort& effort)
    : bins_(bins), counted_(counts(max_bins) && max_bins < bins.prebins) {
  if (counted_) planes_ = static_cast<std::size_t>(max_bins);
  if (!counted_)
    fill_after<1>();
  else if (planes_ <= 4)
    fill_after<4>();
  else if (planes_ <= 8)
    fill_after<8>();
  else
    fill_after<16>();
  effort.work += bins.size();
}

std::vector<double> Ceiling::through(Effort& effort) const {
  effort.work += bins_.size();
  if (!counted_) return through_in<1>();
  if (planes_ <= 4) return through_in<4>();
  return planes_ <= 8 ? through_in<8>() : through_in<16>();
}

}  // namespace credence
