#pragma once

#include <credence/validation/plot_scale.h>
#include <credence/validation/svg.h>

#include <string>
#include <string_view>
#include <vector>

namespace credence {

struct PlotPoint {
  double x = 0, y = 0;
};

// Where everything of a chart stands: as much margin as its words need, so that none is cut and
// none lies on another.
struct PlotLayout {
  double width = 0, height = 0;
  double top = 0, left = 0, right = 0, bottom = 0;  // margins around the plot
  PlotScale x, y, right_axis;
  double foot = 0;                      // height of the title below
  std::vector<PlotPoint> legend;        // one per series; empty for a series alone
  std::vector<std::string> categories;  // shortened to what fits
  bool leaning = false;                 // labels of categories
  std::size_t every = 1;                // the n-th label is written
  bool lying = false;

  double plot_width() const { return width - left - right; }
  double plot_height() const { return height - top - bottom; }
  PlotPoint place(double at_x, double at_y, bool on_right_axis) const;
};

PlotLayout layout_of(const PackChart& chart, Language language, SvgSize size);

inline constexpr double kPlotLine = 17;  // height of a line of text
double plot_text_width(std::string_view text);

}  // namespace credence
