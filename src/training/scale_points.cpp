#include <credence/points/plain_rounding.h>
#include <credence/training/card_fit.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace credence {

namespace {

double weighted_mean(std::span<const double> values, std::span<const double> weights) {
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += values[i] * weights[i];
    total += weights[i];
  }
  return total > 0 ? sum / total : 0;
}

struct RealExtremes {
  double lowest = 0, highest = 0;
};

// Log-odds of good per cell around their mean, and the mean log-odds of bad of all rows.
struct Centred {
  std::vector<std::vector<double>> terms;
  std::vector<RealExtremes> ends;  // of each term
  double mean = 0;
};

Centred centre(const CellFit& fit, const std::vector<RealTerm>& terms) {
  Centred out{{}, {}, fit.intercept};
  for (std::size_t t = 0; t < terms.size(); ++t) {
    double mean = weighted_mean(fit.log_odds[t], terms[t].weights);
    out.mean += mean;
    out.terms.emplace_back();
    for (double value : fit.log_odds[t]) out.terms.back().push_back(mean - value);
    auto [low, high] = std::minmax_element(out.terms.back().begin(), out.terms.back().end());
    out.ends.push_back(out.terms.back().empty() ? RealExtremes{} : RealExtremes{*low, *high});
  }
  return out;
}

bool is_free(const PointsRules& rules) {
  return rules.min_gap == 0 && !rules.lowest && !rules.highest && rules.fixed.empty() &&
         !rules.never_below_worst;
}

void set_points(RealTerm& term, const std::vector<double>& centred, double factor) {
  for (std::size_t c = 0; c < centred.size(); ++c) term.points[c] = centred[c] * factor;
}

// Where a term with rules ends by its nearest whole points; nullopt when its rules cannot be kept.
std::optional<Extremes> whole_extremes(const RealTerm& term) {
  if (std::optional<PlainRounding> plain = PlainRounding::of(term))
    if (std::optional<Extremes> own = plain->own()) return own;
  std::optional<NearestPoints> nearest = points_by_themselves(term);
  if (!nearest) return std::nullopt;
  return extremes(nearest->points);
}

// Where the points of one term would end with this factor. The ends of a free one are those of its
// log-odds times the factor, to the bit, because rounding keeps the order of numbers.
std::optional<RealExtremes> extremes_at(RealTerm& term, const Centred& centred, std::size_t t,
                                        double factor) {
  const RealExtremes& ends = centred.ends[t];
  if (is_free(term.rules)) return RealExtremes{ends.lowest * factor, ends.highest * factor};
  set_points(term, centred.terms[t], factor);
  std::optional<Extremes> whole = whole_extremes(term);
  if (!whole) return std::nullopt;
  return RealExtremes{static_cast<double>(whole->lowest), static_cast<double>(whole->highest)};
}

void set_points(RealCard& card, const Centred& centred, double factor) {
  for (std::size_t t = 0; t < card.terms.size(); ++t)
    set_points(card.terms[t], centred.terms[t], factor);
}

Error broken_rules(const std::string& name) {
  return {"training.points",
          fmt::format("no whole points of `{}` keep all of its rules: fixed points, limits, gaps "
                      "and the way of its trend",
                      name),
          {},
          "take one of them back, or merge bins"};
}

// Sums over the terms; the error names a term whose rules cannot be kept.
Result<RealExtremes> sums_at(RealCard& card, const Centred& centred, double factor) {
  RealExtremes sum;
  for (std::size_t t = 0; t < card.terms.size(); ++t) {
    std::optional<RealExtremes> own = extremes_at(card.terms[t], centred, t, factor);
    if (!own) return broken_rules(card.names[t]);
    sum.lowest += own->lowest;
    sum.highest += own->highest;
  }
  return sum;
}

