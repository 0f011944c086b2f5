#include <credence/monitor/calibration.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace credence {

namespace {

ClassTally tally_of(std::span<const PredictedGroup> groups) {
  ClassTally sum;
  for (const PredictedGroup& group : groups) sum += group.tally;
  return sum;
}

void extend(CalibrationBand& band, const PredictedGroup& group) {
  double weight = band.tally.weight() + group.tally.weight();
  band.predicted += (group.probability - band.predicted) * group.tally.weight() / weight;
  band.to = group.probability;
  band.tally += group.tally;
}

void finish(CalibrationBand& band, double confidence) {
  band.effective = band.tally.effective();
  // A mean of equal probabilities may be off by a rounding error.
  band.predicted = std::clamp(band.predicted, band.from, band.to);
  double share = std::clamp(band.tally.rate(), 0.0, 1.0), bads = share * band.effective;
  band.interval = wilson(share, band.effective, confidence);
  band.binomial_p = binomial_at_least(bads, band.effective, band.predicted);
  band.jeffreys_p = jeffreys_below(bads, band.effective, band.predicted);
}

// Joins groups while `same(group)` gives the same number.
template <class Slot>
std::vector<CalibrationBand> join(std::span<const PredictedGroup> groups, double confidence,
                                  Slot slot) {
  std::vector<CalibrationBand> bands;
  long long current = -1;
  for (const PredictedGroup& group : groups) {
    long long next = slot(group);
    if (bands.empty() || next != current) {
      bands.push_back({});
      bands.back().from = group.probability;
      bands.back().predicted = group.probability;
    }
    current = next;
    extend(bands.back(), group);
  }
  for (CalibrationBand& band : bands) finish(band, confidence);
  return bands;
}

}  // namespace

std::vector<PredictedGroup> predicted_groups(std::span<const double> probabilities,
                                             std::span<const std::uint8_t> bad,
                                             std::span<const double> weights) {
  std::vector<std::pair<double, std::size_t>> order(probabilities.size());
  for (std::size_t row = 0; row < order.size(); ++row) order[row] = {probabilities[row], row};
  std::sort(order.begin(), order.end());
  std::vector<PredictedGroup> groups;
  for (auto [probability, row] : order) {
    if (groups.empty() || groups.back().probability != probability)
      groups.push_back({probability, {}});
    groups.back().tally.add(bad[row] != 0, weights.empty() ? 1.0 : weights[row]);
  }
  return groups;
}

std::vector<CalibrationBand> mass_bands(std::span<const PredictedGroup> groups,
                                        const CalibrationOptions& options) {
  double all = tally_of(groups).weight(), below = 0;
  return join(groups, options.confidence, [&](const PredictedGroup& group) {
    // A band is named by how many limits lie wholly below its first group.
    auto slot = static_cast<long long>(below / all * options.bands * (1 + 1e-12) + 1e-12);
    below += group.tally.weight();
    return slot;
  });
}

std::vector<CalibrationBand> width_bands(std::span<const PredictedGroup> groups,
                                         const CalibrationOptions& options) {
  return join(groups, options.confidence, [&](const PredictedGroup& group) {
    return std::min(static_cast<long long>(group.probability * options.bands),
                    static_cast<long long>(options.bands) - 1);
  });
}

CalibrationBand whole(std::span<const PredictedGroup> groups, double confidence) {
  auto bands = join(groups, confidence, [](const PredictedGroup&) { return 0LL; });
  return bands.empty() ? CalibrationBand{} : bands.front();
}

Brier brier(std::span<const PredictedGroup> groups, int bands) {
  Brier result;
  ClassTally all = tally_of(groups);
  double weight = all.weight(), base = all.rate();
  result.uncertainty = base * (1 - base);
  for (const PredictedGroup& group : groups) {
    double p = group.probability;
    result.brier += (group.tally.bad * (1 - p) * (1 - p) + group.tally.good * p * p) / weight;
  }
  for (const CalibrationBand& band : mass_bands(groups, {.bands = bands})) {
    double rate = band.tally.rate(), share = band.tally.weight() / weight;
    result.reliability += share * (band.predicted - rate) * (band.predicted - rate);
    result.resolution += share * (rate - base) * (rate - base);
    for (const PredictedGroup& group : groups) {
      if (group.probability < band.from || group.probability > band.to) continue;
      double off = group.probability - band.predicted;
      result.within_variance += group.tally.weight() * off * off / weight;
      result.within_covariance +=
          2 * (group.tally.bad - rate * group.tally.weight()) * off / weight;
    }
  }
  return result;
}

double log_loss(std::span<const PredictedGroup> groups) {
  double sum = 0;
  for (const PredictedGroup& group : groups) {
    if (group.tally.bad > 0) sum -= group.tally.bad * std::log(group.probability);
    if (group.tally.good > 0) sum -= group.tally.good * std::log1p(-group.probability);
  }
  return sum / tally_of(groups).weight();
}

double calibration_error(std::span<const CalibrationBand> bands) {
  double sum = 0, weight = 0;
  for (const CalibrationBand& band : bands) {
    sum += band.tally.weight() * std::abs(band.tally.rate() - band.predicted);
    weight += band.tally.weight();
  }
  return weight > 0 ? sum / weight : 0;
}

std::optional<double> spiegelhalter_z(std::span<const PredictedGroup> groups) {
  double sum = 0, variance = 0;
  for (const PredictedGroup& group : groups) {
    double p = group.probability, slope = 1 - 2 * p;
    sum += (group.tally.bad - group.tally.weight() * p) * slope;
    variance += (group.tally.bad_squares + group.tally.good_squares) * slope * slope * p * (1 - p);
  }
  if (variance <= 0) return std::nullopt;
  return sum / std::sqrt(variance);
}

std::optional<HosmerLemeshow> hosmer_lemeshow(std::span<const CalibrationBand> bands,
                                              Freshness freshness) {
  HosmerLemeshow result;
  result.degrees = static_cast<double>(bands.size()) - (freshness == Freshness::same_rows ? 2 : 0);
  if (result.degrees < 1) return std::nullopt;
  for (const CalibrationBand& band : bands) {
    double off = (band.tally.rate() - band.predicted) * band.effective;
    double variance = band.effective * band.predicted * (1 - band.predicted);
    // A band that was called certain adds nothing when it was right, and all when it was not.
    if (off != 0) result.statistic += off * off / variance;
  }
  result.p_value = chi_square_above(result.statistic, result.degrees);
  return result;
}

}  // namespace credence
