#pragma once

#include <credence/base/text.h>

#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A picture that is drawn in the page: words, lines and areas whose colours are those of the page's
// style, so that it follows light, dark and print. Text is 13 units high.
class FigureSheet {
 public:
  // `label` says in words what the picture shows, for whoever does not see it.
  FigureSheet(double width, double height, std::string_view label);

  void text(double x, double y, std::string_view anchor, std::string_view words,
            std::string_view css_class = "");
  void line(double x1, double y1, double x2, double y2, std::string_view css_class);
  void rectangle(double x, double y, double width, double height, std::string_view css_class,
                 double opacity = 1);
  void path(std::string_view steps, std::string_view css_class);
  void marker(double x, double y, std::size_t arm);  // a form for each arm, beside its colour

  std::string take();

 private:
  std::string out_;
};

inline constexpr double kFigureWidth = 460;
double figure_text_width(std::string_view words);
// Shortened to so many units, the last character an ellipsis.
std::string fitting(std::string_view words, double width);
// Arms differ by colour and dashes: 0 is life without a programme; beyond 5 they begin again.
std::size_t look_of_arm(std::size_t arm);

// From values to positions, with ticks at round values (1, 2 or 5 times a power of ten).
struct FigureAxis {
  double lowest = 0, highest = 1, step = 0.2;

  double at(double value) const { return (value - lowest) / (highest - lowest); }
  std::vector<double> ticks() const;
  std::string label(double tick, Language language) const;
};
// Covers the values given, 0 always; about so many ticks.
FigureAxis axis_over(double low, double high, int ticks);

// A row of names with their lines or forms, as wide as the sheet; returns the height that it took.
struct LegendEntry {
  std::string name;
  std::size_t arm = 0;
  bool form = false;  // a marker instead of a line
};
double draw_legend(FigureSheet& sheet, const std::vector<LegendEntry>& entries, double width);
double legend_height(const std::vector<LegendEntry>& entries, double width);

}  // namespace credence