// The largest pdo with which the real points fit, rounded down to a tenth.
double largest_pdo(const Centred& centred, const TrainingPlan::Scaling& scaling) {
  double least = centred.mean, most = centred.mean;  // log-odds of bad
  for (const RealExtremes& ends : centred.ends) {
    least -= ends.highest;
    most -= ends.lowest;
  }
  // score = points + factor (log-odds of good - log-odds of the anchor)
  double anchor = std::log(scaling.anchor->odds), factor = 1e9;
  if (-least > anchor)
    factor = std::min(factor, (scaling.highest - scaling.anchor->points) / (-least - anchor));
  if (-most < anchor)
    factor = std::min(factor, (scaling.anchor->points - scaling.lowest) / (anchor + most));
  return std::max(0.0, std::floor(factor * std::numbers::ln2 * 10) / 10);
}

Result<RealCard> by_anchor(RealCard card, const Centred& centred,
                           const TrainingPlan::Scaling& scaling) {
  double factor = scaling.anchor->pdo / std::numbers::ln2;
  double offset = scaling.anchor->points - factor * std::log(scaling.anchor->odds);
  card.scaling = {offset, factor};
  card.base = offset - factor * centred.mean;
  card.sum.fit = RangeSum::Fit::inside;
  Result<RealExtremes> sums = sums_at(card, centred, factor);
  if (!sums) return sums.error();
  double low = card.base + sums->lowest, high = card.base + sums->highest;
  if (low >= scaling.lowest - 0.5 && high <= scaling.highest + 0.5) {
    set_points(card, centred, factor);
    return card;
  }
  return Error{"training.range",
               fmt::format("with {} points to double the odds the scores go from {:.0f} to {:.0f}: "
                           "{:.0f} below and {:.0f} above the range {} to {}",
                           scaling.anchor->pdo, low, high, std::max(0.0, scaling.lowest - low),
                           std::max(0.0, high - scaling.highest), scaling.lowest, scaling.highest),
               {},
               fmt::format("the largest pdo that fits is {:.1f}; or leave the anchor out, and the "
                           "points are scaled to the range",
                           largest_pdo(centred, scaling))};
}

Result<RealCard> by_range(RealCard card, const Centred& centred,
                          const TrainingPlan::Scaling& scaling) {
  double span = scaling.highest - scaling.lowest;
  double low_factor = 0, high_factor = 1;
  auto width = [&](double factor) -> Result<double> {
    Result<RealExtremes> sums = sums_at(card, centred, factor);
    if (!sums) return sums.error();
    return sums->highest - sums->lowest;
  };
  Result<double> wide = width(high_factor);
  while (wide && *wide < span && high_factor < 1e5) {
    double before = *wide;
    wide = width(high_factor *= 2);
    // By then points that nothing limits would have gone far beyond any range.
    if (wide && *wide <= before && high_factor > 4096) break;
  }
  if (!wide) return wide.error();
  if (*wide < span)
    return Error{"training.range",
                 fmt::format("the points of all terms span at most {:.0f}, which is {:.0f} less "
                             "than the range {} to {}",
                             *wide, span - *wide, scaling.lowest, scaling.highest),
                 {},
                 "widen the limits of the variables, or give a smaller range"};
  for (int round = 0; round < 60; ++round) {
    double middle = (low_factor + high_factor) / 2;
    wide = width(middle);
    if (!wide) return wide.error();
    (*wide < span ? low_factor : high_factor) = middle;
  }
  Result<RealExtremes> sums = sums_at(card, centred, high_factor);
  if (!sums) return sums.error();
  set_points(card, centred, high_factor);
  card.base = scaling.lowest - sums->lowest;
  card.scaling = {card.base + high_factor * centred.mean, high_factor};
  card.sum.fit = RangeSum::Fit::exact;
  return card;
}

}  // namespace

Result<RealCard> scale_points(const CellFit& fit, std::vector<RealTerm> terms,
                              std::vector<std::string> names,
                              const TrainingPlan::Scaling& scaling) {
  Centred centred = centre(fit, terms);
  RealCard card;
  card.terms = std::move(terms);
  card.names = std::move(names);
  card.sum.lowest = scaling.lowest;
  card.sum.highest = scaling.highest;
  for (std::size_t t = 0; t < card.terms.size(); ++t)
    card.terms[t].points.resize(centred.terms[t].size());
  return scaling.anchor ? by_anchor(std::move(card), centred, scaling)
                        : by_range(std::move(card), centred, scaling);
}

}  // namespace credence
