#include <credence/validation/phrase.h>
#include <credence/validation/plot_scale.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

double round_step(double range, int ticks) {
  double rough = range / ticks, power = std::pow(10.0, std::floor(std::log10(rough)));
  for (double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

bool is_whole(NumberFormat format) {
  return format == NumberFormat::count || format == NumberFormat::score ||
         format == NumberFormat::points;
}

}  // namespace

PlotScale scale_for(const PackChart::Axis& axis, double low, double high, int ticks) {
  if (!std::isfinite(low) || !std::isfinite(high)) {
    low = 0;
    high = 1;
  }
  low = axis.lowest.value_or(low);
  high = axis.highest.value_or(high);
  if (!(high > low)) {
    double around = std::max(1.0, std::abs(low) / 10);
    low -= axis.lowest ? 0 : around;
    high = std::max(high, low) + around;
  }
  PlotScale scale{low, high, round_step(high - low, ticks), axis.format};
  if (is_whole(axis.format)) scale.step = std::max(1.0, scale.step);
  if (!axis.lowest) scale.lowest = std::floor(low / scale.step + 1e-9) * scale.step;
  if (!axis.highest) scale.highest = std::ceil(high / scale.step - 1e-9) * scale.step;
  if (!(scale.highest > scale.lowest)) scale.highest = scale.lowest + scale.step;
  return scale;
}

std::vector<double> PlotScale::ticks() const {
  std::vector<double> result;
  double first = std::ceil(lowest / step - 1e-9);
  for (int i = 0; i < 100; ++i) {
    double tick = (first + i) * step;
    if (tick > highest + step * 1e-9) break;
    result.push_back(tick);
  }
  return result;
}

std::string PlotScale::label(double tick, Language language) const {
  bool share = format == NumberFormat::share;
  double shown = share ? 100 : 1;
  int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step * shown) - 1e-9)), 0, 6);
  std::string text = write_decimal(tick * shown, is_whole(format) ? 0 : decimals, language);
  if (format == NumberFormat::points && tick > 0) text = "+" + text;
  if (share) text += language == Language::fr ? "\u202f%" : "%";
  return text;
}

}  // namespace credence
