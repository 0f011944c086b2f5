#include <credence/validation/plot_layout.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace credence {

namespace {

using Series = PackChart::Series;

constexpr double kLetter = 7.8;  // mean width of a letter at the size of labels, in a wide font
constexpr std::size_t kLongestLabel = 34;

// At most so many characters, the last one an ellipsis.
std::string shortened(const std::string& text) {
  if (characters(text) <= kLongestLabel) return text;
  std::size_t bytes = 0, count = 0;
  while (bytes < text.size() && count < kLongestLabel) {
    ++bytes;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) ++bytes;
    ++count;
  }
  return text.substr(0, bytes) + "\u2026";
}

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  void include(std::span<const double> values) {
    for (double value : values) include(value);
  }
};

Range range_of_x(const PackChart& chart) {
  Range range;
  for (const Series& one : chart.series) range.include(one.x);
  for (const PackChart::Mark& mark : chart.marks) {
    if (mark.across == PackChart::Mark::Across::at_x) range.include(mark.at);
  }
  return range;
}

Range range_of_y(const PackChart& chart, bool on_right) {
  Range range;
  for (const Series& series : chart.series) {
    if (series.on_right_axis != on_right) continue;
    for (const auto* values : {&series.y, &series.low, &series.high}) range.include(*values);
    if (series.shape == Series::Shape::bars) range.include(0.0);
  }
  for (const PackChart::Mark& mark : chart.marks) {
    if (!on_right && mark.across == PackChart::Mark::Across::at_y) range.include(mark.at);
  }
  return range;
}

void settle_scales(const PackChart& chart, PlotLayout& layout) {
  Range x = range_of_x(chart);
  PackChart::Axis axis = chart.x;
  // Along x nothing is gained from going out to a round value.
  if (x.high > x.low) {
    axis.lowest = axis.lowest.value_or(x.low);
    axis.highest = axis.highest.value_or(x.high);
  }
  layout.x = scale_for(axis, x.low, x.high, static_cast<int>(layout.width / 85));
  if (!layout.categories.empty())
    layout.x = {-0.5, static_cast<double>(layout.categories.size()) - 0.5, 1};
  Range left = range_of_y(chart, false), right = range_of_y(chart, true);
  layout.y = scale_for(chart.y, left.low, left.high, chart.lying ? 7 : 5);
  if (chart.right) layout.right_axis = scale_for(*chart.right, right.low, right.high, 5);
}

double widest(const PlotScale& scale, Language language) {
  double result = 0;
  for (double tick : scale.ticks())
    result = std::max(result, plot_text_width(scale.label(tick, language)));
  return result;
}

double widest(std::span<const std::string> texts) {
  double result = 0;
  for (const std::string& text : texts) result = std::max(result, plot_text_width(text));
  return result;
}

// Where each name stands; how many rows they fill.
int settle_legend(const PackChart& chart, Language language, PlotLayout& layout) {
  if (chart.series.size() < 2) return 0;
  double x = 14;
  int row = 0;
  for (const Series& one : chart.series) {
    double needed = 46 + plot_text_width(one.name.in(language));
    if (x > 14 && x + needed > layout.width) {
      x = 14;
      ++row;
    }
    layout.legend.push_back({x, 8 + kPlotLine * row + kPlotLine / 2});
    x += needed;
  }
  return row + 1;
}

void settle_category_labels(PlotLayout& layout) {
  double longest = widest(layout.categories);
  double slot = layout.plot_width() / static_cast<double>(layout.categories.size());
  layout.leaning = longest > slot - 6;
  if (!layout.leaning) return;
  layout.bottom = 22 + layout.foot + longest * 0.6;
  layout.left = std::max(layout.left, longest * 0.8 - slot / 2 + 6);
  layout.every = static_cast<std::size_t>(std::max(1.0, std::ceil(kPlotLine / slot)));
}

}  // namespace

double plot_text_width(std::string_view text) {
  return static_cast<double>(characters(text)) * kLetter;
}

PlotPoint PlotLayout::place(double at_x, double at_y, bool on_right_axis) const {
  double along = x.at(at_x), up = on_right_axis ? right_axis.at(at_y) : y.at(at_y);
  if (lying) return {left + up * plot_width(), top + along * plot_height()};
  return {left + along * plot_width(), top + (1 - up) * plot_height()};
}

PlotLayout layout_of(const PackChart& chart, Language language, SvgSize size) {
  PlotLayout layout;
  layout.lying = chart.lying;
  layout.width = size.width;
  layout.height = size.height;
  for (const Text& one : chart.x.categories)
    layout.categories.push_back(shortened(one.in(language)));
  // A forest grows with its trees.
  if (chart.lying)
    layout.height =
        110 + 26 * static_cast<double>(std::max<std::size_t>(1, layout.categories.size()));
  settle_scales(chart, layout);
  int rows = settle_legend(chart, language, layout);
  layout.top = 12 + kPlotLine * rows + (chart.lying ? 4 : kPlotLine + 6);
  layout.left = 14 + (chart.lying ? widest(layout.categories) : widest(layout.y, language));
  layout.right = chart.right ? 14 + widest(layout.right_axis, language) : 20;
  const Text& foot = chart.lying ? chart.y.title : chart.x.title;
  layout.foot = foot.in(language).empty() ? 0 : kPlotLine;
  layout.bottom = 12 + kPlotLine + layout.foot;
  if (!chart.lying && !layout.categories.empty()) settle_category_labels(layout);
  return layout;
}

}  // namespace credence
